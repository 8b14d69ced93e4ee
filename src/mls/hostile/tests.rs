#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{Affects, Fault, Saboteur, Technique, engine};
use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, Settings};
use crate::mls::{open, second};
use crate::protocol::CipherSuite;
use std::collections::BTreeSet;

struct Group {
    saboteur: Saboteur,
    liar: Box<dyn Member>,
    honest: Vec<Box<dyn Member>>,
    newcomer: Vec<u8>,
    knocker: Box<dyn Client>,
}

fn settings(name: &str, suite: CipherSuite, encrypt_handshake: bool) -> Settings {
    Settings { identity: name.into(), suite, seed: format!("{name} here"), encrypt_handshake, application: None }
}

/// The liar and four others, of both libraries; one of them has committed.
fn group(suite: CipherSuite, private: bool) -> Group {
    let saboteur = Saboteur::new();
    let settings = |name| settings(name, suite, private);
    let engines: [&dyn Engine; 2] = [&open::engine(), &second::engine()];
    let mut devices: Vec<_> =
        (0..4).map(|n| engines[n % 2].client(&settings(["bob", "carol", "dave", "erin"][n])).unwrap()).collect();
    let mut liar = engine(&saboteur).client(&settings("mallory")).unwrap().create(b"group").unwrap();
    let add = devices.iter_mut().map(|d| d.key_package().unwrap()).collect();
    let out = liar.commit(&Plan { add, ..Plan::default() }).unwrap();
    liar.merge_own().unwrap();
    let join = |d: &mut Box<dyn Client>| d.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap();
    let honest = devices.iter_mut().map(join).collect();
    let newcomer = open::engine().client(&settings("frank")).unwrap().key_package().unwrap();
    let knocker = engine(&saboteur).client(&settings("grace")).unwrap();
    Group { saboteur, liar, honest, newcomer, knocker }
}

impl Group {
    fn copy(&self) -> Self {
        Self {
            saboteur: self.saboteur.clone(),
            liar: self.liar.copy(),
            honest: self.honest.iter().map(|m| m.copy()).collect(),
            newcomer: self.newcomer.clone(),
            knocker: self.knocker.copy(),
        }
    }

    fn plan(&self, fault: Fault) -> Plan {
        match fault {
            Fault::RemoveTwice | Fault::PathMissing => Plan { remove: vec![1], ..Plan::default() },
            Fault::AddTwice => Plan { add: vec![self.newcomer.clone()], update: true, ..Plan::default() },
            _ => Plan { update: true, ..Plan::default() },
        }
    }

    fn spoil(&mut self, fault: Fault) -> CommitOut {
        self.saboteur.next(fault);
        let out = if fault.technique() == Technique::External {
            let (info, tree) = self.liar.group_info().unwrap();
            self.knocker.external_join(&info, Some(&tree)).unwrap().1
        } else {
            self.liar.commit(&self.plan(fault)).unwrap()
        };
        assert!(!self.saboteur.waits(), "{fault} befell nothing");
        out
    }
}

fn worlds() -> Vec<(CipherSuite, bool, Group)> {
    [(CipherSuite::X25519, false), (CipherSuite::X25519, true), (CipherSuite::P256, false), (CipherSuite::P256, true)]
        .into_iter()
        .map(|(suite, private)| (suite, private, group(suite, private)))
        .collect()
}

#[test]
fn every_fault_harms_whom_it_says_and_nobody_loses_anything() {
    let mut wrong = vec![];
    for (suite, private, scene) in worlds() {
        for fault in Fault::all().filter(|fault| !private || !fault.public_only()) {
            let at = format!("{fault}, suite {}, private {private}", suite.0);
            let mut here = scene.copy();
            let honest = here.copy().liar.commit(&here.plan(fault)).unwrap();
            let spoiled = here.spoil(fault);
            let mut refused = 0;
            for (n, member) in here.honest.iter_mut().enumerate() {
                let before = member.position().unwrap();
                match member.copy().process(&spoiled.commit) {
                    Ok(_) => {
                        // mls-rs 0.57 pairs the ciphertexts with the nodes as far as both go.
                        if n % 2 == 1 && matches!(fault, Fault::PathCiphertextMore | Fault::PathCiphertextLess) {
                            refused += 1;
                            continue;
                        }
                        if fault.affects() != Affects::Victims {
                            wrong.push(format!("{at}: taken by {n}"));
                            continue;
                        }
                        member.process(&spoiled.commit).unwrap();
                        member.merge().unwrap();
                        assert_eq!(member.position().unwrap(), spoiled.next, "{at}");
                    }
                    Err(refusal) => {
                        refused += 1;
                        if !fault.reasons().contains(&refusal.reason) {
                            wrong.push(format!("{at}: {n} says {refusal}"));
                        }
                        assert!(member.process(&spoiled.commit).is_err());
                        assert_eq!(member.position().unwrap(), before, "{at}");
                        if fault.technique() != Technique::External
                            && let Err(e) = member.process(&honest.commit)
                        {
                            wrong.push(format!("{at}: then {n} says {e}"));
                        }
                    }
                }
            }
            let expected = match fault {
                Fault::FragmentedPathOne => 1,
                Fault::FragmentedPathHalf => 2,
                Fault::FragmentedPathAllButOne => 3,
                _ => 4,
            };
            if refused != expected {
                wrong.push(format!("{at}: refused by {refused}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A content rewritten into another that is right is followed by everybody: what refuses the others is the fault.
#[test]
fn a_rewritten_commit_that_is_right_is_followed() {
    for (suite, private, scene) in worlds() {
        let mut here = scene.copy();
        let plan = Plan { update: true, aad: b"one".to_vec(), ..Plan::default() };
        let out = super::engine::tests::rewritten(&mut here.liar, &here.saboteur, &plan, b"another");
        for (n, member) in here.honest.iter_mut().enumerate() {
            let at = format!("{n}, suite {}, private {private}", suite.0);
            let took = member.process(&out.commit);
            if private {
                continue; // authenticated_data stands outside of what is encrypted
            }
            took.unwrap_or_else(|e| panic!("{at}: {e}"));
            member.merge().unwrap();
            assert_eq!(member.position().unwrap(), out.next, "{at}");
        }
    }
}

#[test]
fn names_are_slugs_and_found() {
    let names: BTreeSet<_> = Fault::all().map(Fault::name).collect();
    assert_eq!(names.len(), Fault::all().count());
    for fault in Fault::all() {
        assert_eq!(Fault::named(fault.name()), Some(fault));
        assert!(fault.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    }
    assert_eq!(Fault::named("no-such-fault"), None);
}
