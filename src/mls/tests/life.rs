//! What members do with each other.

use super::*;
use crate::protocol::{Act, Held, Sender};

#[test]
fn three_meet_and_talk() {
    each(|e| {
        for suite in suites(e) {
            for encrypt in [false, true] {
                let Three { mut alice, mut bob, mut carol } = three(e, suite, encrypt);
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
    });
}

#[test]
fn every_member_exports_the_same() {
    each(|e| {
        let Three { alice, bob, carol } = three(e, 1, false);
        let secret = alice.export("label", b"context", 40).unwrap();
        assert_eq!(secret.len(), 40);
        assert_eq!(bob.export("label", b"context", 40).unwrap(), secret);
        assert_ne!(bob.export("label", b"other", 40).unwrap(), secret);
        let key = carol.export("mimi delivery partition key", b"", 16).unwrap();
        assert_eq!(carol.position().unwrap().partition_key.0.to_vec(), key);
    });
}

#[test]
fn a_removed_member_learns_it_and_is_out() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, mut carol } = three(e, 1, encrypt);
            let before = carol.position().unwrap();
            let out = bob.commit(&Plan { aad: b"why".to_vec(), ..remove(2) }).unwrap();
            bob.merge_own().unwrap();
            let staged = take(alice.as_mut(), &out.commit);
            let told = Staged {
                committer: Some(1),
                added: vec![],
                removed: vec![2],
                removes_me: false,
                next: Some(out.next.clone()),
                aad: b"why".to_vec(),
                held: vec![Held { by: Sender::Member(1), act: Act::Remove(2) }],
            };
            assert_eq!(out.held, told.held);
            assert_eq!(staged, told);
            let Received::Commit(staged) = carol.process(&out.commit).unwrap() else { panic!("no commit") };
            assert_eq!(staged, Staged { removes_me: true, next: None, ..told });
            assert_eq!(carol.position().unwrap(), before, "not merged yet");
            carol.merge().unwrap();
            assert_eq!(why(carol.position()), reason::NOT_A_MEMBER);
            assert_eq!(why(carol.send(b"", b"")), reason::NOT_A_MEMBER);
            assert_eq!(why(carol.process(&out.commit)), reason::NOT_A_MEMBER);
            assert_eq!(why(carol.commit(&update())), reason::NOT_A_MEMBER);
            same_place(&[alice.as_ref(), bob.as_ref()]);
        }
    });
}

#[test]
fn proposals_are_committed_by_whoever_comes() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, mut carol } = three(e, 1, encrypt);
            let mut dave = device(e, "dave", 1, encrypt);
            let proposals = [
                bob.propose(&Proposal::Update).unwrap(),
                bob.propose(&Proposal::Add(dave.key_package().unwrap())).unwrap(),
            ];
            for proposal in &proposals {
                for member in [&mut alice, &mut carol] {
                    assert_eq!(member.process(proposal).unwrap(), Received::Proposal { sender: Some(1) });
                }
            }
            assert_eq!(why(carol.send(b"too early", b"")), reason::PENDING_PROPOSALS);
            let out = carol.commit(&Plan::default()).unwrap();
            let staged = take(alice.as_mut(), &out.commit);
            assert_eq!((staged.committer, staged.added), (Some(2), vec![b"dave".to_vec()]));
            take(bob.as_mut(), &out.commit);
            carol.merge_own().unwrap();
            let dave = dave.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap();
            same_place(&[alice.as_ref(), bob.as_ref(), carol.as_ref(), dave.as_ref()]);
            assert_eq!(dave.position().unwrap(), out.next);
            carol.send(b"now", b"").unwrap();
        }
    });
}

#[test]
fn one_joins_by_an_external_commit_and_comes_back_by_another() {
    each(|e| {
        for suite in suites(e) {
            for encrypt in [false, true] {
                let Three { mut alice, mut bob, mut carol } = three(e, suite, encrypt);
                let mut dave = device(e, "dave", suite, encrypt);
                let (info, tree) = bob.group_info().unwrap();
                let (first, out) = dave.external_join(&info, Some(&tree)).unwrap();
                for member in [&mut alice, &mut bob, &mut carol] {
                    let staged = take(member.as_mut(), &out.commit);
                    assert_eq!((staged.committer, staged.added), (None, vec![b"dave".to_vec()]));
                    assert_eq!((staged.removed, staged.next), (vec![], Some(out.next.clone())));
                }
                same_place(&[alice.as_ref(), bob.as_ref(), carol.as_ref(), first.as_ref()]);
                assert_eq!(first.leaf(), 3);

                let (mut again, out) = dave.external_join(&out.group_info, Some(&out.ratchet_tree)).unwrap();
                for member in [&mut alice, &mut bob, &mut carol] {
                    let staged = take(member.as_mut(), &out.commit);
                    assert_eq!((staged.added, staged.removed), (vec![b"dave".to_vec()], vec![3]));
                }
                same_place(&[alice.as_ref(), bob.as_ref(), carol.as_ref(), again.as_ref()]);
                assert_eq!(names(again.as_ref()).len(), 4);
                let sent = again.send(b"back", b"").unwrap();
                carol.process(&sent).unwrap();
                let mut first = first;
                let Received::Commit(staged) = first.process(&out.commit).unwrap() else { panic!("no commit") };
                assert!(staged.removes_me && staged.next.is_none());
                assert_eq!((staged.added, staged.removed), (vec![b"dave".to_vec()], vec![3]));
            }
        }
    });
}

#[test]
fn a_device_made_from_its_keys_joins_as_the_original_does() {
    each(|e| {
        for suite in suites(e) {
            let mut alice = device(e, "alice", suite, false).create(b"group").unwrap();
            let mut bob = device(e, "bob", suite, false);
            let package = bob.key_package().unwrap();
            let keys = bob.private_keys(&package).unwrap();
            let out = alice.commit(&add(package.clone())).unwrap();
            alice.merge_own().unwrap();
            let mut restored = e.restore(&keys).unwrap();
            assert_eq!(restored.private_keys(&package).unwrap(), keys);
            let (welcome, tree) = (out.welcome.unwrap(), Some(out.ratchet_tree.as_slice()));
            let mut twin = restored.join(&welcome, tree).unwrap();
            let bob = bob.join(&welcome, tree).unwrap();
            same_place(&[alice.as_ref(), bob.as_ref(), twin.as_ref()]);
            let sent = twin.send(b"hello", b"").unwrap();
            alice.process(&sent).unwrap();

            for broken in [0, 1, 2] {
                let mut keys = keys.clone();
                let key = [&mut keys.signature, &mut keys.encryption, &mut keys.init].into_iter().nth(broken).unwrap();
                key[5] ^= 1;
                assert_eq!(e.restore(&keys).err().unwrap().reason, reason::BAD_KEY_PACKAGE, "{broken}");
                let key = [&mut keys.signature, &mut keys.encryption, &mut keys.init].into_iter().nth(broken).unwrap();
                key.truncate(7);
                assert_eq!(e.restore(&keys).err().unwrap().reason, reason::BAD_KEY_PACKAGE, "{broken}");
            }
        }
    });
}

#[test]
fn two_devices_may_have_one_name() {
    each(|e| {
        let mut alice = device(e, "alice", 1, false).create(b"group").unwrap();
        let settings = Settings {
            identity: b"alice".to_vec(),
            suite: CipherSuite(1),
            seed: "another".into(),
            encrypt_handshake: false,
            application: None,
        };
        let mut second = e.client(&settings).unwrap();
        let out = alice.commit(&add(second.key_package().unwrap())).unwrap();
        alice.merge_own().unwrap();
        let second = second.join(&out.welcome.unwrap(), Some(&out.ratchet_tree)).unwrap();
        assert_eq!(names(second.as_ref()), [(0, "alice".into()), (1, "alice".into())]);
    });
}

#[test]
fn a_suite_that_the_library_lacks_is_refused() {
    each(|e| {
        let lacking = if suites(e).contains(&7) { 0x004f } else { 7 };
        for suite in [0, 4, 5, 6, lacking, 0xffff] {
            let settings = Settings {
                identity: vec![],
                suite: CipherSuite(suite),
                seed: String::new(),
                encrypt_handshake: false,
                application: None,
            };
            assert_eq!(e.client(&settings).err().unwrap().reason, reason::MLS_UNSUPPORTED, "{suite}");
        }
    });
}
