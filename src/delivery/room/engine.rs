//! The room's state machine. A request that the draft has a response code for is answered with it; only what is
//! beyond a limit is an error. Either leaves the room as it was.

use super::contract::{RoomAnswer, RoomEffect, RoomInput, RoomSettings};
use super::own;
use super::roster::Roster;
use super::sight::{RoomKeys, RoomView};
use crate::delivery::hub::Refused;
use crate::delivery::limits::within;
use crate::entropy::Time;
use crate::protocol::room::{Fanned, FanoutMessage, Frank, GroupInfo, SubmitMessageRequest, Submitted};
use crate::protocol::{CipherSuite, ContentType, Head, MlsMessage, ServiceProviderId};
use crate::reason::{delivery as reason, mls, room};
use std::collections::BTreeMap;

/// A room at its hub.
#[derive(Clone, Debug, PartialEq)]
pub struct Room<V, K> {
    pub(super) settings: RoomSettings,
    pub(super) keys: K,
    pub(super) group_id: Vec<u8>,
    pub(super) suite: CipherSuite,
    pub(super) epoch: u64,
    pub(super) view: V,
    pub(super) info: GroupInfo,
    pub(super) roster: Roster,
    pub(super) pending: Vec<(Time, MlsMessage)>,
    /// Clients whose removal the hub has proposed in this epoch.
    pub(super) expelled: Vec<Vec<u8>>,
    pub(super) claimed: BTreeMap<Vec<u8>, ServiceProviderId>,
}

impl<V: RoomView, K: RoomKeys> Room<V, K> {
    /// The room of the group that a GroupInfo describes, with the tree beside it.
    ///
    /// # Errors
    /// The GroupInfo or its tree is not valid; the GroupInfo has the tree inside, so that it could not be given on (section
    /// 5.6); the hub is not among the group's external senders, or there is no list of participants; something is
    /// beyond a limit.
    pub fn open(settings: RoomSettings, keys: K, info: &MlsMessage, ratchet_tree: &[u8]) -> Result<Self, Refused> {
        settings.limits.message(info)?;
        settings.limits.octets(ratchet_tree, "octets of a tree")?;
        let Head::GroupInfo { cipher_suite, group_id, epoch, ratchet_tree: within, .. } = info.head() else {
            return Err(Refused::new(mls::BAD_GROUP_INFO, "no GroupInfo"));
        };
        if within.is_some() {
            return Err(Refused::new(room::EMBEDDED_TREE, "the GroupInfo has its tree inside"));
        }
        let view = V::open(info, Some(ratchet_tree))?;
        let (group_id, suite, epoch) = (group_id.clone(), CipherSuite(*cipher_suite), *epoch);
        if own::index(&view, &settings, keys.public()).is_none() {
            return Err(Refused::new(room::HUB_NOT_LISTED, "no external sender has the hub's name and key"));
        }
        let Some(roster) = Roster::read(&view, &settings) else {
            return Err(Refused::new(room::NO_PARTICIPANT_LIST, "no participant_list that can be read"));
        };
        within_roster(&roster, &settings)?;
        let bare = info.octets().get(4..).and_then(|octets| GroupInfo::decode(octets).ok());
        let info = bare.ok_or_else(|| Refused::new(mls::BAD_GROUP_INFO, "no GroupInfo"))?;
        let (pending, expelled, claimed) = (vec![], vec![], BTreeMap::new());
        Ok(Self { settings, keys, group_id, suite, epoch, view, info, roster, pending, expelled, claimed })
    }

    /// Takes one input of one provider. What the draft has a response code for is answered with it, and changes
    /// nothing unless it is a success.
    ///
    /// # Errors
    /// Beyond a limit; the room is as it was.
    pub fn step(&mut self, now: Time, from: &ServiceProviderId, input: RoomInput) -> Result<Vec<RoomEffect>, Refused> {
        match input {
            RoomInput::Update(bundle) => self.update(now, from, bundle),
            RoomInput::Submit { request, frank } => self.submit(now, from, request, frank),
            RoomInput::GroupInfo(request) => {
                Ok(vec![RoomEffect::Respond(RoomAnswer::GroupInfo(Box::new(self.group_info(from, &request))))])
            }
            RoomInput::Claimed { reference, provider } => self.claim(reference, provider),
            RoomInput::Expel { client } => self.expel(now, client),
        }
    }

    /// The room.
    #[must_use]
    pub fn room_id(&self) -> &[u8] {
        &self.settings.room_id
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

    fn claim(&mut self, reference: Vec<u8>, provider: ServiceProviderId) -> Result<Vec<RoomEffect>, Refused> {
        self.settings.limits.octets(&reference, "octets of a KeyPackageRef")?;
        let fresh = usize::from(!self.claimed.contains_key(&reference));
        let count = self.claimed.len().saturating_add(fresh);
        within(count, self.settings.limits.max_pending_welcomes, reason::EXCEEDS_WELCOME_LIMIT, "claims")?;
        self.claimed.insert(reference, provider);
        Ok(vec![RoomEffect::Respond(RoomAnswer::Done)])
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
        let user = &request.sending_uri.0;
        let muted = self.known().is_some_and(|known| known.speaks(user).is_err());
        if *group_id != self.group_id || *epoch > self.epoch || !self.roster.acts(user, from) || muted {
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
}

/// What the list may be at most.
pub(super) fn within_roster(roster: &Roster, settings: &RoomSettings) -> Result<(), Refused> {
    within(roster.0.len(), settings.max_participants, room::EXCEEDS_PARTICIPANT_LIMIT, "participants")
}

/// A room at its hub, whatever sees its group and signs for it.
pub trait RoomHub {
    /// As [`Room::step`].
    ///
    /// # Errors
    /// Beyond a limit; the room is as it was.
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: RoomInput) -> Result<Vec<RoomEffect>, Refused>;

    /// The room.
    fn room_id(&self) -> &[u8];

    /// The epoch that the hub is in.
    fn epoch(&self) -> u64;
}

impl<V: RoomView, K: RoomKeys> RoomHub for Room<V, K> {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: RoomInput) -> Result<Vec<RoomEffect>, Refused> {
        Self::step(self, now, from, input)
    }

    fn room_id(&self) -> &[u8] {
        self.room_id()
    }

    fn epoch(&self) -> u64 {
        self.epoch()
    }
}
