use super::rules::RoleIndex;
use std::collections::BTreeMap;

/// A user, by whatever names it in the participant list: its URI.
pub type User = Vec<u8>;

/// A client in the group, by whatever tells it from the others.
pub type Client = Vec<u8>;

/// Who participates in one epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participants {
    /// The participant list.
    pub roles: BTreeMap<User, RoleIndex>,
    /// Whose each client in the group is.
    pub clients: BTreeMap<Client, User>,
    /// The role of users who are not in the list, in a group that keeps none; `None` in every room that has a list.
    pub otherwise: Option<RoleIndex>,
}

impl Participants {
    /// The role of a user; `None` for one who does not participate.
    #[must_use]
    pub fn role(&self, user: &[u8]) -> Option<RoleIndex> {
        self.roles.get(user).copied().or(self.otherwise)
    }

    /// How many clients a user has in the group.
    #[must_use]
    pub fn clients_of(&self, user: &[u8]) -> usize {
        self.clients.values().filter(|owner| owner.as_slice() == user).count()
    }
}
