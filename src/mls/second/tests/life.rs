//! What members do with each other.

use super::*;

const SUITES: [u16; 4] = [1, 2, 3, 7];

#[test]
fn three_meet_and_talk() {
    for suite in SUITES {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, mut carol } = three(suite, encrypt);
            same_place(&[alice.as_ref(), bob.as_ref(), carol.as_ref()]);
            assert_eq!(names(carol.as_ref()), [(0, "alice".into()), (1, "bob".into()), (2, "carol".into())]);
            assert_eq!(bob.position().unwrap().epoch, 2);
            assert_eq!(bob.leaf(), 1);
            let sent = bob.send(b"hello", b"aad").unwrap();
            for member in [&mut alice, &mut carol] {
                let received = member.process(&sent).unwrap();
                let (data, aad) = (b"hello".to_vec(), b"aad".to_vec());
                assert_eq!(received, Received::Application { sender: 1, data, aad });
            }
        }
    }
}
