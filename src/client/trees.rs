//! A group's encrypted tree (`docs/spec/encrypted-tree.md`), as a member keeps it. No patch decides whether a commit is followed.

use super::contract::{Effect, Effects, Publish, Settings};
use super::device::{Device, Door, outside};
use super::membership::Membership;
use super::own::refuse;
use crate::mls::member::{Ahead, Member, Position, Refusal, Result};
use crate::protocol::{PartitionKey, Structure};
use crate::reason::{delivery as reason, mls, tree as why};
use crate::tree::{
    self, Bounds, EncryptedTree, EncryptedTreePatch, Help, RATCHET_TREE, Setup, TreeMarksResponse, TreeRepair,
    TreeRequest, Wrapping, open, open_with_help,
};

/// Label of what seals help for an external joiner.
const HELP_LABEL: &str = "ert help 0";

/// The tree of an epoch, and how it came to be.
#[derive(Clone, Debug)]
pub(super) struct Grown {
    setup: Setup,
    wrapping: Wrapping,
    /// The patch of the commit that began the epoch; none for who was welcomed into it.
    patch: Option<EncryptedTreePatch>,
}

/// The request, with the patch of the tree that it leads to.
pub(super) fn patched(request: Effect, tree: Option<&Grown>) -> Effect {
    match tree.and_then(|tree| tree.patch.clone()) {
        Some(patch) => Effect::Patched { request: Box::new(request), patch },
        None => request,
    }
}

/// The question for the tree of a place.
pub(super) fn question(position: &Position) -> TreeRequest {
    TreeRequest { group_id: position.group_id.clone(), partition_key: position.partition_key }
}

fn said(refused: tree::Refused) -> Refusal {
    let said = refused.to_string();
    Refusal { reason: refused.reason, said }
}

impl Settings {
    /// What goes out with a commit: where the tree is encrypted, nobody is told it otherwise.
    pub(super) fn publishes(&self) -> Publish {
        match self.publish {
            Publish::WithTree if self.trees => Publish::WithoutTree,
            publish => publish,
        }
    }
}

impl Grown {
    /// The first tree of a group that a member has just made: octets of `optional<Node> ratchet_tree<V>`.
    pub fn first(settings: &Settings, member: &dyn Member, position: &Position, tree: &[u8]) -> Result<Self> {
        let setup = Setup::new(RATCHET_TREE, settings.suite, &position.group_id).map_err(said)?;
        let secret = exported(member, &setup)?;
        let payloads = split(tree)?;
        let (wrapping, patch) = Wrapping::first(&setup, position.epoch, &secret, &payloads).map_err(said)?;
        Ok(Self { setup, wrapping, patch: Some(patch) })
    }

    /// The tree of the epoch in which the member is now, one after this.
    pub fn next(&self, member: &mut dyn Member) -> Result<Self> {
        let (_, tree) = member.group_info()?;
        let secret = exported(member, &self.setup)?;
        let (wrapping, patch) = self.wrapping.next(&secret, &split(&tree)?).map_err(said)?;
        Ok(Self { setup: self.setup.clone(), wrapping, patch: Some(patch) })
    }

    pub fn wrapping(&self) -> &Wrapping {
        &self.wrapping
    }

    /// Whether the hub has this tree.
    fn is_among(&self, shown: &TreeMarksResponse) -> bool {
        let own = |mark: &&tree::TreeMark| {
            mark.ert_hash == self.wrapping.hash() && self.wrapping.tag().is_none_or(|tag| tag == mark.ert_tag)
        };
        shown.marks.iter().any(|mark| own(&mark))
    }
}

fn exported(member: &dyn Member, setup: &Setup) -> Result<Vec<u8>> {
    member.export(RATCHET_TREE.label, &setup.group_id, setup.secret_octets())
}

fn split(tree: &[u8]) -> Result<Vec<&[u8]>> {
    RATCHET_TREE.split(tree).map_err(|e| refuse(mls::MLS_OTHER, &format!("the library's own tree: {e}")))
}

impl Membership {
    /// The tree that an own commit leads to; `next` is there already.
    pub(super) fn next_tree(&self, next: &mut dyn Member) -> Result<Option<Grown>> {
        match (&self.tree, self.settings.trees) {
            (Some(tree), _) => tree.next(next).map(Some),
            (None, true) => Err(refuse(why::TREE_BASE, "the encrypted tree of the group is lost")),
            (None, false) => Ok(None),
        }
    }

    /// Somebody else's commit was followed: so does the tree, whatever patch came with it.
    pub(super) fn grow(&mut self, out: &mut Effects) {
        let Some(tree) = self.tree.take() else { return };
        let mut member = self.member.copy();
        match tree.next(member.as_mut()) {
            Ok(next) => self.grown(Some(next), out),
            Err(refusal) => out.push(Effect::TreeLost { reason: refusal.reason }),
        }
    }

    /// The tree of the epoch in which the device is now. Whether the hub has the same is asked.
    pub(super) fn grown(&mut self, tree: Option<Grown>, out: &mut Effects) {
        self.tree = tree;
        if self.tree.is_some() {
            out.push(Effect::AskTreeMarks(question(&self.position)));
        }
    }

    /// What the hub has. A patch that no member would make is reported and made anew; it changes nothing else.
    pub(super) fn marks(&self, partition: &PartitionKey, shown: &TreeMarksResponse, out: &mut Effects) {
        let here = *partition == self.position.partition_key;
        let Some(tree) = self.tree.as_ref().filter(|tree| here && !tree.is_among(shown)) else { return };
        if let Some(patch) = tree.patch.clone() {
            out.push(Effect::RepairTree(TreeRepair { partition_key: *partition, patch }));
        }
    }
}

impl Device {
    /// Its user looks for what is new, or for the tree that it could not open.
    pub(super) fn look(&mut self, out: &mut Effects) -> Result<()> {
        let asked = match &self.door {
            Door::AwaitingTrees { ahead, .. } => Some(of(ahead)),
            Door::AwaitingTreesToJoin { help, .. } => Some(of_help(help)),
            _ => None,
        };
        if self.membership().is_none() && asked.is_none() {
            return Err(outside());
        }
        out.extend(self.membership().map(|m| Effect::Ask(m.places.here.ask())));
        out.extend(asked.map(Effect::AskTrees));
        Ok(())
    }

    /// A Welcome whose tree is the hub's to give.
    pub(super) fn welcome_without_tree(&mut self, welcome: &[u8], out: &mut Effects) -> Result<()> {
        let octets = Setup::new(RATCHET_TREE, self.settings.suite, &[]).map_err(said)?.secret_octets();
        let ahead = self.client.ahead(welcome, RATCHET_TREE.label, octets)?;
        self.may_enter(Some(&ahead.group_id))?;
        out.push(Effect::AskTrees(of(&ahead)));
        self.door = Door::AwaitingTrees { welcome: welcome.to_vec(), ahead };
        Ok(())
    }

    /// A GroupInfo has no tree: only who was helped can read the hub's.
    pub(super) fn join_with_help(&mut self, info: &[u8], group_id: &[u8], out: &mut Effects) -> Result<()> {
        let missing = || refuse(mls::MISSING_TREE, "the tree is encrypted, and no member has helped");
        let help = self.help.clone().filter(|help| help.group_id == group_id).ok_or_else(missing)?;
        out.push(Effect::AskTrees(of_help(&help)));
        self.door = Door::AwaitingTreesToJoin { info: info.to_vec(), help };
        Ok(())
    }

    /// The hub's trees: it goes in by the first that opens and that the MLS library takes. Who can go in by none waits for
    /// others.
    pub(super) fn trees(&mut self, trees: &[EncryptedTree], out: &mut Effects) -> Result<()> {
        let (door, mut refused) = (self.door.clone(), None);
        for tree in trees {
            match self.goes_in(&door, tree, out) {
                Ok(()) => return Ok(()),
                Err(why) => refused = refused.or(Some(why)),
            }
        }
        Err(refused.unwrap_or_else(|| refuse(why::TREE_UNKNOWN_PARTITION, "the hub has no tree")))
    }

    fn goes_in(&mut self, door: &Door, tree: &EncryptedTree, out: &mut Effects) -> Result<()> {
        match door {
            Door::AwaitingTrees { welcome, ahead } => {
                let setup = self.setup(&ahead.group_id)?;
                let wrapping = open(&setup, ahead.epoch, &ahead.secret, tree, Bounds::default()).map_err(said)?;
                let (octets, grown) = whole(setup, wrapping)?;
                self.join(welcome, (Some(&octets), Some(grown)), out)
            }
            Door::AwaitingTreesToJoin { info, help } => {
                let setup = self.setup(&help.group_id)?;
                let wrapping = open_with_help(&setup, help, tree, Bounds::default()).map_err(said)?;
                let (octets, grown) = whole(setup, wrapping)?;
                self.join_externally(info, (Some(&octets), Some(grown)), out)?;
                self.help = None;
                Ok(())
            }
            _ => Err(refuse(reason::NOT_ASKED, "trees that nobody asked for")),
        }
    }

    fn setup(&self, group_id: &[u8]) -> Result<Setup> {
        Setup::new(RATCHET_TREE, self.settings.suite, group_id).map_err(said)
    }

    /// Somebody is helped to come into this epoch, and no other, by an external commit.
    pub(super) fn give_help(&mut self, key_package: &[u8], out: &mut Effects) -> Result<()> {
        let membership = self.membership().ok_or_else(outside)?;
        let lost = || refuse(why::TREE_BASE, "the group has no encrypted tree, or it is lost");
        let tree = membership.tree.as_ref().ok_or_else(lost)?;
        let help = tree.wrapping.help(membership.position.partition_key.0);
        let octets = help.encode().map_err(|e| Refusal { reason: e.reason, said: e.to_string() })?;
        out.push(Effect::Help(self.client.seal_to(key_package, HELP_LABEL, &octets)?));
        Ok(())
    }

    /// A member's help is kept until it serves.
    pub(super) fn helped(&mut self, key_package: &[u8], sealed: &[u8]) -> Result<()> {
        let octets = self.client.unseal(key_package, HELP_LABEL, sealed)?;
        self.help = Some(Help::decode(&octets).map_err(|e| Refusal { reason: e.reason, said: e.to_string() })?);
        Ok(())
    }
}

fn of(ahead: &Ahead) -> TreeRequest {
    TreeRequest { group_id: ahead.group_id.clone(), partition_key: ahead.partition_key }
}

fn of_help(help: &Help) -> TreeRequest {
    TreeRequest { group_id: help.group_id.clone(), partition_key: PartitionKey(help.partition_key) }
}

/// The tree for the MLS library, which holds it against the signed tree hash, and the one for the member.
fn whole(setup: Setup, wrapping: Wrapping) -> Result<(Vec<u8>, Grown)> {
    let octets = wrapping.encoded().ok_or_else(|| refuse(why::TREE_TOO_LARGE, "the tree"))?;
    Ok((octets, Grown { setup, wrapping, patch: None }))
}
