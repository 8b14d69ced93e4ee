//! `tree/…`, and the sessions `tree-member/…` and `tree-hub/…` (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `given` | what they read from their inputs |
//! | `node` | one node at a time |
//! | `member` | a member's or a joiner's tree |
//! | `hub` | the trees of a group's partitions |

mod given;
mod hub;
mod member;
mod node;

pub use hub::TreeHubSession;
pub use member::TreeMemberSession;
pub(super) use node::{keys, unwrap, wrap};
