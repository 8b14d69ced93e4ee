//! A room uses only rooms of a lower floor; the table in `docs/architecture.md` is the law.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Room → floor, from the table between the `rooms` marks.
fn floors() -> BTreeMap<String, u32> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let table = text.split("<!-- rooms -->").nth(1).unwrap().split("<!-- /rooms -->").next().unwrap();
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        Some((cells.get(2)?.trim_matches('`').to_owned(), cells.get(1)?.parse().ok()?))
    });
    rows.collect()
}

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

/// Names that follow `crate::` in code: `crate::a::…`, and each of `crate::{a::…, b}`.
fn rooms_named(code: &str) -> Vec<String> {
    let name = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut names = vec![];
    for after in code.split("crate::").skip(1) {
        let Some(list) = after.strip_prefix('{') else {
            names.push(name(after));
            continue;
        };
        let (mut depth, mut fresh) = (0, true);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => fresh = true,
                _ if fresh && c.is_alphabetic() => {
                    names.push(name(&list[i..]));
                    fresh = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn without_comments(code: &str) -> String {
    code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What a file of `room` may not name.
fn breaches(floors: &BTreeMap<String, u32>, room: &str, code: &str) -> Vec<String> {
    let floor = floors[room];
    let named = rooms_named(&without_comments(code)).into_iter().filter(|n| n != room);
    named.filter(|n| floors.get(n).is_none_or(|f| *f >= floor)).collect()
}

#[test]
fn rooms_only_look_down() {
    let floors = floors();
    let src = root().join("src");
    let mut files = vec![];
    rust_files(&src, &mut files);
    assert!(files.len() > 10, "the test looks at the wrong place");
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if room == "lib" {
            continue;
        }
        assert!(floors.contains_key(&room), "docs/architecture.md has no room {room}");
        let breaches = breaches(&floors, &room, &fs::read_to_string(&file).unwrap());
        assert!(breaches.is_empty(), "{}: {room} must not use {breaches:?}", inside.display());
    }
}

#[test]
fn the_law_bites() {
    let floors = floors();
    assert_eq!(breaches(&floors, "content", "use crate::adapter::Answer;"), ["adapter"]);
    assert_eq!(breaches(&floors, "entropy", "use crate::{reason::{a, b}, entropy::Seed};"), ["reason"]);
    assert_eq!(breaches(&floors, "vector", "use crate::nowhere;"), ["nowhere"]);
    assert!(breaches(&floors, "vector", "use crate::{adapter::{Answer, Hello}, content};").is_empty());
    assert!(breaches(&floors, "content", "// see crate::vector\nuse crate::reason;").is_empty());
}
