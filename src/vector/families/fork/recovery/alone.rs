use super::super::super::client::script::About;
use super::super::super::client::variants::{Play, Stage};
use super::fork::{Fork, OF_ANOTHER_BRANCH, approval, fork};
use crate::mls::member::Result;
use crate::reason::{Reason, delivery, recovery};
use crate::vector::{Case, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("rejoins-when-agreed", agreed),
    ("rejoins-not-by-itself", by_itself),
    ("rejoins-not-another-group", another),
    ("rejoins-not-before-the-fork", before),
    ("founds-not-by-itself", founds),
];

const EXTERNAL: &str = "client/external-join";

fn split(stage: &mut Stage, comment: &str, rules: &[&str]) -> Result<Fork> {
    let about = About { name: "", comment, flags: &["rejoin", "approval"], requirements: rules };
    fork(stage, &about, 1)
}

/// What the hub gives out of the surviving branch.
fn door(fork: &mut Fork, approval: Value) -> Result<Value> {
    let (info, tree) = fork.live.group_info("alice")?;
    let mut input = json!({"group_info": hex::encode(&info), "ratchet_tree": hex::encode(&tree)});
    if let Some(members) = input.as_object_mut().filter(|_| !approval.is_null()) {
        members.insert("replace".to_owned(), approval);
    }
    Ok(input)
}

/// The client has refused, and is where it was.
fn refused(mut fork: Fork, asks: &[(&str, Value, Reason)]) -> Result<Case> {
    let mut script = fork.script.clone();
    for (what, approval, reason) in asks {
        let input = door(&mut fork, approval.clone())?;
        script = script.refuse_to(what, EXTERNAL, input, &[*reason]);
    }
    let (sender, said) = (fork.dead.leaf("bob")?, fork.dead.send("bob", b"still here")?);
    Ok(script.stays().read("It reads on where it is.", sender, &said, b"still here").done())
}

fn agreed(stage: &mut Stage) -> Result<Case> {
    let comment = "The user agrees that the client joins the surviving branch by an external commit.";
    let rules = &["ds-00:5:prompted-rejoin", "minutes-20240605:FORKS:rejoin-prompted"];
    let mut fork = split(stage, comment, rules)?;
    let place = fork.place()?;
    let input = door(&mut fork, approval(&place.group_id, place.epoch))?;
    let script = fork.script.clone().makes("", EXTERNAL, input);
    let readings = [
        (Verdict::Accept, "A person was asked, and may have the client join again."),
        (Verdict::Reject, "The client waits until a member adds it."),
    ];
    Ok(script.done().contested(&readings))
}

fn by_itself(stage: &mut Stage) -> Result<Case> {
    let comment = "The client learns of another branch and has its GroupInfo; nobody has agreed that it joins there.";
    let rules =
        &["ds-00:5:no-automatic-rejoin", "recovery-1:2:no-approval-no-move", "recovery-1:2:refusal-changes-nothing"];
    let fork = split(stage, comment, rules)?;
    refused(fork, &[("", Value::Null, delivery::ALREADY_MEMBER)])
}

fn another(stage: &mut Stage) -> Result<Case> {
    let comment = "The user has agreed to another group than the one whose GroupInfo came.";
    let fork = split(stage, comment, &["recovery-1:2:approved-group", "recovery-1:2:refusal-changes-nothing"])?;
    refused(fork, &[("", approval(b"another room", 0), recovery::NOT_THE_APPROVED_GROUP)])
}

fn before(stage: &mut Stage) -> Result<Case> {
    let comment = "The GroupInfo leads to no later epoch than the one that the user has agreed to.";
    let mut fork = split(stage, comment, &["recovery-1:2:approved-epoch", "recovery-1:2:refusal-changes-nothing"])?;
    let place = fork.place()?;
    let late = place.epoch.saturating_add(1);
    refused(fork, &[("", approval(&place.group_id, late), recovery::NOT_AFTER_THE_FORK)])
}

fn founds(stage: &mut Stage) -> Result<Case> {
    let comment =
        "The client is told to make a new group while it is in one: only if its user gives up that one for it.";
    let rules = &["recovery-1:2:no-approval-no-move", "recovery-1:2:old-group-gone", "recovery-1:3:reboot"];
    let mut fork = split(stage, comment, rules)?;
    let id = hex::encode(b"the next room");
    let said = fork.dead.send("bob", b"where are you")?;
    let script = fork
        .script
        .clone()
        .refuse_to("Nobody was asked.", "client/create", json!({"group_id": id}), &[delivery::ALREADY_MEMBER])
        .refuse_to(
            "For another one.",
            "client/create",
            json!({"group_id": id, "replace": approval(b"another room", 0)}),
            &[recovery::NOT_THE_APPROVED_GROUP],
        )
        .stays()
        .makes("", "client/create", json!({"group_id": id, "replace": approval(b"the next room", 0)}))
        .refuse("Said in the old group.", &said, OF_ANOTHER_BRANCH);
    Ok(script.done())
}
