//! Bugs of encoding.

use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use crate::faulty::delivery::octets::{is, octets};
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};

const ENCODE: &str = "room/encode";

/// The octets of an accepted value, changed.
fn rewritten(answer: Answer, change: fn(&mut Vec<u8>)) -> Answer {
    let Answer::Ok(out) = answer else { return answer };
    let mut octets = octets(&out);
    change(&mut octets);
    Answer::Ok(json!({"octets": hex::encode(&octets)}))
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "room-writes-no-proposals",
        "leaves out further proposals",
        "one message a request",
        Reads(ENCODE, |input| {
            if let Some(list) = input.pointer_mut("/value/more_proposals") {
                *list = json!([]);
            }
        }),
    ),
    (
        "room-writes-no-welcome",
        "leaves out the Welcome of a commit",
        "Welcomes go another way elsewhere",
        Reads(ENCODE, |input| {
            if let Some(welcome) = input.pointer_mut("/value/welcome") {
                *welcome = Value::Null;
            }
        }),
    ),
    (
        "room-writes-protocol-before-bundles",
        "writes the protocol before a HandshakeBundle",
        "every other structure begins with it",
        Answers(ENCODE, |input, answer| {
            if is(input, "HandshakeBundle") { rewritten(answer, |octets| octets.insert(0, 1)) } else { answer }
        }),
    ),
    (
        "room-writes-one-fan-out",
        "writes the first message of a request to notify and no other",
        "one structure a request",
        Reads(ENCODE, |input| {
            if let Some(list) = input.pointer_mut("/value/messages").and_then(Value::as_array_mut) {
                list.truncate(1);
            }
        }),
    ),
    (
        "room-writes-what-is-asked",
        "writes values that break a rule of the draft",
        "values are trusted, since they are one's own",
        Answers(ENCODE, |_, answer| match &answer {
            Answer::Reject(no) if no.reason.as_deref().is_some_and(|reason| reason.starts_with("not-")) => {
                Answer::Ok(json!({"octets": ""}))
            }
            _ => answer,
        }),
    ),
    (
        "room-writes-clients-at-will",
        "writes clients beside a status that says there are none",
        "values are trusted, since they are one's own",
        Answers(ENCODE, |_, answer| match &answer {
            Answer::Reject(no) if no.reason.as_deref() == Some("clients-of-a-failure") => {
                Answer::Ok(json!({"octets": ""}))
            }
            _ => answer,
        }),
    ),
];
