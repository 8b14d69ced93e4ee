//! Senders, receivers and hubs ask the same function about room policy: in all of the library's code there is one that
//! decides, and the only ways to it are those that this test names.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Files of the library, tests apart, that have one of these in them.
fn with(any: &[&str]) -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    rust_files(&root, &mut files);
    let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let has = |path: &&PathBuf| {
        let code = fs::read_to_string(path).unwrap();
        any.iter().any(|text| code.contains(text))
    };
    let mut found: Vec<String> = files.iter().filter(has).map(name).filter(|name| !name.contains("tests")).collect();
    found.sort();
    found
}

#[test]
fn nobody_decides_over_policy_but_the_one_function() {
    // Whoever would judge by roles itself has to look a capability up; the last writes roles down, for scenarios.
    assert_eq!(
        with(&["Capability::SEND_MESSAGE", "Can::KICK", "Can::BAN"]),
        ["policy/allowed.rs", "policy/judge.rs", "policy/known.rs", "policy/list.rs", "sim/room.rs"]
    );
    // The function, and who calls it: the operation of the vectors, and what clients and hubs know of a room.
    assert_eq!(
        with(&["policy::judge(", " judge(&self.policy", "fn judge(policy"]),
        ["adapter/reference/policy.rs", "policy/judge.rs", "policy/known.rs"]
    );
}

#[test]
fn senders_receivers_and_hubs_ask_what_the_same_room_knows() {
    assert_eq!(
        with(&["known.commit(", "known.speaks("]),
        ["client/policy.rs", "delivery/room/engine.rs", "delivery/room/judge.rs", "delivery/tracking/watch.rs"]
    );
    assert_eq!(with(&["known.commit(&pairs", "known.message(&pairs"]), ["client/policy.rs"]);
    // Sent and received, by the state machine of a device and by the sessions of the vectors.
    for asked in ["policy::commit(", "policy::own(", "policy::message("] {
        let found = with(&[asked]);
        assert!(found.iter().any(|name| name.starts_with("client/")), "{asked} {found:?}");
        assert!(found.contains(&"adapter/client/session.rs".to_owned()), "{asked} {found:?}");
    }
}
