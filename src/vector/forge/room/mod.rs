//! The structures of draft-ietf-mimi-protocol, as `docs/spec/room.md` says: their octets field by field, and beside
//! them their values, each written down once more.
//!
//! | file | what |
//! |---|---|
//! | `pair` | a field, and what the value shows of it |
//! | `key_material`, `handshake`, `messages`, `group_info`, `data` | the structures, by section |
//! | `every` | all of them, in every form that a code gives |

mod data;
mod every;
mod group_info;
mod handshake;
mod key_material;
mod messages;
mod pair;

pub use data::{metadata, participants, participants_update};
pub use every::every;
pub use group_info::{group_info_request, group_info_response, to_be_encrypted};
pub use handshake::{commit_bundle, proposal, proposal_bundle, tree_options, update_response};
pub use key_material::{key_material_request, key_material_response};
pub use messages::{fanout, fanout_proposals, fanouts, frank, franking, notify, submit_request, submit_response};
