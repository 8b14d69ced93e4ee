//! A provider beside a hub: it has users, asks for their partitions, and passes on what comes.
//!
//! It suppresses nothing: what a message is worth is for the client to say (section 6). It only leaves out what a user
//! already got, which is a count for each user and partition, as the hub's order is the order.
//!
//! | file | what |
//! |---|---|
//! | `contract` | inputs, effects, settings |
//! | `engine` | one input at a time |
//! | `place` | how far a user is in a partition |

mod contract;
mod engine;
mod place;

pub use contract::{FollowerEffect, FollowerInput, FollowerLimits, FollowerSettings};
pub use engine::Follower;
