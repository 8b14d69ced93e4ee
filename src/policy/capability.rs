/// A capability: its number in the registry of section 10.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Capability(pub u16);

macro_rules! capabilities {
    ($($constant:ident = $number:literal, $name:literal, $says:literal;)*) => {
        impl Capability {
            $(#[doc = $says] pub const $constant: Self = Self($number);)*
        }

        /// Each capability that is judged here, with its name. Every other one is a client's own affair, reserved, or
        /// unknown, and allows nothing.
        pub const NAMES: &[(&str, Capability)] = &[$(($name, Capability::$constant)),*];
    };
}

capabilities! {
    ADD_PARTICIPANT = 0x0000, "canAddParticipant", "Add a user to the list, with its clients.";
    REMOVE_PARTICIPANT = 0x0001, "canRemoveParticipant", "Take a user off the list, with all its clients.";
    ADD_OWN_CLIENT = 0x0002, "canAddOwnClient", "Add clients of one's own, from inside or from outside.";
    REMOVE_OWN_CLIENT = 0x0003, "canRemoveOwnClient", "Remove clients of one's own.";
    OPEN_JOIN = 0x0004, "canOpenJoin", "Come in from outside; of role 0 only.";
    JOIN_IF_PREAUTHORIZED = 0x0005, "canJoinIfPreauthorized", "The role may be taken from outside by who is preauthorized for it.";
    REMOVE_SELF = 0x0006, "canRemoveSelf", "Leave the list, with all one's clients.";
    BAN = 0x000a, "canBan", "Ban a user, and remove all its clients.";
    UNBAN = 0x000b, "canUnban", "Give a banned user a role.";
    KICK = 0x000c, "canKick", "Remove clients of others.";
    CHANGE_USER_ROLE = 0x000f, "canChangeUserRole", "Change the role of others.";
    CHANGE_OWN_ROLE = 0x0010, "canChangeOwnRole", "Take the role that one is preauthorized for.";
    SEND_MESSAGE = 0x0100, "canSendMessage", "Send messages.";
    CHANGE_ROOM_NAME = 0x0300, "canChangeRoomName", "Change the room's name.";
    CHANGE_ROOM_DESCRIPTION = 0x0301, "canChangeRoomDescription", "Change the room's descriptions.";
    CHANGE_ROOM_AVATAR = 0x0302, "canChangeRoomAvatar", "Change the room's avatar.";
    CHANGE_ROOM_SUBJECT = 0x0303, "canChangeRoomSubject", "Change the room's subject.";
    CHANGE_ROOM_MOOD = 0x0304, "canChangeRoomMood", "Change the room's mood.";
    CHANGE_MEMBERSHIP_STYLE = 0x0502, "canChangeRoomMembershipStyle", "Change the base policy.";
    CHANGE_ROLE_DEFINITIONS = 0x0503, "canChangeRoleDefinitions", "Change the roles.";
    CHANGE_PREAUTHORIZED = 0x0504, "canChangePreauthorizedUserList", "Change who is preauthorized.";
    REINIT = 0x0601, "canSendMLSReinitProposal", "Send a ReInit.";
}

impl Capability {
    /// Stands for any that is not judged here: it allows nothing, but who has it is not without capabilities.
    pub const OTHER: Self = Self(0xffff);

    /// The capability of this name in the document. The draft writes `canUnBan` in its registry and `canUnban` where it
    /// says what it means; they are one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = if name == "canUnBan" { "canUnban" } else { name };
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, capability)| *capability)
    }
}
