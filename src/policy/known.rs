use super::capability::Capability;
use super::change::{Actor, Change, Field, Listing, Proposal, Proposed, Who};
use super::judge::{Denied, judge};
use super::people::{Participants, User};
use super::rules::{BANNED, Policy, Role, RoleIndex, Span};
use crate::protocol::room::{
    PARTICIPANT_LIST, ParticipantListData, ParticipantListUpdate, ROLES_LIST, ROOM_METADATA, RoleData, RoleEntry,
    RoomMetaData,
};
use crate::protocol::{Act, Held, Sender, Structure};
use crate::reason::policy as reason;
use std::collections::{BTreeMap, BTreeSet};

/// What somebody in a group, or in sight of it, knows of what its room allows in one epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The policy.
    pub policy: Policy,
    /// The participant list, in the order that updates refer to.
    pub list: Vec<(User, RoleIndex)>,
    /// The role of users who are not in the list, in a group that keeps none.
    pub otherwise: Option<RoleIndex>,
    /// Users, by the identities of their clients. A client whose identity is not here is its own user.
    pub owners: BTreeMap<Vec<u8>, User>,
    /// The metadata.
    pub metadata: Option<RoomMetaData>,
}

/// Everybody in the group: leaf index and identity.
pub type Members = [(u32, Vec<u8>)];

fn leaf_name(leaf: u32) -> Vec<u8> {
    format!("leaf {leaf}").into_bytes()
}

fn new_name(identity: &[u8]) -> Vec<u8> {
    [b"new ", identity].concat()
}

impl Known {
    /// For a group that keeps neither roles nor a list: these users are banned, those may not send.
    #[must_use]
    pub fn forbidding(banned: &BTreeSet<User>, muted: &BTreeSet<User>) -> Self {
        const MUTED: RoleIndex = 2;
        const FREE: RoleIndex = 3;
        let mut policy = Policy::without_roles(&[BANNED].into(), &[MUTED, FREE].into());
        for role in policy.roles.iter_mut().filter(|role| role.index == MUTED) {
            role.capabilities.remove(&Capability::SEND_MESSAGE);
        }
        let listed = banned.iter().map(|user| (user.clone(), BANNED));
        let list = listed.chain(muted.difference(banned).map(|user| (user.clone(), MUTED))).collect();
        Self { policy, list, otherwise: Some(FREE), ..Self::default() }
    }

    /// What is known in the epoch whose group keeps these data: of what it keeps itself, nothing else counts.
    #[must_use]
    pub fn with(mut self, data: impl Fn(u16) -> Option<Vec<u8>>) -> Self {
        let list = data(PARTICIPANT_LIST).and_then(|octets| ParticipantListData::decode(&octets).ok());
        if let Some(list) = list {
            self.list = list.participants.into_iter().map(|pair| (pair.user.0, pair.role_index)).collect();
        }
        if let Some(roles) = data(ROLES_LIST).and_then(|octets| RoleData::decode(&octets).ok()) {
            self.policy.roles = roles.roles.into_iter().map(role).collect();
        }
        self.metadata = data(ROOM_METADATA).and_then(|octets| RoomMetaData::decode(&octets).ok());
        self
    }

    fn owner(&self, identity: &[u8]) -> User {
        self.owners.get(identity).cloned().unwrap_or_else(|| identity.to_vec())
    }

    /// Who participates.
    #[must_use]
    pub fn participants(&self, members: &Members) -> Participants {
        Participants {
            roles: self.list.iter().rev().cloned().collect(),
            clients: members.iter().map(|(leaf, identity)| (leaf_name(*leaf), self.owner(identity))).collect(),
            otherwise: self.otherwise,
        }
    }

    /// Whether the member at this leaf may send an application message.
    ///
    /// # Errors
    /// It may not.
    pub fn message(&self, members: &Members, leaf: u32) -> Result<(), Denied> {
        judge(&self.policy, &self.participants(members), &Actor::member(&leaf_name(leaf)), &Change::Message)
    }

    /// Whether a user may send application messages, from whichever client.
    ///
    /// # Errors
    /// It may not.
    pub fn speaks(&self, user: &[u8]) -> Result<(), Denied> {
        let mut participants = self.participants(&[]);
        participants.clients.insert(leaf_name(0), user.to_vec());
        judge(&self.policy, &participants, &Actor::member(&leaf_name(0)), &Change::Message)
    }

    /// Whether a commit may be: `joiner` is the identity of who joins by it, where its sender is no member.
    ///
    /// # Errors
    /// It may not.
    pub fn commit(&self, members: &Members, sender: Sender, joiner: &[u8], held: &[Held]) -> Result<(), Denied> {
        let actor = self.actor(sender, joiner);
        let proposals = held.iter().map(|held| self.proposed(held, joiner)).collect::<Result<_, _>>()?;
        judge(&self.policy, &self.participants(members), &actor, &Change::Commit(proposals))
    }

    fn actor(&self, sender: Sender, joiner: &[u8]) -> Actor {
        let who = match sender {
            Sender::Member(leaf) => Who::Member(leaf_name(leaf)),
            Sender::External(index) => Who::External(format!("external sender {index}").into_bytes()),
            Sender::NewMemberProposal | Sender::NewMemberCommit => Who::Joiner(new_name(joiner), self.owner(joiner)),
        };
        Actor { who, claims: BTreeSet::new() }
    }

    fn proposed(&self, held: &Held, joiner: &[u8]) -> Result<Proposed, Denied> {
        let unreadable = |_| Denied::new(reason::LIST_DOES_NOT_APPLY, b"unreadable");
        let by = match (held.by, &held.act) {
            (Sender::NewMemberProposal, Act::Add(identity)) => self.actor(held.by, identity),
            _ => self.actor(held.by, joiner),
        };
        let proposal = match &held.act {
            Act::Add(identity) => Proposal::Add(new_name(identity), self.owner(identity)),
            Act::Remove(leaf) => Proposal::Remove(leaf_name(*leaf)),
            Act::SelfRemove => Proposal::SelfRemove,
            Act::ReInit => Proposal::ReInit,
            Act::Data(PARTICIPANT_LIST, update) => {
                let update = ParticipantListUpdate::decode(update).map_err(unreadable)?;
                Proposal::List(self.listing(update)?)
            }
            Act::Data(ROLES_LIST, update) => {
                let bad = |_| Denied::new(reason::BAD_POLICY, b"unreadable");
                let roles = RoleData::decode(update).map_err(bad)?.roles;
                Proposal::Roles(roles.into_iter().map(role).collect())
            }
            Act::Data(ROOM_METADATA, update) => {
                let next = RoomMetaData::decode(update).map_err(unreadable)?;
                Proposal::Metadata(changed(self.metadata.as_ref(), &next))
            }
            // Nothing says who may take a room's policy away.
            Act::DataGone(PARTICIPANT_LIST | ROLES_LIST) => return Err(Denied::new(reason::BAD_POLICY, b"taken away")),
            Act::Data(..) | Act::DataGone(_) | Act::Other => Proposal::Plain,
        };
        Ok(Proposed { by, proposal })
    }

    fn listing(&self, update: ParticipantListUpdate) -> Result<Listing, Denied> {
        let user = |index: u32| {
            let found = usize::try_from(index).ok().and_then(|index| self.list.get(index));
            let missing = || Denied::new(reason::LIST_DOES_NOT_APPLY, format!("index {index}").as_bytes());
            found.map(|(user, _)| user.clone()).ok_or_else(missing)
        };
        let changed = update.changed_role_participants.iter().map(|pair| Ok((user(pair.user_index)?, pair.role_index)));
        Ok(Listing {
            changed: changed.collect::<Result<_, Denied>>()?,
            removed: update.removed_indices.iter().map(|index| user(*index)).collect::<Result<_, _>>()?,
            added: update.added_participants.into_iter().map(|pair| (pair.user.0, pair.role_index)).collect(),
        })
    }
}

fn role(entry: RoleEntry) -> Role {
    let mut changes: BTreeMap<RoleIndex, BTreeSet<RoleIndex>> = BTreeMap::new();
    for change in entry.authorized_role_changes {
        changes.entry(change.from_role_index).or_default().extend(change.target_role_indexes);
    }
    Role {
        index: entry.role_index,
        name: entry.role_name.0,
        capabilities: entry.role_capabilities.into_iter().map(Capability).collect(),
        participants: Span {
            least: entry.minimum_participants_constraint,
            most: entry.maximum_participants_constraint,
        },
        active: Span {
            least: entry.minimum_active_participants_constraint,
            most: entry.maximum_active_participants_constraint,
        },
        changes,
    }
}

/// The fields that are not as before; those with a capability of their own.
fn changed(before: Option<&RoomMetaData>, next: &RoomMetaData) -> BTreeSet<Field> {
    let same = |same: fn(&RoomMetaData, &RoomMetaData) -> bool| before.is_some_and(|before| same(before, next));
    let all = [
        (Field::Name, same(|a, b| a.room_name == b.room_name)),
        (Field::Description, same(|a, b| a.room_descriptions == b.room_descriptions)),
        (Field::Avatar, same(|a, b| a.room_avatar == b.room_avatar)),
        (Field::Subject, same(|a, b| a.room_subject == b.room_subject)),
        (Field::Mood, same(|a, b| a.room_mood == b.room_mood)),
    ];
    all.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
}
