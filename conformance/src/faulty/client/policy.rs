//! What a client does, or does not, with what it was told of its room.

use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::{Past, Talk};
use super::{PROCESS, octets, reason};
use mimicheck::adapter::Answer;
use mimicheck::reason::policy;
use serde_json::{Value, json};

const TELL: &str = "client/policy";
const HALF: &str = "A check that was written for one direction and not for both.";

pub(in super::super) const BUGS: &[Row] = &[
    (
        "policy-unheard",
        "Does not look at the policy of its room.",
        "Policy is taken for the hub's business.",
        Fault::Steps(|talk, op, input| if op == TELL { Answer::Ok(json!({})) } else { talk.ask(op, input) }),
    ),
    (
        "policy-told-once",
        "Keeps the first policy that it was told.",
        "A setting that is read at the start.",
        Fault::Steps(|talk, op, input| {
            let again = op == TELL && talk.past.iter().any(|p| p.op == TELL);
            if again { Answer::Ok(json!({})) } else { talk.ask(op, input) }
        }),
    ),
    (
        "policy-for-others-only",
        "Makes what it would ignore.",
        HALF,
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == PROCESS { answer } else { taken(answer, |_| true) }
        }),
    ),
    (
        "policy-for-oneself-only",
        "Follows what it would not make.",
        HALF,
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == PROCESS { taken(answer, |_| true) } else { answer }
        }),
    ),
    (
        "policy-for-commits-only",
        "Reads messages of the muted.",
        "A check that was written for handshakes.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == PROCESS { taken(answer, |code| code == "may-not-send") } else { answer }
        }),
    ),
    (
        "policy-not-for-joiners",
        "Follows every external commit.",
        "A check that was written for members.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if joins(&octets(input, "message")) { taken(answer, |_| true) } else { answer }
        }),
    ),
    (
        "policy-not-by-reference",
        "Follows a commit against the policy where a proposal came before it.",
        "References are resolved behind the check.",
        Fault::Steps(|talk, op, input| {
            let proposed = talk.past.last().is_some_and(|p| content(p) == "proposal");
            let answer = talk.ask(op, input);
            if op == PROCESS && proposed { taken(answer, |_| true) } else { answer }
        }),
    ),
    (
        "policy-of-the-first-epoch",
        "Judges by the list and the roles that its group had when it came.",
        "A copy that nobody refreshes.",
        Fault::Steps(|talk, op, input| {
            let in_band = talk.past.iter().any(|p| p.op == TELL && p.input.get("policy").is_none());
            let moved = talk.past.iter().any(|p| content(p) == "commit");
            let answer = talk.ask(op, input);
            let later = |code: &str| ["client-of-the-banned", "may-not-send"].contains(&code);
            if op == PROCESS && in_band && moved { taken(answer, later) } else { answer }
        }),
    ),
    (
        "policy-of-another-branch",
        "Keeps the bans of a commit that it refused.",
        "The list is updated before the commit is judged.",
        Fault::Steps(|talk, op, input| {
            let banned = talk.past.iter().any(|p| reason(&p.answer) == "may-not-ban");
            let answer = talk.ask(op, input);
            let speaks = matches!(&answer, Answer::Ok(out) if out.get("content") == Some(&json!("application")));
            if banned && speaks { refused("banned") } else { answer }
        }),
    ),
    (
        "policy-refusal-moves",
        "Refuses everything in an epoch in which it has refused something against the policy.",
        "A refused commit is discarded only when the next epoch begins.",
        Fault::Steps(|talk, op, input| {
            let stuck = talk.past.iter().any(|p| p.op == PROCESS && against(reason(&p.answer)));
            if op == PROCESS && stuck { refused("no state") } else { talk.ask(op, input) }
        }),
    ),
    (
        "policy-silences-commits",
        "Ignores commits of those whose messages it has ignored.",
        "One flag for all that a user does.",
        Fault::Steps(silences),
    ),
];

/// Whether a code is one of room policy.
fn against(code: &str) -> bool {
    policy::ALL.iter().any(|reason| reason.code() == code)
}

/// Taken all the same, where the reference refused it against the policy.
fn taken(answer: Answer, such: impl Fn(&str) -> bool) -> Answer {
    if against(reason(&answer)) && such(reason(&answer)) { Answer::Ok(json!({})) } else { answer }
}

fn content(past: &Past) -> &str {
    match &past.answer {
        Answer::Ok(out) => out.get("content").and_then(Value::as_str).unwrap_or_default(),
        _ => "",
    }
}

/// Whether an MLSMessage is a PublicMessage of somebody who joins by it.
fn joins(message: &[u8]) -> bool {
    let group = message.get(4).map_or(0, |length| usize::from(*length));
    message.get(3) == Some(&1) && message.get(4 + 1 + group + 8) == Some(&4)
}

fn silences(talk: &mut Talk<'_>, op: &str, input: &Value) -> Answer {
    let muted = talk.past.last().is_some_and(|p| p.op == "client/state")
        && talk.past.iter().rev().find(|p| p.op == PROCESS).is_some_and(|p| reason(&p.answer) == "may-not-send");
    let answer = talk.ask(op, input);
    let commit = matches!(&answer, Answer::Ok(out) if out.get("content") == Some(&json!("commit")));
    if muted && commit { refused("muted") } else { answer }
}
