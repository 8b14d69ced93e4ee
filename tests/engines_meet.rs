//! Every MLS library with every other, in one group: what one writes the others read, and all of them come to the
//! same place.

#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use mimicheck::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Received, Settings, Staged};
use mimicheck::mls::{open, second};
use mimicheck::protocol::CipherSuite;

fn engines() -> Vec<Box<dyn Engine>> {
    vec![Box::new(open::engine()), Box::new(second::engine())]
}

/// What all of them support.
const SUITES: [CipherSuite; 2] = [CipherSuite::X25519, CipherSuite::P256];

/// Runs `meet` for each engine in each role, each suite and both framings of handshakes.
fn everybody(meet: impl Fn(&dyn Fn(usize, &str) -> Box<dyn Client>, &str)) {
    let engines = engines();
    for suite in SUITES {
        for encrypt_handshake in [false, true] {
            for (first, second) in pairs(engines.len()) {
                let device = |role: usize, name: &str| {
                    let identity = name.as_bytes().to_vec();
                    let seed = format!("device {name}");
                    let engine = &engines[if role == 0 { first } else { second }];
                    engine.client(&Settings { identity, suite, seed, encrypt_handshake, application: None }).unwrap()
                };
                let [a, b] = [first, second].map(|e| engines[e].name());
                meet(&device, &format!("{a} with {b}, suite {}, encrypted {encrypt_handshake}", suite.0));
            }
        }
    }
}

fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |a| (0..n).map(move |b| (a, b)))
}

fn take(member: &mut dyn Member, commit: &[u8], context: &str) -> Staged {
    match member.process(commit) {
        Ok(Received::Commit(staged)) => {
            member.merge().unwrap();
            staged
        }
        other => panic!("{context}: {other:?}"),
    }
}

/// One commits, the others take it; what each was told, which must be the same.
fn commit(members: &mut [&mut Box<dyn Member>], who: usize, plan: &Plan, context: &str) -> (CommitOut, Staged) {
    let out = members[who].commit(plan).unwrap_or_else(|e| panic!("{context}: {e}"));
    members[who].merge_own().unwrap();
    let mut told = vec![];
    for (i, member) in members.iter_mut().enumerate() {
        if i != who {
            told.push(take(member.as_mut(), &out.commit, context));
        }
    }
    assert!(told.iter().all(|t| *t == told[0]), "{context}: {told:?}");
    (out, told[0].clone())
}

fn same_place(members: &mut [&mut Box<dyn Member>], context: &str) {
    let place = members[0].position().unwrap();
    let (list, secret) = (members[0].members(), members[0].export("a label", b"a context", 33).unwrap());
    let tree = members[0].group_info().unwrap().1;
    for member in members {
        assert_eq!(member.position().unwrap(), place, "{context}");
        assert_eq!(member.members(), list, "{context}");
        assert_eq!(member.export("a label", b"a context", 33).unwrap(), secret, "{context}");
        assert_eq!(member.group_info().unwrap().1, tree, "{context}");
    }
}

fn talk(members: &mut [&mut Box<dyn Member>], context: &str) {
    for who in 0..members.len() {
        let data = format!("from {who}").into_bytes();
        let sent = members[who].send(&data, b"aad").unwrap_or_else(|e| panic!("{context}: {e}"));
        let expected = Received::Application { sender: members[who].leaf(), data, aad: b"aad".to_vec() };
        for (i, member) in members.iter_mut().enumerate() {
            if i != who {
                let received = member.process(&sent).unwrap_or_else(|e| panic!("{context}: {e}"));
                assert_eq!(received, expected, "{context}");
            }
        }
    }
}

fn added(key_package: Vec<u8>) -> Plan {
    Plan { add: vec![key_package], ..Plan::default() }
}

/// Alice of the first engine makes a group and adds Bob of the second.
fn two(device: &dyn Fn(usize, &str) -> Box<dyn Client>, context: &str) -> (Box<dyn Member>, Box<dyn Member>) {
    let mut alice = device(0, "alice").create(b"group").unwrap();
    let mut bob = device(1, "bob");
    let out = alice.commit(&added(bob.key_package().unwrap())).unwrap_or_else(|e| panic!("{context}: {e}"));
    alice.merge_own().unwrap();
    let welcome = out.welcome.as_ref().unwrap();
    let bob = bob.join(welcome, Some(&out.ratchet_tree)).unwrap_or_else(|e| panic!("{context}: {e}"));
    assert_eq!(bob.position().unwrap(), out.next, "{context}");
    (alice, bob)
}

#[test]
fn they_create_join_commit_and_talk() {
    everybody(|device, context| {
        let (mut alice, mut bob) = two(device, context);
        same_place(&mut [&mut alice, &mut bob], context);
        talk(&mut [&mut alice, &mut bob], context);
        for who in [1, 0, 1] {
            let plan = Plan { update: true, aad: b"aad".to_vec(), ..Plan::default() };
            let (out, told) = commit(&mut [&mut alice, &mut bob], who, &plan, context);
            let committer = u32::try_from(who).unwrap();
            assert_eq!((told.committer, told.added, told.removed), (Some(committer), vec![], vec![]), "{context}");
            assert_eq!((told.next, told.aad), (Some(out.next), b"aad".to_vec()), "{context}");
            same_place(&mut [&mut alice, &mut bob], context);
        }
        talk(&mut [&mut alice, &mut bob], context);
    });
}

#[test]
fn they_join_from_outside_and_come_back() {
    everybody(|device, context| {
        let (mut alice, mut bob) = two(device, context);
        // The GroupInfo of each, to a newcomer of the other.
        for (role, name, host) in [(0, "carol", 1), (1, "dave", 0)] {
            let (info, tree) = [&mut alice, &mut bob][host].group_info().unwrap();
            let mut client = device(role, name);
            let joined = client.external_join(&info, Some(&tree));
            let (mut newcomer, out) = joined.unwrap_or_else(|e| panic!("{context}: {e}"));
            for member in [&mut alice, &mut bob] {
                let told = take(member.as_mut(), &out.commit, context);
                assert_eq!((told.committer, told.added), (None, vec![name.as_bytes().to_vec()]), "{context}");
                assert_eq!((told.removed, told.next), (vec![], Some(out.next.clone())), "{context}");
            }
            same_place(&mut [&mut alice, &mut bob, &mut newcomer], context);
            talk(&mut [&mut alice, &mut bob, &mut newcomer], context);

            let leaf = newcomer.leaf();
            let (info, tree) = [&mut alice, &mut bob][host].group_info().unwrap();
            let joined = client.external_join(&info, Some(&tree));
            let (mut again, out) = joined.unwrap_or_else(|e| panic!("{context}: {e}"));
            for member in [&mut alice, &mut bob] {
                let told = take(member.as_mut(), &out.commit, context);
                let name = name.as_bytes().to_vec();
                assert_eq!((told.committer, told.added, told.removed), (None, vec![name], vec![leaf]), "{context}");
            }
            let Received::Commit(told) = newcomer.process(&out.commit).unwrap() else { panic!("{context}") };
            assert!(told.removes_me && told.next.is_none(), "{context}");
            same_place(&mut [&mut alice, &mut bob, &mut again], context);

            let plan = Plan { remove: vec![again.leaf()], ..Plan::default() };
            let leaf = again.leaf();
            let (_, told) = commit(&mut [&mut alice, &mut bob], host, &plan, context);
            assert_eq!(told.removed, [leaf], "{context}");
            same_place(&mut [&mut alice, &mut bob], context);
        }
    });
}

#[test]
fn they_commit_what_others_proposed() {
    everybody(|device, context| {
        let (mut alice, mut bob) = two(device, context);
        for (proposer, role, name) in [(0, 0, "carol"), (1, 1, "dave")] {
            let mut client = device(role, name);
            let package = client.key_package().unwrap();
            let committer = 1 - proposer;
            for proposal in [Proposal::Update, Proposal::Add(package)] {
                let [a, b] = [&mut alice, &mut bob];
                let (from, to) = if proposer == 0 { (a, b) } else { (b, a) };
                let octets = from.propose(&proposal).unwrap_or_else(|e| panic!("{context}: {e}"));
                let received = to.process(&octets).unwrap_or_else(|e| panic!("{context}: {e}"));
                assert_eq!(received, Received::Proposal { sender: Some(from.leaf()) }, "{context}");
            }
            let (out, told) = commit(&mut [&mut alice, &mut bob], committer, &Plan::default(), context);
            assert_eq!(told.added, [name.as_bytes().to_vec()], "{context}");
            let joined = client.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree));
            let mut newcomer = joined.unwrap_or_else(|e| panic!("{context}: {e}"));
            same_place(&mut [&mut alice, &mut bob, &mut newcomer], context);
            talk(&mut [&mut alice, &mut bob, &mut newcomer], context);
            let plan = Plan { remove: vec![newcomer.leaf()], ..Plan::default() };
            commit(&mut [&mut alice, &mut bob], proposer, &plan, context);
        }
    });
}

#[test]
fn each_takes_the_private_keys_of_the_others() {
    let engines = engines();
    for suite in SUITES {
        for (maker, taker) in pairs(engines.len()) {
            let context = format!("{} to {}, suite {}", engines[maker].name(), engines[taker].name(), suite.0);
            let settings = |name: &str| Settings {
                identity: name.into(),
                suite,
                seed: format!("device {name}"),
                encrypt_handshake: false,
                application: None,
            };
            let mut alice = engines[maker].client(&settings("alice")).unwrap().create(b"group").unwrap();
            let mut bob = engines[maker].client(&settings("bob")).unwrap();
            let package = bob.key_package().unwrap();
            let keys = bob.private_keys(&package).unwrap();
            let out = alice.commit(&added(package)).unwrap();
            alice.merge_own().unwrap();
            let mut restored = engines[taker].restore(&keys).unwrap_or_else(|e| panic!("{context}: {e}"));
            let joined = restored.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree));
            let mut bob = joined.unwrap_or_else(|e| panic!("{context}: {e}"));
            same_place(&mut [&mut alice, &mut bob], &context);
            talk(&mut [&mut alice, &mut bob], &context);
        }
    }
}
