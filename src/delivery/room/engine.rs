//! The room's state machine. A request that the draft has a response code for is answered with it; only what is
//! beyond a limit is an error. Either leaves the room as it was.

use super::proposal::{Proposed, proposed, reference};
use super::roster::Roster;
use crate::delivery::hub::Refused;
use crate::delivery::limits::{Limits, within};
use crate::delivery::tracking::{Looked, View};
use crate::entropy::Time;
use crate::protocol::room::{
    Bundled, Fanned, FanoutMessage, Frank, HandshakeBundle, NotifyRequest, Octets, SubmitMessageRequest, Submitted,
    UpdateOutcome, Welcome,
};
use crate::protocol::{CipherSuite, Head, MlsMessage, Sender, ServiceProviderId};
use crate::reason::{delivery as reason, mls};
use std::collections::BTreeMap;

/// How a room is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSettings {
    /// The provider that the hub is.
    pub hub: ServiceProviderId,
    /// What it keeps at most.
    pub limits: Limits,
    /// Participants and clients in the list, together.
    pub max_roster: usize,
    /// Messages of so many epochs before the current one are taken; the draft names no number.
    pub past_epochs: u64,
}

/// What a provider asks of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time, never a list of them")]
pub enum RoomInput {
    /// A request to `update` (section 5.3).
    Update {
        /// The request.
        bundle: HandshakeBundle,
        /// With a commit that changes the list of participants: the list after it.
        roster: Option<Roster>,
    },
    /// A request to `submitMessage` (section 5.4).
    Submit {
        /// The request.
        request: SubmitMessageRequest,
        /// The hub's frank of it.
        frank: Option<Frank>,
    },
    /// A KeyPackage of that reference was claimed through the hub: a Welcome for it goes to this provider.
    Claimed {
        /// KeyPackageRef.
        reference: Vec<u8>,
        /// Whose user it is.
        provider: ServiceProviderId,
    },
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomAnswer {
    /// To `update`.
    Update(UpdateOutcome),
    /// To `submitMessage`.
    Submit(Submitted),
    /// To a claim.
    Done,
}

/// What follows from an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomEffect {
    /// The answer, exactly one an input.
    Respond(RoomAnswer),
    /// A request to `notify` (section 5.5).
    Notify {
        /// The provider.
        to: ServiceProviderId,
        /// What it is told, in order.
        body: NotifyRequest,
    },
}

/// A room at its hub.
#[derive(Clone, Debug, PartialEq)]
pub struct Room<V> {
    settings: RoomSettings,
    group_id: Vec<u8>,
    suite: CipherSuite,
    epoch: u64,
    view: V,
    roster: Roster,
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
        let Head::Private { group_id, epoch, .. } = request.app_message.head() else {
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
        match self.judge(from, &all, matches!(bundle.with, Bundled::Commit { .. }), roster.as_ref()) {
            Err(outcome) => Ok(vec![RoomEffect::Respond(RoomAnswer::Update(outcome))]),
            Ok(view) => self.accept(now, from, bundle, view, roster),
        }
    }

    /// The view after all of these, or the answer that refuses them.
    fn judge(
        &self,
        from: &ServiceProviderId,
        all: &[&MlsMessage],
        commit: bool,
        roster: Option<&Roster>,
    ) -> Result<V, UpdateOutcome> {
        let (mut view, mut invalid, mut unnamed) = (self.view.clone(), vec![], false);
        for message in all {
            let Head::Public { group_id, epoch, sender, .. } = message.head() else {
                return Err(UpdateOutcome::NotAllowed);
            };
            if *group_id != self.group_id {
                return Err(UpdateOutcome::NotAllowed);
            }
            if *epoch != self.epoch {
                return Err(UpdateOutcome::WrongEpoch(self.epoch));
            }
            if !self.may(from, *sender, commit, proposed(message)) {
                return Err(UpdateOutcome::NotAllowed);
            }
        }
        for message in all {
            match (view.look(message), commit) {
                (Ok(Looked::Next(next)), true) | (Ok(Looked::Here(next)), false) => view = next,
                _ if commit => return Err(UpdateOutcome::NotAllowed),
                _ => {
                    let member = matches!(message.head(), Head::Public { sender: Sender::Member(_), .. });
                    let found = reference(self.suite, message, member);
                    unnamed |= found.is_none();
                    invalid.extend(found.map(Octets));
                }
            }
        }
        if unnamed {
            return Err(UpdateOutcome::NotAllowed);
        }
        if !invalid.is_empty() {
            return Err(UpdateOutcome::InvalidProposal(invalid));
        }
        // Nobody comes into the group who is not in the list by then (section 5.3).
        let (before, list) = (self.view.members(), roster.filter(|_| commit).unwrap_or(&self.roster));
        let known = |client: &Vec<u8>| before.iter().any(|(_, old)| old == client) || list.admits(client);
        if commit && !view.members().iter().all(|(_, client)| known(client)) {
            return Err(UpdateOutcome::NotAllowed);
        }
        Ok(view)
    }

    /// Whether the sender may send a handshake of this kind through that provider (section 5.3).
    fn may(&self, from: &ServiceProviderId, sender: Sender, commit: bool, proposed: Proposed) -> bool {
        let members = self.view.members();
        let client = |leaf: u32| members.iter().find(|(at, _)| *at == leaf).map(|(_, client)| client.as_slice());
        let user = |leaf| client(leaf).and_then(|client| self.roster.user_of(client));
        match sender {
            Sender::Member(leaf) => {
                let Some(own) = user(leaf) else { return false };
                match proposed {
                    _ if self.roster.acts(own, from) => true,
                    _ if commit => false,
                    Proposed::Remove(other) => user(other) == Some(own),
                    Proposed::SelfRemove => true,
                    Proposed::Other => false,
                }
            }
            Sender::External(_) => *from == self.settings.hub,
            // Who joins is held against the list once the commit was looked at.
            Sender::NewMemberCommit => true,
            // An Add from outside: room policy, which is not read here, would have to allow it.
            Sender::NewMemberProposal => false,
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
