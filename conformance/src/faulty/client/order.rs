use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::Past;
use super::{PROCESS, octets, reason};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "takes-stale-epoch",
        "Takes a handshake message of another epoch as if it changed nothing.",
        "Old messages are acknowledged so that the queue moves on.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op != PROCESS || reason(&answer) != "wrong-epoch" {
                return answer;
            }
            let state = talk.last_state().unwrap_or_default();
            Answer::Ok(json!({"content": "commit", "sender": 0, "added": [], "removed": [], "state": state}))
        }),
    ),
    (
        "takes-replays",
        "Reads an application message again when it comes again.",
        "Keys are kept after use.",
        Fault::Steps(|talk, op, input| {
            let again = talk.past.iter().find(|p| p.op == op && p.input == *input && is_data(&p.answer));
            match again {
                Some(past) if op == PROCESS => past.answer.clone(),
                _ => talk.ask(op, input),
            }
        }),
    ),
    (
        "repeats-commits",
        "Answers a commit that it followed before as it did then.",
        "Answers cached by message.",
        Fault::Steps(|talk, op, input| {
            let again = talk.past.iter().find(|p| p.op == op && p.input == *input && is_commit(&p.answer));
            match again {
                Some(past) if op == PROCESS => past.answer.clone(),
                _ => talk.ask(op, input),
            }
        }),
    ),
    (
        "in-order-only",
        "Reads application messages of a sender in their order only.",
        "A counter in place of a window.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if is_data(&answer) && talk.past.iter().filter(|p| is_data(&p.answer)).any(|p| later(&p.answer, &answer)) {
                refused("an old generation")
            } else {
                answer
            }
        }),
    ),
    (
        "skips-one-message",
        "Does not read the first message of a sender after a commit.",
        "The first key of a ratchet is passed over.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let fresh = talk.past.last().is_some_and(|p| is_commit(&p.answer));
            if op == PROCESS && is_data(&answer) && fresh { refused("no key") } else { answer }
        }),
    ),
    (
        "one-commit-a-session",
        "Follows one commit and no second one.",
        "An init secret that is not kept.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if is_commit(&answer) && talk.past.iter().any(|p| is_commit(&p.answer)) {
                refused("bad tag")
            } else {
                answer
            }
        }),
    ),
    (
        "seven-epochs",
        "Is lost after seven epochs.",
        "A ring of eight kept states that overwrites the current one.",
        Fault::Steps(|talk, op, input| {
            let many = talk.past.iter().filter(|p| is_commit(&p.answer)).count() >= 7;
            if op == PROCESS && many { refused("no state") } else { talk.ask(op, input) }
        }),
    ),
    (
        "removed-goes-on",
        "Goes on as a member after its own removal.",
        "The removal of oneself is a removal like any other.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let mut states = talk.past.iter().rev().filter_map(|p| match &p.answer {
                Answer::Ok(out) => out.get("state").filter(|s| s.is_object()).cloned(),
                _ => None,
            });
            if op == PROCESS && reason(&answer) == "not-a-member" {
                let state = states.next().unwrap_or_default();
                return Answer::Ok(
                    json!({"content": "commit", "sender": 0, "added": [], "removed": [], "state": state}),
                );
            }
            answer
        }),
    ),
    (
        "follows-the-later-commit",
        "Of two commits of one epoch takes the second as well.",
        "A tie-break that was meant for another delivery service.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let moved = talk.past.last().is_some_and(|p| is_commit(&p.answer));
            if op == PROCESS && moved && reason(&answer) == "wrong-epoch" {
                let state = talk.state_before(1).unwrap_or_default();
                return Answer::Ok(
                    json!({"content": "commit", "sender": 1, "added": [], "removed": [], "state": state}),
                );
            }
            answer
        }),
    ),
    (
        "proposals-outlive-epochs",
        "Takes a proposal of an epoch that is over.",
        "Proposals kept by reference, whatever their epoch.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let kept = |p: &Past| {
                p.input == *input && matches!(&p.answer, Answer::Ok(o) if o.get("content") == Some(&json!("proposal")))
            };
            match talk.past.iter().find(|p| kept(p)) {
                Some(past) if matches!(answer, Answer::Reject(_)) => past.answer.clone(),
                _ => answer,
            }
        }),
    ),
    (
        "leaves-with-first-proposal",
        "Takes a proposal to remove for the removal.",
        "One event for both in the user interface.",
        Fault::Steps(|talk, op, input| {
            let mut answer = talk.ask(op, input);
            if let Answer::Ok(out) = &mut answer
                && out.get("content") == Some(&json!("proposal"))
            {
                *out = super::with(
                    &super::with(&super::with(out, "content", "commit"), "added", json!([])),
                    "removed",
                    json!([1]),
                );
            }
            answer
        }),
    ),
    (
        "private-means-application",
        "Takes every PrivateMessage for an application message.",
        "The content type is looked up by wire format.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let private = octets(input, "message").get(3) == Some(&2);
            if op == PROCESS && private && is_commit(&answer) { refused("no application data") } else { answer }
        }),
    ),
    (
        "public-refused",
        "Refuses every PublicMessage of a member.",
        "A policy for one framing, set for good.",
        Fault::Steps(|talk, op, input| {
            let public = octets(input, "message").get(3) == Some(&1);
            let answer = talk.ask(op, input);
            let member = matches!(&answer, Answer::Ok(out) if out.get("sender").is_some_and(Value::is_u64));
            if op == PROCESS && public && member { refused("not encrypted") } else { answer }
        }),
    ),
];

fn content(answer: &Answer) -> Option<&str> {
    let Answer::Ok(out) = answer else { return None };
    out.get("content").and_then(Value::as_str)
}

fn is_commit(answer: &Answer) -> bool {
    content(answer) == Some("commit")
}

fn is_data(answer: &Answer) -> bool {
    content(answer) == Some("application")
}

/// The order in which the words of the vectors are sent.
fn later(one: &Answer, other: &Answer) -> bool {
    const WORDS: [&str; 5] = ["6f6e65", "74776f", "7468726565", "666f7572", "66697665"];
    let place = |answer: &Answer| match answer {
        Answer::Ok(out) => WORDS.iter().position(|w| out.get("data").and_then(Value::as_str) == Some(w)),
        _ => None,
    };
    matches!((place(one), place(other)), (Some(a), Some(b)) if a > b)
}
