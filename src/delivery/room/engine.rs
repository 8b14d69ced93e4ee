//! The room's state machine. A request that the draft has a response code for is answered with it; only what is
//! beyond a limit is an error. Either leaves the room as it was.

use super::contract::{RoomAnswer, RoomEffect, RoomInput, RoomSettings};
use super::roster::Roster;
use crate::delivery::hub::Refused;
use crate::delivery::limits::within;
use crate::delivery::tracking::View;
use crate::entropy::Time;
use crate::protocol::room::{
    Bundled, Fanned, FanoutMessage, Frank, HandshakeBundle, NotifyRequest, SubmitMessageRequest, Submitted,
    UpdateOutcome, Welcome,
};
use crate::protocol::{CipherSuite, ContentType, Head, MlsMessage, ServiceProviderId};
use crate::reason::{delivery as reason, mls};
use std::collections::BTreeMap;

/// A room at its hub.
#[derive(Clone, Debug, PartialEq)]
pub struct Room<V> {
    pub(super) settings: RoomSettings,
    pub(super) group_id: Vec<u8>,
    pub(super) suite: CipherSuite,
    pub(super) epoch: u64,
    pub(super) view: V,
    pub(super) roster: Roster,
    pending: Vec<(Time, MlsMessage)>,
    claimed: BTreeMap<Vec<u8>, ServiceProviderId>,
}

impl<V: View> Room<V> {
    /// The room of the group that a GroupInfo describes, with the tree beside it where it has none.
    ///
    /// # Errors
    /// The GroupInfo or its tree is not valid, or something is beyond a limit.
    pub fn open(
        settings: RoomSettings,
        info: &MlsMessage,
        ratchet_tree: Option<&[u8]>,
        roster: Roster,
    ) -> Result<Self, Refused> {
        settings.limits.message(info)?;
        within(roster.entries(), settings.max_roster, reason::EXCEEDS_OCTET_LIMIT, "participants and clients")?;
        let view = V::open(info, ratchet_tree)?;
        let Head::GroupInfo { cipher_suite, group_id, epoch, .. } = info.head() else {
            return Err(Refused::new(mls::BAD_GROUP_INFO, "no GroupInfo"));
        };
        let (group_id, suite, epoch) = (group_id.clone(), CipherSuite(*cipher_suite), *epoch);
        Ok(Self { settings, group_id, suite, epoch, view, roster, pending: vec![], claimed: BTreeMap::new() })
    }

    /// Takes one input of one provider. What the draft has a response code for is answered with it, and changes
    /// nothing unless it is a success.
    ///
    /// # Errors
    /// Beyond a limit; the room is as it was.
    pub fn step(&mut self, now: Time, from: &ServiceProviderId, input: RoomInput) -> Result<Vec<RoomEffect>, Refused> {
        match input {
            RoomInput::Update { bundle, roster } => self.update(now, from, bundle, roster),
            RoomInput::Submit { request, frank } => self.submit(now, from, request, frank),
            RoomInput::Claimed { reference, provider } => {
                self.settings.limits.octets(&reference, "octets of a KeyPackageRef")?;
                let fresh = usize::from(!self.claimed.contains_key(&reference));
                let count = self.claimed.len().saturating_add(fresh);
                within(count, self.settings.limits.max_pending_welcomes, reason::EXCEEDS_WELCOME_LIMIT, "claims")?;
                self.claimed.insert(reference, provider);
                Ok(vec![RoomEffect::Respond(RoomAnswer::Done)])
            }
        }
    }

    /// The epoch that the hub is in.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The proposals of this epoch, each with the time of its acceptance.
    #[must_use]
    pub fn pending(&self) -> &[(Time, MlsMessage)] {
        &self.pending
    }

    fn submit(
        &self,
        now: Time,
        from: &ServiceProviderId,
        request: SubmitMessageRequest,
        frank: Option<Frank>,
    ) -> Result<Vec<RoomEffect>, Refused> {
        self.settings.limits.message(&request.app_message)?;
        let respond = |status| RoomEffect::Respond(RoomAnswer::Submit(status));
        let Head::Private { group_id, epoch, content: ContentType::Application } = request.app_message.head() else {
            return Ok(vec![respond(Submitted::NotAllowed)]);
        };
        if *group_id != self.group_id || *epoch > self.epoch || !self.roster.acts(&request.sending_uri.0, from) {
            return Ok(vec![respond(Submitted::NotAllowed)]);
        }
        if self.epoch.saturating_sub(*epoch) > self.settings.past_epochs {
            return Ok(vec![respond(Submitted::EpochTooOld(self.epoch))]);
        }
        let mut out = vec![respond(Submitted::Accepted { accepted_timestamp: now.0, frank: frank.clone() })];
        let told = FanoutMessage { timestamp: now.0, message: request.app_message, with: Fanned::Application(frank) };
        self.fan_out(from, &told, &BTreeMap::new(), &mut out);
        Ok(out)
    }

    fn update(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        bundle: HandshakeBundle,
        roster: Option<Roster>,
    ) -> Result<Vec<RoomEffect>, Refused> {
        let more: &[MlsMessage] = if let Bundled::Proposals(more) = &bundle.with { more } else { &[] };
        let all: Vec<_> = std::iter::once(&bundle.proposal_or_commit).chain(more).collect();
        all.iter().try_for_each(|message| self.settings.limits.message(message))?;
        if let Bundled::Commit { welcome: Some(welcome), .. } = &bundle.with {
            self.settings.limits.octets(welcome.octets(), "octets of a Welcome")?;
        }
        match self.judge(from, &all, matches!(bundle.with, Bundled::Commit { .. }), roster.as_ref()) {
            Err(outcome) => Ok(vec![RoomEffect::Respond(RoomAnswer::Update(outcome))]),
            Ok(view) => self.accept(now, from, bundle, view, roster),
        }
    }

    fn accept(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        bundle: HandshakeBundle,
        view: V,
        roster: Option<Roster>,
    ) -> Result<Vec<RoomEffect>, Refused> {
        let mut out = vec![RoomEffect::Respond(RoomAnswer::Update(UpdateOutcome::Success(now.0)))];
        let message = bundle.proposal_or_commit;
        match bundle.with {
            Bundled::Proposals(more) => {
                let count = self.pending.len().saturating_add(more.len()).saturating_add(1);
                let most = self.settings.limits.max_messages_per_partition;
                within(count, most, reason::EXCEEDS_MESSAGES_LIMIT, "pending proposals")?;
                let kept = self.pending.iter().map(|(_, kept)| kept).chain(&more).chain([&message]);
                let octets = kept.fold(0_usize, |sum, kept| sum.saturating_add(kept.octets().len()));
                let most = self.settings.limits.max_octets_per_group;
                within(octets, most, reason::EXCEEDS_OCTET_LIMIT, "octets of pending proposals")?;
                self.pending.extend(std::iter::once(&message).chain(&more).map(|m| (now, m.clone())));
                self.view = view;
                let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Proposal(more) };
                self.fan_out(from, &told, &BTreeMap::new(), &mut out);
            }
            Bundled::Commit { welcome, ratchet_tree_option, .. } => {
                let after = roster.as_ref().map_or(0, Roster::entries);
                within(after, self.settings.max_roster, reason::EXCEEDS_OCTET_LIMIT, "participants and clients")?;
                let mut welcomes = BTreeMap::new();
                if let Some((welcome, recipients)) = welcome.as_ref().and_then(framed) {
                    let told = Fanned::Welcome(ratchet_tree_option);
                    let told = FanoutMessage { timestamp: now.0, message: welcome, with: told };
                    for provider in recipients.iter().filter_map(|reference| self.claimed.remove(reference)) {
                        welcomes.insert(provider, told.clone());
                    }
                }
                // Those whom the commit removes are told of it: by the list before it.
                let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Commit(vec![]) };
                self.fan_out(from, &told, &welcomes, &mut out);
                self.view = view;
                self.epoch = self.epoch.saturating_add(1);
                self.pending.clear();
                self.roster = roster.unwrap_or_else(|| std::mem::take(&mut self.roster));
            }
        }
        Ok(out)
    }

    /// To every other provider with active participants the message, and behind it each provider's Welcome.
    fn fan_out(
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

/// A Welcome as an MLSMessage, and the KeyPackageRefs in it.
fn framed(welcome: &Welcome) -> Option<(MlsMessage, Vec<Vec<u8>>)> {
    let message = MlsMessage::decode(&[&[0, 1, 0, 3], welcome.octets()].concat()).ok()?;
    let Head::Welcome { recipients, .. } = welcome.seen() else { return None };
    Some((message, recipients.clone()))
}
