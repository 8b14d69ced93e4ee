use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::Talk;
use super::{JOIN, PROCESS, octets, reason, with};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const COMMIT: &str = "client/commit";

pub(in super::super) const BUGS: &[Row] = &[
    (
        "path-keys-unchecked",
        "Follows a commit whose path does not fit the path secrets, the parent hash or itself.",
        "Public keys that are taken over, and never derived again.",
        Fault::Steps(|talk, op, input| follows(talk, op, input, &["bad-update-path"])),
    ),
    (
        "path-keys-twice",
        "Follows a commit whose path has a key that is in the tree already.",
        "Uniqueness that is only looked at when somebody is added.",
        Fault::Steps(|talk, op, input| follows(talk, op, input, &["bad-proposals"])),
    ),
    (
        "dirty-padding",
        "Reads a message whatever it is padded with.",
        "A decoder that stops where it has what it needs.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op != PROCESS || reason(&answer) != "mls-malformed" || octets(input, "message").len() < 100 {
                return answer;
            }
            let state = talk.last_state().unwrap_or_default();
            Answer::Ok(json!({"content": "application", "sender": 1, "data": "706164646564", "state": state}))
        }),
    ),
    (
        "padding-of-one-block",
        "Refuses a message with more padding than a block.",
        "Padding as in block ciphers.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let data = match &answer {
                Answer::Ok(out) => out.get("data").and_then(Value::as_str).map(str::len),
                _ => None,
            };
            let long = octets(input, "message").len() > 400;
            if op == PROCESS && long && data.is_some_and(|l| l < 32) { refused("too long") } else { answer }
        }),
    ),
    (
        "senders-outside-the-tree",
        "Reads a message of a leaf that is not there as one of nobody.",
        "A lookup whose absence is an empty name.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op != PROCESS || reason(&answer) != "unknown-sender" {
                return answer;
            }
            let state = talk.last_state().unwrap_or_default();
            Answer::Ok(json!({"content": "application", "sender": 0, "data": "", "state": state}))
        }),
    ),
    (
        "confirmation-tag-of-inviter",
        "Joins without a look at the confirmation tag.",
        "A tag that only those check who process the commit.",
        Fault::Steps(|talk, op, input| joins(talk, op, input, "bad-confirmation-tag")),
    ),
    (
        "group-info-unsigned",
        "Joins by a GroupInfo whose signature is wrong.",
        "A verification whose result nobody looks at.",
        Fault::Steps(|talk, op, input| joins(talk, op, input, "bad-signature")),
    ),
    (
        "adds-unchecked",
        "Adds a KeyPackage that is not valid.",
        "Validation left to the service that keeps the KeyPackages.",
        Fault::Steps(|talk, op, input| commits(talk, op, input, &["bad-key-package"])),
    ),
    (
        "adds-unsigned",
        "Adds a KeyPackage whose signature is wrong.",
        "Validation left to the service that keeps the KeyPackages.",
        Fault::Steps(|talk, op, input| commits(talk, op, input, &["bad-signature"])),
    ),
    (
        "adds-bad-leaves",
        "Adds a leaf with a credential or an extension that is not listed.",
        "Capabilities that are written and never read.",
        Fault::Steps(|talk, op, input| commits(talk, op, input, &["bad-leaf"])),
    ),
    (
        "adds-long-lengths",
        "Adds a KeyPackage with longer lengths than needed, or of a version that nobody knows.",
        "A decoder that is more liberal than the one of the next member.",
        Fault::Steps(|talk, op, input| commits(talk, op, input, &["mls-malformed"])),
    ),
    (
        "commits-anything",
        "Commits proposals of a leaf that nobody has, of itself, of somebody twice.",
        "Rules that bind whoever receives, and not whoever sends.",
        Fault::Steps(|talk, op, input| commits(talk, op, input, &["bad-proposals"])),
    ),
    (
        "own-commit-at-once",
        "Is in the next epoch as soon as it has made a commit.",
        "A pending state that is the current one.",
        Fault::Steps(|talk, op, input| {
            let mut answer = talk.ask(op, input);
            let made = talk.past.last().is_some_and(|p| p.op == COMMIT && matches!(p.answer, Answer::Ok(_)));
            if op == "client/state"
                && made
                && let Answer::Ok(out) = &mut answer
            {
                let next = out.get("epoch").and_then(Value::as_u64).unwrap_or_default().saturating_add(1);
                *out = with(out, "epoch", next);
            }
            answer
        }),
    ),
    (
        "speaks-while-pending",
        "Sends data while a commit of its own is under way.",
        "A check that only commits have.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == "client/send" && reason(&answer) == "pending-commit" {
                Answer::Ok(json!({"message": "00"}))
            } else {
                answer
            }
        }),
    ),
    (
        "unknown-capabilities-refused",
        "Refuses to follow the addition of somebody whose capabilities it does not know.",
        "An enumeration that is closed.",
        Fault::Steps(|talk, op, input| {
            let unknown = octets(input, "message").windows(4).any(|w| w == [0x2a, 0x2a, 0xf0, 0xa1]);
            if op == PROCESS && unknown { refused("an unknown extension type") } else { talk.ask(op, input) }
        }),
    ),
];

/// Takes a commit that is refused for one of these reasons as one that changes nothing.
fn follows(talk: &mut Talk<'_>, op: &str, input: &Value, reasons: &[&str]) -> Answer {
    let answer = talk.ask(op, input);
    if op != PROCESS || !reasons.contains(&reason(&answer)) {
        return answer;
    }
    let state = talk.last_state().unwrap_or_default();
    Answer::Ok(json!({"content": "commit", "sender": 1, "added": [], "removed": [], "state": state}))
}

/// Joins though the reference refuses for this reason.
fn joins(talk: &mut Talk<'_>, op: &str, input: &Value, why: &str) -> Answer {
    let answer = talk.ask(op, input);
    if op != JOIN || reason(&answer) != why {
        return answer;
    }
    Answer::Ok(json!({"group_id": "", "epoch": 1, "epoch_authenticator": "00", "partition_key": "00"}))
}

/// Makes a commit though the reference refuses for one of these reasons.
fn commits(talk: &mut Talk<'_>, op: &str, input: &Value, reasons: &[&str]) -> Answer {
    let answer = talk.ask(op, input);
    if op != COMMIT || !reasons.contains(&reason(&answer)) {
        return answer;
    }
    let next = talk.last_state().unwrap_or_default();
    Answer::Ok(json!({"commit": "00", "welcome": null, "group_info": "00", "ratchet_tree": "00", "next": next}))
}
