use super::capability::{Capability, NAMES};
use std::collections::{BTreeMap, BTreeSet};

/// `role_index`.
pub type RoleIndex = u32;

/// The role of who is not in the participant list (section 3).
pub const NOBODY: RoleIndex = 0;

/// The role of the banned, in a room where it is called `banned` (section 8.1.3).
pub const BANNED: RoleIndex = 1;

/// How many there may be of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// At least; 0 is no limit.
    pub least: u32,
    /// At most; `None` is no limit.
    pub most: Option<u32>,
}

/// A role (section 3).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    /// `role_index`.
    pub index: RoleIndex,
    /// `role_name`.
    pub name: String,
    /// `role_capabilities`.
    pub capabilities: BTreeSet<Capability>,
    /// Users that have it.
    pub participants: Span,
    /// Users that have it and have a client in the group.
    pub active: Span,
    /// `authorized_role_changes`: from a role to others.
    pub changes: BTreeMap<RoleIndex, BTreeSet<RoleIndex>>,
}

/// What a credential claims: `claim_id` and `claim_value`, each as somebody wrote it down.
pub type Claim = (String, String);

/// Who may take a role without being in the list (section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Preauthorized {
    /// All of these must be claimed.
    pub claims: BTreeSet<Claim>,
    /// The role.
    pub role: RoleIndex,
}

/// What section 5 says of the whole room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Base {
    /// Nobody is added to the list, nobody is taken off.
    pub fixed_membership: bool,
    /// A user may have several clients.
    pub multi_device: bool,
    /// Clients in the group, at most.
    pub max_clients: Option<u32>,
    /// Users in the list who are not banned, at most.
    pub max_users: Option<u32>,
}

impl Default for Base {
    fn default() -> Self {
        Self { fixed_membership: false, multi_device: true, max_clients: None, max_users: None }
    }
}

/// What a room allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Policy {
    /// Roles; of two with one index the first counts.
    pub roles: Vec<Role>,
    /// In their order: the first that matches counts.
    pub preauthorized: Vec<Preauthorized>,
    /// Of the whole room.
    pub base: Base,
}

impl Role {
    /// Whether it has this capability.
    #[must_use]
    pub fn can(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// Whether it may move users from one role to another.
    #[must_use]
    pub fn moves(&self, from: RoleIndex, to: RoleIndex) -> bool {
        self.changes.get(&from).is_some_and(|targets| targets.contains(&to))
    }
}

impl Policy {
    /// The role of this index.
    #[must_use]
    pub fn role(&self, index: RoleIndex) -> Option<&Role> {
        self.roles.iter().find(|role| role.index == index)
    }

    /// Whether the role of this index is that of the banned.
    #[must_use]
    pub fn bans(&self, index: RoleIndex) -> bool {
        index == BANNED && self.role(index).is_some_and(|role| role.name == "banned")
    }

    /// Whether who has this role can do nothing at all: it has no capability, or is not there (protocol-06 section 7.5).
    #[must_use]
    pub fn silent(&self, index: RoleIndex) -> bool {
        self.role(index).is_none_or(|role| role.capabilities.is_empty())
    }

    /// The role that who claims this is preauthorized for: of the first entry that matches.
    #[must_use]
    pub fn preauthorized(&self, claims: &BTreeSet<Claim>) -> Option<&Role> {
        let entry = self.preauthorized.iter().find(|entry| entry.claims.is_subset(claims))?;
        self.role(entry.role).filter(|role| role.index != NOBODY)
    }

    /// For a room that keeps no roles: whoever has one of `silent` can do nothing, everybody else everything.
    #[must_use]
    pub fn without_roles(silent: &BTreeSet<RoleIndex>, used: &BTreeSet<RoleIndex>) -> Self {
        let everything: BTreeSet<Capability> = NAMES.iter().map(|(_, capability)| *capability).collect();
        let indices: BTreeSet<RoleIndex> = used.iter().chain(silent).copied().collect();
        let anywhere: BTreeSet<RoleIndex> = indices.iter().chain([&NOBODY]).copied().collect();
        let role = |index: &RoleIndex| {
            let (capabilities, changes) = if silent.contains(index) {
                (BTreeSet::new(), BTreeMap::new())
            } else {
                let changes = anywhere.iter().map(|from| (*from, anywhere.clone())).collect();
                (everything.clone(), changes)
            };
            let name = if silent.contains(index) { "banned" } else { "" };
            Role { index: *index, name: name.to_owned(), capabilities, changes, ..Role::default() }
        };
        Self { roles: indices.iter().map(role).collect(), ..Self::default() }
    }
}
