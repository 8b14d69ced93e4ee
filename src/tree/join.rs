//! From the hub's tree to a member's. Nothing that comes out is to be believed before the MLS library has held its tree hash
//! against the signed GroupContext.

use super::branch::{Branch, Hashed, Link};
use super::content::Content;
use super::index::root;
use super::keys::{EpochKeys, NodeSecret};
use super::payload::Setup;
use super::stored::{Bounds, StoredTree};
use super::structures::{EncryptedTree, Help, tag_input};
use super::wrapping::{Kept, Wrapping};
use super::{Refused, Result};
use crate::reason::tree as reason;
use std::sync::Arc;

/// Opens the tree of an epoch with the epoch's secret (KDF.Nh octets). Hash and tag are verified before anything is opened.
///
/// # Errors
/// As [`StoredTree::whole`]; `tree-epoch`, `tree-tag`, `tree-undecryptable`, `tree-child-mismatch`, `tree-siv`, and what
/// is wrong with a content.
pub fn open(setup: &Setup, epoch: u64, secret: &[u8], tree: &EncryptedTree, bounds: Bounds) -> Result<Wrapping> {
    if tree.epoch != epoch {
        return Err(Refused::of(reason::TREE_EPOCH));
    }
    let stored = StoredTree::whole(setup, tree, bounds)?;
    if secret.len() != setup.secret_octets() {
        return Err(Refused::of(reason::TREE_BASE));
    }
    let keys = EpochKeys::new(setup, secret);
    let input = tag_input(&setup.group_id, epoch, stored.capacity, stored.hash());
    let tag = input.map(|input| keys.tag(&input)).map_err(|_| Refused::of(reason::TREE_TOO_LARGE))?;
    if tag != tree.ert_tag {
        return Err(Refused::of(reason::TREE_TAG));
    }
    let root_secret = keys.node(root(stored.capacity), &stored.root_siv);
    let opening = Opening { setup, epoch, keys: Some(keys), root: root(stored.capacity), root_siv: &stored.root_siv };
    let opened = opening.all(&stored.tree, root_secret)?;
    Ok(wrapping(&stored, opened, Some(tag)))
}

/// Opens the tree of an epoch with a member's help: the root's secret opens it, but shows neither the tag nor that secrets
/// fit their contents.
///
/// # Errors
/// As [`open`] without `tree-tag` and `tree-siv`; `tree-hash` for a tree other than the one that the help is about.
pub fn open_with_help(setup: &Setup, help: &Help, tree: &EncryptedTree, bounds: Bounds) -> Result<Wrapping> {
    if help.group_id != setup.group_id {
        return Err(Refused::of(reason::TREE_OTHER_GROUP));
    }
    if (tree.epoch, tree.leaf_capacity) != (help.epoch, help.leaf_capacity) {
        return Err(Refused::of(reason::TREE_EPOCH));
    }
    let stored = StoredTree::whole(setup, tree, bounds)?;
    if stored.hash() != help.ert_hash || stored.root_siv != help.root_siv {
        return Err(Refused::of(reason::TREE_HASH));
    }
    let root = root(stored.capacity);
    let opening = Opening { setup, epoch: help.epoch, keys: None, root, root_siv: &stored.root_siv };
    let opened = opening.all(&stored.tree, NodeSecret(help.root_secret.clone()))?;
    Ok(wrapping(&stored, opened, None))
}

fn wrapping(stored: &StoredTree, tree: Link<Kept>, tag: Option<Vec<u8>>) -> Wrapping {
    let (setup, root_siv) = (stored.setup.clone(), stored.root_siv.clone());
    Wrapping { setup, epoch: stored.epoch, capacity: stored.capacity, tree, root_siv, tag }
}

struct Opening<'a> {
    setup: &'a Setup,
    epoch: u64,
    keys: Option<EpochKeys<'a>>,
    root: u32,
    root_siv: &'a [u8],
}

impl Opening<'_> {
    fn all(&self, tree: &Link<Hashed>, secret: NodeSecret) -> Result<Link<Kept>> {
        tree.as_ref().map(|branch| self.one(branch, secret).map(Arc::new)).transpose()
    }

    fn one(&self, branch: &Branch<Hashed>, secret: NodeSecret) -> Result<Branch<Kept>> {
        let (setup, node) = (self.setup, &branch.of.node);
        let x = node.node_index;
        let content = setup.unseal(&secret, node).ok_or(Refused::at(reason::TREE_UNDECRYPTABLE, x))?;
        let read = Content::decode(setup, x, &content)?;
        let (left, right) = read.children.unwrap_or_default();
        if left.is_empty() != branch.left.is_none() || right.is_empty() != branch.right.is_none() {
            return Err(Refused::at(reason::TREE_CHILD_MISMATCH, x));
        }
        if let Some(keys) = self.keys.as_ref().filter(|_| node.epoch == self.epoch) {
            let siv = keys.siv(x, &content);
            if (x == self.root && siv != self.root_siv) || keys.node(x, &siv) != secret {
                return Err(Refused::at(reason::TREE_SIV, x));
            }
        }
        let below = |link: &Link<Hashed>, secret: &[u8]| self.all(link, NodeSecret(secret.to_vec()));
        let (left, right) = (below(&branch.left, left)?, below(&branch.right, right)?);
        let of = Kept { hashed: branch.of.clone(), payload: read.payload.to_vec(), secret };
        Ok(Branch { of, left, right })
    }
}
