#![allow(clippy::unwrap_used)]

use super::{Octets, ParticipantListUpdate, Text, UpdateOutcome, UpdateRoomResponse, UserRolePair};
use crate::protocol::Structure;
use crate::reason::{room, wire};

#[test]
fn an_update_of_participants_is_its_three_lists() {
    let added = vec![UserRolePair { user: Octets(b"u".to_vec()), role_index: 4 }];
    let update = ParticipantListUpdate {
        changed_role_participants: vec![],
        removed_indices: vec![7],
        added_participants: added,
    };
    let octets = [0, 4, 0, 0, 0, 7, 6, 1, b'u', 0, 0, 0, 4];
    assert_eq!(update.encode().unwrap(), octets);
    assert_eq!(ParticipantListUpdate::decode(&octets).unwrap(), update);
}

#[test]
fn a_response_says_what_its_code_calls_for() {
    let late =
        UpdateRoomResponse { error_description: Text("late".to_owned()), outcome: UpdateOutcome::WrongEpoch(258) };
    let octets = [1, 4, b'l', b'a', b't', b'e', 0, 0, 0, 0, 0, 0, 1, 2];
    assert_eq!(late.encode().unwrap(), octets);
    assert_eq!(UpdateRoomResponse::decode(&octets).unwrap(), late);
    assert_eq!(UpdateRoomResponse::decode(&[4, 0]).unwrap_err().reason, wire::WIRE_UNKNOWN_ENUM);
    assert_eq!(UpdateRoomResponse::decode(&[2, 1, 0xff]).unwrap_err().reason, room::NOT_TEXT);
}
