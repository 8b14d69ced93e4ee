//! One input for each operation of `conformance/README.md`.

use serde_json::{Value, json};

/// An input, and what is known of its answer.
pub(super) struct Example {
    /// The input.
    pub input: Value,
    /// Whether it must be accepted.
    pub valid: bool,
}

/// A message that says hi: salt 07…, no topic, no extensions, one single part of `text/plain`.
const HI: &str = "875007070707070707070707070707070707f640f6f6a0850160016a746578742f706c61696e426869";

/// The same with the URIs of sender and room.
const FRANKED: &str = "875007070707070707070707070707070707f640f6f6a2\
    0178186d696d693a2f2f612e6578616d706c652f752f616c69636502776d696d693a2f2f612e6578616d706c652f722f726f6f6d\
    850160016a746578742f706c61696e426869";

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
    let valid = |input| Some(Example { input, valid: true });
    let invalid = |input| Some(Example { input, valid: false });
    match op {
        "content/decode" | "content/part-index" => valid(json!({"cbor": HI})),
        "content/encode" => valid(json!({"message": hi()})),
        "content/message-id" => valid(json!({"cbor": HI, "sender_uri": ALICE, "room_uri": ROOM})),
        "content/resolve-cid" => invalid(json!({"cbor": HI, "uri": "cid:0@local.invalid"})),
        "content/judge" => valid(json!({"cbor": HI, "sender_uri": ALICE, "room_uri": ROOM, "sender_is_member": true,
            "accepted_ms": THEN, "now_ms": THEN, "room_created_ms": 0, "seen": []})),
        "content/thread" => valid(json!({"room_uri": ROOM, "now_ms": THEN, "messages": [
            {"cbor": HI, "sender_uri": ALICE, "accepted_ms": THEN, "read_ms": null}]})),
        // The part is not external: a refusal is right, an answer of the right shape no concern here.
        "content/external" => invalid(json!({"cbor": HI, "index": 0, "fetched": "", "now_s": 0})),
        "content/nohtml" => valid(json!({"markdown": "a < b"})),
        "content/process" => valid(json!({"cbor": HI, "supported": ["text/plain"]})),
        "policy/judge" => valid(json!({"policy": {"roles": [{"role": 2, "capabilities": "canSendMessage"}]},
            "participants": [{"user": ALICE, "role": 2}], "clients": [{"client": "alice-1", "user": ALICE}],
            "actor": {"as": "member", "client": "alice-1"}})),
        "delivery/decode" => valid(json!({"structure": "GroupInfoRequest", "octets": "0567726f7570"})),
        "delivery/encode" => valid(json!({"structure": "GroupInfoRequest", "value": {"group_id": "67726f7570"}})),
        "delivery/partition-key" => valid(json!({"cipher_suite": 1, "exporter_secret": "5e".repeat(32),
            "label": "mimi delivery partition key", "context": ""})),
        "room/decode" => valid(json!({"structure": "UpdateRoomResponse", "octets": "01046c6174650000000000000102"})),
        "room/encode" => valid(json!({"structure": "UpdateRoomResponse", "value": {"response_code": 1,
            "error_description": "late", "current_epoch": 258}})),
        "room/franking-tag" => valid(json!({"application_data": FRANKED})),
        "room/frank" => valid(json!({"cipher_suite": 1, "hub_key": "07".repeat(32), "signature_priv": "09".repeat(32),
            "franking_agent": null, "authenticated_data": "", "sender_uri": ALICE, "room_uri": ROOM,
            "accepted_timestamp": THEN})),
        // The message has no frank: a refusal is right.
        "room/verify-frank" => invalid(json!({"cipher_suite": 1, "franking_agent": null, "hub_domain": "a.example",
            "authenticated_data": "", "application_data": FRANKED, "sender_uri": ALICE, "room_uri": ROOM,
            "accepted_timestamp": THEN, "frank": null})),
        "room/verify-report" => invalid(json!({"hub_key": "07".repeat(32), "franking_signature_key": "09".repeat(32),
            "message_content": FRANKED, "frank": "00".repeat(35), "accepted_timestamp": THEN})),
        "tree/keys" => {
            valid(json!({"cipher_suite": 1, "ert_secret": "07".repeat(32), "node_index": 2, "content": "00"}))
        }
        "tree/wrap" => valid(json!({"cipher_suite": 1, "payload": "link-keys", "group_id": "01",
            "ert_secret": "07".repeat(32), "epoch": 3, "node_index": 2, "node": "010107"})),
        // The node is noise: a refusal is right.
        "tree/unwrap" => invalid(json!({"cipher_suite": 1, "payload": "link-keys", "group_id": "01",
            "node_secret": "07".repeat(32), "encrypted_node": format!("000000020000000000000003{}{}", "4110", "00".repeat(272))})),
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
    fn the_reference_answers_those_that_are_valid() {
        for op in Reference.hello().ops {
            let example = of(&op).unwrap();
            let accepts = matches!(Reference.answer(&op, &example.input), Answer::Ok(_));
            assert!(accepts || !example.valid, "{op}");
        }
    }
}
