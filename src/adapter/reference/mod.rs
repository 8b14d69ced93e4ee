//! The reference implementation behind the adapter contract.
//!
//! | file | operations |
//! |---|---|
//! | `codec` | `content/decode`, `content/encode`, `content/message-id` |
//! | `delivery` | `delivery/decode`, `delivery/encode`, `delivery/partition-key` |
//! | `external`, `judge`, `nohtml`, `process`, `thread` | the operation of that name |
//! | `parts` | `content/part-index`, `content/resolve-cid` |
//! | `policy` | `policy/judge` |
//! | `hub` | `hub/…`, one hub a session |
//! | `room` | `room/decode`, `room/encode`, and the operations of franks |
//! | `room_hub` | `room-hub/…`, `room-follower/…` and `room-keys/…`, one a session (feature `mls`) |
//! | `tree` | `tree/…`, and `tree-member/…` and `tree-hub/…`, one a session |
//! | `serving` | sessions: the operations that have a state |
//! | `json` | message ⇄ JSON as in `vectors/README.md` |

mod codec;
mod delivery;
mod external;
mod hub;
mod json;
mod judge;
mod nohtml;
mod parts;
mod policy;
mod process;
mod room;
#[cfg(feature = "mls")]
mod room_hub;
mod serving;
mod thread;
mod tree;

#[cfg(test)]
mod tests;

pub use hub::{HubSession, Kind as HubKind, Make as MakeHub};
#[cfg(feature = "mls")]
pub use room_hub::{FollowerSession, KeysSession, MakeKeys, MakeNotified, MakeRoom, NotifiedLog, Opening, RoomSession};
pub use serving::Serving;
pub use tree::{TreeHubSession, TreeMemberSession};

use super::input::BadInput;
use super::{Answer, Hello, Implementation};
use crate::reason::content as reason;
use serde_json::Value;

type Operation = fn(&Value) -> Result<Answer, BadInput>;

/// Every operation of the reference implementation, by name.
const OPERATIONS: &[(&str, Operation)] = &[
    ("content/decode", codec::decode),
    ("content/encode", codec::encode),
    ("content/external", external::open),
    ("content/judge", judge::judge),
    ("content/message-id", codec::message_id),
    ("content/nohtml", nohtml::escape),
    ("content/part-index", parts::part_index),
    ("content/process", process::process),
    ("content/resolve-cid", parts::resolve_cid),
    ("content/thread", thread::thread),
    ("delivery/decode", delivery::decode),
    ("delivery/encode", delivery::encode),
    ("delivery/partition-key", delivery::partition_key),
    ("policy/judge", policy::judge),
    ("room/decode", room::decode),
    ("room/encode", room::encode),
    ("room/frank", room::frank),
    ("room/franking-tag", room::franking_tag),
    ("room/verify-frank", room::verify_frank),
    ("room/verify-report", room::verify_report),
    ("tree/keys", tree::keys),
    ("tree/unwrap", tree::unwrap),
    ("tree/wrap", tree::wrap),
];

/// Its operations that need no session: each is a pure function of its input. [`Serving`] has all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference;

impl Implementation for Reference {
    fn hello(&self) -> Hello {
        Hello {
            name: "reference".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            language: "Rust".into(),
            ops: OPERATIONS.iter().map(|(name, _)| (*name).to_owned()).collect(),
            reasons: true,
            offsets: true,
        }
    }

    fn answer(&mut self, op: &str, input: &Value) -> Answer {
        match OPERATIONS.iter().find(|(name, _)| *name == op) {
            None => Answer::Unsupported(format!("the reference implementation has no operation {op}")),
            Some((_, operation)) => operation(input).unwrap_or_else(|bad| Answer::reject(reason::BAD_INPUT, bad, None)),
        }
    }
}
