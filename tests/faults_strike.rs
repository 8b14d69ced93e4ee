//! What one wrong call of a committer's cryptography does to a group: who refuses, why, and that nobody else does.

#![cfg(feature = "mls")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use mimicheck::crypto::faults::{Call, Does, Edit, Fault, Faults, Kind, Select};
use mimicheck::mls::member::{Client, CommitOut, Engine, Member, Plan, Position, Received, Settings};
use mimicheck::mls::open;
use mimicheck::mls::public::{PublicView, Seen};
use mimicheck::protocol::{CipherSuite, MlsMessage};
use mimicheck::reason::{Reason, mls as reason};
use std::collections::BTreeSet;

const NAMES: [&str; 4] = ["bob", "carol", "dave", "erin"];

/// Who receives what a faulty OpenMLS sends.
fn receivers() -> Vec<Box<dyn Engine>> {
    vec![
        Box::new(open::engine()),
        #[cfg(feature = "fuzzing")]
        Box::new(mimicheck::mls::second::engine()),
    ]
}

fn supported(engine: &dyn Engine, suite: CipherSuite) -> bool {
    engine.client(&settings("anybody", suite, false)).is_ok()
}

fn settings(name: &str, suite: CipherSuite, encrypt_handshake: bool) -> Settings {
    Settings { identity: name.into(), suite, seed: format!("device {name}"), encrypt_handshake, application: None }
}

struct Group {
    alice: Box<dyn Member>,
    others: Vec<Box<dyn Member>>,
    faults: Faults,
    context: String,
}

impl Group {
    fn copy(&self) -> Self {
        Self {
            alice: self.alice.copy(),
            others: self.others.iter().map(|m| m.copy()).collect(),
            faults: self.faults.clone(),
            context: self.context.clone(),
        }
    }

    /// Alice, on OpenMLS and under a plan, and the others. `full`: every one of them has committed, so that no parent
    /// node is blank.
    fn new(engine: &dyn Engine, suite: CipherSuite, encrypt_handshake: bool, full: bool) -> Self {
        let context = format!("{}, suite {}, encrypted {encrypt_handshake}, full {full}", engine.name(), suite.0);
        let faults = Faults::watch();
        let settings = |name| settings(name, suite, encrypt_handshake);
        let mut alice = open::engine().client_under(&settings("alice"), &faults).unwrap().create(b"group").unwrap();
        let mut devices: Vec<Box<dyn Client>> = NAMES.iter().map(|n| engine.client(&settings(n)).unwrap()).collect();
        let add = devices.iter_mut().map(|d| d.key_package().unwrap()).collect();
        let out = alice.commit(&Plan { add, ..Plan::default() }).unwrap();
        alice.merge_own().unwrap();
        let join = |d: &mut Box<dyn Client>| d.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap();
        let others = devices.iter_mut().map(join).collect();
        let mut group = Self { alice, others, faults, context };
        for committer in 0..if full { NAMES.len() } else { 0 } {
            let out = group.others[committer].commit(&update()).unwrap();
            group.others[committer].merge_own().unwrap();
            for (n, member) in group.others.iter_mut().enumerate() {
                if n != committer {
                    take(member.as_mut(), &out.commit).unwrap();
                }
            }
            take(group.alice.as_mut(), &out.commit).unwrap();
        }
        group
    }

    /// Alice's update under this plan.
    fn struck_by(&mut self, faults: Vec<Fault>) -> CommitOut {
        assert!(self.faults.arm(faults));
        let out = self.alice.commit(&update()).unwrap_or_else(|e| panic!("{}: {e}", self.context));
        self.faults.disarm();
        out
    }

    /// Who refuses a commit, and why. Whoever does is where it was, and takes Alice's honest commit afterwards; the
    /// rest is where the commit leads.
    fn refusals(&self, out: &CommitOut, honest: &CommitOut) -> Vec<Option<Reason>> {
        let mut told = vec![];
        for member in &self.others {
            let (before, mut member) = (member.position().unwrap(), member.copy());
            match take(member.as_mut(), &out.commit) {
                Ok(position) => {
                    assert_eq!(position, out.next, "{}", self.context);
                    told.push(None);
                }
                Err(reason) => {
                    assert_eq!(member.position().unwrap(), before, "{}", self.context);
                    assert_eq!(take(member.as_mut(), &honest.commit), Ok(honest.next.clone()), "{}", self.context);
                    told.push(Some(reason));
                }
            }
        }
        told
    }
}

fn update() -> Plan {
    Plan { update: true, ..Plan::default() }
}

fn take(member: &mut dyn Member, commit: &[u8]) -> Result<Position, Reason> {
    match member.process(commit).map_err(|refusal| refusal.reason)? {
        Received::Commit(_) => {
            member.merge().unwrap();
            Ok(member.position().unwrap())
        }
        other => panic!("{other:?}"),
    }
}

/// Every kind of group; the honest commit in it, and the calls that make it.
fn everywhere(act: impl Fn(&Group, &CommitOut, &[Call])) {
    for engine in receivers() {
        for suite in [CipherSuite::X25519, CipherSuite::P256, CipherSuite::X_WING] {
            if !supported(engine.as_ref(), suite) {
                continue;
            }
            for encrypt_handshake in [false, true] {
                for full in [false, true] {
                    let group = Group::new(engine.as_ref(), suite, encrypt_handshake, full);
                    let honest = group.copy().struck_by(vec![]);
                    let calls = group.faults.calls();
                    assert!(group.refusals(&honest, &honest).iter().all(Option::is_none), "{}", group.context);
                    act(&group, &honest, &calls);
                }
            }
        }
    }
}

fn of(calls: &[Call], kind: Kind, label: &str) -> Vec<Call> {
    calls.iter().filter(|c| c.kind == kind && c.label == label).cloned().collect()
}

#[test]
fn a_wrong_path_secret_has_its_victims_and_no_others() {
    everywhere(|group, honest, calls| {
        let context = &group.context;
        let seals = of(calls, Kind::HpkeSeal, "MLS 1.0 UpdatePathNode");
        let mut victims = BTreeSet::new();
        for seal in &seals {
            let wrong = [
                (Does::Input(Edit::Set(vec![7; 32])), reason::BAD_UPDATE_PATH),
                (Does::Output(Edit::FlipBit(13)), reason::UNDECRYPTABLE),
            ];
            let mut who = BTreeSet::new();
            for (does, expected) in wrong {
                let mut copy = group.copy();
                let out = copy.struck_by(vec![Fault::at(seal, does)]);
                assert_eq!(copy.faults.struck(), std::slice::from_ref(seal), "{context}");
                let told = group.refusals(&out, honest);
                for reason in told.iter().flatten() {
                    assert_eq!(*reason, expected, "{context}");
                }
                who.insert(told.iter().map(Option::is_some).collect::<Vec<_>>());
            }
            assert_eq!(who.len(), 1, "{context}: the same victims, however the secret is wrong");
            let who = who.pop_first().unwrap();
            assert!(who.contains(&true) && who.contains(&false), "{context}: {who:?}");
            assert!(victims.insert(who), "{context}: every seal has victims of its own");
        }
        // Whoever is not a victim of one seal is that of another.
        assert!((0..NAMES.len()).all(|n| victims.iter().filter(|who| who[n]).count() == 1), "{context}: {victims:?}");
    });
}

#[test]
fn what_all_check_all_refuse() {
    everywhere(|group, honest, calls| {
        let context = &group.context;
        let flip = || Does::Output(Edit::FlipBit(1));
        let all = |on: Select, expected: &[Reason]| {
            let mut copy = group.copy();
            let out = copy.struck_by(vec![Fault { on, does: flip() }]);
            assert_eq!(copy.faults.struck().len(), 1, "{context}");
            for told in group.refusals(&out, honest) {
                assert!(told.is_some_and(|reason| expected.contains(&reason)), "{context}: {told:?}, not {expected:?}");
            }
        };
        let sign = |label| Select::every(Kind::Sign).labelled(label).nth(0);
        all(sign("MLS 1.0 FramedContentTBS"), &[reason::BAD_SIGNATURE]);
        all(sign("MLS 1.0 LeafNodeTBS"), &[reason::BAD_SIGNATURE, reason::BAD_LEAF]);
        let mac = |label| Select::every(Kind::Hmac).labelled(label).nth(0);
        all(mac("confirmation tag"), &[reason::BAD_CONFIRMATION_TAG]);
        let membership = of(calls, Kind::Hmac, "membership tag");
        let sealed = of(calls, Kind::AeadEncrypt, "message");
        assert_eq!(membership.len() + sealed.len(), 1, "{context}: {calls:?}");
        if sealed.is_empty() {
            all(mac("membership tag"), &[reason::BAD_MEMBERSHIP_TAG]);
        } else {
            for label in ["message", "sender data"] {
                all(Select::every(Kind::AeadEncrypt).labelled(label).nth(0), &[reason::UNDECRYPTABLE]);
            }
        }
    });
}

#[test]
fn a_wrong_parent_hash_is_refused_by_all() {
    everywhere(|group, honest, calls| {
        let context = &group.context;
        // Of the nodes of the path, whose keys are new: what others hashed before must stay as they said.
        let tree = group.copy().alice.group_info().unwrap().1;
        let fresh = |call: &Call| !tree.windows(30).any(|octets| octets == &call.about[2..32]);
        let hashes = of(calls, Kind::Hash, "parent hash").into_iter().filter(|c| c.nth == 0 && fresh(c));
        let mut refused = 0;
        for hash in &hashes.collect::<Vec<_>>() {
            let mut copy = group.copy();
            // The committer asks again when it checks itself, and must hear the same.
            let out = copy.struck_by(vec![Fault::always(hash, Does::Output(Edit::FlipBit(1)))]);
            assert!(copy.faults.struck().contains(hash), "{context}");
            // A parent hash is over either child; only that on the path is in the commit.
            let sent = out.commit != honest.commit;
            for told in group.refusals(&out, honest) {
                assert_eq!(told, sent.then_some(reason::BAD_UPDATE_PATH), "{context}");
            }
            refused += usize::from(sent);
        }
        assert!(refused > 0, "{context}");
    });
}

#[test]
fn what_fails_changes_nothing() {
    for suite in [CipherSuite::X25519, CipherSuite::P256, CipherSuite::X_WING] {
        for encrypt_handshake in [false, true] {
            let group = Group::new(&open::engine(), suite, encrypt_handshake, true);
            let honest = group.copy().struck_by(vec![]);
            let calls = group.faults.calls();
            assert!(calls.len() > 20, "{calls:?}");
            // The names of the calls are the same in every run.
            group.copy().struck_by(vec![]);
            assert_eq!(group.faults.calls(), calls);
            let mut failed = 0;
            // What is drawn can not fail. In a build for debugging, OpenMLS asserts that it is right about the tree that
            // it has made: a hash that fails there is a panic of its own.
            let asserted = |call: &Call| cfg!(debug_assertions) && call.label.ends_with(" hash");
            for call in calls.iter().filter(|call| call.kind != Kind::Random && !asserted(call)) {
                let mut copy = group.copy();
                let before = copy.alice.position().unwrap();
                assert!(copy.faults.arm(vec![Fault::at(call, Does::Fail)]));
                let out = copy.alice.commit(&update());
                assert_eq!(copy.faults.struck(), std::slice::from_ref(call));
                failed += usize::from(out.is_err());
                assert_eq!(copy.alice.position().unwrap(), before);
                if out.is_err() {
                    assert_eq!(copy.struck_by(vec![]), honest, "{call:?}");
                }
            }
            assert!(failed > 10, "{failed}");
        }
    }
}

#[test]
fn a_faulty_welcome_and_group_info_are_refused() {
    for suite in [CipherSuite::X25519, CipherSuite::P256, CipherSuite::X_WING] {
        let faults = Faults::watch();
        let settings = |name| settings(name, suite, false);
        let alice = open::engine().client_under(&settings("alice"), &faults).unwrap().create(b"group").unwrap();
        let mut bob = open::engine().client(&settings("bob")).unwrap();
        let plan = Plan { add: vec![bob.key_package().unwrap()], ..Plan::default() };
        let welcomed = |fault: Option<Fault>| {
            let struck = usize::from(fault.is_some());
            assert!(faults.arm(fault.into_iter().collect()));
            let out = alice.copy().commit(&plan).unwrap();
            faults.disarm();
            assert_eq!(faults.struck().len(), struck);
            let joined = bob.copy().join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree));
            joined.map(|member| assert_eq!(member.position().unwrap(), out.next)).map_err(|refusal| refusal.reason)
        };
        welcomed(None).unwrap();
        let flip = |on| Some(Fault { on, does: Does::Output(Edit::FlipBit(1)) });
        let seal = Select::every(Kind::HpkeSeal).labelled("MLS 1.0 Welcome");
        assert_eq!(welcomed(flip(seal)), Err(reason::UNDECRYPTABLE));
        let info = Select::every(Kind::AeadEncrypt).labelled("group info");
        assert_eq!(welcomed(flip(info)), Err(reason::UNDECRYPTABLE));
        let sign = Select::every(Kind::Sign).labelled("MLS 1.0 GroupInfoTBS").nth(0);
        assert_eq!(welcomed(flip(sign)), Err(reason::BAD_SIGNATURE));
        let tag = Select::every(Kind::Hmac).labelled("confirmation tag").nth(0);
        assert_eq!(welcomed(flip(tag)), Err(reason::BAD_CONFIRMATION_TAG));
        // The KeyPackage is there still.
        welcomed(None).unwrap();
    }
}

/// Whoever has no secrets sees a bad signature and a bad path, and nothing of what only members can check.
#[test]
fn a_view_refuses_what_it_can_see_and_no_more() {
    everywhere(|group, honest, calls| {
        let (info, tree) = group.copy().alice.group_info().unwrap();
        let decode = |octets: &[u8]| MlsMessage::decode(octets).unwrap();
        let view = PublicView::new(&decode(&info), Some(&tree)).unwrap();
        let look = |commit: &[u8]| view.process(&decode(commit)).map_err(|unseen| unseen.reason);
        let sealed = look(&honest.commit).unwrap() == Seen::Sealed;
        let mut wrong: Vec<(Call, Reason)> = vec![];
        for (kind, label, expected) in [
            (Kind::Sign, "MLS 1.0 FramedContentTBS", Some(reason::BAD_SIGNATURE)),
            (Kind::Sign, "MLS 1.0 LeafNodeTBS", Some(reason::BAD_SIGNATURE)),
            (Kind::HpkeSeal, "MLS 1.0 UpdatePathNode", None),
            (Kind::Hmac, "confirmation tag", None),
            (Kind::Hmac, "membership tag", None),
        ] {
            for call in of(calls, kind, label).iter().filter(|call| call.nth == 0) {
                let mut copy = group.copy();
                let out = copy.struck_by(vec![Fault::at(call, Does::Output(Edit::FlipBit(13)))]);
                assert_ne!(out.commit, honest.commit, "{}: {call:?}", group.context);
                let seen = look(&out.commit);
                match expected {
                    Some(expected) if !sealed => {
                        assert_eq!(seen, Err(expected), "{}", group.context);
                        // What a view refuses no member takes.
                        assert!(group.refusals(&out, honest).iter().all(Option::is_some), "{}", group.context);
                        wrong.push((call.clone(), expected));
                    }
                    _ => assert_eq!(seen.map(|s| s == Seen::Sealed), Ok(sealed), "{}: {call:?}", group.context),
                }
            }
        }
        assert_eq!(wrong.len(), if sealed { 0 } else { 2 }, "{}", group.context);
    });
}
