//! Somebody who was a member in some epochs, forgot nothing, and is given everything that the hub ever had.

use super::sealed::{Node, Sealed, node};
use mimicheck::protocol::PartitionKey;
use mimicheck::tree::{EncryptedNode, EncryptedTree, EncryptedTreePatch, Setup, Wrapping};
use mimicheck::vector::forge::tree::node_secret;
use std::collections::{BTreeMap, BTreeSet};

/// What one device ever had.
#[derive(Clone, Default)]
pub struct Kept {
    /// Where it was a member, or was helped.
    pub epochs: BTreeSet<PartitionKey>,
    nodes: BTreeSet<Vec<u8>>,
    /// It was removed by the commit that is on its way.
    pub was_removed: bool,
    /// Secrets of whole epochs.
    exported: BTreeSet<Vec<u8>>,
}

impl Kept {
    /// It has a tree open: as a member with the epoch's secret, as one who was helped without.
    pub fn have(&mut self, partition: PartitionKey, tree: &Wrapping, exported: Option<&[u8]>) {
        self.epochs.insert(partition);
        self.learn(tree);
        self.exported.extend(exported.map(<[u8]>::to_vec));
    }

    /// It gets the secrets of a tree that it has no right to.
    pub fn learn(&mut self, tree: &Wrapping) {
        self.nodes.extend(tree.secrets().into_iter().map(|(_, secret)| secret.octets().to_vec()));
    }

    /// It loses what it knows.
    pub fn forget(&mut self) {
        (self.nodes, self.exported) = (BTreeSet::new(), BTreeSet::new());
    }
}

/// All that the hub ever had.
#[derive(Default)]
pub struct Archive {
    nodes: BTreeSet<Node>,
    trees: BTreeMap<PartitionKey, BTreeSet<Node>>,
    /// `root_siv` of each patch, and the root that was wrapped with it.
    roots: BTreeMap<Vec<u8>, Node>,
}

impl Archive {
    /// A patch, taken or not.
    pub fn patch(&mut self, patch: &EncryptedTreePatch) {
        self.nodes.extend(patch.nodes.iter().map(node));
        let root = patch.nodes.iter().find(|node| node.node_index + 1 == patch.leaf_capacity);
        self.roots.extend(root.map(|root| (patch.root_siv.clone(), node(root))));
    }

    /// The tree of a partition, as it is served.
    pub fn tree(&mut self, partition: PartitionKey, tree: &EncryptedTree) {
        self.trees.insert(partition, tree.nodes.iter().map(node).collect());
    }

    /// How many nodes there ever were.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// Nodes that are open, each with the secrets in it.
type Opened = Vec<(Node, Vec<Vec<u8>>)>;

/// What each secret opens.
pub struct Trials<'a> {
    setup: &'a Setup,
    archive: &'a Archive,
    /// Who encrypted what: a secret opens what was encrypted under it. Without, each secret is tried on all that there is,
    /// which says the same and takes its time.
    sealed: Option<&'a Sealed>,
    tried: BTreeMap<Vec<u8>, Opened>,
}

impl<'a> Trials<'a> {
    pub fn new(setup: &'a Setup, archive: &'a Archive, sealed: Option<&'a Sealed>) -> Self {
        Self { setup, archive, sealed, tried: BTreeMap::new() }
    }

    fn open(&self, secret: &[u8], node: &Node) -> Option<Vec<Vec<u8>>> {
        let (node_index, epoch, ciphertext) = node.clone();
        let (_, children) = self.setup.unwrap(secret, &EncryptedNode { node_index, epoch, ciphertext }).ok()?;
        let (left, right) = children.unwrap_or_default();
        Some([left, right].into_iter().filter(|secret| !secret.is_empty()).collect())
    }

    /// The nodes that this secret opens, with the secrets in them.
    fn opened(&mut self, secret: &[u8]) -> Opened {
        if let Some(found) = self.tried.get(secret) {
            return found.clone();
        }
        let found = |node: &Node| self.open(secret, node).map(|inside| (node.clone(), inside));
        let found: Opened = match self.sealed {
            Some(sealed) => sealed.under(secret).into_iter().filter_map(found).collect(),
            None => self.archive.nodes.iter().filter_map(found).collect(),
        };
        self.tried.insert(secret.to_vec(), found.clone());
        found
    }

    /// That a device opens the trees of its epochs, and nothing else.
    pub fn exactly(&mut self, name: &str, kept: &Kept) -> Result<(), String> {
        let mut open: Vec<Vec<u8>> = kept.nodes.iter().cloned().collect();
        // With an epoch's secret it makes the root's; it tries that with every siv that a hub was ever told.
        for exported in &kept.exported {
            for (siv, root) in &self.archive.roots {
                let secret = node_secret(exported, root.0, siv);
                open.extend(self.open(&secret, root).map(|_| secret));
            }
        }
        let (mut known, mut opened) = (BTreeSet::new(), BTreeSet::new());
        while let Some(secret) = open.pop() {
            if known.insert(secret.clone()) {
                for (node, inside) in self.opened(&secret) {
                    opened.insert(node);
                    open.extend(inside);
                }
            }
        }
        let may: BTreeSet<Node> =
            kept.epochs.iter().flat_map(|at| self.archive.trees.get(at)).flatten().cloned().collect();
        if let Some((x, epoch, _)) = opened.difference(&may).next() {
            return Err(format!("{name} opens node {x} of epoch {epoch}, of no tree of its epochs"));
        }
        if let Some((x, epoch, _)) = may.difference(&opened).next() {
            return Err(format!("{name} does not open node {x} of epoch {epoch}, of a tree of its epochs"));
        }
        Ok(())
    }
}
