use super::value::shown;
use crate::protocol::room::{
    ExternalSender, Frank, FrankAAD, FrankingAgentData, GroupInfoRatchetTreeTBE, NotifyRequest, ParticipantListData,
    ParticipantListUpdate, PendingProposal, RequiredCapabilities, RichDescription, RoomMetaData, UserRolePair,
    UserindexRolePair,
};

shown! {
    RequiredCapabilities { extension_types, proposal_types, credential_types }
    Frank { server_frank, franking_signature_ciphersuite, franking_integrity_signature }
    FrankAAD { franking_tag }
    FrankingAgentData { franking_signature_key, credential }
    NotifyRequest { messages }
    ExternalSender { signature_key, credential }
    PendingProposal { proposal, hub_accepted_time }
    GroupInfoRatchetTreeTBE { group_info, ratchet_tree_option, pending_proposals }
    UserRolePair { user, role_index }
    ParticipantListData { participants }
    UserindexRolePair { user_index, role_index }
    ParticipantListUpdate { changed_role_participants, removed_indices, added_participants }
    RichDescription { media_type, language_tag, description_content }
    RoomMetaData { room_uri, room_name, room_descriptions, room_avatar, room_subject, room_mood }
}
