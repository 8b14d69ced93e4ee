use crate::mls::hostile::{Fault, Technique};
use crate::mls::member::{Plan, Proposal, Result};
use crate::vector::Case;
use crate::vector::families::client::script::{About, Commit, Script};
use crate::vector::families::client::variants::Stage;
use crate::vector::families::client::world::LIAR;
use crate::vector::families::fork::commit::notes::{OLD_BRANCH, flag};

/// Rules that every session shows beside its own.
pub(super) const ALWAYS: &[&str] = &["rfc9420:12.4.2:apply-commit", "rfc9750:5.3:invalid-rejected"];

/// alice, the liar, bob and erin are there; dora, the client, joins with them.
pub(super) fn joined(stage: &mut Stage, comment: &str, fault: Fault) -> Result<Script> {
    let out = stage.world.add("alice", &[LIAR, "bob", "erin"], &[&stage.dora])?;
    let requirements = [&[fault.requirement()][..], ALWAYS].concat();
    let flags = &[flag(fault.technique()), "state-after-refusal"];
    Ok(Script::join(&About { name: "", comment, flags, requirements: &requirements }, &stage.dora, &out))
}

/// What the liar commits; where nothing else is needed, a new path.
pub(super) fn plan(stage: &mut Stage, script: Script, fault: Fault) -> Result<(Plan, Script)> {
    let update = Plan { update: true, ..Plan::default() };
    Ok(match fault {
        Fault::RemoveTwice | Fault::PathMissing => {
            (Plan { remove: vec![stage.world.leaf("erin")?], ..Plan::default() }, script)
        }
        Fault::AddTwice => {
            let frank = stage.world.keys("frank")?;
            (Plan { add: vec![frank.key_package], ..update }, script)
        }
        Fault::ProposalReferenceTwice => {
            let frank = stage.world.keys("frank")?;
            let proposed = stage.world.propose("bob", &Proposal::Add(frank.key_package))?;
            let sender = Some(stage.world.leaf("bob")?);
            (update, script.note("Somebody shall be added.", sender, &proposed))
        }
        _ => (update, script),
    })
}

/// The client, and what everybody does about the commit: a message of the old epoch is not lost, another member's commit
/// takes the place, and what the liar says on its own branch reaches nobody.
pub(super) fn session(stage: &mut Stage, fault: Fault) -> Result<Case> {
    let script = joined(stage, fault.says(), fault)?;
    let (plan, script) = plan(stage, script, fault)?;
    let (spoiled, mut branch) = stage.world.spoiled(fault, &plan)?;
    let script = script.refuse("The commit with the fault.", &spoiled.commit, fault.reasons()).stays();
    let lost = branch.send(LIAR, b"follow me")?;
    let script = script.refuse("Said on the branch that only the committer follows.", &lost, OLD_BRANCH);
    // Who has seen a proposal commits before it says anything (section 12.4).
    let by_reference = fault == Fault::ProposalReferenceTwice;
    let script = if by_reference {
        script
    } else {
        let (bob, said) = (stage.world.leaf("bob")?, stage.world.send("bob", b"not lost")?);
        script.read("Said in the epoch in which everybody stayed.", bob, &said, b"not lost")
    };
    let (alice, out) = (Some(stage.world.leaf("alice")?), stage.world.update("alice")?);
    let added: &[&str] = if by_reference { &["frank"] } else { &[] };
    let comment = "The commit of another member, next in the partition.";
    let script = script.follow(comment, &Commit { out: &out, sender: alice, added, removed: &[] });
    let late = "The commit with the fault, once more: it comes from an epoch that is over.";
    let further = fault.reasons().iter().filter(|reason| !OLD_BRANCH.contains(reason));
    let reasons: Vec<_> = OLD_BRANCH.iter().chain(further).copied().collect();
    let script =
        if fault.technique() == Technique::Octets { script } else { script.refuse(late, &spoiled.commit, &reasons) };
    let (erin, said) = (stage.world.leaf("erin")?, stage.world.send("erin", b"we go on")?);
    Ok(script.read("", erin, &said, b"we go on").stays().done())
}
