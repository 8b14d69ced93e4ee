//! What must be refused, why, and that nothing comes of it.

use super::*;

/// Every prefix, a flipped bit in every octet, and one octet too many.
fn spoiled(octets: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let prefixes = (0..octets.len()).map(|n| octets[..n].to_vec());
    let flips = (0..octets.len()).map(|at| {
        let mut out = octets.to_vec();
        out[at] ^= 1 << (at % 8);
        out
    });
    prefixes.chain(flips).chain([[octets, &[0]].concat()])
}

#[test]
fn spoiled_messages_change_nothing() {
    each(|e| {
        for encrypt in [false, true] {
            let Three { mut alice, mut bob, carol } = three(e, 1, encrypt);
            let before = bob.position().unwrap();
            let said = alice.copy().send(b"hello", b"aad").unwrap();
            let proposal = alice.copy().propose(&Proposal::Remove(2)).unwrap();
            let out = alice.commit(&Plan { remove: vec![2], ..update() }).unwrap();
            for message in [said, proposal, out.commit.clone()] {
                for octets in spoiled(&message) {
                    assert!(bob.process(&octets).is_err());
                    assert_eq!(bob.position().unwrap(), before);
                }
                carol.copy().process(&message).unwrap();
                bob.copy().process(&message).unwrap();
            }
            take(bob.as_mut(), &out.commit);
            assert_eq!(bob.position().unwrap(), out.next);
        }
    });
}

#[test]
fn spoiled_welcomes_and_trees_leave_the_device_as_it_was() {
    each(|e| {
        let mut alice = three(e, 1, false).alice;
        let mut dave = device(e, "dave", 1, false);
        let out = alice.commit(&add(dave.key_package().unwrap())).unwrap();
        let welcome = out.welcome.unwrap();
        for octets in spoiled(&welcome) {
            assert!(dave.join(&octets, Some(&out.ratchet_tree)).is_err());
        }
        for octets in spoiled(&out.ratchet_tree) {
            assert!(dave.join(&welcome, Some(&octets)).is_err());
        }
        assert_eq!(dave.join(&welcome, Some(&out.ratchet_tree)).unwrap().position().unwrap(), out.next);
    });
}

#[test]
fn spoiled_group_infos_and_key_packages_are_refused() {
    each(|e| {
        let Three { mut alice, mut bob, .. } = three(e, 1, false);
        let (info, tree) = alice.group_info().unwrap();
        let mut dave = device(e, "dave", 1, false);
        for octets in spoiled(&info) {
            assert!(dave.external_join(&octets, Some(&tree)).is_err());
        }
        for octets in spoiled(&tree) {
            assert!(dave.external_join(&info, Some(&octets)).is_err());
        }
        let package = dave.key_package().unwrap();
        for octets in spoiled(&package) {
            let at = octets.iter().zip(&package).position(|(a, b)| a != b);
            assert!(alice.commit(&add(octets.clone())).is_err(), "octet {at:?} of {}", octets.len());
            assert!(alice.propose(&Proposal::Add(octets)).is_err());
        }
        let (_, out) = dave.external_join(&info, Some(&tree)).unwrap();
        take(alice.as_mut(), &out.commit);
        take(bob.as_mut(), &out.commit);
        same_place(&[alice.as_ref(), bob.as_ref()]);
    });
}

fn last_octet_changed(octets: &[u8]) -> Vec<u8> {
    let mut out = octets.to_vec();
    *out.last_mut().unwrap() ^= 1;
    out
}

#[test]
fn each_refusal_has_its_reason() {
    each(|e| {
        let Three { mut alice, mut bob, mut carol } = three(e, 1, false);
        let mut other = device(e, "alice", 1, false).create(b"another group").unwrap();
        let said = alice.send(b"hello", b"").unwrap();
        assert_eq!(why(alice.process(&said)), reason::OWN_MESSAGE);
        let foreign = other.send(b"hello", b"").unwrap();
        assert_eq!(why(bob.process(&foreign)), reason::WRONG_GROUP);
        assert_eq!(why(bob.process(&last_octet_changed(&said))), reason::UNDECRYPTABLE);
        assert_eq!(why(bob.process(&said[..9])), wire::WIRE_TRUNCATED);
        assert_eq!(why(bob.process(&[said.as_slice(), &[0]].concat())), wire::WIRE_TRAILING);
        assert_eq!(why(bob.process(&[0, 1, 0, 99])), reason::MLS_MALFORMED);
        assert_eq!(why(bob.process(&[&[0, 2], &said[2..]].concat())), reason::MLS_UNSUPPORTED);
        let (info, tree) = alice.group_info().unwrap();
        assert_eq!(why(bob.process(&info)), reason::WRONG_WIRE_FORMAT);
        let package = device(e, "eve", 1, false).key_package().unwrap();
        assert_eq!(why(bob.process(&last_octet_changed(&package))), reason::WRONG_WIRE_FORMAT);
        bob.process(&said).unwrap();
        assert_eq!(why(bob.process(&said)), reason::SECRET_REUSED);

        let proposal = carol.propose(&Proposal::Update).unwrap();
        let out = carol.commit(&Plan { update: true, ..remove(0) }).unwrap();
        carol.drop_own();
        assert_eq!(why(bob.process(&last_octet_changed(&out.commit))), reason::BAD_MEMBERSHIP_TAG);
        // The sender's leaf follows version, wire format, group id and epoch, and the octet that says "member".
        let at = 2 + 2 + 1 + b"group".len() + 8 + 1;
        let mut nobody = out.commit.clone();
        assert_eq!(nobody[at..at + 4], [0, 0, 0, 2]);
        nobody[at..at + 4].copy_from_slice(&[0, 0, 0, 77]);
        assert_eq!(why(bob.process(&nobody)), reason::UNKNOWN_SENDER);
        nobody[at..at + 4].copy_from_slice(&[0xff; 4]);
        assert_eq!(why(bob.process(&nobody)), reason::UNKNOWN_SENDER);
        alice.process(&proposal).unwrap();
        let refers = alice.commit(&Plan::default()).unwrap();
        assert_eq!(why(bob.process(&refers.commit)), reason::UNKNOWN_PROPOSAL);
        bob.process(&proposal).unwrap();
        take(bob.as_mut(), &refers.commit);
        assert_eq!(why(bob.process(&refers.commit)), reason::WRONG_EPOCH);
        assert_eq!(why(bob.process(&said)), reason::WRONG_EPOCH);

        let mut dave = device(e, "dave", 1, false);
        assert_eq!(why(bob.commit(&remove(77))), reason::BAD_PROPOSALS);
        assert_eq!(why(bob.commit(&remove(1))), reason::BAD_PROPOSALS);
        assert_eq!(why(bob.commit(&add(info.clone()))), reason::BAD_KEY_PACKAGE);
        assert_eq!(why(bob.propose(&Proposal::Remove(77))), reason::BAD_PROPOSALS);
        let package = dave.key_package().unwrap();
        assert_eq!(why(bob.commit(&add(last_octet_changed(&package)))), reason::BAD_SIGNATURE);
        assert_eq!(why(dave.external_join(&package, Some(&tree))), reason::BAD_GROUP_INFO);
        assert_eq!(why(dave.external_join(&info, None)), reason::MISSING_TREE);
        // Version, wire format, then the GroupContext: version, suite, group id, epoch.
        let at = 4 + 4 + 1 + b"group".len();
        let mut last = info.clone();
        assert_eq!(last[at..at + 8], 2_u64.to_be_bytes());
        last[at..at + 8].copy_from_slice(&[0xff; 8]);
        assert_eq!(why(dave.external_join(&last, Some(&tree))), reason::BAD_GROUP_INFO, "no epoch comes after");
        assert_eq!(why(dave.external_join(&last_octet_changed(&info), Some(&tree))), reason::BAD_SIGNATURE);
        assert_eq!(why(dave.external_join(&info, Some(&refers.ratchet_tree))), reason::BAD_TREE);
    });
}
