//! Each rule bites on a file that breaks just it.

use super::*;
use crate::ledger::Ledger;
use mimicheck::reason;
use mimicheck::vector::File;
use serde_json::{Value, json};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn sound() -> Value {
    json!({"schema": "schema/vectors.schema.json", "family": "content/decode",
        "spec": {"document": "draft-ietf-mimi-content", "revision": "08"},
        "notes": {"salt": {"bug": "b", "effect": "e", "requirement": "content-08:4.1:salt-16", "links": []}},
        "groups": [{"name": "g", "source": {"kind": "derived", "name": "n", "version": "1", "seed": "s"},
            "witnesses": [], "cases": [
                {"id": "content/decode/short", "comment": "c", "flags": ["salt"],
                 "requirements": ["content-08:4.1:salt-16"], "level": "must", "about": "receiver",
                 "op": "content/decode", "in": {"cbor": "8740"},
                 "expect": {"verdict": "reject", "reason": "salt-length", "offset": 1}}]}]})
}

/// The rules that a file breaks, apart from those for all files together.
fn broken(value: &Value, path: &str) -> Vec<&'static str> {
    let text = match serde_json::from_value::<File>(value.clone()) {
        Ok(file) => file.canonical().unwrap(),
        Err(_) => value.to_string(),
    };
    problems(vec![Source { path: path.into(), text }]).into_iter().map(|p| p.rule).collect()
}

fn problems(sources: Vec<Source>) -> Vec<Problem> {
    let schemas = Schemas::load(&root().join("vectors/schema")).unwrap();
    let ledger = Ledger::load(&root().join("conformance/requirements")).unwrap();
    let whole = ["count", "reason-untested", "id-new"];
    let all = lint(&Suite { sources, ids: None, schemas, ledger, scenarios: vec![] });
    all.into_iter().filter(|p| !whole.contains(&p.rule)).collect()
}

/// Changes the sound file at a JSON pointer, and says which rules it then breaks.
fn changed(place: &str, value: Value) -> Vec<&'static str> {
    let mut file = sound();
    *file.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = value;
    broken(&file, "content/decode.json")
}

fn with(place: &str, member: &str, value: Value) -> Vec<&'static str> {
    let mut file = sound();
    file.pointer_mut(place).unwrap()[member] = value;
    broken(&file, "content/decode.json")
}

const CASE: &str = "/groups/0/cases/0";
const EXPECT: &str = "/groups/0/cases/0/expect";

#[test]
fn a_sound_file_breaks_nothing() {
    assert_eq!(broken(&sound(), "content/decode.json"), [""; 0]);
}

#[test]
fn rules_for_a_file_bite() {
    assert_eq!(broken(&sound(), "content/other.json"), ["path"]);
    assert_eq!(with("/notes", "idle", sound()["notes"]["salt"].clone()), ["note-unused"]);
    assert_eq!(changed("/notes/salt/requirement", json!("content-08:4.1:no-such")), ["requirement"]);
    assert_eq!(changed("/groups/0/source/name", json!("")), ["schema", "source"]);
    assert!(broken(&json!({"family": 1}), "x.json").contains(&"format"));

    let text = sound().to_string();
    let found = problems(vec![Source { path: "content/decode.json".into(), text: text.clone() }]);
    assert_eq!(found.iter().map(|p| p.rule).collect::<Vec<_>>(), ["canonical"]);
    let text = text + &" ".repeat(2_000_000);
    let found = problems(vec![Source { path: "content/decode.json".into(), text }]);
    assert!(found.iter().any(|p| p.rule == "size"));
    let found = problems(vec![Source { path: "x.json".into(), text: "{".into() }]);
    assert_eq!(found.iter().map(|p| p.rule).collect::<Vec<_>>(), ["format"]);
}

#[test]
fn rules_for_a_case_bite() {
    let at = |member: &str| format!("{CASE}/{member}");
    assert_eq!(changed(&at("id"), json!("content/encode/short")), ["id"]);
    assert_eq!(changed(&at("id"), json!("content/decode/a/b")), ["id"]);
    assert_eq!(changed(&at("id"), json!("content/decode/Short")), ["id", "schema"]);
    assert_eq!(changed(&at("flags"), json!(["salt", "other"])), ["flag"]);
    assert_eq!(changed(&at("requirements"), json!(["content-08:4.1:no-such"])), ["requirement"]);
    assert_eq!(changed(&at("in"), json!({"cbor": "87F6"})), ["hex", "schema"]);
    assert_eq!(changed(&at("in"), json!({"cbor": "876"})), ["hex", "schema"]);
    assert_eq!(changed(&at("in"), json!({"cbor": "8740", "more": 1})), ["schema"]);
    assert_eq!(with(EXPECT, "reason", json!("no-such")), ["reason"]);
    assert_eq!(with(EXPECT, "reason", json!("bad-input")), ["reason"]);
    assert_eq!(with(EXPECT, "also", json!(["salt-length"])), ["reason"]);
    assert_eq!(with(EXPECT, "offset", json!(2)), [""; 0], "the end of the input is an offset");
    assert_eq!(with(EXPECT, "offset", json!(3)), ["offset"]);
}

#[test]
fn what_an_input_is_wrong_on_purpose_may_be() {
    let mut file = sound();
    file["notes"]["malformed-input"] = file["notes"]["salt"].clone();
    file["notes"].as_object_mut().unwrap().remove("salt");
    let case = &mut file["groups"][0]["cases"][0];
    case["flags"] = json!(["malformed-input"]);
    case["in"] = json!({"cbor": "xx"});
    case["expect"] = json!({"verdict": "reject", "reason": "bad-input"});
    assert_eq!(broken(&file, "content/decode.json"), [""; 0]);
}

/// An entry that has readings.
const OPEN: &str = "content-08:4.3:tag-content";

#[test]
fn a_contested_case_names_what_is_open() {
    let naming = |ids: &[&str]| {
        let mut file = sound();
        let case = file.pointer_mut(CASE).unwrap();
        case["requirements"] = json!(ids);
        let readings = [("reject", "a"), ("accept", "b")].map(|(v, t)| json!({"verdict": v, "text": t}));
        case["contested"] = json!({"readings": readings});
        broken(&file, "content/decode.json")
    };
    assert_eq!(naming(&["content-08:4.1:salt-16"]), ["contested-entry"]);
    assert_eq!(naming(&["content-08:4.1:salt-16", OPEN]), [""; 0]);
    assert_eq!(naming(&[OPEN]), [""; 0]);
}

#[test]
fn readings_must_differ() {
    let contested = |readings: &[(&str, &str)], because: Option<&str>| {
        let mut file = sound();
        let case = file.pointer_mut(CASE).unwrap();
        let reading = |(verdict, text): &(&str, &str)| json!({"verdict": verdict, "text": text});
        case["contested"] = json!({"readings": readings.iter().map(reading).collect::<Vec<_>>()});
        case["requirements"] = json!(["content-08:4.1:salt-16", OPEN]);
        if let Some(because) = because {
            case["expect"]["because"] = json!(because);
        }
        broken(&file, "content/decode.json")
    };
    assert_eq!(contested(&[("reject", "a"), ("accept", "b")], None), [""; 0]);
    assert_eq!(contested(&[("accept", "a"), ("reject", "b")], None), ["contested"], "the reference's comes first");
    assert_eq!(contested(&[("reject", "a"), ("reject", "b")], None), ["contested"]);
    assert_eq!(contested(&[("reject", "a"), ("reject", "b")], Some("the offsets differ")), [""; 0]);
    assert_eq!(contested(&[("reject", "a"), ("accept", "a")], None), ["contested"]);
    assert_eq!(contested(&[("reject", "a")], None), ["contested", "schema"]);
}

#[test]
fn the_schema_knows_what_each_verdict_needs() {
    let expects = |expect: Value| changed(EXPECT, expect);
    assert_eq!(expects(json!({"verdict": "accept"})), ["schema"]);
    assert_eq!(expects(json!({"verdict": "reject"})), ["schema"]);
    assert_eq!(expects(json!({"verdict": "either"})), ["schema"]);
    assert_eq!(expects(json!({"verdict": "either", "because": "both are right"})), [""; 0]);
    assert!(expects(json!({"verdict": "accept", "out": {"cbor": ""}})).contains(&"schema"), "no output of this op");
    let out = |disposition: u32, salt: usize| {
        let body = json!({"disposition": disposition, "language": "", "cardinality": "null"});
        json!({"verdict": "accept", "out": {"message": {"salt": "00".repeat(salt), "replaces": null, "topic_id": "",
            "expires": null, "in_reply_to": null, "extensions": [{"key": "t", "value": "f6"}], "body": body}}})
    };
    assert_eq!(expects(out(1, 16)), [""; 0]);
    assert_eq!(expects(out(256, 16)), ["schema"]);
    assert_eq!(expects(out(1, 15)), ["schema"]);

    let mut file = sound();
    let case = file.pointer_mut(CASE).unwrap();
    case["op"] = json!("content/encode");
    case["in"] = json!({"message": out(256, 15)["out"]["message"]});
    case["expect"] = json!({"verdict": "reject", "reason": "salt-length"});
    assert_eq!(broken(&file, "content/decode.json"), [""; 0], "an input that no document can carry has the shape");
}

#[test]
fn a_schema_problem_names_its_case() {
    let mut file = sound();
    file["groups"][0]["cases"][0]["in"] = json!({});
    let text = serde_json::from_value::<File>(file).unwrap().canonical().unwrap();
    let found = problems(vec![Source { path: "content/decode.json".into(), text }]);
    let schema = found.iter().find(|p| p.rule == "schema").unwrap();
    assert_eq!(schema.case.as_deref(), Some("content/decode/short"));
    assert!(schema.to_string().contains("/groups/0/cases/0/in"), "{schema}");
}

fn files(ids: &[&str]) -> Vec<(String, File)> {
    let mut file: File = serde_json::from_value(sound()).unwrap();
    let case = file.groups[0].cases[0].clone();
    let renamed = ids.iter().map(|id| mimicheck::vector::Case { id: (*id).into(), ..case.clone() });
    file.groups[0].cases = renamed.collect();
    vec![("content/decode.json".into(), file)]
}

#[test]
fn ids_are_unique_and_permanent() {
    let rules = |found: Vec<Problem>| found.into_iter().map(|p| p.rule).collect::<Vec<_>>();
    assert_eq!(rules(whole::unique(&files(&["a", "b"]))), [""; 0]);
    assert_eq!(rules(whole::unique(&files(&["a", "a"]))), ["id-twice"]);
    assert_eq!(rules(whole::permanent(&files(&["a", "b"]), Some("a\nb\n"))), [""; 0]);
    assert_eq!(rules(whole::permanent(&files(&["a"]), Some("a\nb\n"))), ["id-gone"]);
    assert_eq!(rules(whole::permanent(&files(&["a", "b"]), Some("a\n"))), ["id-new"]);
    assert_eq!(rules(whole::permanent(&files(&["a"]), None)), ["id-new"]);
    assert_eq!(rules(whole::permanent(&files(&["a", "b"]), Some("b\na\n"))), ["ids"]);
}

#[test]
fn every_reason_is_expected_by_different_inputs() {
    let salt = |files: &[(String, File)], exceptions: &[(reason::Reason, &str)]| {
        let found = whole::reasons(files, exceptions);
        found.into_iter().find(|p| p.what.contains("salt-length")).map(|p| p.rule)
    };
    let mut two = files(&["a", "b"]);
    assert_eq!(salt(&two, &[]), Some("reason-untested"), "two cases with one input are one test");
    two[0].1.groups[0].cases[1].input = json!({"cbor": "874100"});
    assert_eq!(salt(&two, &[]), None);
    let exception = [(reason::content::SALT_LENGTH, "no reason at all")];
    assert_eq!(salt(&two, &exception), Some("exception-stale"));
    assert_eq!(salt(&files(&["a"]), &exception), None);
    two[0].1.groups[0].cases[1].expect.reason = Some("truncated".into());
    assert_eq!(salt(&two, &[]), Some("reason-untested"));

    let all = whole::reasons(&[], &[]).len();
    assert_eq!(all, reason::content::ALL.len() - 1, "all but bad-input");
}

#[test]
fn what_a_thread_ignores_a_message_for_counts() {
    let mut two = files(&["a", "b"]);
    for (i, case) in two[0].1.groups[0].cases.iter_mut().enumerate() {
        case.input = json!({"messages": [], "now_ms": i});
        let out = json!({"ignored": [{"id": "", "reason": "edit-after-delete"}]});
        case.expect.verdict = mimicheck::vector::Verdict::Accept;
        (case.expect.out, case.expect.reason) = (Some(out), None);
    }
    let missing = whole::reasons(&two, &[]);
    assert!(!missing.iter().any(|p| p.what.contains("edit-after-delete")));
    assert!(missing.iter().any(|p| p.what.contains("salt-length")));
}

#[test]
fn counts_never_fall() {
    assert!(whole::counts(&files(&["a", "b"]), (2, 2)).is_empty());
    assert_eq!(whole::counts(&files(&["a", "b"]), (3, 2)).len(), 1);
    assert_eq!(whole::counts(&files(&["a", "b"]), (3, 3)).len(), 2);
}

/// One input and one output of every operation, as in `conformance/README.md`.
fn examples() -> Vec<(&'static str, Value, Value)> {
    let id = "01".repeat(32);
    let message = json!({"salt": "00".repeat(16), "replaces": id, "topic_id": "aa", "expires": {"relative": true, "time": 60},
        "in_reply_to": null, "extensions": [{"key": 1, "value": "6161"}], "body": {"disposition": 1, "language": "",
        "cardinality": "multi", "semantics": "choose-one", "parts": [
            {"disposition": 1, "language": "", "cardinality": "null"},
            {"disposition": 6, "language": "en", "cardinality": "external", "content_type": "video/mp4", "url": "https://a",
             "expires": 0, "size": "708234961", "enc_alg": 1, "key": "00", "nonce": "00", "aad": "", "hash_alg": 1,
             "content_hash": "00", "description": "", "filename": ""}]}});
    let thread = json!({"messages": [{"id": id, "kind": "message", "sender_uri": "mimi://a/u", "state": "deleted",
        "current": null, "versions": [id], "topic_id": "", "in_reply_to": {"id": id, "target": null, "status": "unknown"},
        "reactions": []}], "unresolved": [{"id": id, "replaces": id}],
        "ignored": [{"id": id, "reason": "edit-not-authorized"}], "topics": [{"topic_id": "aa", "ids": [id]}]});
    vec![
        ("content/decode", json!({"cbor": "87"}), json!({"message": message})),
        ("content/encode", json!({"message": message}), json!({"cbor": "87"})),
        ("content/message-id", json!({"cbor": "87", "sender_uri": "mimi://a/u"}), json!({"message_id": id})),
        (
            "content/part-index",
            json!({"cbor": "87"}),
            json!({"parts": [
            {"index": 0, "parent": null, "depth": 1, "cardinality": "multi"},
            {"index": 1, "parent": 0, "depth": 2, "cardinality": "null"}]}),
        ),
        ("content/resolve-cid", json!({"cbor": "87", "uri": "cid:5@local.invalid"}), json!({"index": 5})),
        (
            "content/judge",
            json!({"cbor": "87", "sender_is_member": true, "accepted_ms": 1, "now_ms": 2,
            "room_created_ms": 0, "seen": [id], "limits": {"future_ms": 300_000, "floor_ms": null}}),
            json!({}),
        ),
        (
            "content/thread",
            json!({"room_uri": "mimi://a/r", "now_ms": 1, "policy": {"editors": ["mimi://a/u"]},
            "messages": [{"cbor": "87", "sender_uri": "mimi://a/u", "accepted_ms": 1, "read_ms": null}]}),
            thread,
        ),
        ("content/external", json!({"cbor": "87", "index": 1, "fetched": "00", "now_s": 1}), json!({"plaintext": ""})),
        ("content/nohtml", json!({"markdown": "<b>"}), json!({"escaped": "\\<b>"})),
        ("content/process", json!({"cbor": "87", "supported": ["text/plain"]}), json!({"process": [1], "skipped": []})),
        (
            "delivery/decode",
            json!({"structure": "GroupInfoRequest", "octets": "00"}),
            json!({"value": {"group_id": ""}}),
        ),
        (
            "delivery/encode",
            json!({"structure": "GroupInfoRequest", "value": {"group_id": ""}}),
            json!({"octets": "00"}),
        ),
        (
            "delivery/partition-key",
            json!({"cipher_suite": 1, "exporter_secret": "5e", "label": "l", "context": ""}),
            json!({"partition_key": "00".repeat(16), "masked_partition_key": "00"}),
        ),
        (
            "room/decode",
            json!({"structure": "FrankAAD", "octets": "00".repeat(32)}),
            json!({"value": {"franking_tag": "00".repeat(32)}}),
        ),
        (
            "room/encode",
            json!({"structure": "FrankAAD", "value": {"franking_tag": "00".repeat(32)}}),
            json!({"octets": "00".repeat(32)}),
        ),
        (
            "policy/judge",
            json!({"policy": {"roles": [{"role": 2, "capabilities": "canSendMessage", "changes": "0>1,2 2>0"}]},
            "participants": [{"user": "a", "role": 2}], "clients": [{"client": "a-1", "user": "a"}],
            "actor": {"as": "member", "client": "a-1"}, "commit": [{"kind": "update"}]}),
            json!({}),
        ),
        (
            "room/franking-tag",
            json!({"application_data": "87", "framed": true}),
            json!({"franking_tag": "00".repeat(32), "authenticated_data": "00"}),
        ),
        (
            "room/frank",
            json!({"cipher_suite": 1, "hub_key": "00", "signature_priv": "00".repeat(32), "franking_agent": null,
            "authenticated_data": "00", "sender_uri": "mimi://a/u", "room_uri": "mimi://a/r", "accepted_timestamp": 1}),
            json!({"frank": null}),
        ),
        (
            "room/verify-frank",
            json!({"cipher_suite": 1, "franking_agent": "00", "hub_domain": "a", "authenticated_data": "00",
            "application_data": "87", "sender_uri": "mimi://a/u", "room_uri": "mimi://a/r", "accepted_timestamp": 1,
            "frank": "00"}),
            json!({"context": "00"}),
        ),
        (
            "room/verify-report",
            json!({"hub_key": "00", "franking_signature_key": "00", "message_content": "87", "frank": "00",
            "accepted_timestamp": 1, "alleged_abuser_uri": "mimi://a/u", "room_uri": "mimi://a/r"}),
            json!({"context": "00"}),
        ),
        (
            "tree/keys",
            json!({"cipher_suite": 1, "ert_secret": "07", "node_index": 2, "content": "00"}),
            json!({"node_secret": "00", "node_siv": "00", "node_key": "00", "node_nonce": "00"}),
        ),
        (
            "tree/wrap",
            json!({"cipher_suite": 1, "payload": "link-keys", "group_id": "01", "ert_secret": "07", "epoch": 3,
            "node_index": 2, "node": "0100"}),
            json!({"encrypted_node": "00", "node_secret": "00"}),
        ),
        (
            "tree/unwrap",
            json!({"cipher_suite": 1, "payload": "link-keys", "group_id": "01", "node_secret": "07", "encrypted_node": "00"}),
            json!({"node": "0100", "left_secret": null, "right_secret": "00"}),
        ),
    ]
}

#[test]
fn every_operation_has_its_schema() {
    for (op, input, out) in examples() {
        let file = |input: &Value, out: &Value| {
            let mut file = sound();
            let case = file.pointer_mut(CASE).unwrap();
            (case["op"], case["in"]) = (json!(op), input.clone());
            case["expect"] = json!({"verdict": "accept", "out": out});
            broken(&file, "content/decode.json")
        };
        assert_eq!(file(&input, &out), [""; 0], "{op}");
        let more = |value: &Value| {
            let mut value = value.clone();
            value["surplus"] = json!(1);
            value
        };
        assert_eq!(file(&more(&input), &out), ["schema"], "{op}: a surplus member of the input");
        assert_eq!(file(&input, &more(&out)), ["schema"], "{op}: a surplus member of the output");
        assert!(file(&json!({}), &out).contains(&"schema"), "{op}: an input without members");
    }
    let ops: Vec<String> = mimicheck::adapter::Implementation::hello(&mimicheck::adapter::reference::Reference).ops;
    for op in ops {
        assert!(examples().iter().any(|(known, ..)| *known == op), "{op} has no schema");
    }
}

#[test]
fn the_real_files_are_of_their_schemas() {
    let schemas = Schemas::load(&root().join("vectors/schema")).unwrap();
    for family in mimicheck::vector::families::ALL {
        let file = serde_json::to_value((family.generate)()).unwrap();
        assert_eq!(schemas.errors(&file, 5), [], "{}", family.name);
    }
}

#[test]
fn a_scenario_names_what_is_there_and_once() {
    let named = |ids: &[&str]| {
        let scenario = json!({"name": "s", "shows": "x", "holds": "y", "requirements": ids, "providers": [],
            "devices": [], "steps": [], "ends": []});
        let ledger = Ledger::load(&root().join("conformance/requirements")).unwrap();
        whole::scenarios(&[serde_json::from_value(scenario).unwrap()], &ledger).len()
    };
    assert_eq!(named(&["content-08:4.1:salt-16"]), 0);
    assert_eq!(named(&["content-08:4.1:no-such"]), 1);
    assert_eq!(named(&["content-08:4.1:salt-16", "content-08:4.1:salt-16"]), 1);
}
