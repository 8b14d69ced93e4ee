//! The JSON Schema of the adapter protocol against real lines, and against the parser's own strictness.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::adapter::Response;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

fn schema(definition: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(include_str!("../schema/adapter.schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let object = schema.as_object_mut().unwrap();
    object.remove("oneOf");
    object.insert("$ref".into(), json!(format!("#/$defs/{definition}")));
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn what_the_reference_adapter_says_is_valid() {
    let requests = [
        json!({"id": 1, "op": "hello", "protocol": 1}),
        json!({"id": 2, "op": "content/decode", "in": {"cbor": "875007070707070707070707070707070707f640f6f6a083016000"}}),
        json!({"id": 3, "op": "content/decode", "in": {"cbor": ""}}),
        json!({"id": 4, "op": "doctor/unknown", "in": {}}),
        json!({"id": 5, "op": "content/decode", "in": {}}),
    ];
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimicheck"))
        .args(["adapter", "reference"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for request in &requests {
        assert!(schema("request").is_valid(request), "{request}");
        writeln!(stdin, "{request}").unwrap();
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), requests.len());
    for line in &lines {
        assert!(schema("response").is_valid(line), "{line}");
    }
    assert!(schema("hello").is_valid(&lines[0]["ok"]), "{}", lines[0]);
    assert!(lines[1].get("ok").is_some());
    assert!(lines[2].get("reject").is_some() && lines[3].get("unsupported").is_some());
}

#[test]
fn schema_and_parser_refuse_the_same() {
    let schema = schema("response");
    for (line, good) in [
        (json!({"id": 1, "ok": null}), true),
        (json!({"id": 1, "ok": {}}), true),
        (json!({"id": u64::MAX, "unsupported": "why"}), true),
        (json!({"id": 1, "reject": {}}), true),
        (json!({"id": 1, "reject": {"reason": null, "message": "m", "offset": 3, "more": 1}}), true),
        (json!({"id": 1}), false),
        (json!({"ok": 1}), false),
        (json!({"id": -1, "ok": 1}), false),
        (json!({"id": "1", "ok": 1}), false),
        (json!({"id": 1, "ok": 1, "reject": {}}), false),
        (json!({"id": 1, "ok": 1, "time": 3}), false),
        (json!({"id": 1, "unsupported": null}), false),
        (json!({"id": 1, "reject": "why"}), false),
        (json!({"id": 1, "reject": {"reason": 1}}), false),
        (json!({"id": 1, "reject": {"offset": -1}}), false),
        (json!([]), false),
    ] {
        assert_eq!(schema.is_valid(&line), good, "schema: {line}");
        assert_eq!(Response::parse(&line.to_string()).is_ok(), good, "parser: {line}");
    }
}
