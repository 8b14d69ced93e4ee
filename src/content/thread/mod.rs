//! What a sequence of messages amounts to (sections 4.1, 5.3, 5.5-5.8, 5.11, 9.3).
//!
//! | file | what |
//! |---|---|
//! | `model` | what goes in and what comes out |
//! | `fold` | replacements, one message after another in processing order |
//! | `resolve` | what replies, reactions, expiry and topics mean once all is known |

mod fold;
mod model;
mod resolve;

pub use fold::thread;
pub use model::{Ignored, Kind, Policy, Received, Reply, ReplyStatus, State, Thread, ThreadMessage, Topic, Unresolved};

#[cfg(test)]
mod tests;
