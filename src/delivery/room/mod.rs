//! A room at its hub (draft-ietf-mimi-protocol-06 sections 5.3 to 5.6): what a hub without members' secrets decides of
//! updates and messages, whom it gives the GroupInfo, and what it tells the other providers.
//!
//! Who participates is read from `participant_list` in the group's `app_data_dictionary`, as the last commit left it.
//! Whose a client is, and which roles are those of the banned, are settings: credentials and room policy would tell, and
//! neither document is read here. A list that somebody changes is not held against roles' capabilities.
//!
//! | file | what |
//! |---|---|
//! | `contract` | what a room is asked, and what follows |
//! | `sight` | what it sees of its group, and its keys |
//! | `engine` | the room's state machine: opening, messages, claims |
//! | `judge` | whether an update is taken |
//! | `update` | what an update changes, and who is told |
//! | `group_info` | the answer to `groupInfo` |
//! | `own` | proposals that the hub makes itself |
//! | `roster` | who participates, through which provider |
//! | `proposal` | what a hub reads of a proposal: its kind and its ProposalRef |
//! | `seen` | a real hub's view and keys (feature `mls`) |
//! | `notified` | the follower's side of notify: the same octets are processed once |

mod contract;
mod engine;
mod group_info;
mod judge;
mod notified;
mod own;
mod proposal;
mod roster;
#[cfg(feature = "mls")]
mod seen;
mod sight;
mod update;

pub use contract::{Owner, RoomAnswer, RoomEffect, RoomInput, RoomSettings};
pub use engine::{Room, RoomHub};
pub use notified::{Notified, Received};
pub use roster::{Participant, Roster};
pub use sight::{RoomKeys, RoomView};
