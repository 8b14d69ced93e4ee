use super::part::{Octets, Text, record};
use super::walked::Credential;

record! {
    /// FrankAAD (section 5.4.1).
    FrankAAD {
        /// HMAC-SHA256 with the salt over the application data.
        franking_tag: [u8; 32],
    }
    /// FrankingAgentData (section 5.4.1).
    FrankingAgentData {
        /// The key that franks are verified with.
        franking_signature_key: Octets,
        /// Whose it is.
        credential: Credential,
    }
    /// UserRolePair (section 7.5).
    UserRolePair {
        /// URI of the user.
        user: Octets,
        /// Its role.
        role_index: u32,
    }
    /// ParticipantListData (section 7.5).
    ParticipantListData {
        /// Who takes part, in an order that updates refer to.
        participants: Vec<UserRolePair>,
    }
    /// UserindexRolePair (section 7.5).
    UserindexRolePair {
        /// A place in the list, from 0.
        user_index: u32,
        /// The new role.
        role_index: u32,
    }
    /// ParticipantListUpdate (section 7.5).
    ParticipantListUpdate {
        /// Whose role changes.
        changed_role_participants: Vec<UserindexRolePair>,
        /// Who is removed.
        removed_indices: Vec<u32>,
        /// Who is added, at the end.
        added_participants: Vec<UserRolePair>,
    }
    /// SingleSourceRoleChangeTargets (draft-ietf-mimi-room-policy-03 section 3).
    RoleChange {
        /// From this role.
        from_role_index: u32,
        /// To any of these.
        target_role_indexes: Vec<u32>,
    }
    /// Role (draft-ietf-mimi-room-policy-03 section 3).
    RoleEntry {
        /// Its index.
        role_index: u32,
        /// Its name.
        role_name: Text,
        /// What it is for.
        role_description: Text,
        /// Numbers of its capabilities.
        role_capabilities: Vec<u16>,
        /// Users that have it, at least.
        minimum_participants_constraint: u32,
        /// Users that have it, at most.
        maximum_participants_constraint: Option<u32>,
        /// Users that have it and a client in the group, at least.
        minimum_active_participants_constraint: u32,
        /// Users that have it and a client in the group, at most.
        maximum_active_participants_constraint: Option<u32>,
        /// Which role it may change into which.
        authorized_role_changes: Vec<RoleChange>,
    }
    /// RoleData (draft-ietf-mimi-room-policy-03 section 3), which is RoleUpdate, too.
    RoleData {
        /// The roles of the room.
        roles: Vec<RoleEntry>,
    }
    /// RichDescription (section 7.6).
    RichDescription {
        /// Empty for text/plain;charset=utf-8.
        media_type: Octets,
        /// The language.
        language_tag: Octets,
        /// What is described.
        description_content: Octets,
    }
    /// RoomMetaData (section 7.6).
    RoomMetaData {
        /// URI of the room.
        room_uri: Octets,
        /// Its name.
        room_name: Text,
        /// Descriptions.
        room_descriptions: Vec<RichDescription>,
        /// URI of an image.
        room_avatar: Octets,
        /// What it is about.
        room_subject: Text,
        /// Its mood.
        room_mood: Text,
    }
}
