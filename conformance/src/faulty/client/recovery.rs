use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::{Past, Talk};
use super::{JOIN, PROCESS, reason, with, without};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "comes-back-unasked",
        "Gives up its group for any other place in it, whether its user agreed or not.",
        "An error state that heals itself by the next Welcome.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let unasked = enters(op) && reason(&answer) == "already-member";
            if unasked { talk.ask(op, &agreed(talk, input)) } else { answer }
        }),
    ),
    (
        "any-group-will-do",
        "Takes an agreement to one group for an agreement to every group.",
        "A dialog that asks whether to join, and keeps a boolean.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if reason(&answer) != "not-the-approved-group" {
                return answer;
            }
            match talk.ask(op, &agreed(talk, input)) {
                Answer::Ok(out) => Answer::Ok(out),
                _ => Answer::Ok(talk.last_state().unwrap_or_default()),
            }
        }),
    ),
    (
        "no-floor-of-epochs",
        "Comes back to any epoch of the approved group, however old.",
        "A check of the group id that was meant to be enough.",
        Fault::Steps(|talk, op, input| talk.ask(op, &changed(input, |approval| with(approval, "after", 0)))),
    ),
    (
        "authenticator-unread",
        "Does not hold the new place against the epoch authenticator that its user was told.",
        "A value that is shown to people and compared by nobody.",
        Fault::Steps(|talk, op, input| {
            talk.ask(op, &changed(input, |approval| without(approval, "epoch_authenticator")))
        }),
    ),
    (
        "own-epoch-is-the-floor",
        "Refuses a place of its group whose epoch is not later than the one that it is in.",
        "Epochs of two branches compared as if they were one line.",
        Fault::Steps(|talk, op, input| {
            let here = talk.last_state().unwrap_or_default();
            let answer = talk.ask(op, input);
            let number = |state: &Value| state.get("epoch").and_then(Value::as_u64);
            let same = |state: &Value| state.get("group_id") == here.get("group_id");
            match &answer {
                Answer::Ok(next) if moves(op, input) && same(next) && number(next) <= number(&here) => refused("older"),
                _ => answer,
            }
        }),
    ),
    (
        "agreed-for-good",
        "Keeps an approval after it has served.",
        "A flag that nobody clears.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let once = talk.past.iter().any(|p| moves(&p.op, &p.input) && is_ok(&p.answer));
            if once && reason(&answer) == "already-member" { talk.ask(op, &agreed(talk, input)) } else { answer }
        }),
    ),
    (
        "gives-up-first",
        "Leaves its group before it has looked whether it can enter the other one.",
        "Delete, then insert.",
        Fault::Steps(|talk, op, input| {
            let last = talk.past.iter().rev().find(|p| moves(&p.op, &p.input));
            let lost = last.is_some_and(|p| !is_ok(&p.answer));
            if lost && !moves(op, input) { refused("in no group") } else { talk.ask(op, input) }
        }),
    ),
    (
        "old-branch-still-heard",
        "Keeps the keys of a group that it has given up, and reads what is said there.",
        "Keys looked up by partition, over all groups that there ever were.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op != PROCESS || is_ok(&answer) || !moved(talk) {
                return answer;
            }
            let state = talk.last_state().unwrap_or_default();
            Answer::Ok(json!({"content": "application", "sender": 0, "data": "", "state": state}))
        }),
    ),
    (
        "shows-the-old-place",
        "Says that it is where it was before it came back.",
        "A view that is bound to the group it was opened for.",
        Fault::Steps(|talk, op, input| {
            let before = talk.last_state();
            let answer = talk.ask(op, input);
            match (&answer, before) {
                (Answer::Ok(_), Some(before)) if op == JOIN && moves(op, input) => Answer::Ok(before),
                _ => answer,
            }
        }),
    ),
    (
        "successor-refused",
        "Comes back to its own group only, though its user has agreed to a successor.",
        "The group id as the primary key of the conversation.",
        Fault::Steps(|talk, op, input| {
            let here = talk.last_state().and_then(|state| state.get("group_id").cloned());
            let wanted = input.get("replace").and_then(|approval| approval.get("group_id").cloned());
            if moves(op, input) && wanted != here { refused("another group") } else { talk.ask(op, input) }
        }),
    ),
    (
        "own-commit-outlives-its-group",
        "A commit that was out when the client came back still keeps it from speaking.",
        "One pending commit a client, not a group.",
        Fault::Steps(|talk, op, input| {
            let made = talk.past.iter().any(|p| p.op == "client/commit" && is_ok(&p.answer));
            if op == "client/send" && made && moved(talk) {
                refused("a commit is pending")
            } else {
                talk.ask(op, input)
            }
        }),
    ),
    (
        "takes-in-without-removing",
        "Adds a member anew and leaves its old leaf where it is.",
        "Two lists of changes of which one is lost.",
        Fault::Steps(|talk, op, input| {
            let both = op == "client/commit" && input.get("add").is_some() && input.get("remove").is_some();
            if both { talk.ask(op, &without(input, "remove")) } else { talk.ask(op, input) }
        }),
    ),
    (
        "take-in-is-refused",
        "Refuses a commit that adds a member which the same commit removes.",
        "Adds judged before removals are applied.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == PROCESS && by_member(&answer) && swaps(&answer) { refused("a member already") } else { answer }
        }),
    ),
    (
        "take-in-is-no-news",
        "Shows nobody as removed, and nobody as added, when a member comes back.",
        "A difference of lists of names.",
        Fault::Steps(|talk, op, input| match talk.ask(op, input) {
            Answer::Ok(out) if op == PROCESS && swaps(&Answer::Ok(out.clone())) => {
                Answer::Ok(with(&with(&out, "added", json!([])), "removed", json!([])))
            }
            answer => answer,
        }),
    ),
    (
        "rejoined-twice-there",
        "Does not show the removal in the external commit of a member that rejoins.",
        "External commits only ever add.",
        Fault::Steps(|talk, op, input| match talk.ask(op, input) {
            Answer::Ok(out) if op == PROCESS && out.get("sender") == Some(&Value::Null) => {
                Answer::Ok(with(&out, "removed", json!([])))
            }
            answer => answer,
        }),
    ),
    (
        "rejoin-is-refused",
        "Refuses an external commit that removes a leaf.",
        "Removals are for members.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == PROCESS && !by_member(&answer) && swaps(&answer) { refused("no member") } else { answer }
        }),
    ),
    (
        "second-rejoin-is-refused",
        "Follows one member that rejoins, and no other.",
        "An external init secret that is computed once.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let rejoined = |answer: &Answer| !by_member(answer) && swaps(answer);
            let before = talk.past.iter().any(|p| rejoined(&p.answer));
            if rejoined(&answer) && before { refused("bad tag") } else { answer }
        }),
    ),
];

/// Whether an operation can lead a client into a group.
fn enters(op: &str) -> bool {
    matches!(op, JOIN | "client/external-join" | "client/create")
}

/// Whether a step would give up one group for another place.
fn moves(op: &str, input: &Value) -> bool {
    enters(op) && input.get("replace").is_some_and(Value::is_object)
}

fn moved(talk: &Talk<'_>) -> bool {
    talk.past.iter().any(|p: &Past| moves(&p.op, &p.input) && is_ok(&p.answer))
}

fn is_ok(answer: &Answer) -> bool {
    matches!(answer, Answer::Ok(_))
}

/// The input as if its user had agreed to whatever it is, in the group where the client is.
fn agreed(talk: &Talk<'_>, input: &Value) -> Value {
    let here = talk.last_state().unwrap_or_default();
    let group_id = input.get("group_id").or_else(|| here.get("group_id")).cloned().unwrap_or_default();
    with(input, "replace", json!({"group_id": group_id, "after": 0}))
}

/// The input with another approval, where it has one.
fn changed(input: &Value, change: impl Fn(&Value) -> Value) -> Value {
    match input.get("replace").filter(|approval| approval.is_object()) {
        Some(approval) => with(input, "replace", change(approval)),
        None => input.clone(),
    }
}

/// Whether a commit has added and removed.
fn swaps(answer: &Answer) -> bool {
    let Answer::Ok(out) = answer else { return false };
    let some = |name| out.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    some("added") && some("removed")
}

fn by_member(answer: &Answer) -> bool {
    matches!(answer, Answer::Ok(out) if out.get("sender").is_some_and(Value::is_u64))
}
