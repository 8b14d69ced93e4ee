//! The suite's strength: every seeded bug is caught by the vectors as they are generated now.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::vector::File;
use mimicheck::vector::families;
use mimicheck_conformance::faulty::{self, Bug, Kind};
use mimicheck_conformance::runner::{default_workers, jobs};
use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn every_bug_is_caught() {
    let files: Vec<File> = families::ALL.iter().map(|family| (family.generate)()).collect();
    let bugs: Vec<&Bug> = faulty::ALL.iter().collect();
    let matrix = faulty::run(&bugs, &jobs(&files), default_workers(), &|| ()).unwrap();
    let survivors: Vec<_> = matrix.survivors().map(|bug| bug.name).collect();
    assert!(survivors.is_empty(), "caught by no case: {survivors:?}");

    // A bug is one bug: what it touches is far from everything.
    for kill in &matrix.kills {
        assert!(kill.strict.len() * 3 < matrix.cases.len(), "{} fails {} cases", kill.bug.name, kill.strict.len());
        assert!(kill.receiver <= kill.strict.len(), "{}", kill.bug.name);
        // None ends without an answer but those that say so.
        let said = (kill.bug.name.starts_with("crash-"), kill.bug.name.starts_with("hang-"));
        assert_eq!((kill.crashes > 0, kill.timeouts > 0), said, "{}", kill.bug.name);
    }
    let kinds: BTreeSet<Kind> = bugs.iter().map(|bug| bug.kind).collect();
    assert_eq!(kinds.len(), 19, "{kinds:?}");
    assert!(matrix.cases.iter().all(|case| case.job.case.contested.is_none() || case.kills == 0));
}

/// A crash and a hang are told apart from a wrong answer by the runner too, and end nothing.
#[test]
fn a_crash_and_a_hang_of_a_process_are_verdicts() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("vectors")).unwrap();
    let root = dir.path().to_str().unwrap();
    let mimicheck = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_mimicheck")).args(["--root", root]).args(arguments).output().unwrap()
    };
    assert!(mimicheck(&["generate"]).status.success());
    for (bug, cases, verdict) in [
        ("faulty:crash-on-depth", "content/decode/bomb-tags", "crash"),
        ("faulty:hang-on-count", "content/decode/parts-claim-2-64", "timeout"),
    ] {
        let output = mimicheck(&[
            "run",
            "--adapter",
            bug,
            "--isolate",
            "--timeout",
            "2",
            "--run",
            cases,
            "--run",
            "content/decode/salt-1*",
            "--json",
            "-",
            "--quiet",
        ]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let found = report["runs"][0]["cases"].as_array().unwrap();
        let of = |id: &str| found.iter().find(|case| case["id"] == id).unwrap()["verdict"].clone();
        assert_eq!(of(cases), verdict, "{bug}");
        assert_eq!(of("content/decode/salt-15-octets"), "pass", "{bug}");
        assert_eq!(output.status.code(), Some(1), "{bug}");
    }
}
