//! A hub that is not what it should be to one provider: what that gets is a partition of its own making, which goes on from
//! what it was given before. Everybody else is served as always.

use super::crooked_trees::{Keepsake, false_marks};
use super::faults::flip;
use crate::delivery::{Effect, Effects, Hub, Input, Refused, Response};
use crate::entropy::Time;
use crate::protocol::{
    ContentType, Delivered, Epoch, GroupInfoResponse, Head, HintedEpoch, MaskedPartitionKey, PartitionKey,
    ReceiveRequest, ReceiveResponse, ServiceProviderId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a hub does to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Misdeed {
    /// It keeps commits back.
    WithholdCommits,
    /// It keeps everything back that is no commit.
    WithholdMessages,
    /// It says that there is nothing.
    WithholdEverything,
    /// It gives what is new in the opposite order.
    Reverse,
    /// It gives each message twice.
    Repeat,
    /// It gives each commit another masked next partition key.
    FalseNextPartitionKey,
    /// It flips a bit in each message that is no commit.
    Damage,
    /// It hints at a partition that there is not.
    InventHints,
    /// It gives the GroupInfo that it had when it began.
    StaleGroupInfo,
    /// It flips a bit in the encrypted trees that it gives.
    DamagedTree,
    /// It gives the encrypted tree of the place where a device was when it began: a stale one, or another branch's.
    OtherTree,
    /// It puts a node of that tree into the one that it gives, and the hash that this has.
    MixedTree,
    /// It gives a tree that this device wraps with what it knew when it began: members come and go, and it remembers.
    PoisonedTree,
    /// It says that it has no tree.
    NoTree,
    /// It tells members that it has another tree than theirs.
    FalseTreeMarks,
}

impl Misdeed {
    /// Whether it is done with what the hub, or a device, had at some place.
    pub(super) const fn needs_a_place(self) -> bool {
        matches!(self, Self::OtherTree | Self::MixedTree | Self::PoisonedTree)
    }
}

/// A partition as a provider is to see it.
#[derive(Clone, Debug, Default)]
struct View {
    /// Messages of the true one that were looked at.
    seen: u32,
    given: Vec<Delivered>,
    kept: Vec<Delivered>,
}

/// What a hub does to one provider.
#[derive(Clone, Debug, Default)]
pub(super) struct Crook {
    /// Nothing, for a hub that has turned honest.
    does: Option<Misdeed>,
    views: BTreeMap<(Vec<u8>, PartitionKey), View>,
    /// The GroupInfo that it goes on to give.
    stale: Option<GroupInfoResponse>,
    keepsake: Keepsake,
    struck: bool,
}

fn commit(delivered: &Delivered) -> bool {
    let content = match delivered.message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => *content,
        _ => return false,
    };
    content == ContentType::Commit
}

impl Crook {
    /// From now on it does this. `stale`: the GroupInfo of now.
    pub fn turn(&mut self, does: Option<Misdeed>, stale: Option<GroupInfoResponse>, keepsake: Keepsake) {
        self.does = does;
        self.keepsake = keepsake;
        self.stale = stale.filter(|_| does == Some(Misdeed::StaleGroupInfo));
        self.struck = does.is_none();
    }

    /// Whether what it does has befallen anything.
    pub const fn struck(&self) -> bool {
        self.struck
    }

    /// One step of the hub for this provider.
    pub fn step(
        &mut self,
        hub: &mut dyn Hub,
        now: Time,
        from: &ServiceProviderId,
        input: Input,
        out: &mut Effects,
    ) -> Result<(), Refused> {
        let mut effects = vec![];
        match input {
            Input::Receive { group_id, request } => {
                let key = (group_id.clone(), request.partition_key);
                let mut view = self.views.get(&key).cloned().unwrap_or_else(|| View { seen: 0, ..View::default() });
                let asked = ReceiveRequest { counter: view.seen, ..request };
                hub.step(now, from, Input::Receive { group_id, request: asked }, &mut effects)?;
                for effect in &mut effects {
                    if let Effect::Respond(Response::Received(response)) = effect {
                        self.shows(&mut view, request.counter, response);
                    }
                }
                self.views.insert(key, view);
            }
            Input::GroupInfo(request) => {
                hub.step(now, from, Input::GroupInfo(request), &mut effects)?;
                for effect in &mut effects {
                    if let (Effect::Respond(Response::GroupInfo(given)), Some(stale)) = (effect, &self.stale) {
                        self.struck |= given != stale;
                        *given = stale.clone();
                    }
                }
            }
            ask @ (Input::Trees(_) | Input::TreeMarks(_)) => {
                hub.step(now, from, ask, &mut effects)?;
                for effect in &mut effects {
                    self.struck |= match (effect, self.does) {
                        (Effect::Respond(Response::Trees(given)), Some(does)) => self.keepsake.alter(does, given),
                        (Effect::Respond(Response::TreeMarks(given)), Some(Misdeed::FalseTreeMarks)) => {
                            false_marks(given)
                        }
                        _ => false,
                    };
                }
            }
            other => return hub.step(now, from, other, out),
        }
        out.append(&mut effects);
        Ok(())
    }

    /// The response becomes what the provider is to see.
    fn shows(&mut self, view: &mut View, counter: u32, response: &mut ReceiveResponse) {
        let fresh = std::mem::take(&mut response.epoch.messages);
        let new = u32::try_from(fresh.len()).unwrap_or(u32::MAX);
        let first = view.seen == 0 && view.given.is_empty() && view.kept.is_empty();
        // What it was given before it can not be given otherwise.
        let known = if first { usize::try_from(counter).unwrap_or(usize::MAX) } else { 0 };
        view.seen = view.seen.saturating_add(new);
        let mut fresh = fresh.into_iter();
        view.given.extend(fresh.by_ref().take(known));
        self.bend(view, fresh.collect());
        let counter = usize::try_from(counter).unwrap_or(usize::MAX);
        let rest = view.given.get(counter..).unwrap_or_default().to_vec();
        if self.does == Some(Misdeed::InventHints)
            && let Some(last) = view.given.last()
        {
            let masked_partition_key = MaskedPartitionKey(vec![0xbd; 32]);
            response.hints.push(HintedEpoch { masked_partition_key, epoch: Epoch { messages: vec![last.clone()] } });
            self.struck = true;
        }
        response.epoch.messages = rest;
    }

    fn bend(&mut self, view: &mut View, mut fresh: Vec<Delivered>) {
        let keep: fn(&Delivered) -> bool = match self.does {
            Some(Misdeed::WithholdCommits) => commit,
            Some(Misdeed::WithholdMessages) => |delivered| !commit(delivered),
            Some(Misdeed::WithholdEverything) => |_| true,
            _ => {
                // It keeps nothing any more: what it kept comes now.
                view.given.append(&mut view.kept);
                |_| false
            }
        };
        let (mut kept, mut given): (Vec<_>, Vec<_>) = fresh.drain(..).partition(keep);
        self.struck |= !kept.is_empty();
        view.kept.append(&mut kept);
        match self.does {
            Some(Misdeed::Reverse) => {
                self.struck |= given.len() > 1;
                given.reverse();
            }
            Some(Misdeed::Repeat) => {
                self.struck |= !given.is_empty();
                given = given.into_iter().flat_map(|delivered| [delivered.clone(), delivered]).collect();
            }
            Some(Misdeed::FalseNextPartitionKey) => {
                for (masked, _) in given.iter_mut().filter_map(|delivered| delivered.commit.as_mut()) {
                    masked.0.first_mut().into_iter().for_each(|octet| *octet ^= 1);
                    self.struck = true;
                }
            }
            Some(Misdeed::Damage) => {
                let damaged = given.iter_mut().filter(|delivered| !commit(delivered)).map(|d| flip(&mut d.message));
                self.struck |= damaged.fold(false, |any, one| any | one);
            }
            _ => {}
        }
        view.given.append(&mut given);
    }
}
