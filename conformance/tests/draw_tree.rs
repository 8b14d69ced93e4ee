//! Pictures of encrypted ratchet trees: every example in every size, and patches out of a file.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::protocol::{CipherSuite, Structure};
use mimicheck::tree::{RATCHET_TREE, Setup, Wrapping};
use mimicheck::wire::hex;
use mimicheck_conformance::draw::wrapped::EXAMPLES;
use std::process::Command;

/// Exit code, stdout and stderr.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_mimicheck")).args(arguments).output().unwrap();
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_example_fits_a_terminal_and_is_a_picture() {
    for (name, about) in EXAMPLES {
        for members in ["4", "5", "7", "8", "16"] {
            let arguments = ["draw", "--tree", name, "--members", members];
            let (code, text, stderr) = said(&arguments);
            assert_eq!((code, stderr.as_str()), (0, ""), "{name} {members}");
            assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
            assert_eq!(text.matches("What ").count(), 3, "{text}");
            let (code, picture, _) = said(&[&arguments[..], &["--svg", "-"]].concat());
            assert_eq!(code, 0);
            assert!(picture.starts_with("<svg") && picture.contains(about) && !picture.contains("NaN"));
        }
    }
}

#[test]
fn an_update_touches_the_leaf_and_what_is_above_it() {
    let (_, text, _) = said(&["draw", "--tree", "update", "--members", "8"]);
    assert!(text.contains("\nwrapped: 7, 8, 9, 11\nremoved: none\n"), "{text}");
    let (_, text, _) = said(&["draw", "--tree", "remove", "--members", "8"]);
    assert!(text.contains("\nwrapped: 1, 3, 7, 8, 9, 11\nremoved: 2\n"), "{text}");
    // The hub has one place less then, and the member who was there is no more.
    let hub = text.split("What the hub has after it").nth(1).unwrap();
    let member = hub.split("What a member sees after it").nth(1).unwrap();
    let letter = |letter: char| member.lines().skip(2).take(7).any(|line| line.contains(letter));
    assert!(!letter('B') && letter('A') && letter('H'), "{text}");
    // No name, no key in what the hub has.
    let hub = hub.split("What a member sees after it").next().unwrap().lines().skip(3).collect::<String>();
    assert!(!hub.contains('×') && !hub.chars().any(|c| c.is_ascii_alphabetic()), "{hub}");
}

#[test]
fn patches_are_found_in_whatever_file_they_are() {
    let setup = Setup::new(RATCHET_TREE, CipherSuite::X25519, b"group").unwrap();
    let leaf = |n: u8| [&[1, 1, 32][..], &[n; 32], &[32], &[n; 32], &[0, 1, 1, n, 0, 0, 0, 0, 0, 3, 0, 0, 0]].concat();
    let tree = |first: u8, count: u8| -> Vec<Vec<u8>> {
        let of = |n: u8| [leaf(if n == 0 { first } else { n }), vec![0]];
        (0..count).flat_map(of).take(usize::from(count) * 2 - 1).collect()
    };
    let draw = |count: u8| {
        let (before, after) = (tree(0, count), tree(200, count));
        let slices: [Vec<&[u8]>; 2] = [&before, &after].map(|tree| tree.iter().map(Vec::as_slice).collect());
        let (here, first) = Wrapping::first(&setup, 3, &[1; 32], &slices[0]).unwrap();
        let (_, next) = here.next(&[2; 32], &slices[1]).unwrap();
        let mut late = next.clone();
        late.epoch += 7;
        let [first, next, late] = [first, next, late].map(|patch| hex::encode(&patch.encode().unwrap()));
        let text = format!("{{\"id\": \"{}\", \"patches\": [\"{first}\", \"{next}\", \"{late}\"]}}", "ab".repeat(300));
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("case.json");
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap().to_owned();
        (said(&["draw", "--tree", &file]), said(&["draw", "--tree", &file, "--svg", "-"]).0)
    };
    let ((code, text, stderr), picture) = draw(6);
    assert_eq!((code, stderr.as_str(), picture), (0, "", 0));
    assert!(text.contains("2 patches that a hub takes, 1 that it refuses"), "{text}");
    assert!(text.contains("wrapped: 0, 1, 3, 7\n"), "{text}");
    let ((code, text, _), picture) = draw(40);
    assert_eq!((code, picture), (0, 2), "as text a large tree is counted, a picture has no room");
    assert!(text.lines().any(|line| line.split_whitespace().eq(["0", "40", "1", "0", "0"])), "{text}");
}

#[test]
fn what_is_no_tree_is_said() {
    let (code, _, stderr) = said(&["draw", "--tree", "no-such-thing"]);
    assert!(code == 2 && stderr.contains("examples are update"), "{stderr}");
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("empty.txt");
    std::fs::write(&file, "nothing here").unwrap();
    let (code, _, stderr) = said(&["draw", "--tree", file.to_str().unwrap()]);
    assert!(code == 2 && stderr.contains("no patch in it"), "{stderr}");
    assert_eq!(said(&["draw"]).0, 2);
}

#[test]
fn a_case_is_named_by_its_id() {
    let (code, text, stderr) = said(&["draw", "--tree", "tree/hub/hole-of-growth"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(text.starts_with("tree/hub/hole-of-growth\n3 patches that a hub takes, 0 that it refuses"), "{text}");
    assert!(text.contains("\nwrapped: 1, 3, 4, 5\n"), "{text}");
    let (code, _, stderr) = said(&["draw", "--tree", "tree/hub/no-such-case"]);
    assert!(code == 2 && stderr.contains("no case") && stderr.contains("examples are update"), "{stderr}");
}
