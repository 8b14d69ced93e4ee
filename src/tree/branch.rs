//! A tree that shares what did not change with those before it: a hub keeps an epoch for as many nodes as its patch has,
//! and both sides of a fork keep what they have in common once.

use super::index::{children, root};
use super::structures::EncryptedNode;
use super::suite::Suite;
use crate::protocol::Structure;
use crate::wire::tls::Writer;
use std::sync::Arc;

/// A subtree; none where nothing is.
pub(super) type Link<T> = Option<Arc<Branch<T>>>;

/// A node and what is below it. No deeper than [`super::MOST_LEAVES`] allows.
#[derive(Debug, PartialEq)]
pub(super) struct Branch<T> {
    pub of: T,
    pub left: Link<T>,
    pub right: Link<T>,
}

/// A node as it is stored, and the hash of its subtree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hashed {
    /// Shared by all who keep it: its ciphertext is most of what a tree weighs.
    pub node: Arc<EncryptedNode>,
    pub hash: Vec<u8>,
}

impl Hashed {
    /// ERTLeafHashInput or ERTParentHashInput; the hash of a subtree that is not there is empty.
    pub fn new(suite: Suite, node: EncryptedNode, left: Option<&[u8]>, right: Option<&[u8]>) -> Option<Self> {
        let hashes = left.map_or(0, <[u8]>::len) + right.map_or(0, <[u8]>::len);
        let mut w = Writer::with_room(node.ciphertext.len() + hashes + 20);
        node.write(&mut w).ok()?;
        if children(node.node_index).is_some() {
            w.opaque(left.unwrap_or_default(), "left_hash").ok()?;
            w.opaque(right.unwrap_or_default(), "right_hash").ok()?;
        }
        let hash = suite.hash(&[&w.into_octets()]);
        Some(Self { node: Arc::new(node), hash })
    }
}

/// The subtree at place `x` of a tree with room for so many leaves.
pub(super) fn at<T>(tree: &Link<T>, capacity: u32, x: u32) -> Option<&Arc<Branch<T>>> {
    let (mut here, mut y) = (tree.as_ref()?, root(capacity));
    while x != y {
        let (left, right) = children(y)?;
        (here, y) = if x < y { (here.left.as_ref()?, left) } else { (here.right.as_ref()?, right) };
    }
    Some(here)
}

impl<T> Branch<T> {
    /// All nodes, by index.
    pub fn each<'a>(&'a self, visit: &mut impl FnMut(&'a T)) {
        if let Some(left) = &self.left {
            left.each(visit);
        }
        visit(&self.of);
        if let Some(right) = &self.right {
            right.each(visit);
        }
    }

    /// All nodes, by index, until one is refused.
    pub fn all<'a, E>(&'a self, visit: &mut impl FnMut(&'a T) -> Result<(), E>) -> Result<(), E> {
        if let Some(left) = &self.left {
            left.all(visit)?;
        }
        visit(&self.of)?;
        self.right.as_ref().map_or(Ok(()), |right| right.all(visit))
    }
}

/// Nodes of a tree that have no place in one with room for `fewer` leaves.
pub(super) fn outside<'a, T, E>(
    tree: &'a Link<T>,
    capacity: u32,
    fewer: u32,
    visit: &mut impl FnMut(&'a T) -> Result<(), E>,
) -> Result<(), E> {
    let (mut here, mut room) = (tree.as_ref(), capacity);
    while let Some(branch) = here.filter(|_| room > fewer) {
        visit(&branch.of)?;
        if let Some(right) = &branch.right {
            right.all(visit)?;
        }
        here = branch.left.as_ref();
        room /= 2;
    }
    Ok(())
}

/// The highest leaf that is there.
pub(super) fn last_leaf<T>(tree: &Link<T>, capacity: u32) -> Option<u32> {
    let (mut here, mut y) = (tree.as_ref()?, root(capacity));
    while let Some((left, right)) = children(y) {
        (here, y) = match (&here.right, &here.left) {
            (Some(branch), _) => (branch, right),
            (None, Some(branch)) => (branch, left),
            (None, None) => return None,
        };
    }
    Some(y)
}
