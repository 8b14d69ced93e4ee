use super::*;
use crate::adapter::Rejection;
use serde_json::json;

fn small() -> String {
    // [salt, null, h'', null, null, {}, [1, "", 1, "a/a", h'78']]
    format!("8750{}f640f6f6a085016001{}", "07".repeat(16), "63612f614178")
}

fn answer(op: &str, input: &Value) -> Answer {
    Reference.answer(op, input)
}

fn reason_of(answer: Answer) -> String {
    let Answer::Reject(Rejection { reason: Some(reason), .. }) = answer else { panic!("{answer:?}") };
    reason
}

/// A well-shaped input of every operation, with what it answers.
fn inputs() -> Vec<(&'static str, Value, Value)> {
    let cbor = small();
    let part = json!({"index": 0, "parent": null, "depth": 1, "cardinality": "single"});
    let context = json!({
        "cbor": cbor, "sender_uri": "s", "room_uri": "r", "sender_is_member": true, "accepted_ms": 1, "now_ms": 1,
        "room_created_ms": 0, "seen": [], "limits": {"max_octets": 100},
    });
    let messages = json!([{"cbor": "f6", "sender_uri": "s", "accepted_ms": 1, "read_ms": null}]);
    let policy = json!({"editors": [], "deleters": []});
    let thread = json!({"room_uri": "r", "now_ms": 1, "policy": policy, "messages": messages});
    let ignored = json!([{"id": null, "reason": "undecodable"}]);
    vec![
        ("content/part-index", json!({"cbor": cbor}), json!({"parts": [part]})),
        ("content/resolve-cid", json!({"cbor": cbor, "uri": "cid:0@local.invalid"}), json!({"index": 0})),
        ("content/judge", context, json!({})),
        ("content/thread", thread, json!({"messages": [], "unresolved": [], "ignored": ignored, "topics": []})),
        ("content/nohtml", json!({"markdown": "<a>"}), json!({"escaped": "&lt;a>"})),
        ("content/process", json!({"cbor": cbor, "supported": ["a/a"]}), json!({"process": [0], "skipped": []})),
    ]
}

#[test]
fn operations_are_in_name_order() {
    assert!(OPERATIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn every_operation_answers() {
    for (op, input, out) in inputs() {
        assert_eq!(answer(op, &input), Answer::Ok(out), "{op}");
    }
    let input = json!({"cbor": small(), "index": 0, "fetched": "", "now_s": 0});
    assert_eq!(reason_of(answer("content/external", &input)), "not-external-part");
    let input = json!({"cbor": small(), "index": u64::MAX, "fetched": "", "now_s": 0});
    assert_eq!(reason_of(answer("content/external", &input)), "part-index-out-of-range");
}

#[test]
fn an_undecodable_document_has_an_offset() {
    let short = &small()[..20];
    let input = json!({"cbor": short});
    let Answer::Reject(rejection) = answer("content/part-index", &input) else { panic!() };
    assert_eq!((rejection.reason.as_deref(), rejection.offset), (Some("truncated"), Some(10)));
}

/// Every member of every input in turn is made something else.
#[test]
fn wrong_shapes_are_bad_input() {
    let external = json!({"cbor": small(), "index": 0, "fetched": "", "now_s": 0});
    let inputs = inputs().into_iter().map(|(op, input, _)| (op, input)).chain([("content/external", external)]);
    for (op, input) in inputs {
        assert_eq!(reason_of(answer(op, &Value::Null)), "bad-input", "{op}");
        for name in input.as_object().unwrap().keys() {
            for wrong in [json!(-1), json!([1]), json!(1.5), json!({"editors": 1, "max_octets": "x"})] {
                let mut changed = input.clone();
                changed[name] = wrong.clone();
                assert_eq!(reason_of(answer(op, &changed)), "bad-input", "{op} {name} {wrong}");
            }
        }
    }
    let mut input = inputs_of("content/judge");
    input["seen"] = json!(["00"]);
    assert_eq!(reason_of(answer("content/judge", &input)), "bad-input");
}

fn inputs_of(op: &str) -> Value {
    inputs().into_iter().find(|(name, ..)| *name == op).unwrap().1
}
