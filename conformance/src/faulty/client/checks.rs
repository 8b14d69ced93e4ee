use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::Talk;
use super::{JOIN, PROCESS, octets, reason, with, without};
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "takes-unauthenticated",
        "Takes a message whose signature or membership tag does not verify, as an empty one.",
        "A verification whose result nobody looks at.",
        Fault::Steps(|talk, op, input| forgives(talk, op, input, &["bad-signature", "bad-membership-tag"])),
    ),
    (
        "takes-wrong-confirmation-tag",
        "Takes a commit whose confirmation tag does not verify.",
        "A tag that is only checked by the committer.",
        Fault::Steps(|talk, op, input| forgives(talk, op, input, &["bad-confirmation-tag"])),
    ),
    (
        "takes-other-group",
        "Takes messages of another group as if they said nothing.",
        "A lookup of the group by the connection in place of the group id.",
        Fault::Steps(|talk, op, input| forgives(talk, op, input, &["wrong-group"])),
    ),
    (
        "takes-undecryptable",
        "Takes a message that does not open as an empty one.",
        "An error of decryption turned into an empty text for the display.",
        Fault::Steps(|talk, op, input| forgives(talk, op, input, &["undecryptable"])),
    ),
    (
        "takes-any-wire-format",
        "Takes a Welcome, a GroupInfo or a KeyPackage in the place of a message, silently.",
        "A switch over wire formats with an empty default.",
        Fault::Steps(|talk, op, input| forgives(talk, op, input, &["wrong-wire-format"])),
    ),
    (
        "takes-unknown-proposals",
        "Applies a commit without the proposals that it does not know.",
        "A reference that resolves to nothing and is skipped.",
        Fault::Steps(|talk, op, input| forgives(talk, op, input, &["unknown-proposal"])),
    ),
    (
        "takes-octets-left-over",
        "Ignores octets after a message or a Welcome.",
        "A decoder that stops where it has what it needs.",
        Fault::Steps(shortens),
    ),
    (
        "takes-any-tree",
        "Believes a ratchet tree that is not the one of the GroupInfo.",
        "A tree cached by group id.",
        Fault::Steps(any_tree),
    ),
    (
        "joins-without-tree",
        "Answers a Welcome without a tree with an empty group.",
        "A missing tree read as a tree without leaves.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == JOIN && reason(&answer) == "missing-tree" { Answer::Ok(nowhere()) } else { answer }
        }),
    ),
    (
        "joins-others-welcome",
        "Takes a Welcome for another client's KeyPackage.",
        "The first entry of the secrets taken for one's own.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == JOIN && reason(&answer) == "no-key-package" { Answer::Ok(nowhere()) } else { answer }
        }),
    ),
    (
        "refuses-external-commits",
        "Refuses commits of those who are no members.",
        "A check of the sender that knows members only.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let joins = matches!(&answer, Answer::Ok(out)
                if out.get("content") == Some(&json!("commit")) && out.get("sender") == Some(&Value::Null));
            if op == PROCESS && joins { refused("no member") } else { answer }
        }),
    ),
    (
        "refuses-second-recipient",
        "Joins only by a Welcome that has a single recipient.",
        "An entry of the secrets taken by position.",
        Fault::Steps(|talk, op, input| {
            if op == JOIN && octets(input, "welcome").len() > 600 {
                refused("too many secrets")
            } else {
                talk.ask(op, input)
            }
        }),
    ),
    (
        "compares-unmasked-key",
        "Holds the next partition key of the envelope against the key and not its hash.",
        "Two fields of one name in two structures.",
        Fault::Steps(|talk, op, input| {
            if op == PROCESS && input.get("next_partition_key").is_some() {
                refused("another key")
            } else {
                talk.ask(op, input)
            }
        }),
    ),
    (
        "needs-group-info",
        "Refuses a commit that comes without a GroupInfo.",
        "An optional field that is always there in tests.",
        Fault::Steps(|talk, op, input| {
            let lacks = input.get("next_partition_key").is_some() && input.get("group_info").is_none();
            if op == PROCESS && lacks { refused("no GroupInfo") } else { talk.ask(op, input) }
        }),
    ),
    (
        "compares-group-info-octets",
        "Holds the GroupInfo of the envelope against one of its own, signature included.",
        "Equality of structures in place of what they say.",
        Fault::Steps(|talk, op, input| {
            if op == PROCESS && input.get("group_info").is_some() {
                refused("another signature")
            } else {
                talk.ask(op, input)
            }
        }),
    ),
    (
        "crash-on-nothing",
        "Ends when an empty message comes.",
        "The first octet read without looking whether it is there.",
        Fault::Steps(|talk, op, input| {
            assert!(op != PROCESS || !octets(input, "message").is_empty(), "index out of bounds");
            talk.ask(op, input)
        }),
    ),
    (
        "crash-on-short-message",
        "Ends when a message stops inside its head.",
        "The epoch read at a fixed place.",
        Fault::Steps(|talk, op, input| {
            assert!(op != PROCESS || octets(input, "message").len() > 20, "range out of bounds");
            talk.ask(op, input)
        }),
    ),
    (
        "hang-on-empty-tree",
        "Never comes back from a tree without nodes.",
        "A loop that halves the width until it is one.",
        Fault::Steps(|talk, op, input| {
            while op == JOIN && input.get("ratchet_tree") == Some(&json!("00")) {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            talk.ask(op, input)
        }),
    ),
    (
        "private-keys-unread",
        "Refuses a KeyPackage's keys unless the seed of the signature key begins with a low octet.",
        "A private key read as a signed number.",
        Fault::Steps(|talk, op, input| {
            let high = octets(input, "signature_priv").first().is_some_and(|o| *o >= 0x80);
            if op == JOIN && high { refused("negative key") } else { talk.ask(op, input) }
        }),
    ),
    (
        "ignores-tree-beside",
        "Looks for the tree inside the GroupInfo only.",
        "A client that was only ever tested against itself.",
        Fault::Steps(
            |talk, op, input| {
                if op == JOIN { talk.ask(op, &without(input, "ratchet_tree")) } else { talk.ask(op, input) }
            },
        ),
    ),
];

/// Takes what is refused for one of these reasons as a message that changes nothing.
fn forgives(talk: &mut Talk<'_>, op: &str, input: &Value, reasons: &[&str]) -> Answer {
    let answer = talk.ask(op, input);
    if op != PROCESS || !reasons.contains(&reason(&answer)) {
        return answer;
    }
    let state = talk.last_state().unwrap_or_default();
    Answer::Ok(json!({"content": "application", "sender": 0, "data": "", "state": state}))
}

/// Cuts octets off the end until the reference takes what is left, a few at most.
fn shortens(talk: &mut Talk<'_>, op: &str, input: &Value) -> Answer {
    let name = if op == PROCESS { "message" } else { "welcome" };
    let first = talk.ask(op, input);
    if !matches!(first, Answer::Reject(_)) || !matches!(op, PROCESS | JOIN) {
        return first;
    }
    let whole = octets(input, name);
    let shorter = whole.get(..whole.len().saturating_sub(1)).unwrap_or_default();
    match talk.ask(op, &with(input, name, hex::encode(shorter))) {
        Answer::Ok(out) => Answer::Ok(out),
        _ => first,
    }
}

/// Takes a wrong tree by asking for nothing more than that the Welcome opens.
fn any_tree(talk: &mut Talk<'_>, op: &str, input: &Value) -> Answer {
    let answer = talk.ask(op, input);
    let wrong = op == JOIN && input.get("ratchet_tree").is_some();
    if wrong && matches!(reason(&answer), "bad-tree" | "bad-leaf" | "unknown-sender") {
        Answer::Ok(nowhere())
    } else {
        answer
    }
}

fn nowhere() -> Value {
    json!({"group_id": "", "epoch": 1, "epoch_authenticator": "00", "partition_key": "00"})
}
