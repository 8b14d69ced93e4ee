//! Branches of one group, whose members are of both libraries, their hub.

use super::attacker::{Archive, Kept};
use super::sealed::Sealed;
use mimicheck::entropy::{Seed, Stream};
use mimicheck::mls::member::{Client, Engine, Member, Settings};
use mimicheck::mls::{open, second};
use mimicheck::protocol::{CipherSuite, PartitionKey, Structure};
use mimicheck::tree::{EncryptedTreePatch, Keeps, RATCHET_TREE, Setup, TreeHub, Wrapping};
use std::collections::{BTreeMap, BTreeSet};

const GROUP: &[u8] = b"group";
/// What goes wrong in a history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wrong {
    /// Nothing.
    Honest,
    /// Everybody wraps with the secret of the epoch before.
    SecretOfBefore,
    /// Everybody wraps with one secret for good.
    SecretForGood,
    /// Everybody sends the whole tree with each commit.
    Whole,
    /// The committer leaves a node out.
    Loses,
    /// The committer keeps quiet about what is no more.
    Hides,
    /// One member computes another patch than the committer.
    Differs,
    /// The hub serves the tree of the partition before.
    Stale,
    /// Whoever is removed is told the next tree.
    TellsRemoved,
    /// Devices forget what they knew.
    Forgets,
}

pub struct Seat {
    pub name: String,
    pub member: Box<dyn Member>,
    pub tree: Wrapping,
}

pub struct Branch {
    pub seats: Vec<Seat>,
    pub at: PartitionKey,
    /// Octets of the ratchet tree.
    pub octets: Vec<u8>,
}

impl Branch {
    pub fn copy(&self) -> Self {
        let seat = |s: &Seat| Seat { name: s.name.clone(), member: s.member.copy(), tree: s.tree.clone() };
        Self { seats: self.seats.iter().map(seat).collect(), at: self.at, octets: self.octets.clone() }
    }

    pub fn leaves(&self) -> BTreeSet<u32> {
        let payloads = RATCHET_TREE.split(&self.octets).unwrap();
        (0..).zip(payloads).filter(|(x, octets)| x % 2 == 0 && **octets != [0]).map(|(x, _)| x / 2).collect()
    }
}

/// What a history had in it, so that none is too plain.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub commits: usize,
    pub forks: usize,
    pub retries: usize,
    pub welcomed: usize,
    pub helped: usize,
    pub grown: usize,
    pub cut: usize,
    pub removed: usize,
}

pub struct World {
    pub setup: Setup,
    pub archive: Archive,
    pub sealed: Sealed,
    pub kept: BTreeMap<String, Kept>,
    pub seen: Seen,
    pub suite: CipherSuite,
    pub hub: TreeHub,
    pub branches: Vec<Branch>,
    pub stream: Stream,
    pub names: usize,
    pub wrong: Wrong,
}

impl World {
    pub fn new(seed: &str, suite: CipherSuite, wrong: Wrong) -> Self {
        let setup = Setup::new(RATCHET_TREE, suite, GROUP).unwrap();
        let mut world = Self {
            hub: TreeHub::new(setup.clone(), Keeps::default()),
            setup,
            archive: Archive::default(),
            sealed: Sealed::default(),
            kept: BTreeMap::new(),
            seen: Seen::default(),
            suite,
            branches: vec![],
            stream: Seed::new("encrypted tree").stream(seed),
            names: 0,
            wrong,
        };
        let (name, mut device) = world.device();
        let mut member = device.create(GROUP).unwrap();
        let (at, octets) = (member.position().unwrap(), member.group_info().unwrap().1);
        let ert = world.secret(member.as_ref());
        let payloads = RATCHET_TREE.split(&octets).unwrap();
        let (tree, patch) = Wrapping::first(&world.setup, at.epoch, &ert, &payloads).unwrap();
        world.hub.commit(None, at.partition_key, &patch).unwrap();
        world.sealed.patch(&tree, &patch).unwrap();
        world.archive.patch(&patch);
        world.archive.tree(at.partition_key, &tree.whole().unwrap());
        world.kept.entry(name.clone()).or_default().have(at.partition_key, &tree, Some(&ert));
        world.branches.push(Branch { seats: vec![Seat { name, member, tree }], at: at.partition_key, octets });
        world
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.stream.below(u64::try_from(bound).unwrap())).unwrap()
    }

    /// A new device: every other one of the second library.
    pub fn device(&mut self) -> (String, Box<dyn Client>) {
        self.names += 1;
        let name = format!("device {}", self.names);
        let settings = Settings {
            identity: name.clone().into(),
            suite: self.suite,
            seed: format!("encrypted tree {name}"),
            encrypt_handshake: false,
            application: None,
        };
        let second = self.names.is_multiple_of(2) && self.suite == CipherSuite::X25519;
        let device = if second { second::engine().client(&settings) } else { open::engine().client(&settings) };
        (name, device.unwrap())
    }

    pub fn secret(&self, member: &dyn Member) -> Vec<u8> {
        if self.wrong == Wrong::SecretForGood {
            return vec![7; self.setup.secret_octets()];
        }
        member.export(RATCHET_TREE.label, GROUP, self.setup.secret_octets()).unwrap()
    }

    /// A member that has moved: the tree of its new epoch, the patch that it computes, and its epoch's secret.
    pub fn next(
        &self,
        member: &mut dyn Member,
        base: &Wrapping,
        before: &[u8],
    ) -> Result<(Wrapping, EncryptedTreePatch, Vec<u8>), String> {
        let octets = member.group_info().map_err(|e| e.to_string())?.1;
        let payloads = RATCHET_TREE.split(&octets).unwrap();
        let mut ert = self.secret(member);
        if self.wrong == Wrong::SecretOfBefore {
            ert = before.to_vec();
        }
        let (tree, patch) = if self.wrong == Wrong::Whole {
            Wrapping::first(&self.setup, base.epoch() + 1, &ert, &payloads)
        } else {
            base.next(&ert, &payloads)
        }
        .map_err(|e| format!("no patch: {e}"))?;
        Ok((tree, patch, ert))
    }

    /// The committer has moved: everybody else follows, and the hub gets the patch.
    pub fn moved(&mut self, branch: &mut Branch, chief: Seat, commit: &[u8], before: &[u8]) -> Result<(), String> {
        let Seat { name, mut member, tree: base } = chief;
        let (tree, patch, ert) = self.next(member.as_mut(), &base, before)?;
        let (from, octets) = (branch.at, member.group_info().map_err(|e| e.to_string())?.1);
        let at = member.position().map_err(|e| e.to_string())?.partition_key;
        self.sealed.patch(&tree, &patch)?;
        self.within(&branch.octets, &octets, &patch)?;
        self.at_the_hub(from, at, &patch)?;
        self.seen.commits += 1;
        self.seen.grown += usize::from(tree.capacity() > base.capacity());
        self.seen.cut += usize::from(tree.capacity() < base.capacity());
        (branch.at, branch.octets) = (at, octets);
        for (n, seat) in branch.seats.iter_mut().enumerate() {
            let before = self.secret(seat.member.as_ref());
            seat.member.process(commit).map_err(|e| e.to_string())?;
            seat.member.merge().map_err(|e| e.to_string())?;
            let (next, mut theirs, ert) = self.next(seat.member.as_mut(), &seat.tree, &before)?;
            if self.wrong == Wrong::Differs && n == 1 {
                theirs.nodes.pop();
            }
            if theirs != patch {
                return Err(format!("{} computes another patch than {name}", seat.name));
            }
            seat.tree = next;
            self.kept.entry(seat.name.clone()).or_default().have(at, &seat.tree, Some(&ert));
        }
        if self.wrong == Wrong::TellsRemoved {
            for kept in self.kept.values_mut() {
                if std::mem::take(&mut kept.was_removed) {
                    kept.learn(&tree);
                }
            }
        }
        self.kept.entry(name.clone()).or_default().have(at, &tree, Some(&ert));
        branch.seats.push(Seat { name, member, tree });
        for seat in &branch.seats {
            self.same(&seat.tree, branch)?;
        }
        Ok(())
    }

    pub fn at_the_hub(
        &mut self,
        from: PartitionKey,
        to: PartitionKey,
        patch: &EncryptedTreePatch,
    ) -> Result<(), String> {
        let mut sent = patch.clone();
        match self.wrong {
            Wrong::Loses => drop(sent.nodes.remove(0)),
            Wrong::Hides => sent.removed.clear(),
            _ => {}
        }
        let octets = sent.encode().unwrap();
        let read = EncryptedTreePatch::decode(&octets).map_err(|e| format!("a patch does not read back: {e:?}"))?;
        self.hub.commit(Some(&from), to, &read).map_err(|e| format!("the hub refuses an honest patch: {e}"))?;
        self.archive.patch(patch);
        let served = self.hub.fetch(&to).map_err(|e| e.to_string())?;
        self.archive.tree(to, &served[0]);
        Ok(())
    }

    /// A tree is what the hub serves, and the library's own.
    pub fn same(&self, tree: &Wrapping, branch: &Branch) -> Result<(), String> {
        let served = &self.hub.fetch(&branch.at).map_err(|e| e.to_string())?[0];
        if tree.whole().as_ref() != Some(served) {
            return Err("a member's tree is not the hub's".into());
        }
        if tree.encoded().as_ref() != Some(&branch.octets) {
            return Err("a tree is not the library's own".into());
        }
        Ok(())
    }

    /// A patch has no more nodes than the leaves that differ ask for.
    pub fn within(&self, before: &[u8], after: &[u8], patch: &EncryptedTreePatch) -> Result<(), String> {
        let (before, after) = (RATCHET_TREE.split(before).unwrap(), RATCHET_TREE.split(after).unwrap());
        let of = |all: &[&[u8]], x: usize| all.get(x).map_or(vec![0], |payload| payload.to_vec());
        let places = (0..before.len().max(after.len())).step_by(2);
        let touched = places.filter(|x| of(&before, *x) != of(&after, *x)).count();
        let most = touched * (usize::try_from(patch.leaf_capacity.ilog2()).unwrap() + 1) + 1;
        if patch.nodes.len() > most {
            return Err(format!("{} nodes in a patch for {touched} leaves, more than {most}", patch.nodes.len()));
        }
        Ok(())
    }
}
