//! Rooms of scenarios that keep their list and their roles in their group: five roles, each with its place on a ladder.

use crate::mls::member::Application;
use crate::policy::Capability as Can;
use crate::protocol::Structure;
use crate::protocol::room::{
    Octets, PARTICIPANT_LIST, ParticipantListData, ParticipantListUpdate, ROLES_LIST, RoleChange, RoleData, RoleEntry,
    Text, UserRolePair, UserindexRolePair, updated,
};
use std::collections::BTreeMap;

/// Roles by name, the lowest first; indices from 1.
const LADDER: [&str; 5] = ["banned", "guest", "member", "moderator", "admin"];
const GUEST: &[Can] = &[Can::REMOVE_SELF];
const MEMBER: &[Can] = &[Can::REMOVE_SELF, Can::ADD_OWN_CLIENT, Can::REMOVE_OWN_CLIENT, Can::SEND_MESSAGE];
const OTHERS: &[Can] = &[
    Can::ADD_PARTICIPANT,
    Can::REMOVE_PARTICIPANT,
    Can::KICK,
    Can::BAN,
    Can::UNBAN,
    Can::CHANGE_USER_ROLE,
    Can::CHANGE_ROLE_DEFINITIONS,
];

/// The index of a role, if there is one of that name.
pub(super) fn role(name: &str) -> Option<u32> {
    LADDER.iter().zip(1..).find(|(known, _)| **known == name).map(|(_, index)| index)
}

/// Everybody may leave; moderators move all who are no admins, up to members; admins do anything.
fn entry((name, role_index): (&&str, u32)) -> RoleEntry {
    let capabilities: Vec<Can> = match *name {
        "banned" => vec![],
        "guest" => GUEST.to_vec(),
        "member" => MEMBER.to_vec(),
        _ => [MEMBER, OTHERS].concat(),
    };
    let change =
        |from_role_index, targets: &[u32]| RoleChange { from_role_index, target_role_indexes: targets.to_vec() };
    let authorized_role_changes = match *name {
        "banned" => vec![],
        "guest" | "member" => vec![change(role_index, &[0])],
        "moderator" => vec![change(0, &[1, 2, 3]), change(1, &[0, 2, 3]), change(2, &[0, 1, 3]), change(3, &[0, 1, 2])],
        _ => (0..6).map(|from| change(from, &[0, 1, 2, 3, 4, 5])).collect(),
    };
    RoleEntry {
        role_index,
        role_name: Text((*name).to_owned()),
        role_description: Text(String::new()),
        role_capabilities: capabilities.iter().map(|can| can.0).collect(),
        minimum_participants_constraint: 0,
        maximum_participants_constraint: None,
        minimum_active_participants_constraint: 0,
        maximum_active_participants_constraint: None,
        authorized_role_changes,
    }
}

/// What the group of such a room holds: users, and the names of their roles. `None` for a role that there is not.
pub(super) fn application(room: &BTreeMap<String, String>) -> Option<Application> {
    let pair = |(user, name): (&String, &String)| {
        Some(UserRolePair { user: Octets(user.clone().into_bytes()), role_index: role(name)? })
    };
    let participants = room.iter().map(pair).collect::<Option<_>>()?;
    let roles = LADDER.iter().zip(1..).map(entry).collect();
    let list = ParticipantListData { participants }.encode().ok()?;
    let roles = RoleData { roles }.encode().ok()?;
    let update = |component, before: Option<&[u8]>, updates: &[&[u8]]| updated(component, before, updates).ok();
    Some(Application { external_senders: vec![], data: vec![(PARTICIPANT_LIST, list), (ROLES_LIST, roles)], update })
}

/// The update of a list, in octets, that gives these users these roles; `None` where one is not in it.
pub(super) fn changes(list: &[u8], roles: &BTreeMap<String, String>) -> Option<(u16, Vec<u8>)> {
    let list = ParticipantListData::decode(list).ok()?;
    let change = |(user, name): (&String, &String)| {
        let place = list.participants.iter().position(|pair| pair.user.0 == user.as_bytes())?;
        Some(UserindexRolePair { user_index: u32::try_from(place).ok()?, role_index: role(name)? })
    };
    let update = ParticipantListUpdate {
        changed_role_participants: roles.iter().map(change).collect::<Option<_>>()?,
        removed_indices: vec![],
        added_participants: vec![],
    };
    Some((PARTICIPANT_LIST, update.encode().ok()?))
}
