//! Stable reason codes: what was wrong, whose fault it is, and which requirement says so.
//!
//! A code, once published, is never renamed or reused: vectors, expectation files and other people's
//! adapters depend on it. Each family keeps its table in a file of its own; [`all`] lists every one.

pub mod content;
pub mod delivery;
pub mod franking;
pub mod mls;
pub mod policy;
pub mod recovery;
pub mod room;
pub mod tree;
pub mod wire;

mod table;

pub use table::{Blame, Reason, all, find};
