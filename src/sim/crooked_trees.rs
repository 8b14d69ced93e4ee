//! What a hub that misbehaves gives instead of an encrypted tree, and instead of the marks by which members know theirs.

use super::crooked::Misdeed;
use crate::tree::{EncryptedNode, EncryptedTree, Setup, StoredTree, TreeMarksResponse, TreesResponse, Wrapping};

/// What a hub has kept to misbehave with.
#[derive(Clone, Debug, Default)]
pub(super) struct Keepsake {
    /// What is the same in all trees of the group; none for what is no misdeed with trees.
    pub setup: Option<Setup>,
    /// Trees of another place.
    pub trees: Option<TreesResponse>,
    /// What a member gave to it.
    pub secrets: Option<Secrets>,
}

/// What a member knew in an epoch that it has left.
#[derive(Clone, Debug)]
pub(super) struct Secrets {
    /// `ert_secret` of that epoch, which it should have deleted.
    pub secret: Vec<u8>,
    /// The payloads of all places then.
    pub payloads: Vec<Vec<u8>>,
}

impl Keepsake {
    /// What is given instead of these trees. Whether it is anything else.
    pub fn alter(&self, does: Misdeed, given: &mut TreesResponse) -> bool {
        let before = given.clone();
        match does {
            Misdeed::DamagedTree => given.trees.iter_mut().for_each(damage),
            Misdeed::OtherTree => given.trees = self.trees.clone().unwrap_or_default().trees,
            Misdeed::MixedTree => {
                let old = self.trees.iter().flat_map(|kept| &kept.trees).next();
                let mixed = given.trees.first().zip(old).and_then(|(now, old)| mix(self.setup.as_ref()?, now, old));
                given.trees = mixed.into_iter().collect();
            }
            Misdeed::PoisonedTree => {
                let poisoned = given.trees.first().and_then(|tree| self.poison(tree.epoch));
                given.trees = poisoned.into_iter().collect();
            }
            Misdeed::NoTree => given.trees.clear(),
            _ => {}
        }
        *given != before
    }

    /// A tree that somebody wraps who was a member once: of the right epoch, whole, with the members of then.
    fn poison(&self, epoch: u64) -> Option<EncryptedTree> {
        let (setup, known) = (self.setup.as_ref()?, self.secrets.as_ref()?);
        let payloads: Vec<&[u8]> = known.payloads.iter().map(Vec::as_slice).collect();
        Wrapping::first(setup, epoch, &known.secret, &payloads).ok()?.0.whole()
    }
}

/// A bit of the first node.
fn damage(tree: &mut EncryptedTree) {
    let node = tree.nodes.first_mut();
    node.and_then(|node| node.ciphertext.first_mut()).into_iter().for_each(|octet| *octet ^= 1);
}

/// The tree of now with one node of an older one, and the hash that this has: whoever keeps trees can compute it.
fn mix(setup: &Setup, now: &EncryptedTree, old: &EncryptedTree) -> Option<EncryptedTree> {
    let other = |node: &EncryptedNode| {
        old.nodes.iter().find(|o| o.node_index == node.node_index && o.epoch < node.epoch).cloned()
    };
    // A parent would betray it: its children would have been wrapped later.
    let mut mixed = now.clone();
    let place = mixed.nodes.iter_mut().filter(|node| node.node_index % 2 == 0);
    let (node, older) = place.filter_map(|node| other(node).map(|older| (node, older))).next()?;
    *node = older;
    mixed.ert_hash = StoredTree::hash_of(setup, &mixed).ok()?;
    Some(mixed)
}

/// Marks of trees that nobody has.
pub(super) fn false_marks(given: &mut TreeMarksResponse) -> bool {
    let octets = given.marks.iter_mut().filter_map(|mark| mark.ert_hash.first_mut());
    octets.fold(false, |_, octet| {
        *octet ^= 1;
        true
    })
}
