//! Encrypted trees beside the commits of a group (`docs/spec/encrypted-tree.md`): a hub that keeps them for joiners.
//!
//! | file | what |
//! |---|---|
//! | `engine` | a hub with trees: each commit with its patch, or not at all |
//! | `kept` | the trees of one group, and which of them nobody will ask for any more |

mod engine;
mod kept;

pub use engine::{TreeSettings, WithTrees};
