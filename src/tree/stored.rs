//! The hub's tree. It holds no key, and checks what structure alone tells: a patch that it takes may still be wrong, which
//! members find out, who never refuse a commit for it.

use super::branch::{Branch, Hashed, Link, at, last_leaf, outside};
use super::content::ciphertext;
use super::index::{capacity_for, children, is_leaf, parent, root, within};
use super::payload::Setup;
use super::structures::{EncryptedNode, EncryptedTree, EncryptedTreePatch, is_capacity};
use super::{Refused, Result};
use crate::reason::tree as reason;
use std::sync::Arc;

/// What a hub takes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Octets of all ciphertexts of one patch or tree.
    pub octets: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { octets: 1 << 30 }
    }
}

/// The tree of one epoch, as octets that only members can open. Copies share their nodes.
#[derive(Clone, Debug)]
pub struct StoredTree {
    pub(super) setup: Setup,
    pub(super) epoch: u64,
    pub(super) capacity: u32,
    pub(super) tree: Link<Hashed>,
    pub(super) root_siv: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

/// What a commit replaces, looked up by index.
struct Change<'a> {
    base: Option<&'a StoredTree>,
    nodes: &'a [EncryptedNode],
    removed: &'a [u32],
}

impl StoredTree {
    /// The first tree of a group: a patch of nothing.
    ///
    /// # Errors
    /// As [`StoredTree::patched`].
    pub fn first(setup: &Setup, patch: &EncryptedTreePatch, bounds: Bounds) -> Result<Self> {
        Self::after(setup, None, patch, bounds)
    }

    /// The tree that a patch makes of this one, which stays as it is.
    ///
    /// # Errors
    /// In this order: `tree-too-large`, `tree-other-group`, `tree-capacity`, `tree-epoch`, then of `nodes`
    /// `tree-node-order`, `tree-node-range`, `tree-ciphertext-length`, `tree-node-epoch`, `tree-root-missing`,
    /// `tree-not-closed`, of `removed` `tree-node-order`, `tree-removed-unknown`, `tree-removed-parent`, of what
    /// comes out `tree-node-range`, `tree-hole`, `tree-childless`, `tree-capacity`, `tree-hash`.
    pub fn patched(&self, patch: &EncryptedTreePatch, bounds: Bounds) -> Result<Self> {
        Self::after(&self.setup, Some(self), patch, bounds)
    }

    fn after(setup: &Setup, base: Option<&Self>, patch: &EncryptedTreePatch, bounds: Bounds) -> Result<Self> {
        let EncryptedTreePatch { nodes, removed, epoch, leaf_capacity: capacity, .. } = patch;
        size(nodes, removed, bounds)?;
        head(setup, &patch.group_id, *capacity)?;
        if base.is_some_and(|base| base.epoch.checked_add(1) != Some(*epoch)) {
            return Err(Refused::of(reason::TREE_EPOCH));
        }
        well_formed(nodes, *capacity)?;
        if let Some(other) = nodes.iter().find(|node| node.epoch != *epoch) {
            return Err(Refused::at(reason::TREE_NODE_EPOCH, other.node_index));
        }
        rooted(nodes, *capacity, reason::TREE_NOT_CLOSED)?;
        let change = Change { base, nodes, removed };
        change.removals(*capacity)?;
        let tree = change.build(setup, root(*capacity))?;
        Self::finish(setup, tree, patch.into())
    }

    /// A whole tree, as somebody serves it.
    ///
    /// # Errors
    /// As [`StoredTree::patched`], of `nodes`; with `tree-hole` for a node without its parent, and `tree-node-epoch` for one
    /// that was wrapped after its parent.
    pub fn whole(setup: &Setup, tree: &EncryptedTree, bounds: Bounds) -> Result<Self> {
        let EncryptedTree { nodes, epoch, leaf_capacity: capacity, .. } = tree;
        size(nodes, &[], bounds)?;
        head(setup, &tree.group_id, *capacity)?;
        well_formed(nodes, *capacity)?;
        rooted(nodes, *capacity, reason::TREE_HOLE)?;
        for node in nodes {
            let above = if node.node_index == root(*capacity) {
                // The root is wrapped by every commit.
                (node.epoch == *epoch).then_some(*epoch)
            } else {
                find(nodes, parent(node.node_index)).map(|parent| parent.epoch)
            };
            if above.is_none_or(|above| node.epoch > above) {
                return Err(Refused::at(reason::TREE_NODE_EPOCH, node.node_index));
            }
        }
        let change = Change { base: None, nodes, removed: &[] };
        let built = change.build(setup, root(*capacity))?;
        Self::finish(setup, built, tree.into())
    }

    /// The `ert_hash` of such nodes: no secret is needed for it, so whoever alters a tree can give the altered one its own.
    ///
    /// # Errors
    /// As [`StoredTree::whole`], of capacity, order, range and shape.
    pub fn hash_of(setup: &Setup, tree: &EncryptedTree) -> Result<Vec<u8>> {
        head(setup, &tree.group_id, tree.leaf_capacity)?;
        well_formed(&tree.nodes, tree.leaf_capacity)?;
        rooted(&tree.nodes, tree.leaf_capacity, reason::TREE_HOLE)?;
        let change = Change { base: None, nodes: &tree.nodes, removed: &[] };
        let built = change.build(setup, root(tree.leaf_capacity))?;
        Ok(built.map(|branch| branch.of.hash.clone()).unwrap_or_default())
    }

    fn finish(setup: &Setup, tree: Link<Hashed>, said: Said<'_>) -> Result<Self> {
        let smallest = last_leaf(&tree, said.capacity).map(capacity_for);
        if smallest != Some(said.capacity) {
            return Err(Refused::of(reason::TREE_CAPACITY));
        }
        if tree.as_ref().is_none_or(|branch| branch.of.hash != said.hash) {
            return Err(Refused::of(reason::TREE_HASH));
        }
        let (root_siv, tag) = (said.root_siv.to_vec(), said.tag.to_vec());
        Ok(Self { setup: setup.clone(), epoch: said.epoch, capacity: said.capacity, tree, root_siv, tag })
    }

    /// The epoch whose tree this is.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// `ert_hash`.
    #[must_use]
    pub fn hash(&self) -> &[u8] {
        self.tree.as_ref().map_or(&[], |branch| &branch.of.hash)
    }

    /// How many nodes it has.
    #[must_use]
    pub fn nodes(&self) -> usize {
        let mut count = 0;
        if let Some(tree) = &self.tree {
            tree.each(&mut |_| count += 1);
        }
        count
    }

    /// The tree as it is served to a joiner.
    #[must_use]
    pub fn serve(&self) -> EncryptedTree {
        let mut nodes = vec![];
        if let Some(tree) = &self.tree {
            tree.each(&mut |hashed| nodes.push(EncryptedNode::clone(&hashed.node)));
        }
        EncryptedTree {
            group_id: self.setup.group_id.clone(),
            epoch: self.epoch,
            leaf_capacity: self.capacity,
            nodes,
            root_siv: self.root_siv.clone(),
            ert_hash: self.hash().to_vec(),
            ert_tag: self.tag.clone(),
        }
    }
}

/// What a patch or a tree says of itself.
struct Said<'a> {
    epoch: u64,
    capacity: u32,
    root_siv: &'a [u8],
    hash: &'a [u8],
    tag: &'a [u8],
}

impl<'a> From<&'a EncryptedTreePatch> for Said<'a> {
    fn from(p: &'a EncryptedTreePatch) -> Self {
        Self { epoch: p.epoch, capacity: p.leaf_capacity, root_siv: &p.root_siv, hash: &p.ert_hash, tag: &p.ert_tag }
    }
}

impl<'a> From<&'a EncryptedTree> for Said<'a> {
    fn from(t: &'a EncryptedTree) -> Self {
        Self { epoch: t.epoch, capacity: t.leaf_capacity, root_siv: &t.root_siv, hash: &t.ert_hash, tag: &t.ert_tag }
    }
}

fn size(nodes: &[EncryptedNode], removed: &[u32], bounds: Bounds) -> Result<()> {
    let octets = nodes.iter().fold(0_usize, |sum, node| sum.saturating_add(node.ciphertext.len()));
    let octets = octets.saturating_add(removed.len().saturating_mul(4));
    if octets <= bounds.octets { Ok(()) } else { Err(Refused::of(reason::TREE_TOO_LARGE)) }
}

fn head(setup: &Setup, group_id: &[u8], capacity: u32) -> Result<()> {
    if group_id != setup.group_id {
        return Err(Refused::of(reason::TREE_OTHER_GROUP));
    }
    if is_capacity(capacity) { Ok(()) } else { Err(Refused::of(reason::TREE_CAPACITY)) }
}

/// Each node by itself, and their order.
fn well_formed(nodes: &[EncryptedNode], capacity: u32) -> Result<()> {
    ascending(nodes.iter().map(|node| node.node_index))?;
    for node in nodes {
        let x = node.node_index;
        if !within(x, capacity) {
            return Err(Refused::at(reason::TREE_NODE_RANGE, x));
        }
        ciphertext(node)?;
    }
    Ok(())
}

fn ascending(indices: impl Iterator<Item = u32>) -> Result<()> {
    let mut least = 0;
    for x in indices {
        if u64::from(x) < least {
            return Err(Refused::at(reason::TREE_NODE_ORDER, x));
        }
        least = u64::from(x) + 1;
    }
    Ok(())
}

fn find(nodes: &[EncryptedNode], x: u32) -> Option<&EncryptedNode> {
    nodes.binary_search_by_key(&x, |node| node.node_index).ok().and_then(|place| nodes.get(place))
}

/// The root is among the nodes, and the parent of each.
fn rooted(nodes: &[EncryptedNode], capacity: u32, otherwise: crate::reason::Reason) -> Result<()> {
    let root = root(capacity);
    if find(nodes, root).is_none() {
        return Err(Refused::of(reason::TREE_ROOT_MISSING));
    }
    let orphan = nodes.iter().map(|node| node.node_index).find(|x| *x != root && find(nodes, parent(*x)).is_none());
    orphan.map_or(Ok(()), |x| Err(Refused::at(otherwise, x)))
}

impl Change<'_> {
    fn base_at(&self, x: u32) -> Option<&Arc<Branch<Hashed>>> {
        let base = self.base?;
        if within(x, base.capacity) { at(&base.tree, base.capacity, x) } else { None }
    }

    /// Whether the tree before lies below `x`: where a tree grows, it is to the left of everything new.
    fn over_base(&self, x: u32) -> bool {
        let leftmost = x.checked_add(1).is_some_and(u32::is_power_of_two);
        leftmost && self.base.is_some_and(|base| !within(x, base.capacity))
    }

    fn gone(&self, x: u32) -> bool {
        self.removed.binary_search(&x).is_ok()
    }

    fn removals(&self, capacity: u32) -> Result<()> {
        ascending(self.removed.iter().copied())?;
        for x in self.removed.iter().copied() {
            if self.base_at(x).is_none() || find(self.nodes, x).is_some() {
                return Err(Refused::at(reason::TREE_REMOVED_UNKNOWN, x));
            }
            let above = parent(x);
            if within(above, capacity) && !self.gone(above) && find(self.nodes, above).is_none() {
                return Err(Refused::at(reason::TREE_REMOVED_PARENT, x));
            }
        }
        let Some(base) = self.base else { return Ok(()) };
        outside(&base.tree, base.capacity, capacity, &mut |hashed| {
            let x = hashed.node.node_index;
            if self.gone(x) { Ok(()) } else { Err(Refused::at(reason::TREE_NODE_RANGE, x)) }
        })
    }

    /// The subtree at `x` after the change. Nodes that are not in the patch are shared with the tree before it.
    fn build(&self, setup: &Setup, x: u32) -> Result<Link<Hashed>> {
        let Some(node) = find(self.nodes, x) else {
            let before = self.base_at(x);
            if before.is_some() && !self.gone(x) {
                return Ok(before.cloned());
            }
            if before.is_none() && !self.over_base(x) {
                return Ok(None);
            }
            // Whatever stays below is without a parent.
            for child in children(x).into_iter().flat_map(|(left, right)| [left, right]) {
                if self.build(setup, child)?.is_some() {
                    return Err(Refused::at(reason::TREE_HOLE, child));
                }
            }
            return Ok(None);
        };
        let (left, right) = match children(x) {
            None => (None, None),
            Some((left, right)) => (self.build(setup, left)?, self.build(setup, right)?),
        };
        if !is_leaf(x) && left.is_none() && right.is_none() {
            return Err(Refused::at(reason::TREE_CHILDLESS, x));
        }
        let hash = |link: &Link<Hashed>| link.as_ref().map(|branch| branch.of.hash.clone());
        let of = Hashed::new(setup.suite, node.clone(), hash(&left).as_deref(), hash(&right).as_deref());
        let of = of.ok_or(Refused::at(reason::TREE_TOO_LARGE, x))?;
        Ok(Some(Arc::new(Branch { of, left, right })))
    }
}
