//! A partition's messages in their order: what is ignored, what moves.

use super::contract::{Effect, Effects, Envelope, Ignored, Settings};
use super::envelope;
use super::knowledge::{Memory, Siblings, What};
use super::own::OwnCommit;
use super::places::Places;
use super::policy;
use super::trail::Trail;
use super::trees::Grown;
use crate::entropy::Time;
use crate::mls::member::{Listed, Member, Position, Received, Refusal, Result, Staged};
use crate::policy::Known;
use crate::protocol::{ContentType, Delivered, Head, MaskedPartitionKey, PartitionKey};
use crate::reason::{Reason, delivery as reason, mls};
use std::collections::VecDeque;

/// How many ignored messages are remembered.
const REMEMBERED: usize = 1024;

/// Partitions that were left and in which a late message is judged as it would have been.
const KNEW: usize = 4;

/// A device in a group.
pub(super) struct Membership {
    pub settings: Settings,
    pub member: Box<dyn Member>,
    pub position: Position,
    pub trail: Trail,
    pub places: Places,
    pub own: Option<OwnCommit>,
    /// The proposal by which it leaves.
    pub leaving: Option<Vec<u8>>,
    pub outbox: Vec<Vec<u8>>,
    pub ignored: VecDeque<Ignored>,
    /// What it knew in partitions that it has left, and who was there.
    pub knew: VecDeque<(PartitionKey, Known, Vec<Listed>)>,
    /// What speaks for a fork.
    pub memory: Memory,
    /// Branches that it did not follow, and can open messages of.
    pub siblings: Siblings,
    /// The group's encrypted tree; none where the group keeps none, or where it was lost.
    pub tree: Option<Grown>,
}

/// What a message did.
enum Did {
    Stay,
    /// The rest of what came belongs to a partition that was left.
    Move(Option<Vec<Delivered>>),
    Out,
}

impl Membership {
    pub(super) fn new(
        now: Time,
        settings: Settings,
        member: Box<dyn Member>,
        position: Position,
        tree: Option<Grown>,
    ) -> Self {
        let places = Places::new(settings.suite, position.partition_key);
        let trail = Trail::at(&*member, &position);
        let mut settings = settings;
        settings.policy = settings.policy.take().map(|known| policy::here(known, member.as_ref()));
        let (outbox, ignored, knew) = (vec![], VecDeque::new(), VecDeque::new());
        let (memory, siblings) = (Memory::new(now, &position), Siblings::default());
        let (own, leaving) = (None, None);
        Self { settings, member, position, trail, places, own, leaving, outbox, ignored, knew, memory, siblings, tree }
    }

    pub(super) fn copy(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            member: self.member.copy(),
            position: self.position.clone(),
            trail: self.trail.clone(),
            places: self.places.clone(),
            own: self.own.clone(),
            leaving: self.leaving.clone(),
            outbox: self.outbox.clone(),
            ignored: self.ignored.clone(),
            knew: self.knew.clone(),
            memory: self.memory.clone(),
            siblings: self.siblings.copy(),
            tree: self.tree.clone(),
        }
    }

    pub(super) fn identity_of(&self, leaf: u32) -> Vec<u8> {
        self.member.members().into_iter().find(|l| l.leaf == leaf).map(|l| l.identity).unwrap_or_default()
    }

    /// Messages of a partition whose key is known. Whether the device is still in the group.
    pub(super) fn delivered(
        &mut self,
        now: Time,
        key: PartitionKey,
        first: u32,
        messages: Vec<Delivered>,
        out: &mut Effects,
    ) -> Result<bool> {
        let known = key == self.places.here.key || self.places.past(&key).is_some();
        if !known {
            return Err(not_asked());
        }
        self.memory.answered();
        let before = self.places.here.key;
        let gap = key == before && first > self.places.here.counter;
        let stays = self.read(now, key, first, messages, out)?;
        if stays && key == before && key == self.places.here.key && !gap {
            self.memory.stood();
        }
        Ok(stays)
    }

    fn read(
        &mut self,
        now: Time,
        key: PartitionKey,
        first: u32,
        messages: Vec<Delivered>,
        out: &mut Effects,
    ) -> Result<bool> {
        if self.places.of(&key).is_some_and(|place| place.contradicts(first, &messages)) {
            self.memory.rewritten();
        }
        if key == self.places.here.key {
            let Some(fresh) = self.places.here.fresh(first, messages) else {
                // Something before these is missing: ask for it.
                out.push(Effect::Ask(self.places.here.ask()));
                return Ok(true);
            };
            return Ok(self.run(now, fresh, out));
        }
        let place = self.places.past(&key).ok_or_else(not_asked)?;
        let Some(fresh) = place.fresh(first, messages) else { return Ok(true) };
        self.late(now, key, fresh, out);
        Ok(true)
    }

    /// Messages of a partition that is known by its masked key, or not at all.
    pub(super) fn hinted(
        &mut self,
        now: Time,
        masked: MaskedPartitionKey,
        messages: Vec<Delivered>,
        out: &mut Effects,
    ) -> Result<bool> {
        match self.places.unmask(&masked) {
            Some(key) => self.read(now, key, 0, messages, out),
            None => {
                let opened = self.siblings.open(&masked, &messages);
                if opened.is_empty() {
                    self.memory.hinted(masked.clone(), &messages);
                }
                for (member, since) in opened {
                    self.memory.heard_elsewhere(member, since);
                }
                self.places.keep(masked, messages);
                Ok(true)
            }
        }
    }

    /// The present partition's next messages, and what hints held of the partitions that they lead to.
    fn run(&mut self, now: Time, mut messages: VecDeque<Delivered>, out: &mut Effects) -> bool {
        let start = self.places.here.key;
        while let Some(delivered) = messages.pop_front() {
            let left = self.places.here.key;
            match self.take(now, &delivered, out) {
                Did::Stay => {}
                Did::Out => return false,
                Did::Move(hinted) => {
                    self.late(now, left, std::mem::take(&mut messages), out);
                    messages = hinted.unwrap_or_default().into();
                }
            }
        }
        if self.places.here.key != start {
            out.push(Effect::Ask(self.places.here.ask()));
        }
        true
    }

    /// One message of the present partition.
    fn take(&mut self, now: Time, delivered: &Delivered, out: &mut Effects) -> Did {
        let index = self.places.here.counter;
        self.places.here.counter = index.saturating_add(1);
        let octets = delivered.message.octets();
        let again = !self.places.here.note(octets);
        if self.own.as_ref().is_some_and(|own| own.out.commit == octets) {
            self.memory.returned(octets);
            return self.own_returned(now, index, delivered, out);
        }
        if self.places.here.sent.contains(octets) {
            self.memory.returned(octets);
            return Did::Stay;
        }
        let here = self.places.here.masked.clone();
        match self.member.process(octets) {
            Err(refusal) => {
                // What was read before is repeated, which is no news of anybody.
                if !again {
                    self.memory.unreadable();
                }
                self.ignore(now, here, index, refusal, out);
            }
            Ok(Received::Application { sender, data, .. }) => {
                let identity = self.identity_of(sender);
                self.memory.hear(identity.clone());
                match self.may_speak(None, sender) {
                    Ok(()) => out.push(Effect::Application { sender: identity, data }),
                    Err(refusal) => self.ignore(now, here, index, refusal, out),
                }
            }
            Ok(Received::Proposal { sender }) => {
                if let Some(sender) = sender {
                    self.memory.hear(self.identity_of(sender));
                }
                out.push(Effect::Proposal { sender });
            }
            Ok(Received::Commit(staged)) => match self.judge(delivered, &staged, out) {
                Ok(()) => return self.follow(now, index, staged, out),
                Err(refusal) => {
                    self.pass_by(&staged, refusal.reason);
                    self.member.discard();
                    self.ignore(now, here, index, refusal, out);
                }
            },
        }
        Did::Stay
    }

    /// Whether a valid commit may be followed.
    fn judge(&mut self, delivered: &Delivered, staged: &Staged, out: &mut Effects) -> Result<()> {
        if let Some(known) = &self.settings.policy {
            policy::commit(known, &self.member.members(), staged)?;
        }
        let Some(next) = &staged.next else {
            let lost = || Refusal { reason: mls::MLS_OTHER, said: "a commit that leads nowhere".to_owned() };
            return if staged.removes_me { Ok(()) } else { Err(lost()) };
        };
        let computed = || {
            let mut copy = self.member.copy();
            copy.merge()?;
            copy.group_info()
        };
        let checked = envelope::check(self.settings.suite, delivered, next, computed);
        self.tolerate(checked, out)
    }

    /// Whether the member at this leaf may speak, here or in a partition that was left.
    fn may_speak(&self, left: Option<PartitionKey>, leaf: u32) -> Result<()> {
        let then = left.and_then(|left| self.knew.iter().find(|(key, ..)| *key == left));
        match (then, &self.settings.policy) {
            (Some((_, known, members)), _) => policy::message(known, members, leaf),
            (None, Some(known)) => policy::message(known, &self.member.members(), leaf),
            (None, None) => Ok(()),
        }
    }

    /// What was known where the device leaves from.
    fn knew_here(&self) -> Option<(PartitionKey, Known, Vec<Listed>)> {
        let known = self.settings.policy.clone()?;
        Some((self.places.here.key, known, self.member.members()))
    }

    /// A false envelope is a refusal, or a report.
    fn tolerate(&mut self, checked: Result<()>, out: &mut Effects) -> Result<()> {
        match checked {
            Err(Refusal { reason, said })
                if reason == reason::ENVELOPE_MISMATCH && self.settings.envelope == Envelope::Follow =>
            {
                self.memory.tampered();
                out.push(Effect::Suspect { said });
                Ok(())
            }
            other => other,
        }
    }

    /// Somebody else's commit is the first good one.
    fn follow(&mut self, now: Time, index: u32, staged: Staged, out: &mut Effects) -> Did {
        let (before, knew) = (self.member.members(), self.knew_here());
        let own = self.own.take();
        own.iter().for_each(|own| self.give_up(own));
        if let Err(refusal) = self.member.merge() {
            let here = self.places.here.masked.clone();
            self.ignore(now, here, index, refusal, out);
            self.own = own;
            return Did::Stay;
        }
        let Some(next) = staged.next else {
            out.push(Effect::Out { committer: staged.committer });
            return Did::Out;
        };
        let hinted = self.go(next, staged.committer, knew, out);
        self.grow(out);
        if let Some(leaf) = staged.committer {
            self.memory.hear(self.identity_of(leaf));
        }
        if let Some(own) = own {
            // Merging has dropped it from the library.
            out.push(Effect::Lost(self.left_of(own.wish, &before, &staged.removed)));
        }
        self.settle(out);
        Did::Move(hinted)
    }

    /// The own commit came back before any other good one.
    fn own_returned(&mut self, now: Time, index: u32, delivered: &Delivered, out: &mut Effects) -> Did {
        let Some(own) = self.own.take() else { return Did::Stay };
        let computed = || {
            let mut copy = self.member.copy();
            copy.merge_own()?;
            copy.group_info()
        };
        let knew = self.knew_here();
        let checked = envelope::check(self.settings.suite, delivered, &own.out.next, computed);
        let moved = self.tolerate(checked, out).and_then(|()| self.member.merge_own());
        if let Err(refusal) = moved {
            self.give_up(&own);
            self.memory.passed_by(What::Envelope, None);
            self.member.drop_own();
            let here = self.places.here.masked.clone();
            self.ignore(now, here, index, refusal, out);
            out.push(Effect::Lost(own.wish));
            self.flush(out);
            return Did::Stay;
        }
        let me = self.member.leaf();
        let hinted = self.go(own.out.next, Some(me), knew, out);
        self.grown(own.tree, out);
        self.settle(out);
        Did::Move(hinted)
    }

    fn go(
        &mut self,
        next: Position,
        committer: Option<u32>,
        knew: Option<(PartitionKey, Known, Vec<Listed>)>,
        out: &mut Effects,
    ) -> Option<Vec<Delivered>> {
        if self.knew.len() >= KNEW {
            self.knew.pop_front();
        }
        self.knew.extend(knew);
        self.settings.policy = self.settings.policy.take().map(|known| policy::here(known, self.member.as_ref()));
        let hinted = self.places.go(next.partition_key);
        self.trail.go(&*self.member, &next);
        self.memory.go(&next, &self.places.here.masked);
        self.siblings.go(&next);
        self.position = next.clone();
        out.push(Effect::Moved { position: next, committer });
        hinted
    }

    /// What waited for a move: messages, and a proposal to leave that the commit passed by.
    fn settle(&mut self, out: &mut Effects) {
        self.flush(out);
        if self.leaving.take().is_some()
            && let Err(refusal) = self.ask_to_leave(out)
        {
            out.push(Effect::Unsent { reason: refusal.reason });
        }
    }

    /// Messages of a partition that was left. Application data may still be read, if the library remembers the epoch;
    /// nothing there moves anybody.
    fn late(&mut self, now: Time, key: PartitionKey, messages: VecDeque<Delivered>, out: &mut Effects) {
        for delivered in messages {
            let Some(place) = self.places.past(&key) else { return };
            let (index, masked) = (place.counter, place.masked.clone());
            place.counter = index.saturating_add(1);
            let octets = delivered.message.octets();
            place.note(octets);
            if place.sent.contains(octets) {
                continue;
            }
            let old = |said: &str| Refusal { reason: reason::OLD_PARTITION, said: said.to_owned() };
            if content(&delivered) != Some(ContentType::Application) {
                self.ignore(now, masked, index, old("a handshake message after the move"), out);
                continue;
            }
            match self.member.process(octets) {
                Ok(Received::Application { sender, data, .. }) => match self.may_speak(Some(key), sender) {
                    Ok(()) => out.push(Effect::Application { sender: self.identity_of(sender), data }),
                    Err(refusal) => self.ignore(now, masked, index, refusal, out),
                },
                Ok(_) => {
                    self.member.discard();
                    self.ignore(now, masked, index, old("not what it claims to be"), out);
                }
                Err(refusal) => self.ignore(now, masked, index, refusal, out),
            }
        }
    }

    fn ignore(&mut self, at: Time, partition: MaskedPartitionKey, index: u32, refusal: Refusal, out: &mut Effects) {
        let Refusal { reason, said } = refusal;
        let ignored = Ignored { at, partition, index, reason, said };
        if self.ignored.len() >= REMEMBERED {
            self.ignored.pop_front();
        }
        self.ignored.push_back(ignored.clone());
        out.push(Effect::Ignored(ignored));
    }

    /// Everybody, by leaf.
    pub(super) fn members(&self) -> Vec<Listed> {
        self.member.members()
    }
}

fn content(delivered: &Delivered) -> Option<ContentType> {
    match delivered.message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => Some(*content),
        _ => None,
    }
}

fn not_asked() -> Refusal {
    let reason: Reason = reason::NOT_ASKED;
    Refusal { reason, said: "messages of a partition that was not asked for".to_owned() }
}
