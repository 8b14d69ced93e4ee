//! What may happen in a group: one commit on one of its branches, by chance.

use super::group::{Branch, Seat, World, Wrong};
use mimicheck::mls::member::{Client, Plan, Refusal};
use mimicheck::protocol::Structure;
use mimicheck::tree::{Bounds, EncryptedTree, Help, open_with_help};
use std::collections::BTreeSet;

/// Devices that are looked at on each branch; all others are only a KeyPackage.
const HELD: usize = 5;
/// Branches that are kept.
const BRANCHES: usize = 3;
/// From so many leaves on they are removed.
const CROWD: usize = 36;

/// Who takes part in a commit beside the committer.
#[derive(Default)]
struct Change {
    plan: Plan,
    joiners: Vec<(String, Box<dyn Client>)>,
}

fn outside(tree: &EncryptedTree) -> Result<EncryptedTree, String> {
    EncryptedTree::decode(&tree.encode().unwrap()).map_err(|e| format!("a tree does not read back: {e:?}"))
}

impl World {
    /// One commit on some branch.
    pub fn step(&mut self) -> Result<(), String> {
        let mut place = self.below(self.branches.len());
        if self.branches.len() < BRANCHES && self.below(12) == 0 {
            let copy = self.branches[place].copy();
            self.branches.push(copy);
            self.seen.forks += 1;
        } else if self.branches.len() == BRANCHES && self.below(40) == 0 {
            // One branch is given up.
            self.branches.remove(place);
            place = 0;
        }
        let committer = self.below(self.branches[place].seats.len());
        if self.below(8) == 0 {
            self.lost(place, committer)?;
        }
        if self.below(7) == 0 {
            return self.join_from_outside(place);
        }
        let change = self.change(place, committer);
        self.commit(place, committer, change)
    }

    /// A commit that the hub never took, and the same one made again: encrypted, and kept by whoever made it.
    fn lost(&mut self, place: usize, committer: usize) -> Result<(), String> {
        let change = self.change(place, committer);
        let seat = &self.branches[place].seats[committer];
        let (mut patches, base, name) = (vec![], seat.tree.clone(), seat.name.clone());
        for _ in 0..2 {
            let mut member = self.branches[place].seats[committer].member.copy();
            let before = self.secret(member.as_ref());
            member.commit(&change.plan).map_err(|e| e.to_string())?;
            member.merge_own().map_err(|e| e.to_string())?;
            let (tree, patch, ert) = self.next(member.as_mut(), &base, &before)?;
            self.sealed.patch(&tree, &patch)?;
            self.archive.patch(&patch);
            let at = member.position().map_err(|e| e.to_string())?.partition_key;
            self.archive.tree(at, &tree.whole().unwrap());
            self.kept.entry(name.clone()).or_default().have(at, &tree, Some(&ert));
            patches.push(patch);
        }
        self.seen.retries += 1;
        if patches[0] == patches[1] { Ok(()) } else { Err("a commit that is made again has another patch".into()) }
    }

    /// What a commit does, by chance.
    fn change(&mut self, place: usize, committer: usize) -> Change {
        let leaves = self.branches[place].leaves();
        let own = self.branches[place].seats[committer].member.leaf();
        let others: Vec<u32> = leaves.iter().copied().filter(|leaf| *leaf != own).collect();
        let some = |world: &mut Self, most: usize| {
            let mut chosen = BTreeSet::new();
            for _ in 0..=world.below(most) {
                chosen.extend(others.get(world.below(others.len().max(1))));
            }
            chosen.into_iter().collect::<Vec<u32>>()
        };
        let last = |most: usize| others.iter().rev().take(most).copied().rev().collect::<Vec<u32>>();
        let kind = if leaves.len() > CROWD { 5 + self.below(3) } else { self.below(10) };
        let (add, remove) = match kind {
            0 => (1, vec![]),
            1 => (1 + self.below(3), vec![]),
            2 => (4 + self.below(6), vec![]),
            3 => (1 + self.below(2), some(self, 2)),
            // Cut off, and grown again by the same commit.
            4 => (1 + self.below(5), last(4)),
            5 => (0, last(5)),
            6 => (0, some(self, 4)),
            7 => (0, some(self, 1)),
            _ => (0, vec![]),
        };
        let mut change = Change { plan: Plan { remove, update: true, ..Plan::default() }, joiners: vec![] };
        // Adds alone need no path.
        change.plan.update = add == 0 || self.below(2) == 0;
        for _ in 0..add {
            let (name, mut device) = self.device();
            change.plan.add.push(device.key_package().unwrap());
            if self.branches[place].seats.len() + change.joiners.len() < HELD {
                change.joiners.push((name, device));
            }
        }
        change
    }

    /// A member commits, all others follow, and those who are added join.
    fn commit(&mut self, place: usize, committer: usize, change: Change) -> Result<(), String> {
        let mut branch = self.branches.swap_remove(place);
        let said = |e: Refusal| e.to_string();
        let (before, from) = (self.secret(branch.seats[committer].member.as_ref()), branch.at);
        let out = branch.seats[committer].member.commit(&change.plan).map_err(said)?;
        branch.seats[committer].member.merge_own().map_err(said)?;
        let chief = branch.seats.remove(committer);
        self.removed(&mut branch, &change.plan.remove, &chief.name);
        self.moved(&mut branch, chief, &out.commit, &before)?;
        self.seen.removed += change.plan.remove.len();
        let welcome = out.welcome.unwrap_or_default();
        for (name, mut device) in change.joiners {
            self.seen.welcomed += 1;
            let shown = if self.wrong == Wrong::Stale { from } else { branch.at };
            let served = outside(&self.hub.fetch(&shown).map_err(|e| e.to_string())?[0])?;
            // The epoch's secret comes with the Welcome; a library gives it out once it has joined.
            let tree = branch.octets.clone();
            let member = device.join(&welcome, Some(&tree)).map_err(said)?;
            let (ert, epoch) = (self.secret(member.as_ref()), member.position().map_err(said)?.epoch);
            let tree = mimicheck::tree::open(&self.setup, epoch, &ert, &served, Bounds::default())
                .map_err(|e| format!("a joiner does not open the tree: {e}"))?;
            self.same(&tree, &branch)?;
            self.kept.entry(name.clone()).or_default().have(branch.at, &tree, Some(&ert));
            branch.seats.push(Seat { name, member, tree });
        }
        self.branches.push(branch);
        Ok(())
    }

    fn removed(&mut self, branch: &mut Branch, leaves: &[u32], by: &str) {
        for seat in branch.seats.extract_if(.., |seat| leaves.contains(&seat.member.leaf())) {
            assert_ne!(seat.name, by);
            let kept = self.kept.entry(seat.name).or_default();
            if self.wrong == Wrong::Forgets {
                kept.forget();
            }
            kept.was_removed = true;
        }
    }

    /// A new device joins by an external commit, with a member's help; without, it can not.
    fn join_from_outside(&mut self, place: usize) -> Result<(), String> {
        let mut branch = self.branches.swap_remove(place);
        let said = |e: Refusal| e.to_string();
        let (name, mut device) = self.device();
        let helper = self.below(branch.seats.len());
        let helper = &mut branch.seats[helper];
        let (info, before) = (helper.member.group_info().map_err(said)?.0, self.secret(helper.member.as_ref()));
        let help = helper.tree.help(branch.at.0).encode().unwrap();
        let help = Help::decode(&help).map_err(|e| format!("help does not read back: {e:?}"))?;
        if device.copy().external_join(&info, None).is_ok() {
            return Err("somebody joins without a tree".into());
        }
        let served = outside(&self.hub.fetch(&branch.at).map_err(|e| e.to_string())?[0])?;
        let helped = open_with_help(&self.setup, &help, &served, Bounds::default());
        let helped = helped.map_err(|e| format!("help does not open the tree: {e}"))?;
        self.kept.entry(name.clone()).or_default().have(branch.at, &helped, None);
        let (member, out) = device.external_join(&info, helped.encoded().as_deref()).map_err(said)?;
        self.seen.helped += 1;
        self.moved(&mut branch, Seat { name, member, tree: helped }, &out.commit, &before)?;
        if branch.seats.len() > HELD {
            branch.seats.remove(0);
        }
        self.branches.push(branch);
        Ok(())
    }
}
