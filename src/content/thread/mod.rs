//! What a sequence of messages amounts to: edits, deletes, replies, reactions, expiry, topics
//! (sections 4.1, 5.3, 5.5 to 5.8, 5.11 and 9.3).
//!
//! | file | what |
//! |---|---|
//! | `fold` | messages in the hub's order → entries, one a first instance |
//! | `view` | entries at a point in time → what a client shows |

mod fold;
mod view;

pub use fold::{Policy, Received};
pub use view::{Entry, Ignored, Reply, ReplyStatus, State, Thread, Topic, Unresolved};
