//! The page on recovery has the figures of the command: small groups here, all of them in CI.

#![allow(clippy::unwrap_used)]

use mimicheck::entropy::Seed;
use mimicheck::sim::{Entry, Scenario, Trace, run};
use mimicheck_conformance::recovery::{Setting, prices};
use mimicheck_conformance::simulate::Libraries;
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

/// The fork of the smallest group, by clients and a hub that reads handshakes: the fourth member gets a false envelope.
const SCENARIO: &str = r#"
name: four
shows: a re-add
holds: everybody is together
providers: [{name: a.example, hub: tracking}]
devices:
  - {name: "USER0", provider: a.example, publishes: without-tree}
  - {name: "USER1", provider: a.example, publishes: without-tree}
  - {name: "USER2", provider: a.example, publishes: without-tree}
  - {name: "USER3", provider: a.example, publishes: without-tree}
steps:
  - create: {by: "USER0"}
  - add: {by: "USER0", who: ["USER1", "USER2", "USER3"]}
  - update: {by: "USER0"}
  - update: {by: "USER1"}
  - update: {by: "USER2"}
  - update: {by: "USER3"}
  - fault: {on: ReceiveResponse, to: "USER3", does: false-next-partition-key}
  - update: {by: "USER0"}
  - update: {by: "USER3"}
  - expect: {apart: ["USER0", "USER3"]}
  - approve: {who: ["USER3"], to: {branch-of: "USER0"}}
  - re-add: {by: "USER0", who: ["USER3"]}
ends:
  - together: ["USER0", "USER1", "USER2", "USER3"]
"#;

/// Octets of every packet of this structure in the last step, where it carries what is wanted.
fn octets(trace: &Trace, structure: &str, carries: &str) -> Vec<usize> {
    let last = trace.entries.iter().rposition(|e| matches!(e, Entry::Step { .. })).unwrap();
    let length = |entry: &Entry| match entry {
        Entry::Crossed { what, about, octets, .. } if what == structure && about.contains(carries) => {
            Some(octets.len() / 2)
        }
        _ => None,
    };
    trace.entries.iter().skip(last).filter_map(length).collect()
}

#[test]
fn a_price_is_what_crosses_between_real_clients_and_a_real_hub() {
    let yaml = (0..4).fold(SCENARIO.to_owned(), |yaml, n| {
        yaml.replace(&format!("USER{n}"), &format!("mimi://a.example/d/user000{n}/1"))
    });
    let scenario: Scenario = serde_saphyr::from_str(&yaml).unwrap();
    let trace = run(&scenario, &Seed::new("prices"), &Libraries::default()).unwrap();
    assert_eq!(trace.failures().collect::<Vec<_>>(), Vec::<String>::new());
    let one = |structure, carries| {
        let found = octets(&trace, structure, carries);
        assert_eq!(found.len(), 1, "{structure}: {found:?}");
        found.first().copied().unwrap()
    };
    let delivered = octets(&trace, "ReceiveResponse", "commit");
    assert_eq!(delivered.len(), 3, "to those who stayed");
    // In scenarios a bearer token has 38 octets where prices have 16; each asks for its commit by 20.
    let token = "token of mimi://a.example/d/user0003/1".len() - 16;
    let sent =
        one("KeyPackageRequest", "") - token + one("SendRequest", "commit") + 3 * 20 + one("GroupInfoRequest", "");
    let received = one("KeyPackageResponse", "")
        + delivered.iter().sum::<usize>()
        + one("Welcome", "")
        + one("GroupInfoResponse", "tree");
    let price = prices(&[Setting { members: 4, away: 1, suite: 1, private: false }], 1).unwrap();
    let price = price.iter().find(|price| price.way == "re-add").unwrap();
    assert_eq!((price.sent, price.received), (sent, received));
}
