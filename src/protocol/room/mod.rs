//! The structures of rooms at a hub (draft-ietf-mimi-protocol-06 sections 5 and 7), as `docs/spec/room.md` reads them.
//!
//! | file | what | section |
//! |---|---|---|
//! | `part` | what structures are made of | |
//! | `walked` | structures of MLS without framing | |
//! | `common` | Protocol, IdentifierUri, RatchetTreeOption, GroupInfoOption | 5, 5.2, 5.3 |
//! | `rules` | what the draft asks beyond the syntax | |
//! | `key_material` | KeyMaterialRequest, KeyMaterialResponse | 5.2 |
//! | `offer` | what a KeyPackage offers, and its KeyPackageRef | 5.2 |
//! | `update` | HandshakeBundle, UpdateRoomResponse | 5.3 |
//! | `submit` | SubmitMessageRequest, SubmitMessageResponse, Frank | 5.4 |
//! | `fanout` | FanoutMessage | 5.5 |
//! | `group_info` | GroupInfoRequest, GroupInfoResponse, and what is encrypted in it | 5.6 |
//! | `dictionary` | what a room keeps in its group's app_data_dictionary, and updates of it | 7.5, 7.6, 10 |
//! | `state` | participant list, metadata, franking agent | 5.4.1, 7.5, 7.6 |

mod common;
mod dictionary;
mod fanout;
mod group_info;
mod key_material;
mod offer;
mod part;
mod rules;
mod state;
mod submit;
mod update;
mod walked;

#[cfg(test)]
mod tests;

pub use common::{GroupInfoOption, PartialGroupInfo, Protocol, RatchetTreeOption, TreePresence};
pub use dictionary::{FRANKING_AGENT, PARTICIPANT_LIST, ROLES_LIST, ROOM_METADATA, updated};
pub use fanout::{Fanned, FanoutMessage, NotifyRequest};
pub use group_info::{
    ExternalSender, GroupInfoCode, GroupInfoGiven, GroupInfoRatchetTreeTBE, PendingProposal, RoomGroupInfoRequest,
    RoomGroupInfoResponse,
};
pub use key_material::{
    ClientKeyMaterial, ClientStatus, KeyMaterialRequest, KeyMaterialResponse, KeyMaterialUserCode, RequiredCapabilities,
};
pub use offer::{Offer, key_package_ref};
pub use part::{Octets, Part, Text};
pub use state::{
    FrankAAD, FrankingAgentData, ParticipantListData, ParticipantListUpdate, RichDescription, RoleChange, RoleData,
    RoleEntry, RoomMetaData, UserRolePair, UserindexRolePair,
};
pub use submit::{Frank, SubmitMessageRequest, SubmitMessageResponse, Submitted};
pub use update::{Bundled, HandshakeBundle, UpdateOutcome, UpdateRoomResponse};
pub use walked::{Capabilities, Credential, Extensions, GroupInfo, HpkeCiphertext, KeyPackage, RatchetTree, Welcome};
