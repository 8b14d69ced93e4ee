//! A room at its hub (draft-ietf-mimi-protocol-06 sections 5.3 to 5.5): what a hub without secrets decides of updates
//! and messages, and what it tells the other providers.
//!
//! Who participates is told by the caller, who reads `participant_list` of the group's `app_data_dictionary`: what an
//! AppDataUpdate makes of it, roles and room policy are not judged here. Nor is `groupInfo` (section 5.6) answered, nor
//! are proposals stapled to a commit. Of an external commit only the clients that it brings in are held against the
//! list: one that replaces its own leaf is not told from others, so the rule of section 5.3 does not reach it.
//!
//! | file | what |
//! |---|---|
//! | `contract` | what a room is asked, and what follows |
//! | `engine` | the room's state machine: update, submitMessage, and the fan-out |
//! | `judge` | whether an update is taken |
//! | `roster` | who participates, through which provider, with which clients |
//! | `proposal` | what a hub reads of a proposal: its kind and its ProposalRef |
//! | `notified` | the follower's side of notify: the same octets are processed once |

mod contract;
mod engine;
mod judge;
mod notified;
mod proposal;
mod roster;

pub use contract::{RoomAnswer, RoomEffect, RoomInput, RoomSettings};
pub use engine::Room;
pub use notified::{Notified, Received};
pub use roster::{Participant, Roster};
