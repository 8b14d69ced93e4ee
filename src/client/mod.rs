//! The member's state machine: what a device does with what its provider tells it.
//!
//! A device processes a partition in its order (draft-mcmillion-mimi-delivery-service-00 section 4.4). Commits that
//! are invalid, against policy or in a false envelope are ignored and remembered; the first good one moves it, and
//! with it to the next partition. No step does anything by itself: it takes one input and writes what follows.
//!
//! | file | what |
//! |---|---|
//! | `contract` | inputs, effects, settings |
//! | `device` | outside of a group: creating, joining, waiting for a tree or a GroupInfo |
//! | `membership` | inside of one: a partition's messages in their order |
//! | `own` | own messages, and own commits that wait for their return |
//! | `places` | partitions that were asked for, and how far |
//! | `branches` | branches that it does not follow, and what members say elsewhere |
//! | `knowledge` | what it knows of forks |
//! | `envelope` | whether what came beside a commit is what the commit leads to |
//! | `policy` | what the room allows, for senders and receivers alike |
//! | `trail` | where a member was: what it can report, and links to successors |
//! | `trees` | the group's encrypted tree: patches of own commits, joins by the hub's tree, help |
//! | `welcome` | whose provider gets which entry of a Welcome |

mod branches;
mod contract;
mod device;
mod envelope;
mod knowledge;
mod membership;
mod own;
mod places;
pub mod policy;
#[cfg(test)]
mod tests;
mod trail;
mod trees;
mod welcome;

pub use contract::{
    Creation, Effect, Effects, Envelope, Ignored, Input, Invitation, Publish, Request, Settings, Way, Wish,
};
pub use device::Device;
pub use knowledge::{Knowledge, Moment, Proof, Sign, Standing, Told, What};
pub use welcome::key_package_ref;
