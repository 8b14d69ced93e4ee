//! Hubs of encrypted trees, and joiners.

use mimicheck::fuzzing::generators::{TreeScene, partition, tree_open, tree_patch, tree_scene};
use mimicheck::fuzzing::oracles::{Opens, TreeHosting, tree_opened, trees_patched};
use mimicheck::protocol::{PartitionKey, Structure};
use mimicheck::reason::tree as reason;
use mimicheck::tree::{
    Bounds, EncryptedTree, EncryptedTreePatch, Keeps, Refused, Result, Setup, TreeHub, Wrapping, open,
};
use mimicheck::vector::forge::tree::tag;

/// What a hub does wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    Honest,
    /// Forgets the first partition when it refuses something.
    Changes,
    /// Refuses everything after its first refusal.
    Sulks,
    /// Keeps nothing of what it takes.
    Forgets,
    /// Leaves a leaf out of what it serves from then on.
    Loses,
    /// Serves another tag.
    Retags,
    /// Serves the tree of another partition.
    Mixes,
    /// Refuses what it has already when a member sends it.
    Proud,
    /// Keeps a repair in place of what the committer sent.
    Replaces,
}

#[derive(Clone)]
struct Double {
    inner: TreeHub,
    wrong: Wrong,
    refused: bool,
    /// The partition that it took last.
    latest: Option<PartitionKey>,
}

impl Double {
    fn said(&mut self, to: PartitionKey, taken: Result<()>) -> Result<()> {
        match &taken {
            Ok(()) => self.latest = Some(to),
            Err(_) => self.refused = true,
        }
        taken
    }
}

const OTHER: Refused = Refused { reason: reason::TREE_TOO_LARGE, node: None };

impl TreeHosting for Double {
    fn commit(&mut self, from: Option<&PartitionKey>, to: PartitionKey, patch: &EncryptedTreePatch) -> Result<()> {
        if self.wrong == Wrong::Sulks && self.refused {
            return Err(OTHER);
        }
        if self.wrong == Wrong::Forgets {
            return self.inner.clone().commit(from, to, patch);
        }
        let taken = self.inner.commit(from, to, patch);
        self.said(to, taken)
    }

    fn repair(&mut self, to: &PartitionKey, patch: &EncryptedTreePatch) -> Result<()> {
        if self.wrong == Wrong::Proud && self.inner.fetch(to).is_ok_and(|trees| trees[0].ert_tag == patch.ert_tag) {
            return Err(OTHER);
        }
        let taken = self.inner.repair(to, patch);
        self.said(*to, taken)
    }

    fn fetch(&self, of: &PartitionKey) -> Result<Vec<EncryptedTree>> {
        let mut trees = self.inner.fetch(of)?;
        let latest = self.latest == Some(*of);
        match self.wrong {
            Wrong::Changes if self.refused && *of == partition(0) => return Err(OTHER),
            Wrong::Loses if latest => trees.iter_mut().for_each(|tree| drop(tree.nodes.remove(0))),
            Wrong::Retags if latest => trees.iter_mut().for_each(|tree| tree.ert_tag[0] ^= 1),
            Wrong::Mixes if latest => trees = self.inner.fetch(&partition(2))?,
            Wrong::Replaces if latest => trees.reverse(),
            _ => {}
        }
        Ok(trees)
    }
}

fn hub(scene: &TreeScene) -> TreeHub {
    let mut hub = TreeHub::new(scene.setup.clone(), Keeps { candidates: 3, ..Keeps::default() });
    for (number, epoch) in scene.epochs.iter().enumerate() {
        let patch = EncryptedTreePatch::decode(&epoch.patch.octets()).unwrap();
        hub.commit(number.checked_sub(1).map(partition).as_ref(), partition(number), &patch).unwrap();
    }
    hub
}

fn at_hub(scene: &TreeScene, wrong: Wrong, octets: &[u8]) -> std::result::Result<(), String> {
    let double = Double { inner: hub(scene), wrong, refused: false, latest: None };
    trees_patched(scene, double, &tree_patch(octets, scene))
}

#[test]
fn wrong_hubs_of_trees_are_reported_and_honest_ones_are_not() {
    let scene = tree_scene().unwrap();
    // A patch as it is; one of another epoch; the same as a repair; a repair that moves a node.
    let (whole, broken, again, other) = ([3, 0], [3, 14, 0, 9], [3, 0x40], [3, 0x47, 0, 3]);
    // A repair with another ciphertext, which a hub can not tell from a right one.
    let repaired = [2, 0x4d, 0, 33];
    for (wrong, octets, told) in [
        (Wrong::Changes, broken.as_slice(), "and changed"),
        (Wrong::Sulks, &broken, "then an honest one is refused"),
        (Wrong::Forgets, &whole, "nothing is served"),
        (Wrong::Loses, &whole, "make the tree"),
        (Wrong::Retags, &whole, "make the tree"),
        (Wrong::Mixes, &whole, "make the tree"),
        (Wrong::Proud, &again, "it refuses what it has"),
        (Wrong::Replaces, &repaired, "not any more"),
    ] {
        at_hub(&scene, Wrong::Honest, octets).unwrap();
        let what = at_hub(&scene, wrong, octets).expect_err(&format!("{wrong:?}"));
        assert!(what.contains(told), "{wrong:?}: {what}");
    }
    at_hub(&scene, Wrong::Honest, &other).unwrap();
}

fn any_tag(setup: &Setup, epoch: u64, secret: &[u8], tree: &EncryptedTree, bounds: Bounds) -> Result<Wrapping> {
    let ert_tag = tag(secret, &tree.group_id, tree.epoch, tree.leaf_capacity, &tree.ert_hash);
    open(setup, epoch, secret, &EncryptedTree { ert_tag, ..tree.clone() }, bounds)
}

fn small_only(setup: &Setup, epoch: u64, secret: &[u8], tree: &EncryptedTree, bounds: Bounds) -> Result<Wrapping> {
    if tree.nodes.len() > 7 { Err(OTHER) } else { open(setup, epoch, secret, tree, bounds) }
}

/// By the root's secret alone: neither tag nor sivs.
fn unchecked(setup: &Setup, epoch: u64, secret: &[u8], tree: &EncryptedTree, bounds: Bounds) -> Result<Wrapping> {
    let root = tree.leaf_capacity.saturating_sub(1);
    let help = mimicheck::tree::Help {
        group_id: tree.group_id.clone(),
        partition_key: [0; 16],
        epoch,
        leaf_capacity: tree.leaf_capacity,
        root_siv: tree.root_siv.clone(),
        root_secret: mimicheck::vector::forge::tree::node_secret(secret, root, &tree.root_siv),
        ert_hash: tree.ert_hash.clone(),
    };
    mimicheck::tree::open_with_help(setup, &help, tree, bounds)
}

fn another(setup: &Setup, epoch: u64, secret: &[u8], _: &EncryptedTree, _: Bounds) -> Result<Wrapping> {
    Ok(Wrapping::first(setup, epoch, secret, &[&[1, 1, 7]])?.0)
}

#[test]
fn wrong_joiners_are_reported_and_honest_ones_are_not() {
    let scene = tree_scene().unwrap();
    let wrong: [(&str, Opens, &[u8], &str); 5] = [
        ("any tag", any_tag, &[3, 2, 0, 0, 5], "opens what the page refuses"),
        ("few nodes", small_only, &[5, 0], "refuses what the page opens"),
        ("no sivs", unchecked, &[3, 0, 0, 8, 1], "opens what the page refuses"),
        ("another tree", another, &[3, 0], "another payload"),
        ("no tag to serve", unchecked, &[3, 0], "serve another tree"),
    ];
    for (what, opens, octets, told) in wrong {
        let served = tree_open(octets, &scene).unwrap();
        tree_opened(&scene, open, &served).unwrap();
        let said = tree_opened(&scene, opens, &served).expect_err(what);
        assert!(said.contains(told), "{what}: {said}");
    }
}
