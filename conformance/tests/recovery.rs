//! The page on recovery has the figures of the command: small groups here, all of them in CI.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/fork-recovery.md");
const SMALL: [&str; 4] = ["recovery", "--members", "4,16", "--suite"];

/// Exit code, stdout and stderr.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_mimicheck")).args(arguments).output().unwrap();
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_page_has_the_figures_of_the_command() {
    let (code, tables, stderr) = said(&[&SMALL[..], &["x25519,x-wing", "--check", PAGE]].concat());
    assert_eq!(code, 0, "{stderr}");
    assert!(tables.lines().all(|line| line.chars().count() <= 100));
    assert!(tables.lines().filter(|line| line.contains("re-add")).count() >= 16, "{tables}");
}

#[test]
fn a_page_with_another_figure_is_found_out() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let changed = dir.path().join("page.md");
    let line = page.lines().find(|line| line.contains(" rejoin ") && line.trim_start().starts_with("4 ")).unwrap();
    std::fs::write(&changed, page.replacen(line, &line.replacen('9', "8", 1), 1)).unwrap();
    let arguments = [&SMALL[..], &["x25519", "--framing", "public", "--check", changed.to_str().unwrap()]].concat();
    let (code, _, stderr) = said(&arguments);
    assert_eq!((code, stderr.contains("not in the page")), (1, true), "{stderr}");
}

#[test]
fn figures_are_data_and_a_picture_too() {
    let dir = tempfile::tempdir().unwrap();
    let svg = dir.path().join("prices.svg");
    let arguments =
        ["recovery", "--members", "4,8", "--suite", "p256", "--framing", "public", "--json", "-", "--svg"].to_vec();
    let (code, json, stderr) = said(&[&arguments[..], &[svg.to_str().unwrap()]].concat());
    assert_eq!(code, 0, "{stderr}");
    let prices: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(prices.len(), 4 + 4 + 5, "of four one is a quarter already");
    assert!(prices.iter().all(|price| price["lost"] == 0 && price["received"].as_u64().unwrap() > 0));
    let picture = std::fs::read_to_string(&svg).unwrap();
    assert!(picture.starts_with("<svg") && picture.contains("minority reboots") && !picture.contains("NaN"));
    assert!(Path::new(PAGE).with_extension("svg").is_file(), "the page's own picture");
}
