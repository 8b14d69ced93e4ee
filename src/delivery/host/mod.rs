//! What every hub does, whatever it can see.
//!
//! | file | what |
//! |---|---|
//! | `engine` | one input at a time: who may, which group, what follows |
//! | `group` | partitions of a group, their messages, where commits lead |
//! | `admit` | whether a message may be sequenced, before anything is changed |
//! | `welcomes` | who is asked, and who gets a Welcome |
//! | `key_packages` | KeyPackages of the hub's own users |

mod admit;
mod engine;
mod group;
mod key_packages;
mod welcomes;

pub use engine::Host;
pub use group::Edge;
