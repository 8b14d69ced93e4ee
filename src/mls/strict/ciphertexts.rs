//! Section 7.6: how many ciphertexts the nodes of a path have.

use super::refuse;
use crate::mls::anatomy::{Node, Path, nodes};
use crate::mls::member::Result;
use crate::reason::mls as reason;
use openmls::group::{QueuedAddProposal, StagedCommit};
use openmls::prelude::tls_codec::Serialize;
use std::collections::BTreeSet;

/// Leaves that a commit adds, as octets of their LeafNodes.
pub(in crate::mls) fn added(commit: &StagedCommit) -> Result<BTreeSet<Vec<u8>>> {
    let leaf = |add: QueuedAddProposal| add.add_proposal().key_package().leaf_node().tls_serialize_detached();
    let leaves: std::result::Result<_, _> = commit.add_proposals().map(leaf).collect();
    leaves.map_err(|e| refuse(reason::MLS_OTHER, e))
}

/// Section 7.6: a node of the path has one ciphertext for each node of its copath child's resolution, leaves left out that
/// the commit adds. A path changes no resolution beside it, so the tree after the commit tells.
pub(in crate::mls) fn ciphertexts(path: &Path, added: &BTreeSet<Vec<u8>>, after: &[u8]) -> Result<()> {
    let after = nodes(after).map_err(|e| refuse(reason::BAD_TREE, e))?;
    let leaf = |(_, node): &(u32, &Option<Node>)| node.as_ref().is_some_and(|node| node.octets == path.leaf);
    let missing = || refuse(reason::BAD_UPDATE_PATH, "the leaf of the path is not in the tree");
    let (mut x, _) = (0..).zip(&after).find(leaf).ok_or_else(missing)?;
    let tree = Resolving { nodes: &after, added };
    let width = u32::try_from(after.len()).unwrap_or(u32::MAX).saturating_add(1).next_power_of_two();
    let mut sent = path.nodes.iter();
    while let Some((above, beside)) = up(x, width) {
        let resolution = tree.resolution(beside);
        if !resolution.is_empty() {
            let wanted = resolution.iter().filter(|node| !tree.is_new(**node)).count();
            if sent.next().is_none_or(|(_, ciphertexts)| ciphertexts.len() != wanted) {
                return Err(refuse(reason::BAD_UPDATE_PATH, "not as many ciphertexts as the resolution has nodes"));
            }
        }
        x = above;
    }
    Ok(())
}

/// The parent of a node and the parent's other child, in a tree of `width - 1` nodes.
fn up(x: u32, width: u32) -> Option<(u32, u32)> {
    let half = 1_u32.checked_shl(x.trailing_ones())?;
    if half.saturating_mul(2) >= width {
        return None;
    }
    let right = x & half.saturating_mul(2) != 0;
    if right { Some((x - half, x - half.saturating_mul(2))) } else { Some((x + half, x + half.saturating_mul(2))) }
}

struct Resolving<'a> {
    nodes: &'a [Option<Node<'a>>],
    added: &'a BTreeSet<Vec<u8>>,
}

impl Resolving<'_> {
    fn node(&self, x: u32) -> Option<&Node<'_>> {
        self.nodes.get(usize::try_from(x).ok()?)?.as_ref()
    }

    fn is_new(&self, x: u32) -> bool {
        self.node(x).is_some_and(|node| self.added.contains(node.octets))
    }

    /// Section 4.1.1.
    fn resolution(&self, top: u32) -> Vec<u32> {
        let (mut found, mut open) = (vec![], vec![top]);
        while let Some(x) = open.pop() {
            if let Some(node) = self.node(x) {
                found.push(x);
                found.extend(node.unmerged.iter().map(|leaf| leaf.saturating_mul(2)));
            } else if x % 2 == 1 {
                let half = (1_u32 << x.trailing_ones()) / 2;
                open.extend([x - half, x + half]);
            }
        }
        found
    }
}
