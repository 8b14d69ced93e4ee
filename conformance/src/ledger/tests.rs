use super::*;
use mimicheck::sim::Scenario;
use mimicheck::vector::{File, Level};
use serde_json::{Value, json};

fn entry(id: &str, more: &[(&str, Value)]) -> Entry {
    let section = id.split(':').nth(1).unwrap();
    let mut entry = json!({"id": id, "section": section, "level": "must", "addressee": "both", "text": "A rule."});
    for (name, value) in more {
        entry[name] = value.clone();
    }
    serde_json::from_value(entry).unwrap()
}

fn ledger(entries: Vec<Entry>) -> Ledger {
    Ledger {
        documents: vec![Document { document: "d".into(), revision: "1".into(), coverage: Stage::Complete, entries }],
    }
}

/// A file with one case that names these requirements.
fn file(requirements: &[&str]) -> File {
    serde_json::from_value(json!({
        "schema": "schema/vectors.schema.json", "family": "a/b", "spec": {"document": "d", "revision": "1"},
        "notes": {},
        "groups": [{"name": "g", "source": {"kind": "derived", "name": "n", "version": "1", "seed": "s"},
            "witnesses": [], "cases": [{"id": "a/b/c", "comment": "x", "flags": [], "requirements": requirements,
            "level": "must", "about": "receiver", "op": "content/decode", "in": {},
            "expect": {"verdict": "accept", "out": {}}}]}],
    }))
    .unwrap()
}

/// A scenario that names these requirements.
fn scenario(requirements: &[&str]) -> Scenario {
    serde_json::from_value(json!({
        "name": "s", "shows": "x", "holds": "y", "requirements": requirements, "providers": [], "devices": [],
        "steps": [], "ends": [],
    }))
    .unwrap()
}

/// Problems apart from those of the reason table, which the made-up ledgers do not have.
fn found(ledger: &Ledger, files: &[File]) -> Vec<String> {
    problems(ledger, files, &[]).into_iter().filter(|p| !p.starts_with("reason code")).collect()
}

#[test]
fn an_entry_needs_a_case_or_a_reason() {
    let uncovered = ledger(vec![entry("d-1:1:x", &[])]);
    assert!(found(&uncovered, &[])[0].starts_with("d-1:1:x: no case and no scenario names it"));
    assert!(found(&uncovered, &[file(&["d-1:1:x"])]).is_empty());
    assert!(found(&ledger(vec![entry("d-1:1:x", &[("untestable", json!("no input shows it"))])]), &[]).is_empty());
    assert!(found(&ledger(vec![entry("d-1:1:x", &[("contested", json!(["a", "b"]))])]), &[]).is_empty());
}

#[test]
fn a_document_grows_until_it_is_complete() {
    let mut growing = ledger(vec![entry("d-1:1:x", &[]), entry("d-1:1:y", &[])]);
    growing.documents[0].coverage = Stage::Growing;
    assert!(found(&growing, &[file(&["d-1:1:x"])]).is_empty());
    assert!(found(&growing, &[file(&["d-1:1:x", "d-1:1:y"])])[0].starts_with("d-1: called growing"));
    growing.documents.push(ledger(vec![entry("e-1:1:x", &[])]).documents.remove(0));
    assert!(found(&growing, &[file(&["d-1:1:x"])])[0].starts_with("e-1:1:x: no case"));
}

#[test]
fn an_excuse_must_hold() {
    let untestable = ledger(vec![entry("d-1:1:x", &[("untestable", json!("no input shows it"))])]);
    assert!(found(&untestable, &[file(&["d-1:1:x"])])[0].contains("called untestable"));
    let one = ledger(vec![entry("d-1:1:x", &[("contested", json!(["a"]))])]);
    assert!(found(&one, &[])[0].contains("one reading only"));
}

#[test]
fn a_scenario_is_a_test_like_a_case() {
    let found = |ledger: &Ledger, id: &str| {
        let all = problems(ledger, &[], &[scenario(&[id])]);
        all.into_iter().filter(|p| !p.starts_with("reason code")).collect::<Vec<_>>()
    };
    let uncovered = ledger(vec![entry("d-1:1:x", &[])]);
    assert!(found(&uncovered, "d-1:1:x").is_empty());
    let [missing, unknown] = &found(&uncovered, "d-1:1:y")[..] else { panic!("two problems") };
    assert!(missing.starts_with("d-1:1:x: no case and no scenario names it"));
    assert!(unknown.starts_with("scenario s: names the requirement d-1:1:y"));
    let untestable = ledger(vec![entry("d-1:1:x", &[("untestable", json!("no input shows it"))])]);
    assert!(found(&untestable, "d-1:1:x")[0].contains("called untestable, but scenario s tests it"));
    let scenarios = [scenario(&["d-1:1:x"])];
    let cases = Cases::link(&[], &scenarios);
    assert_eq!(coverage(&uncovered, &cases, |_| true).total.tested, 1);
}

#[test]
fn names_without_entry_are_found() {
    let mut named = file(&["d-1:1:y"]);
    let note = json!({"bug": "b", "effect": "e", "requirement": "d-1:1:z", "links": []});
    named.notes.insert("f".into(), serde_json::from_value(note).unwrap());
    let found = problems(&ledger(vec![]), &[named], &[]);
    assert!(found.iter().any(|p| p.starts_with("a/b/c: names the requirement d-1:1:y")));
    assert!(found.iter().any(|p| p.starts_with("a/b, note f: names")));
    assert!(found.iter().any(|p| p.starts_with("reason code salt-length: names")));
}

#[test]
fn the_denominator_adds_up() {
    let open = [("contested", json!(["a", "b"]))];
    let ledger = ledger(vec![
        entry("d-1:1:tested", &open),
        entry("d-1:1:untestable", &[("untestable", json!("why")), open[0].clone()]),
        entry("d-1:2:open", &open),
        entry("d-1:2:uncovered", &[]),
    ]);
    let files = [file(&["d-1:1:tested"])];
    let cases = Cases::link(&files, &[]);
    let all = coverage(&ledger, &cases, |_| true);
    let counts = Counts { entries: 4, tested: 1, tested_contested: 1, untestable: 1, open: 1, uncovered: 1 };
    assert_eq!(all.total, counts);
    let [document] = &all.documents[..] else { panic!("{all:?}") };
    assert_eq!((document.name.as_str(), document.total), ("d-1", counts));
    let sections: Vec<_> = document.sections.iter().map(|(s, c)| (s.as_str(), c.entries)).collect();
    assert_eq!(sections, [("1", 2), ("2", 2)]);
    let one = coverage(&ledger, &cases, |e| e.section == "2");
    assert_eq!((one.total.entries, one.documents[0].sections.len()), (2, 1));
    assert_eq!(coverage(&ledger, &cases, |e| e.level == Level::May).total, Counts::default());
}

#[test]
fn a_ledger_is_read_strictly() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d-1.json");
    let write = |entries: Value| {
        let text = json!({"document": "d", "revision": "1", "entries": entries}).to_string();
        std::fs::write(&path, text).unwrap();
        Ledger::load(dir.path())
    };
    let one = json!({"id": "d-1:1:x", "section": "1", "level": "must", "addressee": "both", "text": "t"});
    assert_eq!(write(json!([one])).unwrap().entries().count(), 1);
    assert!(write(json!([one, one])).unwrap_err().message.contains("twice"));
    for id in ["d-2:1:x", "d-1:2:x", "d-1:1:", "d-1:1:X", "d-1:1:x:y", "d-1:1"] {
        let mut ill = one.clone();
        ill["id"] = json!(id);
        assert!(write(json!([ill])).unwrap_err().message.contains(id), "{id}");
    }
    assert!(write(json!([])).unwrap_err().message.contains("no entries"));
    let mut unknown = one.clone();
    unknown["untested"] = json!("a misspelt member");
    assert!(write(json!([unknown])).unwrap_err().message.contains("untested"));
}
