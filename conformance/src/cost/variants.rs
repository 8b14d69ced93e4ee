//! Experiments that version 0 of encrypted trees leaves out: nodes that do not name their epoch, and joiners that take
//! their own path and what is beside it instead of the whole tree.

use super::measure::Broken;
use super::places::above;
use mimicheck::protocol::Structure;
use mimicheck::tree::{EncryptedNode, EncryptedTree, Setup};
use mimicheck::wire::tls::Writer;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Octets of the variants of one settled group, after an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Variants {
    /// The patch if an EncryptedNode had no epoch.
    pub patch_without_epoch: usize,
    /// The whole tree if an EncryptedNode had no epoch.
    pub tree_without_epoch: usize,
    /// A joiner's own path, and the places beside it with the hashes below them.
    pub partial: usize,
    /// Nodes in that.
    pub partial_nodes: usize,
}

/// Octets of a vector with so many octets in it.
const fn vector(octets: usize) -> usize {
    match octets {
        0..0x40 => octets + 1,
        0x40..0x4000 => octets + 2,
        _ => octets + 4,
    }
}

/// A structure of so many octets with these nodes, if they had no epoch.
pub(super) fn without_epoch(octets: usize, nodes: &[EncryptedNode]) -> usize {
    let all: usize = nodes.iter().map(|node| 12 + vector(node.ciphertext.len())).sum();
    octets + vector(all.saturating_sub(8 * nodes.len())) - vector(all)
}

/// A place beside a path: the node, and the hashes below it.
struct Beside {
    node: Option<EncryptedNode>,
    left: Vec<u8>,
    right: Vec<u8>,
}

/// What a joiner would take that wants no more than its own path, and the keys to which it encrypts when it commits. Hash and
/// tag bind it to the whole tree; that the rest of the tree is what the signed GroupContext says it can not know.
pub(super) struct Partial {
    head: Vec<u8>,
    /// From the leaf upwards.
    path: Vec<EncryptedNode>,
    beside: Vec<Beside>,
    tail: Vec<u8>,
}

/// ERTLeafHashInput or ERTParentHashInput, hashed.
fn hashed(node: &EncryptedNode, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut w = Writer::new();
    w.raw(&node.encode()?);
    if node.node_index % 2 == 1 {
        w.opaque(left, "left_hash")?.opaque(right, "right_hash")?;
    }
    Ok(Sha256::digest(w.into_octets()).to_vec())
}

fn place(x: u32) -> usize {
    usize::try_from(x).unwrap_or(usize::MAX)
}

impl Partial {
    /// For the member at a leaf, in suites with SHA-256.
    pub(super) fn of(tree: &EncryptedTree, leaf: usize) -> Result<Self, Broken> {
        let mut order: Vec<&EncryptedNode> = tree.nodes.iter().collect();
        order.sort_by_key(|node| node.node_index.trailing_ones());
        let mut hashes: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        let below = |hashes: &BTreeMap<usize, Vec<u8>>, x: usize| {
            let of = |x| hashes.get(&x).cloned().unwrap_or_default();
            super::places::children(x).map_or_else(Default::default, |(left, right)| (of(left), of(right)))
        };
        for node in order {
            let (left, right) = below(&hashes, place(node.node_index));
            hashes.insert(place(node.node_index), hashed(node, &left, &right)?);
        }
        let at = |x: usize| {
            let found = tree.nodes.binary_search_by_key(&x, |node| place(node.node_index));
            found.ok().and_then(|found| tree.nodes.get(found)).cloned()
        };
        let (mut path, mut beside) = (vec![at(leaf * 2).ok_or("nobody is there")?], vec![]);
        for (x, sibling) in above(leaf, place(tree.leaf_capacity)) {
            path.push(at(x).ok_or("a parent is missing")?);
            let (left, right) = below(&hashes, sibling);
            beside.push(Beside { node: at(sibling), left, right });
        }
        let (mut head, mut tail) = (Writer::new(), Writer::new());
        head.opaque(&tree.group_id, "group_id")?.u64(tree.epoch).u32(tree.leaf_capacity);
        tail.opaque(&tree.root_siv, "root_siv")?
            .opaque(&tree.ert_hash, "ert_hash")?
            .opaque(&tree.ert_tag, "ert_tag")?;
        Ok(Self { head: head.into_octets(), path, beside, tail: tail.into_octets() })
    }

    /// `struct { …; EncryptedNode path<V>; Beside beside<V>; … }` with `struct { optional<EncryptedNode> node; opaque
    /// left_hash<V>; opaque right_hash<V>; } Beside`, around it what a whole tree has.
    pub(super) fn octets(&self) -> Result<usize, Broken> {
        let (mut path, mut beside) = (Writer::new(), Writer::new());
        for node in &self.path {
            path.raw(&node.encode()?);
        }
        for Beside { node, left, right } in &self.beside {
            beside.optional(node.is_some());
            if let Some(node) = node {
                beside.raw(&node.encode()?).opaque(left, "left_hash")?.opaque(right, "right_hash")?;
            }
        }
        let mut w = Writer::new();
        w.raw(&self.head).opaque(&path.into_octets(), "path")?.opaque(&beside.into_octets(), "beside")?;
        w.raw(&self.tail);
        Ok(w.into_octets().len())
    }

    /// Nodes in it.
    pub(super) fn nodes(&self) -> usize {
        self.path.len() + self.beside.iter().filter(|beside| beside.node.is_some()).count()
    }

    /// The joiner's part: the hash of the whole from what is here, and every node opened from the root's secret down. The
    /// payloads by place.
    pub(super) fn open(
        &self,
        setup: &Setup,
        root_secret: &[u8],
        hash: &[u8],
    ) -> Result<BTreeMap<usize, Vec<u8>>, Broken> {
        let mut up = vec![];
        for (i, node) in self.path.iter().enumerate() {
            let below = i.checked_sub(1).and_then(|i| self.path.get(i).zip(self.beside.get(i)));
            let (left, right) = match below {
                None => (vec![], vec![]),
                Some((child, beside)) => {
                    let sibling = beside.node.as_ref().map(|node| hashed(node, &beside.left, &beside.right));
                    let sibling = sibling.transpose()?.unwrap_or_default();
                    if child.node_index < node.node_index { (up, sibling) } else { (sibling, up) }
                }
            };
            up = hashed(node, &left, &right)?;
        }
        if up != hash {
            return Err("a part of a tree has another hash than the whole".into());
        }
        let (mut payloads, mut secret) = (BTreeMap::new(), root_secret.to_vec());
        for (i, node) in self.path.iter().enumerate().rev() {
            let (payload, children) = setup.unwrap(&secret, node)?;
            payloads.insert(place(node.node_index), payload);
            let Some((left, right)) = children else { continue };
            let below = i.checked_sub(1).and_then(|i| self.path.get(i).zip(self.beside.get(i)));
            let (child, beside) = below.ok_or("a leaf is missing")?;
            let first = child.node_index < node.node_index;
            let (down, aside) = if first { (left, right) } else { (right, left) };
            if let Some(node) = &beside.node {
                payloads.insert(place(node.node_index), setup.unwrap(&aside, node)?.0);
            }
            secret = down;
        }
        Ok(payloads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::entropy::Seed;
    use mimicheck::tree::{Bounds, RATCHET_TREE, StoredTree, Wrapping};

    #[test]
    fn a_part_with_another_node_or_hash_is_refused() {
        let suite = crate::cost::Suite::X25519;
        let nodes = crate::cost::Nodes::of(suite).unwrap();
        let group = crate::cost::Group::settled(&nodes, 6, &Seed::new("part")).unwrap();
        let setup = Setup::new(RATCHET_TREE, suite.number(), b"part").unwrap();
        let (here, patch) = Wrapping::first(&setup, 3, &[1; 32], &group.payloads()).unwrap();
        let whole = StoredTree::first(&setup, &patch, Bounds::default()).unwrap().serve();
        let secret = here.help([0; 16]).root_secret;
        let part = || Partial::of(&whole, 4).unwrap();
        let payloads = part().open(&setup, &secret, &whole.ert_hash).unwrap();
        assert_eq!(payloads.keys().copied().collect::<Vec<_>>(), [3, 7, 8, 9, 10, 11]);
        assert_eq!(payloads[&8], group.payloads()[8]);
        assert!(part().open(&setup, &[7; 32], &whole.ert_hash).is_err(), "another secret");
        assert!(part().open(&setup, &secret, &[7; 32]).is_err(), "another hash");
        let mut other = part();
        other.beside[2].left[0] ^= 1;
        assert!(other.open(&setup, &secret, &whole.ert_hash).is_err(), "another tree below a place beside the path");
        let mut other = part();
        other.beside[0].node = None;
        assert!(other.open(&setup, &secret, &whole.ert_hash).is_err(), "a place that is left out");
        assert!(Partial::of(&whole, 6).is_err(), "nobody is there");
    }

    #[test]
    fn octets_without_epochs_are_those_of_shorter_nodes() {
        let node = |octets: usize| EncryptedNode { node_index: 0, epoch: 1, ciphertext: vec![0; octets] };
        // One node of 272 octets: 4 + 8 + 2 + 272, in a vector with a header of two octets.
        assert_eq!(without_epoch(1000, &[node(272)]), 992);
        // 286 · 58 = 16 588 octets need a header of four octets, 278 · 58 = 16 124 one of two.
        assert_eq!(without_epoch(20_000, &vec![node(272); 58]), 20_000 - 58 * 8 - 2);
    }
}
