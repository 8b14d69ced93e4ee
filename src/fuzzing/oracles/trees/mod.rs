//! Encrypted trees: what a hub takes has the structure that the page asks for, and a joiner opens exactly what can be opened.
//!
//! | file | what |
//! |---|---|
//! | `plain` | the page's rules once more, in the plainest way: sets of places, everything computed anew |
//! | `patch` | patches at a hub |
//! | `open` | trees at a joiner |

mod open;
mod patch;
mod plain;

pub use open::{Opens, opened, tree_open};
pub use patch::{TreeHosting, patched, tree_patch};
