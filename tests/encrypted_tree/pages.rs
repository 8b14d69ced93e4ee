//! Short histories of real groups, each step held against the plainest computation.

use mimicheck::mls::member::{Client, Engine, Member, Plan, Settings};
use mimicheck::mls::open;
use mimicheck::protocol::{CipherSuite, Structure};
use mimicheck::tree::{Bounds, EncryptedTree, EncryptedTreePatch, Help, RATCHET_TREE, Setup, StoredTree, Wrapping};
use mimicheck::vector::forge::tree::Tree;

const GROUP: &[u8] = b"group";

fn device(name: &str, suite: CipherSuite) -> Box<dyn Client> {
    let settings = Settings {
        identity: name.into(),
        suite,
        seed: format!("encrypted tree {name}"),
        encrypt_handshake: false,
        application: None,
    };
    open::engine().client(&settings).unwrap()
}

/// One commit of a group: the plan, by who is added and which leaves are removed.
fn plan(step: usize, suite: CipherSuite) -> Plan {
    let add = |count: usize| (0..count).map(|n| device(&format!("{step}.{n}"), suite).key_package().unwrap()).collect();
    match step {
        0 => Plan { add: add(1), ..Plan::default() },
        1 => Plan { add: add(6), ..Plan::default() },
        2 => Plan { update: true, ..Plan::default() },
        3 => Plan { remove: vec![3], ..Plan::default() },
        4 => Plan { add: add(2), remove: vec![7], ..Plan::default() },
        5 => Plan { remove: vec![7], ..Plan::default() },
        6 => Plan { add: add(3), update: true, ..Plan::default() },
        // From here on the tree shrinks: to eight leaves, and to four.
        7 => Plan { remove: vec![9], ..Plan::default() },
        8 => Plan { remove: vec![8], ..Plan::default() },
        9 => Plan { remove: vec![4, 5, 6, 7], any_order: true, ..Plan::default() },
        _ => Plan { update: true, ..Plan::default() },
    }
}

fn history(suite: CipherSuite) {
    let setup = Setup::new(RATCHET_TREE, suite, GROUP).unwrap();
    let mut member = device("alice", suite).create(GROUP).unwrap();
    let secret = |member: &dyn Member| member.export(RATCHET_TREE.label, GROUP, setup.secret_octets()).unwrap();
    let (mut here, mut hub, mut plain) = (None::<Wrapping>, None::<StoredTree>, Tree::none(RATCHET_TREE.label, GROUP));
    for step in 0..12_usize {
        if step > 0 {
            member.commit(&plan(step - 1, suite)).unwrap();
            member.merge_own().unwrap();
        }
        let (epoch, ert) = (member.position().unwrap().epoch, secret(member.as_ref()));
        let octets = member.group_info().unwrap().1;
        let payloads = RATCHET_TREE.split(&octets).unwrap();
        let (next, patch) = match &here {
            None => Wrapping::first(&setup, epoch, &ert, &payloads).unwrap(),
            Some(here) => here.next(&ert, &payloads).unwrap(),
        };
        let owned: Vec<Vec<u8>> = payloads.iter().map(|payload| payload.to_vec()).collect();
        let (plainly, expected) = plain.next(epoch, &ert, &owned);
        let at = format!("suite {}, step {step}", suite.0);
        assert_eq!(patch.encode().unwrap(), expected.octets(), "{at}");
        assert_eq!(EncryptedTreePatch::decode(&expected.octets()).unwrap(), patch, "{at}");

        let stored = match &hub {
            None => StoredTree::first(&setup, &patch, Bounds::default()).unwrap(),
            Some(hub) => hub.patched(&patch, Bounds::default()).unwrap(),
        };
        assert_eq!(stored.serve().encode().unwrap(), plainly.whole().tree_octets(), "{at}");
        let served = EncryptedTree::decode(&plainly.whole().tree_octets()).unwrap();
        let joiner = mimicheck::tree::open(&setup, epoch, &ert, &served, Bounds::default()).unwrap();
        assert_eq!(joiner.encoded().unwrap(), octets, "{at}");

        let help = next.help([7; 16]);
        assert_eq!(help.encode().unwrap(), plainly.help([7; 16]), "{at}");
        let help = Help::decode(&plainly.help([7; 16])).unwrap();
        let helped = mimicheck::tree::open_with_help(&setup, &help, &served, Bounds::default()).unwrap();
        assert_eq!(helped.encoded().unwrap(), octets, "{at}");
        (here, hub, plain) = (Some(next), Some(stored), plainly);
    }
}

#[test]
fn trees_of_real_groups_are_what_the_page_says() {
    [CipherSuite::X25519, CipherSuite::P256, CipherSuite::X_WING].into_iter().for_each(history);
}

/// A joiner reads the tree that it was served into a group: the MLS library takes it for its own.
#[test]
fn a_welcome_without_a_tree_joins_by_the_encrypted_one() {
    let suite = CipherSuite::X25519;
    let setup = Setup::new(RATCHET_TREE, suite, GROUP).unwrap();
    let mut alice = device("alice", suite).create(GROUP).unwrap();
    let mut bob = device("bob", suite);
    let add = (0..5).map(|n| device(&n.to_string(), suite).key_package().unwrap());
    let add = add.chain([bob.key_package().unwrap()]).collect();
    let out = alice.commit(&Plan { add, ..Plan::default() }).unwrap();
    alice.merge_own().unwrap();
    let (epoch, octets) = (out.next.epoch, alice.group_info().unwrap().1);
    let ert = alice.export(RATCHET_TREE.label, GROUP, 32).unwrap();
    let payloads = RATCHET_TREE.split(&octets).unwrap();
    let (wrapped, _) = Wrapping::first(&setup, epoch, &ert, &payloads).unwrap();
    let served = wrapped.whole().unwrap();
    let tree = mimicheck::tree::open(&setup, epoch, &ert, &served, Bounds::default()).unwrap().encoded().unwrap();
    let joined = bob.join(out.welcome.as_ref().unwrap(), Some(&tree)).unwrap();
    assert_eq!(joined.position().unwrap(), alice.position().unwrap());
    assert!(bob.copy().join(out.welcome.as_ref().unwrap(), None).is_err());
}
