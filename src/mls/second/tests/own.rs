//! What holds of this engine only.

use super::super::device::not_signed_by;
use super::super::input;
use super::*;

#[test]
fn nobody_is_welcomed_by_themselves() {
    let mut alice = three(&engine(), 1, false).alice;
    let (info, tree) = alice.group_info().unwrap();
    let (info, tree) = (input::message(&info).unwrap(), input::tree(&tree).unwrap());
    let info = info.as_group_info().unwrap();
    let keys: Vec<_> = tree.roster().members_iter().map(|m| m.signing_identity.signature_key).collect();
    assert_eq!(why(not_signed_by(&keys[0], info, Some(&tree))), reason::BAD_GROUP_INFO);
    not_signed_by(&keys[1], info, Some(&tree)).unwrap();
    not_signed_by(&keys[0], info, None).unwrap();
}

#[test]
fn self_remove_is_refused_rather_than_sent_under_another_number() {
    let mut alice = three(&engine(), 1, false).alice;
    assert_eq!(why(alice.propose(&Proposal::SelfRemove)), reason::MLS_UNSUPPORTED);
    alice.send(b"still here", b"").unwrap();
}
