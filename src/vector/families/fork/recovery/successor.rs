use super::super::super::client::script::{About, Commit};
use super::super::super::client::variants::{Play, Stage};
use super::super::super::client::world::World;
use super::fork::{Fork, approval, approval_of, back, fork};
use crate::mls::member::{CommitOut, Result};
use crate::reason::{delivery, mls, recovery};
use crate::recovery::{LINK_LABEL, LINK_OCTETS, Link};
use crate::vector::{Case, Verdict};
use serde_json::Value;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("successor", whole),
    ("successor-from-the-surviving-branch", from_survivors),
    ("successor-of-the-honest-few", few),
    ("successor-nobody-agreed-to", nobody),
    ("successor-of-another-number", another),
    ("successor-by-told-authenticator", told),
    ("successor-without-psk", without_psk),
];

const RULES: &[&str] = &["recovery-1:3:reboot", "rfc9420:11:creation", "rfc9420:11:fresh-group-id"];

fn split(stage: &mut Stage, comment: &str, rules: &[&str], commits: usize) -> Result<(Fork, Vec<u8>)> {
    let requirements = [RULES, rules].concat();
    let about = About { name: "", comment, flags: &["successor"], requirements: &requirements };
    let suite = stage.world.setting().suite;
    let mut fork = fork(stage, &about, commits)?;
    // The link of an epoch before the fork: what bob and the client shared.
    let exported = fork.live.member("bob")?.export(LINK_LABEL, &[], LINK_OCTETS)?;
    let id = Link::new(&exported).and_then(|link| link.successor(suite, 0)).unwrap_or_default();
    Ok((fork, id))
}

fn founded(fork: &Fork, id: &[u8], by: &str, names: &[&str]) -> Result<(World, CommitOut)> {
    fork.live.successor(id, by, names, &[&fork.fresh[0]])
}

/// The client is in the successor; nothing of the old group reaches it.
fn afterwards(fork: &mut Fork, world: &mut World, script: super::super::super::client::script::Script) -> Result<Case> {
    let reasons = &[mls::WRONG_GROUP, mls::WRONG_EPOCH, mls::MLS_OTHER];
    let mut script = script;
    for (what, old) in [("The branch it was on.", &mut fork.dead), ("The other branch.", &mut fork.live)] {
        script = script.refuse(what, &old.send("bob", b"old group")?, reasons);
    }
    let old = fork.dead.update("bob")?;
    script = script.refuse("A commit there.", &old.commit, reasons).stays();
    let (sender, said) = (world.leaf("bob")?, world.send("bob", b"new group")?);
    script = script.read("", sender, &said, b"new group");
    let out = world.update("bob")?;
    Ok(script.follow("", &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] }).done())
}

fn whole(stage: &mut Stage) -> Result<Case> {
    let comment = "A new group takes the place of one that has split; everybody is added to it, the client among them.";
    let (mut fork, id) = split(stage, comment, &["recovery-1:2:approved-group", "recovery-1:2:old-group-gone"], 2)?;
    let (mut world, out) = founded(&fork, &id, "alice", &["bob", "carol"])?;
    let script = fork.script.clone().again("", back(&fork.fresh[0], &out, approval(&id, 0)), &out.next);
    afterwards(&mut fork, &mut world, script)
}

fn from_survivors(stage: &mut Stage) -> Result<Case> {
    let comment = "The client is on no branch of its own, and goes along all the same: a new group asks everybody.";
    let (mut fork, id) = split(stage, comment, &["recovery-1:2:old-group-gone"], 0)?;
    let (mut world, out) = founded(&fork, &id, "carol", &["alice", "bob"])?;
    let script = fork.script.clone().again("", back(&fork.fresh[0], &out, approval(&id, 0)), &out.next);
    afterwards(&mut fork, &mut world, script)
}

fn few(stage: &mut Stage) -> Result<Case> {
    let comment = "The client and bob alone make a new group: what an honest minority can do.";
    let (mut fork, id) = split(stage, comment, &["minutes-20240605:FORKS:recovery"], 1)?;
    let (mut world, out) = founded(&fork, &id, "bob", &[])?;
    let script = fork.script.clone().again("", back(&fork.fresh[0], &out, approval(&id, 0)), &out.next);
    afterwards(&mut fork, &mut world, script)
}

fn nobody(stage: &mut Stage) -> Result<Case> {
    let comment = "A Welcome to a new group comes to a client that is in one, and its user was not asked, or has agreed to come back \
                   to the old one.";
    let rules = &["recovery-1:2:no-approval-no-move", "recovery-1:2:refusal-changes-nothing"];
    let (mut fork, id) = split(stage, comment, rules, 1)?;
    let (mut world, out) = founded(&fork, &id, "alice", &["bob", "carol"])?;
    let old = fork.place()?;
    let input = |approval: Value| back(&fork.fresh[0], &out, approval);
    let script = fork
        .script
        .clone()
        .refuse_again("Nobody was asked.", input(Value::Null), &[delivery::ALREADY_MEMBER])
        .refuse_again("To the old one.", input(approval(&old.group_id, 0)), &[recovery::NOT_THE_APPROVED_GROUP])
        .stays()
        .again("To this one.", input(approval(&id, 0)), &out.next);
    afterwards(&mut fork, &mut world, script)
}

fn another(stage: &mut Stage) -> Result<Case> {
    let comment = "Two members make a successor each. The user has agreed to the one that everybody can compute.";
    let (mut fork, id) = split(stage, comment, &["recovery-1:2:approved-group"], 1)?;
    let (mut world, out) = founded(&fork, &id, "alice", &["bob", "carol"])?;
    let (_, lure) = fork.live.successor(b"another successor", "carol", &["bob"], &[&fork.fresh[1]])?;
    let script = fork
        .script
        .clone()
        .refuse_again("", back(&fork.fresh[1], &lure, approval(&id, 0)), &[recovery::NOT_THE_APPROVED_GROUP])
        .stays()
        .again("", back(&fork.fresh[0], &out, approval(&id, 0)), &out.next);
    afterwards(&mut fork, &mut world, script)
}

fn told(stage: &mut Stage) -> Result<Case> {
    let comment =
        "Two groups of one id, made by two members; the user was told the epoch authenticator of one of them.";
    let (mut fork, id) = split(stage, comment, &["recovery-1:2:approved-authenticator"], 1)?;
    let (mut world, out) = founded(&fork, &id, "alice", &["bob", "carol"])?;
    let (_, lure) = fork.live.successor(&id, "carol", &["bob"], &[&fork.fresh[1]])?;
    let told = approval_of(&out.next, &out.next.epoch_authenticator);
    let script = fork
        .script
        .clone()
        .refuse_again("The other.", back(&fork.fresh[1], &lure, told.clone()), &[recovery::NOT_THE_APPROVED_EPOCH])
        .stays()
        .again("", back(&fork.fresh[0], &out, told), &out.next);
    afterwards(&mut fork, &mut world, script)
}

fn without_psk(stage: &mut Stage) -> Result<Case> {
    let comment =
        "A successor whose Welcome names no resumption PSK of the old group: nothing but its id ties it to that.";
    let (fork, id) = split(stage, comment, &["recovery-1:3:successor-link"], 1)?;
    let (_, out) = founded(&fork, &id, "alice", &["bob", "carol"])?;
    let script = fork.script.clone().again("", back(&fork.fresh[0], &out, approval(&id, 0)), &out.next);
    let readings = [
        (Verdict::Accept, "The id is what ties it, and the user has agreed to the id."),
        (Verdict::Reject, "A group that replaces another takes a resumption PSK of it (RFC 9420 section 11)."),
    ];
    Ok(script.done().contested(&readings))
}
