use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::{Past, Talk};
use super::{DELIVER, KNOWLEDGE, TOLD, came, list, said, saying, with};
use mimicheck::adapter::Answer;
use mimicheck::protocol::{ReceiveRequest, ReceiveResponse, Structure};
use mimicheck::wire::hex;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "rejoins-when-terminated",
        "Asks for a GroupInfo as soon as the hub says that its branch is ended.",
        "A reconnect that is the same for every refusal.",
        Fault::Steps(|talk, op, input| {
            saying(talk, (op, input), "device/refused", |out| {
                list(out, "sends").into_iter().for_each(|sends| sends.push(json!("GroupInfoRequest")));
            })
        }),
    ),
    (
        "rejoins-when-alone",
        "Asks for a GroupInfo as soon as it knows that others are elsewhere.",
        "A client that heals itself, where the hub says what is well.",
        Fault::Steps(|talk, op, input| {
            let mut answer = talk.ask(op, input);
            let alone = op == DELIVER && standing(talk) == "alone";
            if let (true, Answer::Ok(out)) = (alone, &mut answer) {
                list(out, "sends").into_iter().for_each(|sends| sends.push(json!("GroupInfoRequest")));
            }
            answer
        }),
    ),
    (
        "moves-by-a-hint",
        "Goes to a partition because the hub hints at it.",
        "The newest partition that is heard of is taken for the present one.",
        Fault::Steps(|talk, op, input| {
            let hinted = response(input).is_some_and(|r| !r.hints.is_empty() && r.epoch.messages.is_empty());
            saying(talk, (op, input), DELIVER, |out| {
                let stays = out.get("came") == Some(&json!([]));
                if let (true, Some(state)) = (hinted && stays, out.get_mut("state")) {
                    let epoch = state.get("epoch").and_then(Value::as_u64).unwrap_or_default();
                    *state = with(state, "epoch", epoch.saturating_add(1));
                }
            })
        }),
    ),
    (
        "hints-not-read",
        "Takes no notice of hints.",
        "Only the first field of a response is looked at.",
        Fault::Steps(|talk, op, input| {
            let bare = response(input).and_then(|r| ReceiveResponse { hints: vec![], ..r }.encode().ok());
            let bare = bare.map(|octets| with(input, "response", hex::encode(&octets)));
            talk.ask(op, bare.as_ref().unwrap_or(input))
        }),
    ),
    (
        "reads-behind-a-gap",
        "Reads messages though some before them are missing, and never asks for those.",
        "Whatever comes is appended.",
        Fault::Steps(|talk, op, input| {
            let here = counter(talk.past);
            talk.ask(op, &from(input, |counter| counter.min(here)))
        }),
    ),
    (
        "reads-what-it-has-read",
        "Takes messages for new that the hub gives from an earlier place on.",
        "Whatever comes is appended.",
        Fault::Steps(|talk, op, input| {
            let here = counter(talk.past);
            talk.ask(op, &from(input, |counter| counter.max(here)))
        }),
    ),
    (
        "deaf-after-an-ignored-message",
        "Shows nothing that is said in a partition once it has ignored something.",
        "A partition that is marked as broken.",
        Fault::Steps(|talk, op, input| {
            let broken = came(talk.past, "ignored").next().is_some();
            saying(talk, (op, input), DELIVER, |out| {
                let heard = |came: &Value| came.get("what") != Some(&json!("application"));
                list(out, "came").filter(|_| broken).into_iter().for_each(|came| came.retain(heard));
            })
        }),
    ),
    (
        "stuck-after-an-ignored-message",
        "Refuses every answer once it has ignored something.",
        "An error that ends the loop.",
        Fault::Steps(|talk, op, input| {
            let broken = came(talk.past, "ignored").next().is_some();
            if op == DELIVER && broken { refused("the group is in an error state") } else { talk.ask(op, input) }
        }),
    ),
    (
        "false-envelope-followed",
        "Follows a commit whatever stands beside it.",
        "An envelope that is for the hub alone.",
        Fault::Steps(|talk, op, input| {
            let lax = (op == "device/join").then(|| with(input, "envelope", "follow"));
            talk.ask(op, lax.as_ref().unwrap_or(input))
        }),
    ),
    (
        "what-waited-is-dropped",
        "Drops what its user said while a commit waited, if the commit is lost.",
        "The outbox is part of the commit.",
        Fault::Steps(|talk, op, input| {
            let mut answer = talk.ask(op, input);
            if let (true, Answer::Ok(out)) = (op == DELIVER || op == "device/refused", &mut answer) {
                list(out, "sends").into_iter().for_each(Vec::clear);
            }
            answer
        }),
    ),
    (
        "answer-for-any-partition",
        "Takes an answer for a partition that it was never in.",
        "The key is looked up, and what is not found is made.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            match &answer {
                Answer::Reject(_) if op == DELIVER => {
                    Answer::Ok(json!({"came": [], "sends": [], "next": null, "state": null}))
                }
                _ => answer,
            }
        }),
    ),
    (
        "report-of-anybody",
        "Takes reports of other groups, and of those who are not there.",
        "Only the authenticator is looked at.",
        Fault::Steps(|talk, op, input| match talk.ask(op, input) {
            Answer::Reject(_) if op == TOLD => Answer::Ok(json!({})),
            answer => answer,
        }),
    ),
    (
        "knows-after-removal",
        "Goes on to say what it knows of a group that it was removed from.",
        "A state that nobody clears.",
        Fault::Steps(|talk, op, input| match talk.ask(op, input) {
            Answer::Reject(_) if op == KNOWLEDGE => {
                let last = talk.past.iter().rev().find(|past| past.op == KNOWLEDGE).and_then(said);
                Answer::Ok(last.cloned().unwrap_or_default())
            }
            answer => answer,
        }),
    ),
];

fn standing(talk: &mut Talk<'_>) -> String {
    match talk.ask(KNOWLEDGE, &json!({})) {
        Answer::Ok(out) => out.get("standing").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

fn octets(input: &Value, name: &str) -> Option<Vec<u8>> {
    hex::decode(input.get(name)?.as_str()?).ok()
}

pub(super) fn response(input: &Value) -> Option<ReceiveResponse> {
    ReceiveResponse::decode(&octets(input, "response")?).ok()
}

/// How many messages of its partition the client has read.
fn counter(past: &[Past]) -> u32 {
    let next = past.iter().rev().filter_map(said).find_map(|out| out.get("next")?.get("counter")?.as_u64());
    next.and_then(|next| u32::try_from(next).ok()).unwrap_or_default()
}

/// The input with another counter in its question.
fn from(input: &Value, change: impl Fn(u32) -> u32) -> Value {
    let request = octets(input, "request").and_then(|octets| ReceiveRequest::decode(&octets).ok());
    let other = request.map(|request| ReceiveRequest { counter: change(request.counter), ..request });
    let other = other.and_then(|request| request.encode().ok());
    other.map_or_else(|| input.clone(), |octets| with(input, "request", hex::encode(&octets)))
}
