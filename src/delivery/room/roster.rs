use crate::protocol::ServiceProviderId;
use std::collections::{BTreeMap, BTreeSet};

/// A user in the list of participants (section 7.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The provider of the user.
    pub provider: ServiceProviderId,
    /// Whether the user may act: false where the role is that of the banned.
    pub active: bool,
}

/// Who participates. A user who was removed is in no list; the clients stay known until they are out of the group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// By the URI of the user.
    pub users: BTreeMap<Vec<u8>, Participant>,
    /// The user's URI by the identity of each client: content of its credential.
    pub clients: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Roster {
    /// The user of a client, in the list or not.
    #[must_use]
    pub fn user_of(&self, client: &[u8]) -> Option<&[u8]> {
        self.clients.get(client).map(Vec::as_slice)
    }

    /// Whether this user may act through that provider.
    #[must_use]
    pub fn acts(&self, user: &[u8], through: &ServiceProviderId) -> bool {
        self.users.get(user).is_some_and(|who| who.active && who.provider == *through)
    }

    /// Whether the client belongs to an active participant.
    #[must_use]
    pub fn admits(&self, client: &[u8]) -> bool {
        self.user_of(client).and_then(|user| self.users.get(user)).is_some_and(|who| who.active)
    }

    /// The providers with active participants.
    #[must_use]
    pub fn providers(&self) -> BTreeSet<&ServiceProviderId> {
        self.users.values().filter(|who| who.active).map(|who| &who.provider).collect()
    }

    /// Octets and entries that it takes.
    pub(super) fn entries(&self) -> usize {
        self.users.len().saturating_add(self.clients.len())
    }
}
