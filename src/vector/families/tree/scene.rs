//! Histories of trees. A tree of link keys is a word: each letter is a leaf with a key of its own, a dot is a blank leaf. Trees of
//! nodes are those of real groups.

use crate::entropy::Seed;
use crate::mls::member::{Client, Engine, Member, Plan, Refusal, Settings};
use crate::mls::open;
use crate::protocol::CipherSuite;
use crate::reason::mls;
use crate::vector::forge::traffic::vector;
use crate::vector::forge::tree::{Patch, Tree};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The group of all cases.
pub(super) const GROUP: &[u8] = b"group 1 at hub.example";
/// Cipher suites, by name: two classical ones, and a hybrid with ML-KEM-768.
pub(super) const SUITES: [(u16, &str); 3] = [(1, "x25519"), (2, "p256"), (0x004f, "x-wing")];
/// Cipher suites with longer hashes and keys, of which only single nodes are made here: no real groups.
pub(super) const LONGER: [(u16, &str); 3] = [(4, "x448"), (5, "p521"), (7, "p384")];
/// The label of link keys.
pub(super) const LINKS: &str = "mimi link 0";
/// The label of ratchet trees.
pub(super) const NODES: &str = "mimi ert 0";
/// The epoch of a first tree.
pub(super) const FIRST: u64 = 3;

/// 32 octets by a name.
pub(super) fn named(name: &str) -> Vec<u8> {
    Sha256::digest(name.as_bytes()).to_vec()
}

/// The key of a partition.
pub(super) fn partition(n: u8) -> [u8; 16] {
    let digest = Sha256::digest([b"partition ", &[n][..]].concat());
    std::array::from_fn(|i| digest.get(i).copied().unwrap_or_default())
}

/// The payload of a leaf with this key.
pub(super) fn link(key: &[u8]) -> Vec<u8> {
    [vec![1], vector(key)].concat()
}

/// Payloads of link keys by place.
pub(super) fn links(word: &str) -> Vec<Vec<u8>> {
    let leaf = |letter: char| match letter {
        '.' => vec![0],
        letter => link(named(&format!("link {letter}")).get(..16).unwrap_or_default()),
    };
    let mut all: Vec<Vec<u8>> = word.chars().flat_map(|letter| [leaf(letter), vec![0]]).collect();
    all.pop();
    all
}

/// Payloads as one vector.
pub(super) fn joined(payloads: &[Vec<u8>]) -> String {
    hex::encode(&vector(payloads.concat()))
}

/// An epoch of a tree: what it holds, and the patch that led there.
#[derive(Clone)]
pub(super) struct Epoch {
    pub ert: Vec<u8>,
    pub payloads: Vec<Vec<u8>>,
    pub tree: Tree,
    pub patch: Patch,
}

impl Epoch {
    pub fn epoch(&self) -> u64 {
        self.tree.epoch
    }

    /// The tree that comes next with these payloads, under a secret by this name.
    pub fn next(&self, name: &str, payloads: Vec<Vec<u8>>) -> Self {
        let ert = named(&format!("ert {name} {}", self.epoch() + 1));
        let (tree, patch) = self.tree.next(self.epoch() + 1, &ert, &payloads);
        Self { ert, payloads, tree, patch }
    }

    /// The served tree.
    pub fn served(&self) -> String {
        hex::encode(&self.tree.whole().tree_octets())
    }
}

/// A history of link keys.
pub(super) fn story(words: &[&str]) -> Vec<Epoch> {
    let none = Tree::none(LINKS, GROUP);
    let start =
        Epoch { ert: vec![], payloads: vec![], tree: Tree { epoch: FIRST - 1, ..none.clone() }, patch: none.whole() };
    let mut all: Vec<Epoch> = vec![];
    for word in words {
        let next = all.last().unwrap_or(&start).next("story", links(word));
        all.push(next);
    }
    all
}

/// The words that every operation on a tree begins with.
pub(super) fn setup(suite: u16, label: &str) -> Value {
    let payload = if label == LINKS { "link-keys" } else { "ratchet-tree" };
    json!({"cipher_suite": suite, "payload": payload, "group_id": hex::encode(GROUP)})
}

/// An object with further members.
pub(super) fn with(mut object: Value, members: &[(&str, Value)]) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.extend(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    }
    object
}

type Made<T> = Result<T, Refusal>;

/// A group of OpenMLS, for its nodes and its secrets.
pub(super) struct Group {
    suite: u16,
    member: Box<dyn Member>,
    none: Tree,
}

fn device(suite: u16, name: &str) -> Made<Box<dyn Client>> {
    open::engine().client(&Settings {
        identity: name.as_bytes().to_vec(),
        suite: CipherSuite(suite),
        seed: format!("{} tree {suite} {name}", super::super::build::SEED),
        encrypt_handshake: false,
        application: None,
    })
}

impl Group {
    /// A group of one.
    pub fn new(suite: u16) -> Made<Self> {
        let member = device(suite, "alice")?.create(GROUP)?;
        Ok(Self { suite, member, none: Tree::none(NODES, GROUP) })
    }

    /// Its commit: who is added, by name, and which leaves are removed. Nobody: a new path.
    pub fn commit(&mut self, add: &[&str], remove: &[u32]) -> Made<()> {
        let add = add.iter().map(|name| device(self.suite, name)?.key_package()).collect::<Made<Vec<_>>>()?;
        let update = add.is_empty() && remove.is_empty();
        self.member.commit(&Plan { add, remove: remove.to_vec(), update, ..Plan::default() })?;
        self.member.merge_own()
    }

    /// Its tree, after that of the epoch before.
    pub fn now(&mut self, before: Option<&Epoch>) -> Made<Epoch> {
        let at = self.member.position()?;
        let ert = self.member.export(NODES, GROUP, 32)?;
        let payloads = nodes(&self.member.group_info()?.1).ok_or_else(|| odd("a tree that is none"))?;
        let base = before.map_or(&self.none, |before| &before.tree);
        let (tree, patch) = base.next(at.epoch, &ert, &payloads);
        Ok(Epoch { ert, payloads, tree, patch })
    }

    /// A copy of it, which may go another way.
    pub fn fork(&self) -> Self {
        Self { suite: self.suite, member: self.member.copy(), none: self.none.clone() }
    }
}

pub(super) fn odd(said: &str) -> Refusal {
    Refusal { reason: mls::MLS_OTHER, said: said.to_owned() }
}

/// A commit: who is added, which leaves are removed.
pub(super) type Change = (&'static [&'static str], &'static [u32]);

/// The epochs of a real group that is changed so, from its creation on.
pub(super) fn real(suite: u16, changes: &[Change]) -> Made<Vec<Epoch>> {
    let mut group = Group::new(suite)?;
    let mut all = vec![group.now(None)?];
    for (add, remove) in changes {
        group.commit(add, remove)?;
        let next = group.now(all.last())?;
        all.push(next);
    }
    Ok(all)
}

/// The octets of each `optional<Node>` of a ratchet tree, cut where RFC 9420 section 12.4.3.3 ends them.
pub(super) fn nodes(tree: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (mut rest, end) = open_vector(tree)?;
    if !end.is_empty() {
        return None;
    }
    let mut all = vec![];
    while !rest.is_empty() {
        let after = past(rest)?;
        let (node, tail) = rest.split_at_checked(rest.len().checked_sub(after.len())?)?;
        all.push(node.to_vec());
        rest = tail;
    }
    Some(all)
}

/// What is behind an `optional<Node>`.
fn past(octets: &[u8]) -> Option<&[u8]> {
    let vectors = |mut rest, count: usize| {
        for _ in 0..count {
            rest = open_vector(rest)?.1;
        }
        Some(rest)
    };
    match octets {
        [0, rest @ ..] => Some(rest),
        // encryption_key, parent_hash, unmerged_leaves
        [1, 2, rest @ ..] => vectors(rest, 3),
        [1, 1, rest @ ..] => {
            // encryption_key, signature_key; a basic credential; five lists of capabilities
            let rest = vectors(vectors(rest, 2)?.strip_prefix(&[0, 1])?, 6)?;
            let rest = match rest {
                [1, rest @ ..] => rest.get(16..)?,
                [2, rest @ ..] => rest,
                [3, rest @ ..] => vectors(rest, 1)?,
                _ => return None,
            };
            // extensions, signature
            vectors(rest, 2)
        }
        _ => None,
    }
}

/// What is in a vector, and what is behind it.
fn open_vector(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let first = *octets.first()?;
    let header = 1_usize << (first >> 6);
    let (head, rest) = octets.split_at_checked(header)?;
    let length = head.iter().fold(0_usize, |sum, octet| sum << 8 | usize::from(*octet));
    rest.split_at_checked(length & ((1 << (8 * header - 2)) - 1))
}

/// The seed of what is drawn here.
pub(super) fn drawn(name: &str, octets: usize) -> Vec<u8> {
    Seed::new(super::super::build::SEED).stream(name).octets(octets)
}
