//! Encrypted ratchet trees (`docs/spec/encrypted-tree.md`): what a delivery service can store and serve to joiners without
//! learning who is in the group.
//!
//! A tree of secrets wraps a tree of payloads: each node is encrypted under a secret of its own, which its parent's content
//! carries, so that whoever can open the root can open the whole, and a commit rewraps a path. The payload is a parameter:
//! nodes of a ratchet tree here, other keys elsewhere.
//!
//! | file | what |
//! |---|---|
//! | `index` | the places of a tree (RFC 9420 appendix C) |
//! | `payload` | what is wrapped, under which label |
//! | `suite` | the cipher suite's functions |
//! | `keys` | from an epoch's secret to the key of a node |
//! | `content` | a node's plaintext |
//! | `structures` | what is sent: nodes, patches, trees, help |
//! | `branch` | a tree that shares what did not change with those before it |
//! | `stored` | the hub's tree: checks of a patch by its structure alone |
//! | `hub` | the trees of a group's partitions |
//! | `wrapping` | a member's tree, and the patch of a commit |
//! | `exchange` | what clients and hubs say to each other of trees |
//! | `join` | from the hub's tree to a member's |
//!
//! Nothing here knows an MLS library: an epoch's secret and the octets of nodes are arguments.

mod branch;
mod content;
mod exchange;
mod hub;
mod index;
mod join;
mod keys;
mod payload;
mod stored;
mod structures;
mod suite;
mod wrapping;

#[cfg(test)]
mod tests;

pub use exchange::{Patched, TreeMark, TreeMarksResponse, TreeRepair, TreeRequest, TreesResponse};
pub use hub::{Keeps, StagedTree, TreeHub};
pub use index::MOST_LEAVES;
pub use join::{open, open_with_help};
pub use keys::{NodeKeys, NodeSecret, Opened};
pub use payload::{LINK_KEYS, Payload, RATCHET_TREE, Setup};
pub use stored::{Bounds, StoredTree};
pub use structures::{EncryptedNode, EncryptedTree, EncryptedTreePatch, Help, PARTITION_KEY};
pub use wrapping::Wrapping;

use crate::reason::Reason;
use std::fmt;

/// Why a patch, a tree or help is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The stable reason.
    pub reason: Reason,
    /// The node that it is about, by its index.
    pub node: Option<u32>,
}

impl Refused {
    const fn at(reason: Reason, node: u32) -> Self {
        Self { reason, node: Some(node) }
    }

    const fn of(reason: Reason) -> Self {
        Self { reason, node: None }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node {
            Some(node) => write!(f, "{} (node {node})", self.reason.text()),
            None => f.write_str(self.reason.text()),
        }
    }
}

impl std::error::Error for Refused {}

/// Result of this room.
pub type Result<T> = std::result::Result<T, Refused>;
