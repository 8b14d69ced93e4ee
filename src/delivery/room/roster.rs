use super::contract::RoomSettings;
use super::sight::RoomView;
use crate::protocol::room::{PARTICIPANT_LIST, ParticipantListData};
use crate::protocol::{ServiceProviderId, Structure};
use std::collections::{BTreeMap, BTreeSet};

/// A user in the list of participants (section 7.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The provider of the user: the authority of its URI.
    pub provider: ServiceProviderId,
    /// Whether the user may act: false for a role without capabilities.
    pub active: bool,
}

/// Who participates, by the URI of the user. A user who was removed is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster(pub BTreeMap<Vec<u8>, Participant>);

impl Roster {
    /// The list as the group's `app_data_dictionary` has it; `None` where it has none, or one that nobody can read.
    pub(super) fn read(view: &impl RoomView, settings: &RoomSettings) -> Option<Self> {
        let list = ParticipantListData::decode(&view.data(PARTICIPANT_LIST)?).ok()?;
        let participant = |pair: crate::protocol::room::UserRolePair| {
            let provider = ServiceProviderId(authority(&pair.user.0).to_vec());
            let active = !settings.silent_roles.contains(&pair.role_index);
            (pair.user.0, Participant { provider, active })
        };
        Some(Self(list.participants.into_iter().map(participant).collect()))
    }

    /// Whether this user may act through that provider.
    #[must_use]
    pub fn acts(&self, user: &[u8], through: &ServiceProviderId) -> bool {
        self.0.get(user).is_some_and(|who| who.active && who.provider == *through)
    }

    /// Whether the user is an active participant.
    #[must_use]
    pub fn active(&self, user: &[u8]) -> bool {
        self.0.get(user).is_some_and(|who| who.active)
    }

    /// The providers with active participants.
    #[must_use]
    pub fn providers(&self) -> BTreeSet<&ServiceProviderId> {
        self.0.values().filter(|who| who.active).map(|who| &who.provider).collect()
    }

    /// Whether that provider has a participant, active or not.
    #[must_use]
    pub fn has_of(&self, provider: &[u8]) -> bool {
        self.0.values().any(|who| who.provider.0 == provider)
    }
}

/// The authority of a `mimi` URI (draft-ietf-mimi-protocol section 5.2: `mimi://b.example/u/bob`); nothing for another.
pub(super) fn authority(uri: &[u8]) -> &[u8] {
    let rest = uri.strip_prefix(b"mimi://").unwrap_or_default();
    rest.split(|octet| *octet == b'/').next().unwrap_or_default()
}
