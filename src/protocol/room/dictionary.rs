//! What a room keeps in `app_data_dictionary` of its group, and what an AppDataUpdate makes of it.

use super::state::{FrankingAgentData, ParticipantListData, ParticipantListUpdate, RoleData, RoomMetaData};
use crate::protocol::Structure;
use crate::reason::{Reason, room as reason};
use std::collections::BTreeSet;

/// ComponentID of `franking_agent` (section 10.2).
pub const FRANKING_AGENT: u16 = 0x0021;
/// ComponentID of `participant_list` (section 10.3).
pub const PARTICIPANT_LIST: u16 = 0x0022;
/// ComponentID of `room_metadata` (section 10.4).
pub const ROOM_METADATA: u16 = 0x0023;

/// ComponentID of `roles_list` (draft-ietf-mimi-room-policy-03 section 10.1.2).
pub const ROLES_LIST: u16 = 0x0025;

/// The data of a component after the AppDataUpdates of one commit, in their order. `before` is `None` for a component
/// that the dictionary does not have.
///
/// # Errors
/// An update is malformed or does not apply, or nobody here knows what it would mean.
pub fn updated(component: u16, before: Option<&[u8]>, updates: &[&[u8]]) -> Result<Vec<u8>, Reason> {
    let malformed = |_| reason::UPDATE_DOES_NOT_APPLY;
    match component {
        PARTICIPANT_LIST => {
            let before = before.map_or(Ok(ParticipantListData { participants: vec![] }), ParticipantListData::decode);
            let (mut list, mut touched) = (before.map_err(malformed)?, BTreeSet::new());
            for update in updates {
                let update = ParticipantListUpdate::decode(update).map_err(malformed)?;
                list = list.updated(&update, &mut touched)?;
            }
            list.encode().map_err(|e| e.reason)
        }
        // Each is replaced as a whole; two of them in one commit are one too many (section 7.6).
        ROOM_METADATA | FRANKING_AGENT | ROLES_LIST => match updates {
            [update] => {
                match component {
                    ROOM_METADATA => RoomMetaData::decode(update).map(drop),
                    ROLES_LIST => RoleData::decode(update).map(drop),
                    _ => FrankingAgentData::decode(update).map(drop),
                }
                .map_err(malformed)?;
                Ok(update.to_vec())
            }
            _ => Err(reason::UPDATE_DOES_NOT_APPLY),
        },
        _ => Err(reason::UNKNOWN_COMPONENT),
    }
}

impl ParticipantListData {
    /// The list after an update (section 7.5): roles change first, then users are removed, then others are added at the
    /// end. Every index is one of the list before it. `touched` are the users that updates of the same commit were
    /// about; this one's are added.
    ///
    /// # Errors
    /// An index that the list does not have; a user that the commit was about already, or who is in the list twice by
    /// then.
    pub fn updated(&self, update: &ParticipantListUpdate, touched: &mut BTreeSet<Vec<u8>>) -> Result<Self, Reason> {
        let (mut after, mut removed) = (self.participants.clone(), BTreeSet::new());
        let place = |index: u32| usize::try_from(index).unwrap_or(usize::MAX);
        for change in &update.changed_role_participants {
            let pair = after.get_mut(place(change.user_index)).ok_or(reason::UPDATE_DOES_NOT_APPLY)?;
            pair.role_index = change.role_index;
            touch(touched, &pair.user.0)?;
        }
        for index in &update.removed_indices {
            let pair = after.get(place(*index)).ok_or(reason::UPDATE_DOES_NOT_APPLY)?;
            touch(touched, &pair.user.0)?;
            removed.insert(place(*index));
        }
        let mut kept =
            (0..).zip(after).filter(|(at, _)| !removed.contains(at)).map(|(_, pair)| pair).collect::<Vec<_>>();
        for pair in &update.added_participants {
            touch(touched, &pair.user.0)?;
            if kept.iter().any(|other| other.user == pair.user) {
                return Err(reason::UPDATE_DOES_NOT_APPLY);
            }
            kept.push(pair.clone());
        }
        Ok(Self { participants: kept })
    }
}

/// No user twice in the updates of one commit (section 7.5).
fn touch(touched: &mut BTreeSet<Vec<u8>>, user: &[u8]) -> Result<(), Reason> {
    if touched.insert(user.to_vec()) { Ok(()) } else { Err(reason::UPDATE_DOES_NOT_APPLY) }
}
