//! What holds of every engine.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{open, second};
use crate::mls::member::{Client, Engine, Listed, Member, Plan, Proposal, Received, Refusal, Settings, Staged};
use crate::protocol::CipherSuite;
use crate::reason::{Reason, mls as reason, wire};

mod hostile;
mod life;
mod pending;
mod stable;

/// Every engine.
fn each(test: impl Fn(&dyn Engine)) {
    test(&open::engine());
    test(&second::engine());
}

/// What an engine supports.
fn suites(engine: &dyn Engine) -> [u16; 4] {
    if engine.name().starts_with("openmls") { [1, 2, 3, 0x004f] } else { [1, 2, 3, 7] }
}

pub(super) fn device(engine: &dyn Engine, name: &str, suite: u16, encrypt_handshake: bool) -> Box<dyn Client> {
    let settings = Settings {
        identity: name.into(),
        suite: CipherSuite(suite),
        seed: format!("seed of {name}"),
        encrypt_handshake,
        application: None,
    };
    engine.client(&settings).unwrap()
}

/// Somebody else's commit, taken.
pub(super) fn take(member: &mut dyn Member, commit: &[u8]) -> Staged {
    let Received::Commit(staged) = member.process(commit).unwrap() else { panic!("no commit") };
    member.merge().unwrap();
    staged
}

pub(super) fn same_place(members: &[&dyn Member]) {
    let first = members[0].position().unwrap();
    for member in members {
        assert_eq!(member.position().unwrap(), first);
        assert_eq!(member.members(), members[0].members());
    }
}

pub(super) fn names(member: &dyn Member) -> Vec<(u32, String)> {
    let named = |l: Listed| (l.leaf, String::from_utf8(l.identity).unwrap());
    member.members().into_iter().map(named).collect()
}

pub(super) fn why<T>(result: Result<T, Refusal>) -> Reason {
    result.err().unwrap().reason
}

pub(super) fn remove(leaf: u32) -> Plan {
    Plan { remove: vec![leaf], ..Plan::default() }
}

pub(super) fn update() -> Plan {
    Plan { update: true, ..Plan::default() }
}

pub(super) fn add(key_package: Vec<u8>) -> Plan {
    Plan { add: vec![key_package], ..Plan::default() }
}

/// Alice's group of Alice (leaf 0), Bob (1) and Carol (2), all in epoch 2.
pub(super) struct Three {
    pub(super) alice: Box<dyn Member>,
    pub(super) bob: Box<dyn Member>,
    pub(super) carol: Box<dyn Member>,
}

pub(super) fn three(engine: &dyn Engine, suite: u16, encrypt: bool) -> Three {
    let mut alice = device(engine, "alice", suite, encrypt).create(b"group").unwrap();
    let mut log = vec![];
    let mut join = |alice: &mut Box<dyn Member>, name: &str| {
        let mut client = device(engine, name, suite, encrypt);
        let out = alice.commit(&add(client.key_package().unwrap())).unwrap();
        alice.merge_own().unwrap();
        let member = client.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap();
        log.push(out);
        member
    };
    let mut bob = join(&mut alice, "bob");
    let carol = join(&mut alice, "carol");
    take(bob.as_mut(), &log[1].commit);
    Three { alice, bob, carol }
}
