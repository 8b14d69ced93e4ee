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
