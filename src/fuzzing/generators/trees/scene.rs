use crate::protocol::{CipherSuite, PartitionKey};
use crate::tree::{LINK_KEYS, Setup};
use crate::vector::forge::suite::Suite;
use crate::vector::forge::traffic::vector;
use crate::vector::forge::tree::{Patch, Tree};

/// The group of every tree here.
pub const GROUP: &[u8] = b"group of trees";

/// One epoch of the group.
#[derive(Clone, Debug)]
pub struct TreeEpoch {
    /// `ert_secret`.
    pub secret: Vec<u8>,
    /// The tree of it, open.
    pub tree: Tree,
    /// What leads there from the epoch before.
    pub patch: Patch,
}

/// The first epochs of a group.
#[derive(Clone, Debug)]
pub struct TreeScene {
    /// What is the same in all of them.
    pub setup: Setup,
    /// By number, from 0.
    pub epochs: Vec<TreeEpoch>,
}

/// The partition of an epoch in the scene; of what comes after those, the next free ones.
#[must_use]
pub fn partition(number: usize) -> PartitionKey {
    PartitionKey([u8::try_from(number).unwrap_or(u8::MAX); 16])
}

/// Who is where: at each leaf the version of its key; 0 for nobody. One joins, one leaves, the last leaves and the tree shrinks, it grows,
/// a middle one is replaced, one is left alone.
const HISTORY: &[&[u8]] =
    &[&[1], &[1, 1], &[1, 1, 1, 1, 1], &[1, 2, 0, 1, 1], &[2, 2, 0, 1], &[2, 3, 3, 1, 1, 1, 1, 1, 1], &[3], &[3, 0, 4]];

fn payloads(leaves: &[u8]) -> Vec<Vec<u8>> {
    let leaf = |(place, version): (u8, &u8)| match version {
        0 => vec![0],
        // Longer than a block of padding, now and then.
        version => [vec![1], vector(vec![*version; 32 + 300 * usize::from(place % 3 == 2)])].concat(),
    };
    let mut all: Vec<Vec<u8>> = vec![];
    for leaf in (0..).zip(leaves).map(leaf) {
        if !all.is_empty() {
            all.push(vec![0]);
        }
        all.push(leaf);
    }
    all
}

/// The scene, which is the same every time. An `Err` says that this build can not make it.
///
/// # Errors
/// Why, in words.
pub fn tree_scene() -> Result<TreeScene, String> {
    let setup = Setup::new(LINK_KEYS, CipherSuite(1), GROUP).map_err(|refused| refused.to_string())?;
    let (mut tree, mut epochs) = (Tree::none(LINK_KEYS.label, GROUP), vec![]);
    for (epoch, leaves) in (0_u64..).zip(HISTORY) {
        let secret = Suite::Sha256.expand(b"seed of the trees of a fuzz target", "secret", &epoch.to_be_bytes(), 32);
        let (next, patch) = tree.next(epoch, &secret, &payloads(leaves));
        tree = next;
        epochs.push(TreeEpoch { secret, tree: tree.clone(), patch });
    }
    Ok(TreeScene { setup, epochs })
}
