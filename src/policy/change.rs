use super::people::{Client, User};
use super::rules::{Base, Claim, Preauthorized, Role, RoleIndex};
use std::collections::BTreeSet;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Actor {
    /// In which capacity.
    pub who: Who,
    /// What its credential claims, for [`Preauthorized`].
    pub claims: BTreeSet<Claim>,
}

/// In which capacity somebody acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A client in the group. Whose it is, the participants say.
    Member(Client),
    /// A client that comes in from outside: by an external commit, or by a proposal of its own.
    Joiner(Client, User),
    /// An external sender, e.g. the hub.
    External(Vec<u8>),
}

impl Actor {
    /// A client in the group that claims nothing.
    #[must_use]
    pub fn member(client: &[u8]) -> Self {
        Self { who: Who::Member(client.to_vec()), claims: BTreeSet::new() }
    }
}

/// What is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An application message.
    Message,
    /// A commit: its proposals, in any order. The actor is the committer; one who joins by it comes in with it.
    Commit(Vec<Proposed>),
}

/// A proposal in a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposed {
    /// Who proposes: the committer where it is by value.
    pub by: Actor,
    /// What.
    pub proposal: Proposal,
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proposal {
    /// Add.
    Add(Client, User),
    /// Remove.
    Remove(Client),
    /// SelfRemove.
    SelfRemove,
    /// Update; a PreSharedKey; GroupContextExtensions: what anybody may who may act at all.
    Plain,
    /// ReInit.
    ReInit,
    /// AppDataUpdate of the participant list.
    List(Listing),
    /// AppDataUpdate of the roles.
    Roles(Vec<Role>),
    /// AppDataUpdate of the preauthorized users.
    Preauthorized(Vec<Preauthorized>),
    /// AppDataUpdate of the base policy.
    Base(Base),
    /// AppDataUpdate of the metadata: the fields that are not as before.
    Metadata(BTreeSet<Field>),
}

/// A change of the participant list (draft-ietf-mimi-protocol-06 section 7.5), by users.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listing {
    /// Whose role changes.
    pub changed: Vec<(User, RoleIndex)>,
    /// Who is taken off.
    pub removed: Vec<User>,
    /// Who is added.
    pub added: Vec<(User, RoleIndex)>,
}

/// A field of the metadata (section 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `room_name`.
    Name,
    /// `room_descriptions`.
    Description,
    /// `room_avatar`.
    Avatar,
    /// `room_subject`.
    Subject,
    /// `room_mood`.
    Mood,
}
