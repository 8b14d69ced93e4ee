//! Bugs of partition keys.

use super::octets::put;
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::Value;
use sha2::{Digest, Sha256};

const OP: &str = "delivery/partition-key";
const LABELS: &str = "labels are texts for people, and are tidied";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "export-context-ignored",
        "exports without the context",
        "an argument that is empty in every test",
        Reads(OP, |input| put(input, "context", "".into())),
    ),
    (
        "export-context-hashed-twice",
        "hashes the context before the exporter does",
        "two layers do the same thing",
        Reads(OP, |input| {
            let context = input.get("context").and_then(Value::as_str).and_then(|text| hex::decode(text).ok());
            put(input, "context", hex::encode(&Sha256::digest(context.unwrap_or_default())).into());
        }),
    ),
    (
        "export-label-fixed",
        "exports with its own label, whatever it is given",
        "a constant where an argument is needed",
        Reads(OP, |input| put(input, "label", "mimi delivery partition key".into())),
    ),
    (
        "export-label-trimmed",
        "drops white space around a label",
        LABELS,
        Reads(OP, |input| label(input, |l| l.trim().into())),
    ),
    (
        "export-label-lower-case",
        "writes labels in lower case",
        LABELS,
        Reads(OP, |input| label(input, |l| l.to_lowercase())),
    ),
    (
        "export-label-prefix-once",
        "does not put a prefix before a label that has it",
        "what is there already is not added again",
        Reads(OP, |input| label(input, |l| l.strip_prefix("MLS 1.0 ").unwrap_or(l).into())),
    ),
    (
        "export-label-ascii",
        "drops what is not ASCII from a label",
        "a text is taken for octets",
        Reads(OP, |input| label(input, |l| l.chars().filter(char::is_ascii).collect())),
    ),
    (
        "export-label-ends-at-nul",
        "ends a label at its first U+0000",
        "texts that end with a zero octet",
        Reads(OP, |input| label(input, |l| l.split('\0').next().unwrap_or_default().into())),
    ),
    (
        "export-label-of-55-octets",
        "cuts a label of more than 55 octets",
        "a length is taken for an octet",
        Reads(OP, |input| label(input, |l| l.chars().take(55).collect())),
    ),
    (
        "export-unknown-suites-are-the-first",
        "takes an unknown cipher suite for the first",
        "the default branch of a switch does what looks harmless",
        Reads(OP, |input| {
            let known = |n| (1..=7).contains(&n) || n == 79;
            if !input.get("cipher_suite").and_then(Value::as_u64).is_some_and(known) {
                put(input, "cipher_suite", 1.into());
            }
        }),
    ),
    (
        "masks-are-sha-256",
        "masks keys with SHA-256, whatever the cipher suite",
        "one algorithm is in use, and its number is not looked at",
        Answers(OP, |_, answer| masked(answer, |key| Sha256::digest(key).to_vec())),
    ),
    (
        "masks-hash-a-length",
        "hashes a key with a length before it",
        "the encoding of a value is taken for the value",
        Answers(OP, |_, answer| masked(answer, |key| Sha256::digest([&[16], key].concat()).to_vec())),
    ),
    (
        "masks-show-the-key",
        "does not mask keys",
        "a step that changes no length in the tests",
        Answers(OP, |_, answer| masked(answer, <[u8]>::to_vec)),
    ),
    (
        "masks-of-16-octets",
        "cuts the mask to the length of the key",
        "a mask is thought to look like what it hides",
        Answers(OP, |_, answer| masked(answer, |key| Sha256::digest(key).iter().take(16).copied().collect())),
    ),
];

fn label(input: &mut Value, change: fn(&str) -> String) {
    let changed = input.get("label").and_then(Value::as_str).map(change);
    put(input, "label", changed.into());
}

fn masked(answer: Answer, mask: fn(&[u8]) -> Vec<u8>) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    let key = out.get("partition_key").and_then(Value::as_str).and_then(|text| hex::decode(text).ok());
    put(&mut out, "masked_partition_key", hex::encode(&mask(&key.unwrap_or_default())).into());
    Answer::Ok(out)
}
