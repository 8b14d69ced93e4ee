//! Bugs of encoding.

use super::octets::{ENCODE, is, octets};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::{Answer, Rejection};
use mimicheck::wire::hex;
use serde_json::{Value, json};

const UNCHECKED: &str = "values are trusted, since they are one's own";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "lengths-always-of-two-octets",
        "writes a length of two octets where one would do",
        "vectors of TLS, whose lengths have a fixed width",
        Answers(ENCODE, |input, answer| {
            rewritten(input, answer, "GroupInfoRequest", |octets| {
                if octets.first().is_some_and(|first| *first < 64) {
                    octets.insert(0, 0x40);
                }
            })
        }),
    ),
    (
        "lengths-of-four-octets-from-64-on",
        "writes a length of four octets where two would do",
        "a border of two forms is forgotten",
        Answers(ENCODE, |input, answer| {
            rewritten(input, answer, "GroupInfoRequest", |octets| {
                if octets.first().is_some_and(|first| first >> 6 == 1) {
                    let high = octets.first().copied().unwrap_or_default() & 0x3f;
                    octets.splice(0..1, [0x80, 0, high]);
                }
            })
        }),
    ),
    (
        "lengths-of-63-in-two-octets",
        "writes a length of 63 in two octets",
        "less-than where less-or-equal is needed",
        Answers(ENCODE, |input, answer| {
            rewritten(input, answer, "GroupInfoRequest", |octets| {
                if octets.first() == Some(&63) {
                    octets.insert(0, 0x40);
                }
            })
        }),
    ),
    (
        "writes-counters-in-little-endian",
        "writes the counter with its least octet first",
        "the host's order of octets",
        Answers(ENCODE, |input, answer| {
            rewritten(input, answer, "ReceiveRequest", |octets| {
                if let Some(counter) = octets.get_mut(16..20) {
                    counter.reverse();
                }
            })
        }),
    ),
    (
        "writes-keys-with-lengths",
        "writes a length before a partition key",
        "the draft's syntax for partition keys is none",
        Answers(ENCODE, |input, answer| rewritten(input, answer, "ReceiveRequest", |octets| octets.insert(0, 16))),
    ),
    (
        "writes-no-commit-data",
        "leaves out what comes with a commit",
        "the arms of a select are forgotten",
        Answers(ENCODE, |input, answer| {
            let data = input.pointer("/value/commit_data").is_some_and(|data| !data.is_null());
            let message = input.pointer("/value/message").and_then(Value::as_str).map_or(0, |m| m.len() / 2);
            match answer {
                Answer::Ok(out) if data && is(input, "SendRequest") => {
                    let mut octets = octets(&out);
                    octets.truncate(message + 16);
                    Answer::Ok(json!({"octets": hex::encode(&octets)}))
                }
                answer => answer,
            }
        }),
    ),
    (
        "writes-framed-key-packages",
        "writes a KeyPackage with the framing of an MLSMessage",
        "libraries that hand out KeyPackages as messages",
        Answers(ENCODE, |input, answer| {
            rewritten(input, answer, "KeyPackageResponse", |octets| drop(octets.splice(0..0, [0, 1, 0, 5])))
        }),
    ),
    (
        "writes-hints-sorted",
        "writes hints in the order of their keys",
        "a map where a list is needed",
        Reads(ENCODE, |input| {
            if let Some(hints) = input.pointer_mut("/value/hints").and_then(Value::as_array_mut) {
                hints.sort_by_key(|hint| hint.get("masked_partition_key").map(ToString::to_string));
            }
        }),
    ),
    (
        "writes-what-is-asked",
        "writes values that break a rule of the draft",
        UNCHECKED,
        Answers(ENCODE, |_, answer| {
            despite(answer, |reason| ["not-a-", "service-", "duplicate-"].iter().any(|rule| reason.starts_with(rule)))
        }),
    ),
    (
        "writes-commit-data-at-will",
        "writes a CommitData with any message, or none with a commit",
        UNCHECKED,
        Answers(ENCODE, |_, answer| despite(answer, |reason| reason == "commit-data-mismatch")),
    ),
    (
        "writes-keys-of-any-length",
        "writes partition keys of any length",
        "keys and nonces are made to fit",
        Answers(ENCODE, |_, answer| despite(answer, |reason| reason == "partition-key-length")),
    ),
    (
        "writes-octets-unseen",
        "writes the octets of a message without a look at them",
        UNCHECKED,
        Answers(ENCODE, |_, answer| despite(answer, |reason| reason.starts_with("wire-"))),
    ),
    (
        "counters-wrap",
        "cuts numbers to the width of their fields",
        "a conversion that loses what does not fit",
        Reads(ENCODE, |input| {
            for (name, bits) in [("counter", 32), ("cipher_suite", 16), ("version", 16)] {
                if let Some(number) = input.pointer_mut(&format!("/value/{name}"))
                    && let Some(n) = number.as_u64()
                {
                    *number = json!(n & ((1 << bits) - 1));
                }
            }
        }),
    ),
];

fn rewritten(input: &Value, answer: Answer, structure: &str, change: fn(&mut Vec<u8>)) -> Answer {
    match answer {
        Answer::Ok(out) if is(input, structure) => {
            let mut octets = octets(&out);
            change(&mut octets);
            Answer::Ok(json!({"octets": hex::encode(&octets)}))
        }
        answer => answer,
    }
}

/// Says yes to what is refused for such a reason.
fn despite(answer: Answer, such: fn(&str) -> bool) -> Answer {
    match &answer {
        Answer::Reject(Rejection { reason: Some(reason), .. }) if such(reason) => Answer::Ok(json!({"octets": ""})),
        _ => answer,
    }
}
