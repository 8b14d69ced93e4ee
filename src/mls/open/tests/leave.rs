//! SelfRemove (draft-ietf-mls-extensions).

use super::*;

#[test]
fn whoever_leaves_is_removed_by_another() {
    for suite in [1, 2, 3, 0x004f] {
        for encrypt in [false, true] {
            let mut members = group(3, suite, encrypt);
            let octets = members[2].propose(&Proposal::SelfRemove).unwrap();
            // A PublicMessage (wire format 1) whatever handshakes are otherwise.
            assert_eq!(octets[..4], [0, 1, 0, 1]);
            for member in members.iter_mut().take(2) {
                assert_eq!(member.process(&octets).unwrap(), Received::Proposal { sender: Some(2) });
            }
            assert_eq!(why(members[2].commit(&Plan::default())), reason::BAD_PROPOSALS, "not by itself");
            let out = members[1].commit(&Plan::default()).unwrap();
            members[1].merge_own().unwrap();
            assert_eq!(out.commit[3], if encrypt { 2 } else { 1 }, "as before");
            let told = take(members[0].as_mut(), &out.commit);
            assert_eq!((told.removed, told.removes_me), (vec![2], false));
            let told = take(members[2].as_mut(), &out.commit);
            assert_eq!((told.removed, told.removes_me, told.next), (vec![2], true, None));
            assert_eq!(why(members[2].position()), reason::NOT_A_MEMBER);
            assert_eq!(members[0].position().unwrap(), members[1].position().unwrap());
            assert_eq!(members[0].members().len(), 2);
        }
    }
}
