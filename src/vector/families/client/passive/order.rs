use super::super::damage;
use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use super::super::world::World;
use crate::mls::member::{Plan, Result};
use crate::reason::{Reason, mls};
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("wrong-epoch", epoch),
    ("wrong-group", group),
    ("commits-swapped", swapped),
    ("commits-repeated", repeated),
    ("two-commits-in-one-epoch", fork),
    ("commit-of-the-other-branch", branch),
];

const EPOCH: &[Reason] = &[mls::WRONG_EPOCH, mls::UNDECRYPTABLE, mls::MLS_OTHER];

fn epoch(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "A commit claims the next epoch, then comes as it was sent; one of an epoch that is over comes after it.",
        flags: &["epoch", "state-after-refusal"],
        requirements: &["rfc9420:6.1:epoch"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let mut late = world.copy();
    let (alice, bob) = (Some(world.leaf("alice")?), world.leaf("bob")?);
    let out = world.update("alice")?;
    script = script.refuse("The epoch is one higher.", &damage::next_epoch(&out.commit), EPOCH).stays();
    script = script.follow("As it was sent.", &Commit { out: &out, sender: alice, added: &[], removed: &[] });
    let stale = late.prepare("bob", &Plan { update: true, ..Plan::default() })?;
    script = script.refuse("A commit of the epoch that is over.", &stale.commit, EPOCH).stays();
    let out = world.update("bob")?;
    Ok(script.follow("One of this epoch.", &Commit { out: &out, sender: Some(bob), added: &[], removed: &[] }).done())
}

fn group(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "Messages name another group: one by a changed octet, others because they come from it.",
        flags: &["other-group", "state-after-refusal"],
        requirements: &["rfc9420:6.1:group-id", "rfc9750:8.4.2:nothing-injected"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let reasons = &[mls::WRONG_GROUP, mls::WRONG_EPOCH, mls::UNDECRYPTABLE, mls::MLS_OTHER];
    let mut other = World::new(world.libraries(), world.setting().clone(), "mallory")?;
    other.add("mallory", &["bob"], &[])?;
    let foreign = other.update("bob")?;
    let said = other.send("bob", b"from elsewhere")?;
    let (alice, out) = (Some(world.leaf("alice")?), world.update("alice")?);
    script = script.refuse("One octet of the group id.", &damage::group_id(&out.commit), reasons);
    script = script.refuse("A commit of another group.", &foreign.commit, reasons);
    script = script.refuse("An application message of another group.", &said, reasons).stays();
    Ok(script.follow("The group's own.", &Commit { out: &out, sender: alice, added: &[], removed: &[] }).done())
}

fn swapped(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "The second of two commits comes first: it is refused, and accepted once the first has come.",
        flags: &["epoch", "state-after-refusal"],
        requirements: &["rfc9420:6.1:epoch", "rfc9420:14:commit-order", "rfc9750:5.2.2:clients-reconcile"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob) = (Some(world.leaf("alice")?), Some(world.leaf("bob")?));
    let (first, second) = (world.update("alice")?, world.update("bob")?);
    let said = world.send("bob", b"in the second epoch")?;
    script = script.refuse("The second commit.", &second.commit, EPOCH);
    script = script.refuse("A message of the epoch after it.", &said, EPOCH).stays();
    script = script.follow("The first.", &Commit { out: &first, sender: alice, added: &[], removed: &[] });
    script = script.follow("The second, once more.", &Commit { out: &second, sender: bob, added: &[], removed: &[] });
    Ok(script.read("The message, once more.", bob.unwrap_or_default(), &said, b"in the second epoch").done())
}

fn repeated(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "A commit that was followed comes again, at once and an epoch later; it moves nobody twice.",
        flags: &["replay", "state-after-refusal"],
        requirements: &["rfc9420:6.1:epoch"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob) = (Some(world.leaf("alice")?), Some(world.leaf("bob")?));
    let first = world.update("alice")?;
    script = script.follow("", &Commit { out: &first, sender: alice, added: &[], removed: &[] });
    script = script.refuse("At once.", &first.commit, EPOCH).stays();
    let second = world.update("bob")?;
    script = script.follow("", &Commit { out: &second, sender: bob, added: &[], removed: &[] });
    script = script.refuse("An epoch later.", &first.commit, EPOCH);
    script = script.refuse("The commit that added the client.", &joined.commit, EPOCH).stays();
    let third = world.update("alice")?;
    Ok(script.follow("", &Commit { out: &third, sender: alice, added: &[], removed: &[] }).done())
}

fn fork(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "Two members commit in one epoch. The client follows the one that comes first, and stays with it.",
        flags: &["fork", "state-after-refusal"],
        requirements: &[
            "rfc9420:14:one-commit-an-epoch",
            "rfc9750:5.2.1:first-valid-commit",
            "rfc9750:5.2:one-commit-an-epoch",
            "rfc9750:5.2:partition-detected",
        ],
    };
    let mut script = Script::join(&about, dora, &joined);
    let mut other = world.copy();
    let (alice, bob) = (Some(world.leaf("alice")?), world.leaf("bob")?);
    let first = world.update("alice")?;
    let second = other.update("bob")?;
    script = script.follow("The first.", &Commit { out: &first, sender: alice, added: &[], removed: &[] });
    script = script.refuse("The second.", &second.commit, EPOCH).stays();
    let said = world.send("bob", b"with alice")?;
    script = script.read("Bob has followed alice as well.", bob, &said, b"with alice");
    let third = world.update("bob")?;
    Ok(script.follow("And commits again.", &Commit { out: &third, sender: Some(bob), added: &[], removed: &[] }).done())
}

fn branch(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "The group has forked; messages of the other branch carry the client's epoch number, and nothing else fits.",
        flags: &["fork", "authentication", "state-after-refusal"],
        requirements: &["rfc9420:6.2:membership-tag", "rfc9420:6.3:decrypt"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let mut other = world.copy();
    let alice = Some(world.leaf("alice")?);
    let first = world.update("alice")?;
    other.update("carol")?;
    script = script.follow("This branch.", &Commit { out: &first, sender: alice, added: &[], removed: &[] });
    let reasons = &[mls::BAD_MEMBERSHIP_TAG, mls::BAD_SIGNATURE, mls::UNDECRYPTABLE, mls::MLS_OTHER];
    let theirs = other.update("bob")?;
    let said = {
        let mut before = other.copy();
        before.send("carol", b"from the other branch")?
    };
    script = script.refuse("A commit of the other branch, of the same epoch number.", &theirs.commit, reasons);
    script = script.refuse("A message of the other branch, two epochs on.", &said, EPOCH).stays();
    let (bob, ours) = (Some(world.leaf("bob")?), world.update("bob")?);
    Ok(script.follow("A commit of this branch.", &Commit { out: &ours, sender: bob, added: &[], removed: &[] }).done())
}
