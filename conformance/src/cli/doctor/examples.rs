//! One input for each operation of `conformance/README.md`, and the shape of its output.

use serde_json::{Value, json};

/// An input and what is known of its output.
pub(super) struct Example {
    /// The input.
    pub input: Value,
    /// Whether it must be accepted.
    pub valid: bool,
    /// Members of the output, and what they are.
    pub out: &'static [Member],
}

/// A member of an output, and what it is.
type Member = (&'static str, fn(&Value) -> bool);

/// A message that says hi: salt 07…, no topic, no extensions, one single part of `text/plain`.
const HI: &str = "875007070707070707070707070707070707f640f6f6a0850160016a746578742f706c61696e426869";

const ALICE: &str = "mimi://a.example/u/alice";
const ROOM: &str = "mimi://a.example/r/room";
const THEN: u64 = 1_700_000_000_000;

fn hi() -> Value {
    json!({"salt": "07".repeat(16), "replaces": null, "topic_id": "", "expires": null, "in_reply_to": null,
        "extensions": [], "body": {"disposition": 1, "language": "", "cardinality": "single",
        "content_type": "text/plain", "content": "6869"}})
}

/// The example of an operation; `None` when there is no such operation.
pub(super) fn of(op: &str) -> Option<Example> {
    let example = |valid, input, out| Some(Example { input, valid, out });
    match op {
        "content/decode" => example(true, json!({"cbor": HI}), &[("message", Value::is_object)]),
        "content/encode" => example(true, json!({"message": hi()}), &[("cbor", Value::is_string)]),
        "content/message-id" => example(
            true,
            json!({"cbor": HI, "sender_uri": ALICE, "room_uri": ROOM}),
            &[("message_id", Value::is_string)],
        ),
        "content/part-index" => example(true, json!({"cbor": HI}), &[("parts", Value::is_array)]),
        "content/resolve-cid" => {
            example(false, json!({"cbor": HI, "uri": "cid:0@local.invalid"}), &[("index", Value::is_u64)])
        }
        "content/judge" => example(
            true,
            json!({"cbor": HI, "sender_uri": ALICE, "room_uri": ROOM, "sender_is_member": true, "accepted_ms": THEN,
                "now_ms": THEN, "room_created_ms": 0, "seen": []}),
            &[],
        ),
        "content/thread" => example(
            true,
            json!({"room_uri": ROOM, "now_ms": THEN, "messages": [
                {"cbor": HI, "sender_uri": ALICE, "accepted_ms": THEN, "read_ms": null}]}),
            &[
                ("messages", Value::is_array),
                ("unresolved", Value::is_array),
                ("ignored", Value::is_array),
                ("topics", Value::is_array),
            ],
        ),
        // The part is not external: a refusal is right, an answer of the right shape no concern here.
        "content/external" => example(
            false,
            json!({"cbor": HI, "index": 0, "fetched": "", "now_s": 0}),
            &[("plaintext", Value::is_string)],
        ),
        "content/nohtml" => example(true, json!({"markdown": "a < b"}), &[("escaped", Value::is_string)]),
        "content/process" => example(
            true,
            json!({"cbor": HI, "supported": ["text/plain"]}),
            &[("process", Value::is_array), ("skipped", Value::is_array)],
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::adapter::{Answer, Implementation, reference::Reference};

    #[test]
    fn the_readme_and_the_examples_agree_on_the_operations() {
        let readme = include_str!("../../../README.md");
        let ops: Vec<_> = readme.lines().filter_map(|l| l.strip_prefix("### ")).collect();
        assert!(ops.len() >= 10);
        assert!(ops.iter().all(|op| of(op).is_some()), "{ops:?}");
        assert!(Reference.hello().ops.iter().all(|op| of(op).is_some()));
    }

    #[test]
    fn the_reference_answers_them_in_shape() {
        for op in Reference.hello().ops {
            let example = of(&op).unwrap();
            match Reference.answer(&op, &example.input) {
                Answer::Ok(out) => {
                    assert!(example.out.iter().all(|(name, is)| out.get(name).is_some_and(is)), "{op}: {out}")
                }
                other => assert!(!example.valid, "{op}: {other:?}"),
            }
        }
    }
}
