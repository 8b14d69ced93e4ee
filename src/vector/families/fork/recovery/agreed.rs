use super::super::super::client::damage;
use super::super::super::client::script::{About, Script};
use super::super::super::client::variants::{Play, Stage};
use super::fork::{Fork, afterwards, approval, approval_of, back, fork};
use crate::mls::member::{CommitOut, Result};
use crate::reason::{Reason, delivery, mls, recovery, wire};
use crate::vector::Case;
use serde_json::Value;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("nobody-has-agreed", nobody),
    ("agreed-to-another-group", another_group),
    ("agreed-to-a-later-epoch", later),
    ("agreed-to-another-authenticator", another_authenticator),
    ("welcome-of-a-third-branch", third),
    ("welcome-of-its-own-branch", own),
    ("welcome-damaged-though-agreed", damaged),
    ("agreed-but-no-tree", no_tree),
];

/// A fork, and a Welcome by which the client could come back.
fn with_welcome(stage: &mut Stage, comment: &str, requirements: &[&str]) -> Result<(Fork, CommitOut)> {
    let requirements = [&["recovery-1:2:refusal-changes-nothing"], requirements].concat();
    let about = About { name: "", comment, flags: &["approval", "state-after-refusal"], requirements: &requirements };
    let mut fork = fork(stage, &about, 2)?;
    let out = fork.take_in("alice")?;
    Ok((fork, out))
}

/// The client has refused: it is where it was, reads on there, and its KeyPackage still serves.
fn still(mut fork: Fork, script: Script, out: &CommitOut) -> Result<Case> {
    let (sender, said) = (fork.dead.leaf("bob")?, fork.dead.send("bob", b"still here")?);
    let script = script.stays().read("It reads on where it is.", sender, &said, b"still here");
    let right = approval(&out.next.group_id, out.next.epoch.saturating_sub(1));
    let script = script.again("What was agreed to.", back(&fork.fresh[0], out, right), &out.next);
    Ok(afterwards(&mut fork, script)?.done())
}

fn refused(fork: Fork, out: &CommitOut, comment: &str, approval: Value, reason: Reason) -> Result<Case> {
    let input = back(&fork.fresh[0], out, approval);
    let script = fork.script.clone().refuse_again(comment, input, &[reason]);
    still(fork, script, out)
}

fn nobody(stage: &mut Stage) -> Result<Case> {
    let comment = "A Welcome of the surviving branch comes, and nobody has asked the client's user.";
    let (fork, out) =
        with_welcome(stage, comment, &["recovery-1:2:no-approval-no-move", "rfc9420:12.4.3:group-id-unique"])?;
    refused(fork, &out, "", Value::Null, delivery::ALREADY_MEMBER)
}

fn another_group(stage: &mut Stage) -> Result<Case> {
    let comment = "The user has agreed to come to another group.";
    let (fork, out) = with_welcome(stage, comment, &["recovery-1:2:approved-group"])?;
    let other = [out.next.group_id.as_slice(), b"s"].concat();
    refused(fork, &out, "", approval(&other, 0), recovery::NOT_THE_APPROVED_GROUP)
}

fn later(stage: &mut Stage) -> Result<Case> {
    let comment =
        "The Welcome is of the epoch that the surviving branch was in when the user was asked, and no later one.";
    let (fork, out) = with_welcome(stage, comment, &["recovery-1:2:approved-epoch"])?;
    let next = out.next.clone();
    let input = |after| back(&fork.fresh[0], &out, approval(&next.group_id, after));
    let reasons = &[recovery::NOT_AFTER_THE_FORK];
    let script = fork.script.clone().refuse_again("That epoch.", input(next.epoch), reasons).refuse_again(
        "A much later one.",
        input(u64::from(u32::MAX)),
        reasons,
    );
    still(fork, script, &out)
}

fn another_authenticator(stage: &mut Stage) -> Result<Case> {
    let comment =
        "The user was told the epoch authenticator of another place: that of the client's own, or a damaged one.";
    let (mut fork, out) = with_welcome(stage, comment, &["recovery-1:2:approved-authenticator"])?;
    let own = fork.dead.member("bob")?.position()?.epoch_authenticator;
    let damaged = damage::from_end(&out.next.epoch_authenticator, 1);
    let cut = damage::without_last(&out.next.epoch_authenticator, 1);
    let mut script = fork.script.clone();
    for (what, told) in [("Its own.", own), ("One bit of it.", damaged), ("An octet less.", cut)] {
        let input = back(&fork.fresh[0], &out, approval_of(&out.next, &told));
        script = script.refuse_again(what, input, &[recovery::NOT_THE_APPROVED_EPOCH]);
    }
    still(fork, script, &out)
}

fn third(stage: &mut Stage) -> Result<Case> {
    let comment =
        "A member makes a third branch and takes the client in there; what the user was told is the surviving one's.";
    let rules = &["recovery-1:2:approved-authenticator", "minutes-20240605:FORKS:recovery"];
    let (fork, out) = with_welcome(stage, comment, rules)?;
    let mut third = fork.dead.copy();
    third.update("carol")?;
    let leaf = third.leaf_of("bob", "dora")?;
    let lure = third.add_again("bob", &[], &[(leaf, &fork.fresh[1].clone())])?;
    let input = back(&fork.fresh[1], &lure, approval_of(&lure.next, &out.next.epoch_authenticator));
    let script = fork.script.clone().refuse_again("", input, &[recovery::NOT_THE_APPROVED_EPOCH]);
    still(fork, script, &out)
}

fn own(stage: &mut Stage) -> Result<Case> {
    let comment = "Somebody on the client's own branch takes it in anew: another place for which nobody has asked.";
    let (fork, out) = with_welcome(stage, comment, &["recovery-1:2:no-approval-no-move"])?;
    let mut own = fork.dead.copy();
    let leaf = own.leaf_of("bob", "dora")?;
    let lure = own.add_again("bob", &[], &[(leaf, &fork.fresh[1].clone())])?;
    let input = back(&fork.fresh[1], &lure, Value::Null);
    let script = fork.script.clone().refuse_again("", input, &[delivery::ALREADY_MEMBER]);
    still(fork, script, &out)
}

const DAMAGED: &[Reason] = &[
    mls::UNDECRYPTABLE,
    mls::BAD_SIGNATURE,
    mls::BAD_CONFIRMATION_TAG,
    mls::MLS_MALFORMED,
    wire::WIRE_TRUNCATED,
    wire::WIRE_TRAILING,
    mls::MLS_OTHER,
];

fn damaged(stage: &mut Stage) -> Result<Case> {
    let comment = "The user has agreed, and the Welcome is damaged: nothing of the old place is given up for it.";
    let (fork, out) = with_welcome(stage, comment, &["rfc9420:12.4.3.1:group-info-opens"])?;
    let right = approval(&out.next.group_id, out.next.epoch.saturating_sub(1));
    let whole = out.welcome.clone().unwrap_or_default();
    let mut script = fork.script.clone();
    for (what, welcome) in [("One bit.", damage::from_end(&whole, 3)), ("Cut.", damage::without_last(&whole, 1))] {
        let broken = CommitOut { welcome: Some(welcome), ..out.clone() };
        script = script.refuse_again(what, back(&fork.fresh[0], &broken, right.clone()), DAMAGED);
    }
    still(fork, script, &out)
}

fn no_tree(stage: &mut Stage) -> Result<Case> {
    let comment =
        "The user has agreed, and no tree is there, or that of the other branch: the old place is not given up.";
    let rules = &["rfc9420:12.4.3.1:tree-needed", "rfc9420:12.4.3.3:tree-hash-checked"];
    let (mut fork, out) = with_welcome(stage, comment, rules)?;
    let right = approval(&out.next.group_id, out.next.epoch.saturating_sub(1));
    let (_, other) = fork.dead.group_info("bob")?;
    let mut without = back(&fork.fresh[0], &out, right.clone());
    if let Some(members) = without.as_object_mut() {
        members.remove("ratchet_tree");
    }
    let wrong = CommitOut { ratchet_tree: other, ..out.clone() };
    let script = fork.script.clone().refuse_again("None.", without, &[mls::MISSING_TREE, mls::MLS_OTHER]);
    let reasons = &[mls::BAD_TREE, mls::BAD_LEAF, mls::UNKNOWN_SENDER, mls::BAD_SIGNATURE, mls::NO_KEY_PACKAGE];
    let script = script.refuse_again("Another branch's.", back(&fork.fresh[0], &wrong, right), reasons);
    still(fork, script, &out)
}
