//! Lists of proposals and paths that are invalid beyond doubt, and that a library may take all the same (RFC 9420 sections
//! 7.6 and 12.2). A hub that was told to use its right refuses each, whole commits that look like them it does not.
//!
//! Mallory's commits are OpenMLS' with a fault, signed and tagged as if there were none; the others' are those of mls-rs.

use super::scene::{ANN, GROUP, HUB, SUITE, Scene, Sent};
use super::tracking::{committed, none, sent};
use crate::mls::hostile::{self, Fault, Saboteur};
use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Result, Settings};
use crate::mls::second;
use crate::protocol::CipherSuite;
use crate::reason::{Reason, mls};
use crate::vector::Case;
use serde_json::json;

const FAMILY: &str = "delivery/tracking invalid";
const RULE: &str = "6:unambiguously-invalid";

/// Alice founds the group and adds Bob, Mallory and Carol. Dave is not there.
pub(in crate::vector::families) struct Group {
    pub created: (Vec<u8>, Vec<u8>),
    pub adds: CommitOut,
    pub bob: Box<dyn Member>,
    carol: Box<dyn Member>,
    mallory: Box<dyn Member>,
    saboteur: Saboteur,
}

fn settings(name: &str) -> Settings {
    Settings {
        identity: name.into(),
        suite: CipherSuite(SUITE),
        seed: format!("{FAMILY} {name}"),
        encrypt_handshake: false,
        application: None,
    }
}

fn device(name: &str) -> Result<Box<dyn Client>> {
    second::engine().client(&settings(name))
}

impl Group {
    pub fn new() -> Result<Self> {
        let saboteur = Saboteur::new();
        let mut alice = device("alice")?.create(GROUP)?;
        let created = alice.group_info()?;
        let (mut bob, mut carol) = (device("bob")?, device("carol")?);
        let mut mallory = hostile::engine(&saboteur).client(&settings("mallory"))?;
        let add = vec![bob.key_package()?, mallory.key_package()?, carol.key_package()?];
        let adds = alice.commit(&Plan { add, ..Plan::default() })?;
        let (welcome, tree) = (adds.welcome.as_deref().ok_or_else(none)?, Some(adds.ratchet_tree.as_slice()));
        let (bob, carol) = (bob.join(welcome, tree)?, carol.join(welcome, tree)?);
        let mallory = mallory.join(welcome, tree)?;
        Ok(Self { created, adds, bob, carol, mallory, saboteur })
    }

    fn spoils<T>(&self, fault: Fault, make: impl FnOnce() -> Result<T>) -> Result<T> {
        self.saboteur.next(fault);
        let made = make();
        let waits = self.saboteur.waits();
        self.saboteur.relent();
        if waits { Err(none()) } else { made }
    }

    /// A commit of Mallory's with this fault.
    pub fn hostile(&self, fault: Fault, plan: Plans) -> Result<Vec<u8>> {
        let mut mallory = self.mallory.copy();
        let plan = plan(self)?;
        Ok(self.spoils(fault, || mallory.commit(&plan))?.commit)
    }

    /// A commit of Mallory's with this fault, without a GroupInfo: so it is the list, or the path, that is refused.
    fn spoiled(&self, fault: Fault, plan: &Plan) -> Result<Sent> {
        let mut mallory = self.mallory.copy();
        Ok(committed(&self.spoils(fault, || mallory.commit(plan))?, 1, 5).bare())
    }

    /// The same hub for each: in epoch 1, told to refuse what it may.
    fn scene(&self, name: &str, comment: &str, flag: &str, rules: &str) -> Scene {
        let (info, tree) = &self.created;
        Scene::empty(name, comment, flag, rules, json!({"kind": "tracking", "provider": HUB, "refuses_invalid": true}))
            .create_with_tree(info, tree)
            .send(ANN, &committed(&self.adds, 0, 1))
    }

    /// A refused commit leaves nothing behind: Bob's comes in its place, and its tree is told.
    fn goes_on(&self, scene: Scene) -> Result<Case> {
        let out = self.bob.copy().commit(&Plan { update: true, ..Plan::default() })?;
        let good = committed(&out, 1, 2);
        let scene = scene.receive(1, 0, &[]).send(ANN, &good).receive(1, 0, &[&good]);
        Ok(scene.info_with_tree(&out.group_info, &out.ratchet_tree).must())
    }

    fn refused(&self, row: &Row) -> Result<Case> {
        let (name, comment, rule, fault, plan, reasons) = row;
        let sent = self.spoiled(*fault, &plan(self)?)?;
        let scene = self.scene(name, comment, "list", &format!("{RULE} {rule}"));
        self.goes_on(scene.send_refused(ANN, &sent, reasons))
    }

    fn taken(&self, name: &str, comment: &str, before: &[Sent], out: &CommitOut) -> Case {
        let scene = self.scene(name, comment, "list", "6:unambiguous-criteria");
        let scene = before.iter().fold(scene, |scene, sent| scene.send(ANN, sent));
        let sent = committed(out, 1, 2);
        scene.send(ANN, &sent).info_with_tree(&out.group_info, &out.ratchet_tree).must()
    }
}

pub(in crate::vector::families) const LIST: &[Reason] = &[mls::BAD_PROPOSALS, mls::MLS_OTHER];
pub(in crate::vector::families) const PATH: &[Reason] = &[mls::BAD_UPDATE_PATH, mls::MLS_OTHER];

/// What a commit is to do.
pub(in crate::vector::families) type Plans = fn(&Group) -> Result<Plan>;

type Row = (&'static str, &'static str, &'static str, Fault, Plans, &'static [Reason]);

pub(in crate::vector::families) fn update(_: &Group) -> Result<Plan> {
    Ok(Plan { update: true, ..Plan::default() })
}

pub(in crate::vector::families) fn removal(group: &Group) -> Result<Plan> {
    Ok(Plan { remove: vec![group.carol.leaf()], ..Plan::default() })
}

pub(in crate::vector::families) fn addition(_: &Group) -> Result<Plan> {
    Ok(Plan { add: vec![device("dave")?.key_package()?], update: true, ..Plan::default() })
}

const REFUSED: &[Row] = &[
    (
        "removes-of-one-leaf",
        "A commit that removes one member twice.",
        "rfc9420:12.2:one-change-a-leaf",
        Fault::RemoveTwice,
        removal,
        LIST,
    ),
    (
        "adds-of-one-client",
        "A commit that adds one KeyPackage twice.",
        "rfc9420:12.2:one-add-a-client",
        Fault::AddTwice,
        addition,
        LIST,
    ),
    (
        "extensions-twice",
        "A commit with two GroupContextExtensions.",
        "rfc9420:12.2:one-extensions",
        Fault::ContextExtensionsTwice,
        update,
        LIST,
    ),
    (
        "reinit-beside-others",
        "A commit with a ReInit beside another proposal.",
        "rfc9420:12.2:reinit-alone",
        Fault::ReinitBesideOthers,
        addition,
        LIST,
    ),
    (
        "ciphertext-too-many",
        "A node of the path has a ciphertext more than its copath's resolution has nodes.",
        "rfc9420:7.6:ciphertext-count",
        Fault::PathCiphertextMore,
        update,
        PATH,
    ),
    (
        "ciphertext-too-few",
        "A node of the path has a ciphertext less than its copath's resolution has nodes.",
        "rfc9420:7.6:ciphertext-count",
        Fault::PathCiphertextLess,
        update,
        PATH,
    ),
];

/// One proposal, referred to twice.
fn reference_twice(group: &Group) -> Result<Case> {
    let (mut mallory, mut bob) = (group.mallory.copy(), group.bob.copy());
    let proposal = bob.propose(&Proposal::Add(device("dave")?.key_package()?))?;
    mallory.process(&proposal)?;
    let plan = Plan { update: true, ..Plan::default() };
    let spoiled = group.spoils(Fault::ProposalReferenceTwice, || mallory.commit(&plan))?;
    let twice = committed(&spoiled, 1, 5).bare();
    let scene = group.scene(
        "reference-twice",
        "A commit that refers to one proposal twice.",
        "list",
        &format!("{RULE} rfc9420:12.2:proposal-list"),
    );
    let proposed = sent(&proposal, 1);
    let scene = scene.send(ANN, &proposed).send_refused(ANN, &twice, LIST);
    let out = bob.commit(&plan)?;
    let good = committed(&out, 1, 2);
    let scene = scene.send(ANN, &good).receive(1, 0, &[&proposed, &good]);
    Ok(scene.info_with_tree(&out.group_info, &out.ratchet_tree).must())
}

/// An external commit with two ExternalInits.
fn two_inits(group: &Group) -> Result<Case> {
    let saboteur = &group.saboteur;
    let mut eve = hostile::engine(saboteur).client(&settings("eve"))?;
    let (info, tree) = (&group.adds.group_info, &group.adds.ratchet_tree);
    let (_, spoiled) = group.spoils(Fault::ExternalTwoInits, || eve.external_join(info, Some(tree)))?;
    let scene = group.scene(
        "external-inits",
        "An external commit with two ExternalInits.",
        "list",
        &format!("{RULE} rfc9420:12.2:external-list"),
    );
    let reasons = &[mls::BAD_PROPOSALS, mls::BAD_SIGNATURE, mls::MLS_OTHER];
    group.goes_on(scene.join_refused(&committed(&spoiled, 1, 5).bare(), reasons))
}

/// What looks alike, and is in order.
fn in_order(group: &Group) -> Result<Vec<Case>> {
    let two = Plan { remove: vec![group.bob.leaf(), group.carol.leaf()], ..Plan::default() };
    let removes = group.mallory.copy().commit(&two)?;
    let add = vec![device("dave")?.key_package()?, device("erin")?.key_package()?];
    let adds = group.mallory.copy().commit(&Plan { add, ..Plan::default() })?;
    let (mut mallory, mut carol) = (group.mallory.copy(), group.carol.copy());
    let proposal = carol.propose(&Proposal::Add(device("dave")?.key_package()?))?;
    mallory.process(&proposal)?;
    let plan = Plan { add: vec![device("erin")?.key_package()?], remove: vec![group.bob.leaf()], ..Plan::default() };
    let mixed = mallory.commit(&plan)?;
    Ok(vec![
        group.taken("removes-of-two-leaves", "A commit that removes two members.", &[], &removes),
        group.taken("adds-of-two-clients", "A commit that adds two KeyPackages, and so needs no path.", &[], &adds),
        group.taken(
            "reference-and-values",
            "A commit with a proposal by reference and two by value, whose path leaves out those who are new.",
            &[sent(&proposal, 1)],
            &mixed,
        ),
    ])
}

pub(super) fn cases() -> Result<Vec<Case>> {
    let group = Group::new()?;
    let mut cases = vec![];
    for row in REFUSED {
        cases.push(group.refused(row)?);
    }
    cases.extend([reference_twice(&group)?, two_inits(&group)?]);
    cases.extend(in_order(&group)?);
    Ok(cases)
}
