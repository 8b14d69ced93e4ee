use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::mls;
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] =
    &[("client-is-removed", removed), ("somebody-is-removed", somebody), ("somebody-leaves", leaves)];

fn removed(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "The client is removed. It learns so from the commit, and takes nothing of the group after it.",
        flags: &["removal"],
        requirements: &["rfc9420:12.4.2:removed-member", "rfc9420:12.1.3:remove"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, leaf) = (Some(world.leaf("alice")?), world.leaf_of("alice", "dora")?);
    let out = world.commit("alice", &Plan { remove: vec![leaf], ..Plan::default() })?;
    script = script.leave("The client is removed.", &Commit { out: &out, sender: alice, added: &[], removed: &[leaf] });
    let reasons = &[mls::NOT_A_MEMBER, mls::WRONG_EPOCH, mls::UNDECRYPTABLE, mls::MLS_OTHER];
    let next = world.update("bob")?;
    let said = world.send("bob", b"among ourselves")?;
    script = script.refuse("A commit of the next epoch.", &next.commit, reasons);
    script = script.refuse("A message of the epoch after.", &said, reasons);
    Ok(script.refuse("Its own removal, once more.", &out.commit, reasons).done())
}

fn somebody(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "Bob is removed, has not noticed, and goes on committing and speaking in the epoch that he knows.",
        flags: &["removal", "state-after-refusal"],
        requirements: &["rfc9420:12.1.3:remove", "rfc9420:6.1:epoch"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let mut unaware = world.copy();
    let (alice, bob) = (Some(world.leaf("alice")?), world.leaf("bob")?);
    let out = world.remove("alice", &["bob"])?;
    script = script.follow("Bob is removed.", &Commit { out: &out, sender: alice, added: &[], removed: &[bob] });
    let his = unaware.update("bob")?;
    let reasons = &[mls::WRONG_EPOCH, mls::UNDECRYPTABLE, mls::MLS_OTHER];
    script = script.refuse("Bob commits in the old epoch.", &his.commit, reasons);
    let said = unaware.send("bob", b"still here")?;
    let foreign = &[mls::UNDECRYPTABLE, mls::UNKNOWN_SENDER, mls::BAD_SIGNATURE, mls::WRONG_EPOCH, mls::MLS_OTHER];
    script = script.refuse("And speaks in the epoch that he made.", &said, foreign).stays();
    let (carol, out) = (Some(world.leaf("carol")?), world.update("carol")?);
    Ok(script.follow("The others go on.", &Commit { out: &out, sender: carol, added: &[], removed: &[] }).done())
}

fn leaves(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "Bob proposes his own removal; a commit passes it by, he proposes it again, and it is committed.",
        flags: &["removal", "proposal-by-reference"],
        requirements: &["ds-00:7.3:self-remove", "ds-00:7.3:resend"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob, carol) = (world.leaf("alice")?, world.leaf("bob")?, world.leaf("carol")?);
    let mut early = world.copy();
    let message = early.propose("bob", &Proposal::Remove(bob))?;
    script = script.note("Bob wants to go.", Some(bob), &message);
    let out = world.update("carol")?;
    script = script.follow(
        "Carol's commit was sequenced before she saw that.",
        &Commit { out: &out, sender: Some(carol), added: &[], removed: &[] },
    );
    let message = world.propose("bob", &Proposal::Remove(bob))?;
    script = script.note("Bob says it again.", Some(bob), &message);
    world.forget("bob");
    let out = world.commit("alice", &Plan::default())?;
    Ok(script.follow("He is gone.", &Commit { out: &out, sender: Some(alice), added: &[], removed: &[bob] }).done())
}
