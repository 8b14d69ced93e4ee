//! Encrypted trees: patches for a hub, and whole trees for a joiner.
//!
//! | file | what |
//! |---|---|
//! | `scene` | a group's first epochs: secrets, payloads, trees and patches, made by the forge |
//! | `patches` | patches, changed |
//! | `served` | trees, changed by somebody who has every key |

mod patches;
mod scene;
mod served;

pub use patches::{DrawnPatch, tree_patch};
pub use scene::{GROUP, TreeEpoch, TreeScene, partition, tree_scene};
pub use served::{ServedTree, tree_open};
