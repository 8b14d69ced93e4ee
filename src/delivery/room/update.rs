//! What an update that is taken changes, and who is told of it (sections 5.3 and 5.5).

use super::contract::{RoomAnswer, RoomEffect};
use super::engine::{Room, within_roster};
use super::judge::Next;
use super::own;
use super::sight::{RoomKeys, RoomView};
use crate::delivery::hub::Refused;
use crate::delivery::limits::within;
use crate::delivery::tracking::Looked;
use crate::entropy::Time;
use crate::protocol::room::{
    Bundled, Fanned, FanoutMessage, GroupInfoOption, HandshakeBundle, NotifyRequest, RatchetTreeOption, UpdateOutcome,
    Welcome,
};
use crate::protocol::{Head, MlsMessage, Sender, ServiceProviderId};
use crate::reason::{mls, room};
use std::collections::BTreeMap;

impl<V: RoomView, K: RoomKeys> Room<V, K> {
    pub(super) fn update(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        bundle: HandshakeBundle,
    ) -> Result<Vec<RoomEffect>, Refused> {
        self.within_limits(&bundle)?;
        let message = bundle.proposal_or_commit;
        match bundle.with {
            Bundled::Proposals(more) => {
                let all: Vec<_> = std::iter::once(&message).chain(&more).collect();
                match self.judge_proposals(from, &all) {
                    Err(outcome) => Ok(vec![answer(outcome)]),
                    Ok(view) => self.take_proposals(now, from, message, more, view),
                }
            }
            Bundled::Commit { welcome, group_info_option, ratchet_tree_option } => {
                match self.judge_commit(from, &message, &group_info_option, &ratchet_tree_option) {
                    Err(outcome) => Ok(vec![answer(outcome)]),
                    Ok(next) => self.take_commit(now, from, message, welcome.zip(Some(ratchet_tree_option)), next),
                }
            }
        }
    }

    fn within_limits(&self, bundle: &HandshakeBundle) -> Result<(), Refused> {
        let limits = &self.settings.limits;
        limits.message(&bundle.proposal_or_commit)?;
        match &bundle.with {
            Bundled::Proposals(more) => more.iter().try_for_each(|message| limits.message(message)),
            Bundled::Commit { welcome, group_info_option, ratchet_tree_option } => {
                limits.octets(welcome.as_ref().map(Welcome::octets).unwrap_or_default(), "octets of a Welcome")?;
                match group_info_option {
                    GroupInfoOption::Full(info) => limits.octets(info.octets(), "octets of a GroupInfo")?,
                    GroupInfoOption::Partial(partial) => {
                        limits.octets(partial.group_info_extensions.octets(), "octets of extensions")?;
                    }
                }
                match ratchet_tree_option {
                    RatchetTreeOption::Full(tree) => limits.octets(tree.octets(), "octets of a tree"),
                    RatchetTreeOption::HttpsUri { ratchet_tree_url, tree_signature } => {
                        limits.octets(&ratchet_tree_url.0, "octets of a URL")?;
                        limits.octets(&tree_signature.0, "octets of a signature")
                    }
                    RatchetTreeOption::OutOfBand { tree_signature } => {
                        limits.octets(&tree_signature.0, "octets of a signature")
                    }
                    RatchetTreeOption::DistributionService => Ok(()),
                }
            }
        }
    }

    /// Keeps proposals that a view has seen.
    fn keep(&mut self, now: Time, proposals: &[MlsMessage], view: V) -> Result<(), Refused> {
        let (limits, kept) = (&self.settings.limits, self.pending.iter().map(|(_, kept)| kept).chain(proposals));
        let count = self.pending.len().saturating_add(proposals.len());
        within(count, limits.max_messages_per_partition, room::EXCEEDS_PROPOSAL_LIMIT, "pending proposals")?;
        let octets = kept.fold(0_usize, |sum, kept| sum.saturating_add(kept.octets().len()));
        within(octets, limits.max_octets_per_group, room::EXCEEDS_PROPOSAL_LIMIT, "octets of pending proposals")?;
        self.pending.extend(proposals.iter().map(|proposal| (now, proposal.clone())));
        self.view = view;
        Ok(())
    }

    fn take_proposals(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        message: MlsMessage,
        more: Vec<MlsMessage>,
        view: V,
    ) -> Result<Vec<RoomEffect>, Refused> {
        let all: Vec<_> = std::iter::once(&message).chain(&more).cloned().collect();
        self.keep(now, &all, view)?;
        let mut out = vec![answer(UpdateOutcome::Success(now.0))];
        let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Proposal(more) };
        self.fan_out(from, &told, &BTreeMap::new(), &mut out);
        Ok(out)
    }

    fn take_commit(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        message: MlsMessage,
        welcome: Option<(Welcome, RatchetTreeOption)>,
        next: Next<V>,
    ) -> Result<Vec<RoomEffect>, Refused> {
        let (mut out, mut welcomes) = (vec![answer(UpdateOutcome::Success(now.0))], BTreeMap::new());
        within_roster(&next.roster, &self.settings)?;
        let mut after = self.clone();
        if let Some((welcome, tree)) = welcome
            && let Some((message, recipients)) = framed(&welcome)
        {
            let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Welcome(tree) };
            for provider in recipients.iter().filter_map(|reference| after.claimed.remove(reference)) {
                welcomes.insert(provider, told.clone());
            }
        }
        after.pending.clear();
        after.expelled.clear();
        (after.view, after.info, after.epoch) = (next.view, next.info, self.epoch.saturating_add(1));
        after.roster = next.roster;
        // Who joins from outside sees no proposal that was pending: those of the hub are made again.
        let external = matches!(message.head(), Head::Public { sender: Sender::NewMemberCommit, .. });
        let again = if external { self.expelled.as_slice() } else { &[] };
        let mut stapled = vec![];
        for client in again {
            stapled.extend(after.propose_removal(now, client)?);
        }
        // Those whom the commit removes are told of it: by the list before it.
        let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Commit(stapled) };
        self.fan_out(from, &told, &welcomes, &mut out);
        *self = after;
        Ok(out)
    }

    /// The hub's own Removes of a client, kept as pending.
    fn propose_removal(&mut self, now: Time, client: &[u8]) -> Result<Vec<MlsMessage>, Refused> {
        let place = (self.group_id.as_slice(), self.epoch);
        let made = own::removes(&self.view, &self.settings, &self.keys, place, client);
        let made = made.ok_or_else(|| Refused::new(mls::MLS_OTHER, "the hub can not sign"))?;
        let mut view = self.view.clone();
        for proposal in &made {
            let Looked::Here(next) = view.look(proposal)? else {
                return Err(Refused::new(mls::MLS_OTHER, "a proposal that is none"));
            };
            view = next;
        }
        self.keep(now, &made, view)?;
        if !made.is_empty() {
            self.expelled.push(client.to_vec());
        }
        Ok(made)
    }

    pub(super) fn expel(&mut self, now: Time, client: Vec<u8>) -> Result<Vec<RoomEffect>, Refused> {
        if self.expelled.contains(&client) {
            return Ok(vec![RoomEffect::Respond(RoomAnswer::Done)]);
        }
        let mut made = self.propose_removal(now, &client)?.into_iter();
        let Some(message) = made.next() else {
            return Err(Refused::new(room::NO_SUCH_CLIENT, "nobody in the group has this identity"));
        };
        let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Proposal(made.collect()) };
        let mut out = vec![RoomEffect::Respond(RoomAnswer::Done)];
        let nobody = ServiceProviderId(vec![]);
        self.fan_out(&nobody, &told, &BTreeMap::new(), &mut out);
        Ok(out)
    }

    /// To every other provider with active participants the message, and behind it each provider's Welcome.
    pub(super) fn fan_out(
        &self,
        from: &ServiceProviderId,
        told: &FanoutMessage,
        welcomes: &BTreeMap<ServiceProviderId, FanoutMessage>,
        out: &mut Vec<RoomEffect>,
    ) {
        let mut bodies: BTreeMap<&ServiceProviderId, Vec<FanoutMessage>> = BTreeMap::new();
        for provider in self.roster.providers().into_iter().filter(|provider| *provider != from) {
            bodies.entry(provider).or_default().push(told.clone());
        }
        for (provider, welcome) in welcomes {
            bodies.entry(provider).or_default().push(welcome.clone());
        }
        let notify = |(to, messages): (&ServiceProviderId, _)| RoomEffect::Notify {
            to: to.clone(),
            body: NotifyRequest { messages },
        };
        out.extend(bodies.into_iter().map(notify));
    }
}

fn answer(outcome: UpdateOutcome) -> RoomEffect {
    RoomEffect::Respond(RoomAnswer::Update(outcome))
}

/// A Welcome as an MLSMessage, and the KeyPackageRefs in it.
fn framed(welcome: &Welcome) -> Option<(MlsMessage, Vec<Vec<u8>>)> {
    let message = MlsMessage::decode(&[&[0, 1, 0, 3], welcome.octets()].concat()).ok()?;
    let Head::Welcome { recipients, .. } = welcome.seen() else { return None };
    Some((message, recipients.clone()))
}
