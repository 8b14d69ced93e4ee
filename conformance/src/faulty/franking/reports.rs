//! Bugs of hubs that judge reports.

use super::input::{asked, change, lets, put, refusal};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const OP: &str = "room/verify-report";

/// The reference's answer to a frank with any octet in this place.
fn any_octet(input: &Value, answer: Answer, at: usize) -> Answer {
    if refusal(&answer) != Some("server-frank-differs") {
        return answer;
    }
    let with = |octet: u8| {
        asked(OP, input, |input| {
            change(input, "frank", |mut frank| {
                if let Some(place) = frank.get_mut(at) {
                    *place = octet;
                }
                frank
            });
        })
    };
    // The signature is over the frank as it is; whoever compares too little of it does not get this far otherwise.
    let found = (0..=u8::MAX).map(with).find(|answer| refusal(answer) != Some("server-frank-differs"));
    if found.is_some() { Answer::Ok(json!({"context": ""})) } else { answer }
}

fn time(input: &Value) -> u64 {
    input.get("accepted_timestamp").and_then(Value::as_u64).unwrap_or_default()
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "reports-frank-unchecked",
        "confirms reports by their signature, without computing the server frank",
        "a signature is thought to say it all",
        Answers(OP, |input, answer| lets("server-frank-differs", |_| true, input, answer)),
    ),
    (
        "reports-frank-but-last-octet",
        "compares 31 octets of the server frank",
        "a loop that ends too soon",
        Answers(OP, |input, answer| any_octet(input, answer, 31)),
    ),
    (
        "reports-frank-but-first-octet",
        "compares the server frank from its second octet on",
        "a loop that begins too late",
        Answers(OP, |input, answer| any_octet(input, answer, 0)),
    ),
    (
        "reports-signature-unchecked",
        "confirms reports without verifying the signature",
        "a hub that trusts its own secret",
        Answers(OP, |input, answer| lets("frank-signature-wrong", |_| true, input, answer)),
    ),
    (
        "reports-suite-1-only",
        "verifies with suite 1, whatever the frank says",
        "one algorithm is in use, and its number is not looked at",
        Reads(OP, |input| {
            change(input, "frank", |mut frank| {
                if let Some(place) = frank.get_mut(32..34) {
                    place.copy_from_slice(&[0, 1]);
                }
                frank
            });
        }),
    ),
    (
        "reports-unknown-suites-unsigned",
        "does not verify signatures of suites that it does not know",
        "what can not be checked is let through",
        Answers(OP, |input, answer| lets("unknown-signature-algorithm", |_| true, input, answer)),
    ),
    (
        "reports-of-nobody",
        "confirms reports of messages that name no sender or no room",
        "a field that is optional elsewhere",
        Answers(OP, |_, answer| match refusal(&answer) {
            Some("franked-without-sender" | "franked-without-room") => Answer::Ok(json!({"context": ""})),
            _ => answer,
        }),
    ),
    (
        "reports-cut",
        "confirms reports that end too soon",
        "a buffer of fixed size that is filled as far as it goes",
        Answers(OP, |_, answer| match refusal(&answer) {
            Some("wire-truncated" | "truncated") => Answer::Ok(json!({"context": ""})),
            _ => answer,
        }),
    ),
    (
        "reports-salts-of-any-length",
        "takes a salt of any length",
        "the key of an HMAC may have any",
        Answers(OP, |input, answer| lets("salt-length", |_| true, input, answer)),
    ),
    (
        "reports-framing-never",
        "takes what is reported for content in every group",
        "an extension that is not supported, and not looked for",
        Reads(OP, |input| put(input, "framed", false)),
    ),
    (
        "reports-time-rounded",
        "takes every time within the same second",
        "a time that went through a format without milliseconds",
        Answers(OP, |input, answer| match refusal(&answer) {
            Some("server-frank-differs") => {
                let second = time(input) / 1000 * 1000;
                let at = |offset| asked(OP, input, |input| put(input, "accepted_timestamp", second + offset));
                (0..1000).map(at).find(|answer| matches!(answer, Answer::Ok(_))).unwrap_or(answer)
            }
            _ => answer,
        }),
    ),
    (
        "reports-hub-key-of-31-octets",
        "uses the first 31 octets of its key",
        "a key that went through a text of fixed length",
        Reads(OP, |input| change(input, "hub_key", |key| key.into_iter().take(31).collect())),
    ),
];
