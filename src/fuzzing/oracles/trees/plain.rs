//! `docs/spec/encrypted-tree.md` sections 3, 7 and 8 without `crate::tree`: suite 1, one key for each leaf.

use crate::tree::{EncryptedNode, EncryptedTree};
use crate::vector::forge::tree::{Wrapped, additional, hash, key_and_nonce, node_secret, siv, tag};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Nonce};
use std::collections::BTreeMap;

const LABEL: &str = "mimi link 0";
const SECRET: usize = 32;
const AEAD_TAG: usize = 16;

fn level(x: u32) -> u32 {
    x.trailing_ones()
}

/// The place above; beyond every capacity for one that can have none.
fn above(x: u32) -> u32 {
    let bit = 1_u64 << level(x);
    let x = u64::from(x);
    u32::try_from((x | bit) & !(bit << 1)).unwrap_or(u32::MAX)
}

fn below(x: u32) -> Option<(u32, u32)> {
    let half = 1_u32.checked_shl(level(x).checked_sub(1)?)?;
    Some((x.checked_sub(half)?, x.checked_add(half)?))
}

/// What is wrong with the nodes of a tree, if anything.
pub(super) fn unsound(tree: &EncryptedTree) -> Option<&'static str> {
    let EncryptedTree { nodes, leaf_capacity: capacity, .. } = tree;
    if !capacity.is_power_of_two() || *capacity > 1 << 20 {
        return Some("a capacity that is none");
    }
    let all: BTreeMap<u32, &EncryptedNode> = nodes.iter().map(|node| (node.node_index, node)).collect();
    if all.len() != nodes.len() || !nodes.is_sorted_by_key(|node| node.node_index) {
        return Some("nodes out of order");
    }
    let root = capacity - 1;
    for (x, node) in &all {
        let sealed = node.ciphertext.len().checked_sub(AEAD_TAG).filter(|octets| *octets > 0);
        if sealed.is_none_or(|octets| octets % 256 != 0) {
            return Some("a ciphertext of a wrong length");
        }
        if *x > 2 * root {
            return Some("a node outside");
        }
        let parent = if *x == root { Some(tree.epoch) } else { all.get(&above(*x)).map(|parent| parent.epoch) };
        match parent {
            None => return Some("a hole"),
            Some(epoch) if node.epoch > epoch || (*x == root && node.epoch != epoch) => return Some("an epoch"),
            Some(_) => {}
        }
        if below(*x).is_some_and(|(left, right)| !all.contains_key(&left) && !all.contains_key(&right)) {
            return Some("a parent above nothing");
        }
    }
    if !all.contains_key(&root) {
        return Some("no root");
    }
    let last = all.keys().rev().find(|x| *x % 2 == 0).map(|x| x / 2 + 1);
    if last.map(u32::next_power_of_two) != Some(*capacity) {
        return Some("a capacity that is not the smallest");
    }
    (hash_of(tree) != tree.ert_hash).then_some("another hash")
}

fn hash_of(tree: &EncryptedTree) -> Vec<u8> {
    let wrapped = |node: &EncryptedNode| {
        let EncryptedNode { node_index: index, epoch, ciphertext } = node.clone();
        (index, Wrapped { index, epoch, ciphertext })
    };
    hash(&tree.nodes.iter().map(wrapped).collect(), tree.leaf_capacity.saturating_sub(1))
}

/// The payload of each leaf, by place, of a tree that a joiner of this epoch is to take; `None` for every other.
pub(super) fn opened(
    group_id: &[u8],
    epoch: u64,
    secret: &[u8],
    tree: &EncryptedTree,
) -> Option<BTreeMap<u32, Vec<u8>>> {
    let known = tree.group_id == group_id && tree.epoch == epoch && unsound(tree).is_none();
    if !known || tag(secret, group_id, epoch, tree.leaf_capacity, &tree.ert_hash) != tree.ert_tag {
        return None;
    }
    let nodes: BTreeMap<u32, &EncryptedNode> = tree.nodes.iter().map(|node| (node.node_index, node)).collect();
    let root = tree.leaf_capacity - 1;
    let mut found = BTreeMap::new();
    let mut next = vec![(root, node_secret(secret, root, &tree.root_siv))];
    while let Some((x, key)) = next.pop() {
        let node = nodes.get(&x)?;
        let plain = unsealed(&key, &additional(LABEL, group_id, node.epoch, x), &node.ciphertext)?;
        let (payload, children) = parts(x, &plain)?;
        for (child, secret) in children {
            if secret.is_empty() == nodes.contains_key(&child) {
                return None;
            }
            if !secret.is_empty() {
                next.push((child, secret));
            }
        }
        if node.epoch == epoch {
            let siv = siv(secret, x, &plain);
            if node_secret(secret, x, &siv) != key || (x == root && siv != tree.root_siv) {
                return None;
            }
        }
        if x % 2 == 0 {
            found.insert(x, payload);
        }
    }
    Some(found)
}

fn unsealed(secret: &[u8], aad: &[u8], msg: &[u8]) -> Option<Vec<u8>> {
    let (key, nonce) = key_and_nonce(secret);
    let (cipher, nonce) = (Aes128Gcm::new_from_slice(&key).ok()?, Nonce::try_from(nonce.as_slice()).ok()?);
    cipher.decrypt(&nonce, Payload { msg, aad }).ok()
}

/// `<V>`: what it holds, and what follows.
fn vector(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match octets {
        [a, rest @ ..] if *a < 0x40 => (usize::from(*a), rest),
        [a, b, rest @ ..] if a & 0xc0 == 0x40 => (usize::from(a & 0x3f) << 8 | usize::from(*b), rest),
        _ => return None,
    };
    let shortest = octets.len() - rest.len() == 1 || length > 0x3f;
    rest.split_at_checked(length).filter(|_| shortest)
}

type Parts = (Vec<u8>, Vec<(u32, Vec<u8>)>);

/// A content: payload, and for a parent the secret of each child. Padded by the fewest zeros.
fn parts(x: u32, plain: &[u8]) -> Option<Parts> {
    let (payload, mut rest) = match (plain, x % 2) {
        ([0, rest @ ..], 1) => (vec![0], rest),
        ([1, rest @ ..], 0) => {
            let (_, after) = vector(rest)?;
            (plain.get(..plain.len() - after.len())?.to_vec(), after)
        }
        _ => return None,
    };
    let mut children = vec![];
    if let Some((left, right)) = below(x) {
        for child in [left, right] {
            let (secret, after) = vector(rest)?;
            children.push((child, secret.to_vec()));
            rest = after;
        }
        let fits = |(_, secret): &(u32, Vec<u8>)| secret.is_empty() || secret.len() == SECRET;
        if !children.iter().all(fits) || children.iter().all(|(_, secret)| secret.is_empty()) {
            return None;
        }
    }
    let body = plain.len() - rest.len();
    let (zeros, after) = vector(rest)?;
    let prefix = |zeros: usize| if zeros < 64 { 1 } else { 2 };
    let fewest = (0..600).find(|zeros| (body + prefix(*zeros) + zeros).is_multiple_of(256))?;
    let padded = after.is_empty() && zeros.len() == fewest && zeros.iter().all(|octet| *octet == 0);
    padded.then_some((payload, children))
}
