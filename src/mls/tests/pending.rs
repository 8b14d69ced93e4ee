//! Commits that wait, win, lose or are taken back.

use super::*;

#[test]
fn a_discarded_commit_has_never_come() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, .. } = three(e, 1, encrypt);
            let out = alice.commit(&update()).unwrap();
            let before = bob.position().unwrap();
            for _ in 0..3 {
                let Received::Commit(staged) = bob.process(&out.commit).unwrap() else { panic!("no commit") };
                assert_eq!(staged.next.as_ref(), Some(&out.next));
                assert_eq!(bob.position().unwrap(), before);
                bob.discard();
                assert_eq!(why(bob.merge()), reason::PENDING_COMMIT);
            }
            take(bob.as_mut(), &out.commit);
            assert_eq!(bob.position().unwrap(), out.next);
        }
    });
}

#[test]
fn a_commit_that_comes_later_takes_the_place_of_the_staged_one() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, mut carol } = three(e, 1, encrypt);
            let (one, two) = (alice.commit(&update()).unwrap(), bob.commit(&remove(0)).unwrap());
            carol.process(&one.commit).unwrap();
            carol.process(&two.commit).unwrap();
            carol.merge().unwrap();
            assert_eq!(carol.position().unwrap(), two.next);
        }
    });
}

#[test]
fn an_own_commit_waits_and_is_dropped_by_the_winner() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, .. } = three(e, 1, encrypt);
            let before = alice.position().unwrap();
            assert_eq!(why(alice.merge_own()), reason::PENDING_COMMIT);
            let mine = alice.commit(&update()).unwrap();
            assert_eq!(alice.position().unwrap(), before);
            assert_eq!(why(alice.send(b"", b"")), reason::PENDING_COMMIT);
            assert_eq!(why(alice.commit(&update())), reason::PENDING_COMMIT);
            assert_eq!(why(alice.process(&mine.commit)), reason::PENDING_COMMIT);

            let said = bob.send(b"meanwhile", b"").unwrap();
            alice.process(&said).unwrap();
            let theirs = bob.commit(&update()).unwrap();
            bob.merge_own().unwrap();
            alice.process(&theirs.commit).unwrap();
            alice.discard();
            assert_eq!(why(alice.send(b"", b"")), reason::PENDING_COMMIT, "still waiting");
            take(alice.as_mut(), &theirs.commit);
            assert_eq!(why(alice.merge_own()), reason::PENDING_COMMIT);
            same_place(&[alice.as_ref(), bob.as_ref()]);
            let sent = alice.send(b"free", b"").unwrap();
            bob.process(&sent).unwrap();
        }
    });
}

#[test]
fn a_dropped_commit_frees_its_maker() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, mut carol } = three(e, 1, encrypt);
            let lost = alice.commit(&remove(1)).unwrap();
            alice.drop_own();
            assert_eq!(why(alice.process(&lost.commit)), reason::OWN_MESSAGE);
            let sent = alice.send(b"never mind", b"").unwrap();
            bob.process(&sent).unwrap();
            let out = alice.commit(&update()).unwrap();
            assert_ne!(out.commit, lost.commit);
            alice.merge_own().unwrap();
            // Who saw the lost one and let it go takes the other.
            carol.process(&lost.commit).unwrap();
            carol.discard();
            take(carol.as_mut(), &out.commit);
            take(bob.as_mut(), &out.commit);
            same_place(&[alice.as_ref(), bob.as_ref(), carol.as_ref()]);
        }
    });
}

#[test]
fn a_refused_join_leaves_the_key_package() {
    each(|e| {
        let mut alice = device(e, "alice", 1, false).create(b"group").unwrap();
        let mut bob = device(e, "bob", 1, false);
        let package = bob.key_package().unwrap();
        let out = alice.commit(&add(package.clone())).unwrap();
        let (welcome, old_tree) = (out.welcome.unwrap(), alice.group_info().unwrap().1);
        alice.merge_own().unwrap();
        assert_eq!(why(bob.join(&welcome, None)), reason::MISSING_TREE);
        assert_eq!(why(bob.join(&welcome, Some(&old_tree))), reason::BAD_TREE);
        assert_eq!(why(bob.join(&welcome[..welcome.len() - 1], Some(&out.ratchet_tree))), wire::WIRE_TRUNCATED);
        assert_eq!(why(device(e, "eve", 1, false).join(&welcome, Some(&out.ratchet_tree))), reason::NO_KEY_PACKAGE);
        let mut copy = bob.copy();
        bob.join(&welcome, Some(&out.ratchet_tree)).unwrap();
        assert_eq!(why(bob.join(&welcome, Some(&out.ratchet_tree))), reason::NO_KEY_PACKAGE);
        assert_eq!(why(bob.private_keys(&package)), reason::NO_KEY_PACKAGE);
        copy.join(&welcome, Some(&out.ratchet_tree)).unwrap();
    });
}

#[test]
fn a_copy_goes_its_own_way() {
    each(|e| {
        let Three { mut alice, bob, .. } = three(e, 1, true);
        let mut copy = bob.copy();
        let out = alice.commit(&update()).unwrap();
        take(copy.as_mut(), &out.commit);
        assert_eq!(copy.position().unwrap(), out.next);
        assert_ne!(bob.position().unwrap(), out.next);
        let mut bob = bob;
        take(bob.as_mut(), &out.commit);
        same_place(&[bob.as_ref(), copy.as_ref()]);
    });
}

/// `encryption_key` of the leaf with index 0: the tree's length, "present", "leaf", the key's length, the key.
fn first_key(tree: &[u8]) -> &[u8] {
    let at = 1 << (tree[0] >> 6);
    assert_eq!(tree[at..at + 3], [1, 1, 32]);
    &tree[at + 3..at + 35]
}

#[test]
fn randomness_is_not_drawn_twice_when_a_commit_loses() {
    each(|e| {
        let Three { mut alice, mut bob, .. } = three(e, 1, false);
        let theirs = bob.commit(&update()).unwrap();
        alice.process(&theirs.commit).unwrap();
        let lost = alice.commit(&update()).unwrap();
        alice.merge().unwrap();
        let next = alice.commit(&update()).unwrap();
        assert_ne!(first_key(&lost.ratchet_tree), first_key(&next.ratchet_tree));
    });
}
