//! The same seed gives the same octets; refusals and copies take none of the randomness.

use super::*;

/// Everything that a small life sends, with or without things that are refused or taken back in between.
fn life(e: &dyn Engine, suite: u16, encrypt: bool, disturbed: bool) -> Vec<Vec<u8>> {
    let mut sent: Vec<Vec<u8>> = vec![];
    let mut alice = device(e, "alice", suite, encrypt).create(b"group").unwrap();
    let mut members: Vec<Box<dyn Member>> = vec![];
    for name in ["b", "c", "d", "e", "f"] {
        let mut client = device(e, name, suite, encrypt);
        if disturbed {
            client.join(b"", None).err().unwrap();
            client.external_join(&sent.last().cloned().unwrap_or_default(), None).err().unwrap();
        }
        let package = client.key_package().unwrap();
        let out = alice.commit(&add(package.clone())).unwrap();
        alice.merge_own().unwrap();
        for member in &mut members {
            take(Box::as_mut(member), &out.commit);
        }
        members.push(client.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap());
        sent.extend([package, out.commit, out.welcome.unwrap(), out.group_info, out.ratchet_tree]);
    }
    if disturbed {
        alice.commit(&remove(77)).err().unwrap();
        alice.process(&sent[1].clone()).err().unwrap();
        alice.copy().send(b"on another way", b"").unwrap();
    }
    // Four proposals by reference of two kinds: the library keeps them in a hash map.
    let mut proposals: Vec<_> = members.iter_mut().take(3).map(|m| m.propose(&Proposal::Update).unwrap()).collect();
    proposals.push(members[3].propose(&Proposal::Remove(5)).unwrap());
    for proposal in &proposals {
        alice.process(proposal).unwrap();
    }
    sent.extend(proposals);
    let out = alice.commit(&Plan::default()).unwrap();
    alice.merge_own().unwrap();
    sent.extend([out.commit, out.group_info, out.ratchet_tree]);
    let out = alice.commit(&Plan { remove: vec![4, 2, 3], aad: b"aad".to_vec(), ..Plan::default() }).unwrap();
    alice.merge_own().unwrap();
    sent.extend([out.commit, out.group_info.clone(), alice.send(b"hello", b"").unwrap()]);
    let (mut back, out) =
        device(e, "back", suite, encrypt).external_join(&out.group_info, Some(&out.ratchet_tree)).unwrap();
    sent.extend([out.commit, out.group_info, back.send(b"hello", b"").unwrap()]);
    sent
}

#[test]
fn the_same_seed_gives_the_same_octets() {
    each(|e| {
        let last = suites(e)[3];
        for (suite, encrypt) in [(1, false), (1, true), (2, true), (last, false)] {
            let first = life(e, suite, encrypt, false);
            for run in 0..2 {
                let again = life(e, suite, encrypt, run == 1);
                let differs = first.iter().zip(&again).position(|(a, b)| a != b);
                assert_eq!(differs, None, "suite {suite}, encrypted {encrypt}, run {run}");
                assert_eq!(first.len(), again.len());
            }
        }
    });
}

#[test]
fn another_seed_gives_other_octets() {
    each(|e| {
        let client = |seed: &str| {
            let settings = Settings {
                identity: b"alice".to_vec(),
                suite: CipherSuite(1),
                seed: seed.into(),
                encrypt_handshake: false,
                application: None,
            };
            e.client(&settings).unwrap()
        };
        let mut one = client("one");
        let package = one.key_package().unwrap();
        assert_ne!(package, one.key_package().unwrap(), "each call has its own");
        assert_ne!(package, client("two").key_package().unwrap());
        assert_eq!(package, client("one").key_package().unwrap());
    });
}
