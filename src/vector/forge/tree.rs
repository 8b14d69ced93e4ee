//! Encrypted trees, made in the plainest way that follows `docs/spec/encrypted-tree.md`: sets of places, and everything
//! computed anew each time. Nothing is shared with `crate::tree`. Functions without a suite, and trees, are of suites with
//! SHA-256 and AES-128-GCM; single nodes of the others are made with [`Suite`].

use super::suite::Suite;
use super::traffic::vector;
use std::collections::{BTreeMap, BTreeSet};

/// `node_siv`.
#[must_use]
pub fn siv(ert_secret: &[u8], x: u32, content: &[u8]) -> Vec<u8> {
    Suite::Sha256.siv(ert_secret, x, content)
}

/// `node_secret`.
#[must_use]
pub fn node_secret(ert_secret: &[u8], x: u32, siv: &[u8]) -> Vec<u8> {
    Suite::Sha256.node_secret(ert_secret, x, siv)
}

/// `node_key` and `node_nonce`.
#[must_use]
pub fn key_and_nonce(secret: &[u8]) -> (Vec<u8>, Vec<u8>) {
    Suite::Sha256.key_and_nonce(secret)
}

/// ERTNodeAAD.
#[must_use]
pub fn additional(label: &str, group_id: &[u8], epoch: u64, x: u32) -> Vec<u8> {
    [vector(label.as_bytes()), vector(group_id), epoch.to_be_bytes().to_vec(), x.to_be_bytes().to_vec()].concat()
}

/// AES-128-GCM under the key and the nonce of a secret.
#[must_use]
pub fn seal(secret: &[u8], aad: &[u8], msg: &[u8]) -> Vec<u8> {
    Suite::Sha256.seal(secret, aad, msg)
}

/// The content of a node with the padding that belongs to it.
#[must_use]
pub fn content(payload: &[u8], children: Option<(&[u8], &[u8])>) -> Vec<u8> {
    let children = children.map(|(l, r)| [vector(l), vector(r)].concat()).unwrap_or_default();
    let body = [payload, &children].concat();
    let padded = (0..512).map(|zeros| [body.clone(), vector(vec![0; zeros])].concat());
    padded.into_iter().find(|content| content.len() % 256 == 0).unwrap_or_default()
}

/// EncryptedNode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Its place.
    pub index: u32,
    /// Its epoch.
    pub epoch: u64,
    /// Content and tag, encrypted.
    pub ciphertext: Vec<u8>,
}

impl Wrapped {
    /// Its octets.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        [&self.index.to_be_bytes()[..], &self.epoch.to_be_bytes(), &vector(&self.ciphertext)].concat()
    }
}

/// EncryptedTreePatch, or an EncryptedTree where nothing is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The group.
    pub group_id: Vec<u8>,
    /// Its epoch.
    pub epoch: u64,
    /// Leaves that there is room for.
    pub capacity: u32,
    /// By place.
    pub nodes: Vec<Wrapped>,
    /// By place.
    pub removed: Vec<u32>,
    /// `node_siv` of the root.
    pub root_siv: Vec<u8>,
    /// `ert_hash`.
    pub hash: Vec<u8>,
    /// `ert_tag`.
    pub tag: Vec<u8>,
}

impl Patch {
    fn front(&self) -> Vec<u8> {
        let nodes: Vec<u8> = self.nodes.iter().flat_map(Wrapped::octets).collect();
        let capacity = self.capacity.to_be_bytes().to_vec();
        [vector(&self.group_id), self.epoch.to_be_bytes().to_vec(), capacity, vector(&nodes)].concat()
    }

    fn back(&self) -> Vec<u8> {
        [vector(&self.root_siv), vector(&self.hash), vector(&self.tag)].concat()
    }

    /// As a patch.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        let removed: Vec<u8> = self.removed.iter().flat_map(|x| x.to_be_bytes()).collect();
        [self.front(), vector(&removed), self.back()].concat()
    }

    /// As a whole tree.
    #[must_use]
    pub fn tree_octets(&self) -> Vec<u8> {
        [self.front(), self.back()].concat()
    }

    /// With the hash that its nodes have as a whole tree, and the tag of that.
    #[must_use]
    pub fn rehashed(mut self, ert_secret: &[u8]) -> Self {
        let nodes: BTreeMap<u32, Wrapped> = self.nodes.iter().map(|n| (n.index, n.clone())).collect();
        self.hash = hash(&nodes, self.capacity.saturating_sub(1));
        self.tag = tag(ert_secret, &self.group_id, self.epoch, self.capacity, &self.hash);
        self
    }
}

/// A tree that is open.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The payload's label.
    pub label: String,
    /// The group.
    pub group_id: Vec<u8>,
    /// Its epoch.
    pub epoch: u64,
    /// Leaves that there is room for.
    pub capacity: u32,
    /// By place.
    pub nodes: BTreeMap<u32, Wrapped>,
    /// `node_secret` by place.
    pub secrets: BTreeMap<u32, Vec<u8>>,
    /// As encoded, by place.
    pub payloads: Vec<Vec<u8>>,
    /// `node_siv` of the root.
    pub root_siv: Vec<u8>,
    /// `ert_hash`.
    pub hash: Vec<u8>,
    /// `ert_tag`.
    pub tag: Vec<u8>,
}

fn level(x: u32) -> u32 {
    (0..32).find(|bit| x & (1 << bit) == 0).unwrap_or(32)
}

/// Whether `y` lies strictly above `x`: its subtree covers the places within half its width.
fn above(y: u32, x: u32) -> bool {
    level(y) > level(x) && y.abs_diff(x) < 1 << level(y)
}

fn sides(x: u32) -> (u32, u32) {
    let half = 1 << (level(x).saturating_sub(1));
    (x.saturating_sub(half), x.saturating_add(half))
}

/// `ert_hash` of the subtree at `x`.
#[must_use]
pub fn hash(nodes: &BTreeMap<u32, Wrapped>, x: u32) -> Vec<u8> {
    let Some(node) = nodes.get(&x) else { return vec![] };
    let mut input = node.octets();
    if x % 2 == 1 {
        let (left, right) = sides(x);
        input.extend([vector(hash(nodes, left)), vector(hash(nodes, right))].concat());
    }
    Suite::Sha256.hash(&input)
}

/// `ert_tag`.
#[must_use]
pub fn tag(ert_secret: &[u8], group_id: &[u8], epoch: u64, capacity: u32, hash: &[u8]) -> Vec<u8> {
    Suite::Sha256.tag(ert_secret, group_id, epoch, capacity, hash)
}

impl Tree {
    /// No tree yet.
    #[must_use]
    pub fn none(label: &str, group_id: &[u8]) -> Self {
        Self {
            label: label.to_owned(),
            group_id: group_id.to_vec(),
            epoch: 0,
            capacity: 0,
            nodes: BTreeMap::new(),
            secrets: BTreeMap::new(),
            payloads: vec![],
            root_siv: vec![],
            hash: vec![],
            tag: vec![],
        }
    }

    /// The tree of an epoch with these payloads, by place, and the patch that leads there.
    #[must_use]
    pub fn next(&self, epoch: u64, ert_secret: &[u8], payloads: &[Vec<u8>]) -> (Self, Patch) {
        let payload = |all: &[Vec<u8>], x: u32| usize::try_from(x).ok().and_then(|x| all.get(x).cloned());
        let of = |all: &[Vec<u8>], x: u32| payload(all, x).unwrap_or_else(|| vec![0]);
        let count = u32::try_from(payloads.len()).unwrap_or(u32::MAX);
        let leaves: Vec<u32> = (0..count).filter(|x| x % 2 == 0 && of(payloads, *x) != [0]).collect();
        let leaf_count = leaves.last().map_or(0, |x| x / 2 + 1);
        let capacity = leaf_count.next_power_of_two();
        let places = 0..(2 * capacity).saturating_sub(1);
        let live: BTreeSet<u32> =
            places.filter(|x| leaves.contains(x) || leaves.iter().any(|leaf| above(*x, *leaf))).collect();
        let removed: Vec<u32> = self.nodes.keys().copied().filter(|x| !live.contains(x)).collect();
        let differs = |x: &u32| !self.nodes.contains_key(x) || of(payloads, *x) != of(&self.payloads, *x);
        let touched: BTreeSet<u32> = live.iter().copied().filter(differs).chain(removed.iter().copied()).collect();
        let wrap = |y: &u32| differs(y) || *y == capacity - 1 || touched.iter().any(|x| above(*y, *x));
        let wrap: BTreeSet<u32> = live.iter().copied().filter(wrap).collect();

        let mut next = Self { epoch, capacity, payloads: payloads.to_vec(), ..self.clone() };
        next.nodes.retain(|x, _| live.contains(x));
        next.secrets.retain(|x, _| live.contains(x));
        let mut bottom_up: Vec<u32> = wrap.iter().copied().collect();
        bottom_up.sort_by_key(|x| level(*x));
        for x in bottom_up {
            let secret = |x: u32| next.secrets.get(&x).cloned().unwrap_or_default();
            let (left, right) = sides(x);
            let (left, right) = (secret(left), secret(right));
            let content = content(&of(payloads, x), (x % 2 == 1).then_some((&left[..], &right[..])));
            let siv = siv(ert_secret, x, &content);
            let secret = node_secret(ert_secret, x, &siv);
            let ciphertext = seal(&secret, &additional(&self.label, &self.group_id, epoch, x), &content);
            next.nodes.insert(x, Wrapped { index: x, epoch, ciphertext });
            next.secrets.insert(x, secret);
            if x == capacity - 1 {
                next.root_siv = siv;
            }
        }
        next.hash = hash(&next.nodes, capacity - 1);
        next.tag = tag(ert_secret, &self.group_id, epoch, capacity, &next.hash);
        let nodes = next.nodes.values().filter(|node| wrap.contains(&node.index)).cloned().collect();
        let patch = Patch { nodes, removed, ..next.whole() };
        (next, patch)
    }

    /// The tree as it is served.
    #[must_use]
    pub fn whole(&self) -> Patch {
        Patch {
            group_id: self.group_id.clone(),
            epoch: self.epoch,
            capacity: self.capacity,
            nodes: self.nodes.values().cloned().collect(),
            removed: vec![],
            root_siv: self.root_siv.clone(),
            hash: self.hash.clone(),
            tag: self.tag.clone(),
        }
    }

    /// ERTHelp.
    #[must_use]
    pub fn help(&self, partition_key: [u8; 16]) -> Vec<u8> {
        let root = self.capacity.saturating_sub(1);
        let secret = self.secrets.get(&root).cloned().unwrap_or_default();
        [
            vector(&self.group_id),
            partition_key.to_vec(),
            self.epoch.to_be_bytes().to_vec(),
            self.capacity.to_be_bytes().to_vec(),
            vector(&self.root_siv),
            vector(&secret),
            vector(&self.hash),
        ]
        .concat()
    }
}
