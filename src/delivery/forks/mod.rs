//! The fork graph of a group, what speaks for its branches, and which are ended by rule (`docs/spec/forks.md`).
//!
//! All of it is pure: requests are counted, no clock is asked, and nothing here refuses a message.
//!
//! | file | what |
//! |---|---|
//! | `graph` | partitions, where commits lead, who named what; the branches of a fork |
//! | `reports` | what providers' users claim of their epochs |
//! | `rule` | which branch may be ended, and why most may not |
//! | `picture` | what an operator is shown |

mod graph;
mod picture;
mod reports;
mod rule;
#[cfg(test)]
mod tests;

pub(super) use graph::Forks;
pub use picture::{PictureOfFork, PictureOfForks, PictureOfPartition};
pub use reports::Claim;
pub use rule::{Finding, Termination, Weight, weigh};
