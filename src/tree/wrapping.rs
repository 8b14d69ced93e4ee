//! A member's tree: every member keeps the secrets of all nodes, so that everybody computes the same patch of a commit,
//! and can make lost nodes anew, octet for octet.

use super::branch::{Branch, Hashed, Link, at, last_leaf, outside};
use super::content::Content;
use super::index::{capacity_for, children, is_leaf, root, within};
use super::keys::{EpochKeys, NodeSecret};
use super::payload::Setup;
use super::structures::{
    EncryptedNode, EncryptedTree, EncryptedTreePatch, Help, PARTITION_KEY, is_capacity, tag_input,
};
use super::{Refused, Result};
use crate::reason::tree as reason;
use crate::wire::tls::Writer;
use std::sync::Arc;

/// A node that is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    pub hashed: Hashed,
    /// The payload as it is encoded.
    pub payload: Vec<u8>,
    pub secret: NodeSecret,
}

/// The tree of one epoch with all its secrets. The epoch's own secret is not among them: nothing is encrypted under it
/// once the epoch has begun.
#[derive(Clone, Debug)]
pub struct Wrapping {
    pub(super) setup: Setup,
    pub(super) epoch: u64,
    pub(super) capacity: u32,
    pub(super) tree: Link<Kept>,
    pub(super) root_siv: Vec<u8>,
    /// None for who was helped, and can not compute it.
    pub(super) tag: Option<Vec<u8>>,
}

/// The transition into an epoch.
struct Transition<'a> {
    base: Option<&'a Wrapping>,
    keys: EpochKeys<'a>,
    setup: &'a Setup,
    epoch: u64,
    capacity: u32,
    /// Payloads by index; what is beyond them is blank.
    payloads: &'a [&'a [u8]],
    removed: Vec<u32>,
    root_siv: Vec<u8>,
}

impl Wrapping {
    /// The first tree of a group, at this epoch: `secret` is the epoch's, of KDF.Nh octets, `payloads` the encoded payload
    /// of each place, in the order of indices.
    ///
    /// # Errors
    /// `tree-base` when there is no leaf, a parent above nothing, or no room.
    pub fn first(setup: &Setup, epoch: u64, secret: &[u8], payloads: &[&[u8]]) -> Result<(Self, EncryptedTreePatch)> {
        Self::transition(setup, None, epoch, secret, payloads)
    }

    /// The tree of the next epoch, and the patch that leads there.
    ///
    /// # Errors
    /// As [`Wrapping::first`].
    pub fn next(&self, secret: &[u8], payloads: &[&[u8]]) -> Result<(Self, EncryptedTreePatch)> {
        let epoch = self.epoch.checked_add(1).ok_or(Refused::of(reason::TREE_EPOCH))?;
        Self::transition(&self.setup, Some(self), epoch, secret, payloads)
    }

    fn transition(
        setup: &Setup,
        base: Option<&Self>,
        epoch: u64,
        secret: &[u8],
        payloads: &[&[u8]],
    ) -> Result<(Self, EncryptedTreePatch)> {
        let broken = || Refused::of(reason::TREE_BASE);
        let leaves = (0_u32..).zip(payloads).filter(|(x, octets)| is_leaf(*x) && **octets != setup.payload.blank);
        let capacity = capacity_for(leaves.map(|(x, _)| x).last().ok_or_else(broken)?);
        if !is_capacity(capacity) || secret.len() != setup.secret_octets() {
            return Err(broken());
        }
        let keys = EpochKeys::new(setup, secret);
        let mut into = Transition { base, keys, setup, epoch, capacity, payloads, removed: vec![], root_siv: vec![] };
        let highest = root(capacity);
        let (tree, _) = into.wrap(highest, into.base_at(highest).as_ref())?;
        if let Some(base) = base {
            let Ok(()) = outside(&base.tree, base.capacity, capacity, &mut |kept| {
                into.removed.push(kept.hashed.node.node_index);
                Ok::<_, std::convert::Infallible>(())
            });
        }
        into.removed.sort_unstable();
        let hash = tree.as_ref().ok_or_else(broken)?.of.hashed.hash.clone();
        let input = tag_input(&setup.group_id, epoch, capacity, &hash).map_err(|_| broken())?;
        let tag = into.keys.tag(&input);
        let Transition { removed, root_siv, .. } = into;
        let made = Self { setup: setup.clone(), epoch, capacity, tree, root_siv, tag: Some(tag.clone()) };
        let nodes = made.wrapped_in(epoch);
        let patch = EncryptedTreePatch {
            group_id: setup.group_id.clone(),
            epoch,
            leaf_capacity: capacity,
            nodes,
            removed,
            root_siv: made.root_siv.clone(),
            ert_hash: hash,
            ert_tag: tag,
        };
        Ok((made, patch))
    }

    /// Nodes that were wrapped in an epoch. Whatever is above one was wrapped no earlier.
    fn wrapped_in(&self, epoch: u64) -> Vec<EncryptedNode> {
        fn visit(link: &Link<Kept>, epoch: u64, found: &mut Vec<EncryptedNode>) {
            let Some(branch) = link.as_ref().filter(|branch| branch.of.hashed.node.epoch >= epoch) else { return };
            visit(&branch.left, epoch, found);
            found.push(EncryptedNode::clone(&branch.of.hashed.node));
            visit(&branch.right, epoch, found);
        }
        let mut found = vec![];
        visit(&self.tree, epoch, &mut found);
        found
    }

    /// The epoch whose tree this is.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Leaves that it has room for.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.capacity
    }

    /// `ert_hash`: who was shown another one follows the commit, and reports the fault.
    #[must_use]
    pub fn hash(&self) -> &[u8] {
        self.tree.as_ref().map_or(&[], |branch| &branch.of.hashed.hash)
    }

    /// `ert_tag`; none for who was helped into this epoch.
    #[must_use]
    pub fn tag(&self) -> Option<&[u8]> {
        self.tag.as_deref()
    }

    /// The tree as a hub would serve it: a member can replace what a hub lost. None for who was helped into this epoch.
    #[must_use]
    pub fn whole(&self) -> Option<EncryptedTree> {
        let mut nodes = vec![];
        self.tree.as_ref()?.each(&mut |kept| nodes.push(EncryptedNode::clone(&kept.hashed.node)));
        Some(EncryptedTree {
            group_id: self.setup.group_id.clone(),
            epoch: self.epoch,
            leaf_capacity: self.capacity,
            nodes,
            root_siv: self.root_siv.clone(),
            ert_hash: self.hash().to_vec(),
            ert_tag: self.tag.clone()?,
        })
    }

    /// What an external joiner needs to read this tree, and no other one.
    #[must_use]
    pub fn help(&self, partition_key: [u8; PARTITION_KEY]) -> Help {
        Help {
            group_id: self.setup.group_id.clone(),
            partition_key,
            epoch: self.epoch,
            leaf_capacity: self.capacity,
            root_siv: self.root_siv.clone(),
            root_secret: self.tree.as_ref().map_or(&[][..], |branch| branch.of.secret.octets()).to_vec(),
            ert_hash: self.hash().to_vec(),
        }
    }

    /// The payload of each place up to the last leaf that is there.
    #[must_use]
    pub fn payloads(&self) -> Vec<&[u8]> {
        let last = last_leaf(&self.tree, self.capacity).and_then(|x| usize::try_from(x).ok());
        let mut all = vec![self.setup.payload.blank; last.map_or(0, |x| x.saturating_add(1))];
        if let Some(tree) = &self.tree {
            tree.each(&mut |kept| {
                let place = usize::try_from(kept.hashed.node.node_index).ok();
                if let Some(slot) = place.and_then(|x| all.get_mut(x)) {
                    *slot = &kept.payload;
                }
            });
        }
        all
    }

    /// The payloads as one vector: for nodes of a ratchet tree, `optional<Node> ratchet_tree<V>`. None where it is too long
    /// to be one.
    #[must_use]
    pub fn encoded(&self) -> Option<Vec<u8>> {
        let mut w = Writer::new();
        w.opaque(&self.payloads().concat(), "payloads").ok()?;
        Some(w.into_octets())
    }

    /// Every secret that it keeps, with the node that it opens.
    #[must_use]
    pub fn secrets(&self) -> Vec<(&EncryptedNode, &NodeSecret)> {
        let mut all = vec![];
        if let Some(tree) = &self.tree {
            tree.each(&mut |kept| all.push((&*kept.hashed.node, &kept.secret)));
        }
        all
    }
}

impl Transition<'_> {
    fn base_at(&self, x: u32) -> Link<Kept> {
        let base = self.base?;
        if within(x, base.capacity) { at(&base.tree, base.capacity, x).cloned() } else { None }
    }

    /// The subtree at `x`, where this was before, and whether it is another one now.
    fn wrap(&mut self, x: u32, base: Option<&Arc<Branch<Kept>>>) -> Result<(Link<Kept>, bool)> {
        let (left, right, below) = match children(x) {
            None => (None, None, false),
            Some((left, right)) => {
                // Where the tree has grown the old root is found once it is passed on the way down.
                let grown = if base.is_none() { self.base_at(left) } else { None };
                let before = base.map_or(grown.as_ref(), |base| base.left.as_ref());
                let (left, l) = self.wrap(left, before)?;
                let (right, r) = self.wrap(right, base.and_then(|base| base.right.as_ref()))?;
                (left, right, l || r)
            }
        };
        let blank = self.setup.payload.blank;
        let payload = usize::try_from(x).ok().and_then(|x| self.payloads.get(x)).copied().unwrap_or(blank);
        let live = left.is_some() || right.is_some() || (is_leaf(x) && payload != blank);
        if !live {
            if payload != blank {
                return Err(Refused::at(reason::TREE_BASE, x));
            }
            if base.is_some() {
                self.removed.push(x);
            }
            return Ok((None, base.is_some()));
        }
        match base {
            Some(base) if !below && x != root(self.capacity) && base.of.payload == payload => {
                Ok((Some(Arc::clone(base)), false))
            }
            _ => Ok((Some(Arc::new(self.rewrap(x, payload, left, right)?)), true)),
        }
    }

    fn rewrap(&mut self, x: u32, payload: &[u8], left: Link<Kept>, right: Link<Kept>) -> Result<Branch<Kept>> {
        let secret = |link: &Link<Kept>| link.as_ref().map(|b| b.of.secret.0.clone()).unwrap_or_default();
        let hash = |link: &Link<Kept>| link.as_ref().map(|b| b.of.hashed.hash.clone());
        let (left_secret, right_secret) = (secret(&left), secret(&right));
        let children = (!is_leaf(x)).then_some((left_secret.as_slice(), right_secret.as_slice()));
        let broken = || Refused::at(reason::TREE_BASE, x);
        let content = Content { payload, children }.encode().ok_or_else(broken)?;
        let siv = self.keys.siv(x, &content);
        let secret = self.keys.node(x, &siv);
        let node = self.setup.seal(&secret, self.epoch, x, &content).ok_or_else(broken)?;
        let hashed = Hashed::new(self.setup.suite, node, hash(&left).as_deref(), hash(&right).as_deref());
        if x == root(self.capacity) {
            self.root_siv = siv;
        }
        let of = Kept { hashed: hashed.ok_or_else(broken)?, payload: payload.to_vec(), secret };
        Ok(Branch { of, left, right })
    }
}
