use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::mls;
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("commit-by-reference", reference),
    ("proposal-missing", missing),
    ("proposal-outlives-no-epoch", outlived),
    ("update-by-reference", update),
];

fn reference(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "Bob proposes to remove carol, alice commits it by reference and adds somebody by value.",
        flags: &["proposal-by-reference"],
        requirements: &["rfc9420:12.4.2:proposal-known", "rfc9420:12.1.3:remove"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob, carol) = (world.leaf("alice")?, world.leaf("bob")?, world.leaf("carol")?);
    let message = world.propose("bob", &Proposal::Remove(carol))?;
    script = script.note("The proposal.", Some(bob), &message);
    world.forget("carol");
    let out = world.add("alice", &["erin"], &[])?;
    Ok(script
        .follow("The commit.", &Commit { out: &out, sender: Some(alice), added: &["erin"], removed: &[carol] })
        .done())
}

fn missing(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "A commit refers to a proposal that has not come. Once it has come, the same commit is followed.",
        flags: &["proposal-by-reference", "state-after-refusal"],
        requirements: &["rfc9420:12.4.2:proposal-known"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob, carol) = (world.leaf("alice")?, world.leaf("bob")?, world.leaf("carol")?);
    let message = world.propose("bob", &Proposal::Remove(carol))?;
    world.forget("carol");
    let out = world.commit("alice", &Plan::default())?;
    script = script.refuse("The commit.", &out.commit, &[mls::UNKNOWN_PROPOSAL, mls::MLS_OTHER]).stays();
    script = script.note("The proposal.", Some(bob), &message);
    Ok(script
        .follow("The commit again.", &Commit { out: &out, sender: Some(alice), added: &[], removed: &[carol] })
        .done())
}

fn outlived(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "A proposal is not committed in its epoch; it is gone in the next one, and comes too late there.",
        flags: &["proposal-by-reference", "epoch", "state-after-refusal"],
        requirements: &["rfc9420:12.1:proposals-of-the-epoch", "rfc9420:6.1:epoch"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (bob, carol) = (world.leaf("bob")?, world.leaf("carol")?);
    let mut proposer = world.copy();
    let message = proposer.propose("bob", &Proposal::Remove(carol))?;
    script = script.note("The proposal.", Some(bob), &message);
    let out = world.update("carol")?;
    script = script.follow(
        "Carol commits without knowing of it.",
        &Commit { out: &out, sender: Some(carol), added: &[], removed: &[] },
    );
    let late = &[mls::WRONG_EPOCH, mls::UNDECRYPTABLE, mls::MLS_OTHER];
    script = script.refuse("The proposal comes again.", &message, late).stays();
    let out = world.update("bob")?;
    Ok(script.follow("Nobody is removed.", &Commit { out: &out, sender: Some(bob), added: &[], removed: &[] }).done())
}

fn update(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "Bob proposes to refresh his leaf and alice commits it; he then commits with the new leaf.",
        flags: &["proposal-by-reference", "tree-shape"],
        requirements: &["rfc9420:12.1.2:update", "rfc9420:12.4.2:proposal-known"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob) = (world.leaf("alice")?, world.leaf("bob")?);
    let message = world.propose("bob", &Proposal::Update)?;
    script = script.note("The proposal.", Some(bob), &message);
    let out = world.commit("alice", &Plan::default())?;
    script = script.follow("The commit.", &Commit { out: &out, sender: Some(alice), added: &[], removed: &[] });
    let out = world.update("bob")?;
    script = script.follow("Bob's own.", &Commit { out: &out, sender: Some(bob), added: &[], removed: &[] });
    let said = world.send("bob", b"new leaf")?;
    Ok(script.read("", bob, &said, b"new leaf").done())
}
