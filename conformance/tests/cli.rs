//! The binary from outside: exit codes, help, reports on stdout, expectations files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");

/// Says `{}` to every case.
const YES: &str = r#"
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    ok = {"name": "yes", "version": "1", "ops": ["content/decode"]} if r["op"] == "hello" else {}
    print(json.dumps({"id": r["id"], "ok": ok}), flush=True)
"#;

fn mimicheck(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mimicheck")).args(arguments).output().unwrap()
}

/// Its exit code, stdout and stderr.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = mimicheck(arguments);
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn yes(dir: &Path) -> String {
    let path = dir.join("yes.py");
    std::fs::write(&path, YES).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn every_subcommand_has_help() {
    let (code, help, _) = said(&["--help"]);
    assert_eq!(code, 0);
    for command in ["check", "run", "doctor", "adapter", "list"] {
        assert!(help.contains(command));
        let (code, text, stderr) = said(&[command, "--help"]);
        assert!(code == 0 && text.contains("Examples:"), "{command}: {stderr}");
    }
}

#[test]
fn exit_codes_say_how_it_ended() {
    let dir = tempfile::tempdir().unwrap();
    let yes = yes(dir.path());
    assert_eq!(said(&["check", DATA]).0, 0);
    let (code, _, stderr) = said(&["run", "-a", &yes, DATA, "--junit", dir.path().join("new/x.xml").to_str().unwrap()]);
    assert_eq!(code, 1, "{stderr}");
    assert!(dir.path().join("new/x.xml").is_file());
    for usage in [
        &["check", DATA, "--run", "nothing"][..],
        &["check", DATA, "--run", "["],
        &["check", DATA, "--level", "perhaps"],
        &["check", DATA, "--json", "-", "--tap", "-"],
        &["check", "/nowhere/at-all.json"],
        &["run", "-a", "no-such-adapter", DATA],
        &["run", "-a", "reference", "--timeout", "0", DATA],
        &["run", "-a", "reference", "--profile", "kind", DATA],
        &["adapter", "nobody"],
        &["run", DATA],
    ] {
        let (code, _, stderr) = said(usage);
        assert!(code == 2 && !stderr.is_empty() && !stderr.contains("panicked"), "{usage:?}: {code} {stderr}");
    }
    let (code, _, stderr) = said(&["run", "-a", "sh -c 'echo no licence >&2'", DATA]);
    assert!(code == 3 && stderr.contains("no licence") && stderr.contains("doctor"), "{stderr}");
}

#[test]
fn written_expectations_pass_and_go_stale() {
    let dir = tempfile::tempdir().unwrap();
    let yes = yes(dir.path());
    let file = dir.path().join("yes.json");
    let file = file.to_str().unwrap();
    assert_eq!(said(&["run", "-a", &yes, DATA, "--write-expectations", file]).0, 1);
    let (code, _, stderr) = said(&["run", "-a", &yes, DATA, "--expectations", file]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("4 expectations are unreviewed"), "{stderr}");
    let mut written: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let list = written["expectations"].as_array_mut().unwrap();
    list.push(serde_json::json!({"cases": "content/gone", "outcome": "fail", "because": "it was there once"}));
    std::fs::write(file, written.to_string()).unwrap();
    assert_eq!(said(&["run", "-a", &yes, DATA, "--expectations", file]).0, 5);
    // Of one adapter, and not of another.
    assert_eq!(said(&["run", "-a", "reference", DATA, "--expectations", file]).0, 2);
}

#[test]
fn a_missing_folder_is_made_or_the_option_named() {
    let dir = tempfile::tempdir().unwrap();
    let yes = yes(dir.path());
    let file = dir.path().join("new/deep/yes.json");
    let (code, _, stderr) = said(&["run", "-a", &yes, DATA, "--write-expectations", file.to_str().unwrap()]);
    assert!(code == 1 && file.is_file(), "{stderr}");
    let below = dir.path().join("yes.py/x.json");
    for option in ["--write-expectations", "--json"] {
        let (code, _, stderr) = said(&["run", "-a", &yes, DATA, option, below.to_str().unwrap()]);
        assert!(code == 2 && stderr.contains(option), "{stderr}");
    }
}

#[test]
fn a_root_that_nobody_named_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let told = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mimicheck"));
        let output = command.args(arguments).current_dir(dir.path()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let (code, stderr) = told(&["check", DATA]);
    assert!(code == 0 && stderr.starts_with("root: ") && stderr.contains("--root DIR"), "{stderr}");
    assert_eq!(told(&["check", DATA, "--root", root]), (0, String::new()));
    assert!(said(&["check", DATA]).2.is_empty());
    assert!(said(&["--help"]).1.contains("where this was built"));
}

#[test]
fn what_passed_in_the_baseline_may_not_become_unsupported() {
    let dir = tempfile::tempdir().unwrap();
    let report = dir.path().join("before.json");
    let report = report.to_str().unwrap();
    assert_eq!(said(&["check", DATA, "--json", report]).0, 0);
    let lazy = YES.replace("\"yes\"", "\"reference\"").replace("[\"content/decode\"]", "[]");
    let path = dir.path().join("lazy.py");
    std::fs::write(&path, lazy).unwrap();
    let lazy = path.to_str().unwrap();
    assert_eq!(said(&["run", "-a", lazy, DATA]).0, 0);
    let (code, out, stderr) = said(&["run", "-a", lazy, DATA, "--baseline", report, "--json", "-", "--quiet"]);
    assert_eq!(code, 1, "{stderr}");
    let cases = serde_json::from_str::<Value>(&out).unwrap()["runs"][0]["cases"].as_array().unwrap().clone();
    assert_eq!(cases.iter().filter(|c| c["verdict"] == "fail").count(), 4);
    assert_eq!(cases.iter().filter(|c| c["verdict"] == "unsupported").count(), 1);
}

#[test]
fn the_same_verdicts_in_this_process_and_in_another() {
    let verdicts = |arguments: &[&str]| {
        let (code, out, stderr) =
            said(&[&["run", "-a", "reference", "--json", "-", "--quiet", DATA], arguments].concat());
        assert_eq!(code, 0, "{stderr}");
        let report: Value = serde_json::from_str(&out).unwrap();
        let cases = report["runs"][0]["cases"].as_array().unwrap();
        cases.iter().map(|c| (c["id"].clone(), c["verdict"].clone())).collect::<Vec<_>>()
    };
    let here = verdicts(&[]);
    assert_eq!(here.len(), 5);
    assert_eq!(here, verdicts(&["--isolate", "--profile", "strict"]));
    assert_eq!(here, verdicts(&["--seed", "any", "-j", "1"]));
}

#[test]
fn a_doctor_finds_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(said(&["doctor", "-a", "reference"]).0, 0);
    let (code, out, _) = said(&["doctor", "-a", &yes(dir.path())]);
    assert_eq!(code, 1);
    assert!(out.contains("✗ content/decode") && out.contains("the output: \"message\" is a required"), "{out}");
    assert!(out.contains("✗ an unknown operation") && out.contains("to an operation that you do not have"), "{out}");
    assert!(out.contains("✗ an empty input") && out.contains("that lacks a member"), "{out}");
    assert!(out.contains("✓ two requests at once"), "{out}");
    let (code, out, _) = said(&["doctor", "-a", "sh -c 'echo why >&2; exit 9'"]);
    assert!(code == 3 && out.contains("exit status: 9") && out.contains("why"), "{out}");
    let (code, out, _) = said(&["doctor", "-a", "cat", "--timeout", "2"]);
    assert!(code == 3 && out.contains("next: "), "{out}");
}

#[test]
fn lists() {
    let (code, out, _) = said(&["list", "cases", DATA, "--run", "*/salt-*"]);
    assert!(code == 0 && out.lines().count() == 1 && out.contains("content/decode/salt-15-octets"), "{out}");
    for what in ["cases", "families", "flags", "notes"] {
        let (code, out, _) = said(&["list", what, DATA, "--json"]);
        assert!(code == 0 && !out.is_empty());
        assert!(out.lines().all(|l| serde_json::from_str::<Value>(l).is_ok_and(|v| v.is_object())), "{out}");
    }
    for what in ["reasons", "ops", "adapters"] {
        assert!(said(&["list", what, "--json"]).1.lines().all(|l| serde_json::from_str::<Value>(l).is_ok()));
    }
}

#[test]
fn requirements_are_shown_by_document() {
    let sections = |text: &str| text.lines().filter(|l| l.starts_with("4.")).count();
    let (code, all, stderr) = said(&["requirements"]);
    assert_eq!((code, sections(&all)), (0, 0), "{stderr}");
    assert!(all.contains("\ncontent-08 ") && all.contains("\nds-00 ") && all.contains("\ntotal "), "{all}");
    let (code, one, stderr) = said(&["requirements", "--document", "ds-00"]);
    assert!(code == 0 && sections(&one) > 4 && !one.contains("content-08"), "{one}{stderr}");
    let (code, _, stderr) = said(&["requirements", "--document", "ds"]);
    assert!(code == 2 && stderr.contains("content-08"), "{stderr}");
}
