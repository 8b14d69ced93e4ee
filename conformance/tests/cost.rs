//! What a made-up group costs is what a real one costs, and the page has the figures of the command.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::entropy::Seed;
use mimicheck::mls::member::{Client, Engine, Member, Plan, Settings};
use mimicheck::mls::open;
use mimicheck::protocol::Structure;
use mimicheck::tree::{EncryptedTreePatch, RATCHET_TREE, Setup, Wrapping};
use mimicheck_conformance::cost::{Group, IDENTITY, Nodes, Report, Suite, identity};
use serde_json::Value;
use std::process::Command;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/tree-cost.md");
const GROUP: &[u8] = b"a room";

/// Exit code, stdout and stderr.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_mimicheck")).args(arguments).output().unwrap();
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn device(suite: Suite, member: usize) -> Box<dyn Client> {
    let settings = Settings {
        identity: identity(member).into_bytes(),
        suite: suite.number(),
        seed: format!("real {member}"),
        encrypt_handshake: true,
        application: None,
    };
    open::engine().client(&settings).unwrap()
}

/// A real group, by leaf, whose members know every commit.
struct Real {
    suite: Suite,
    members: Vec<Option<Box<dyn Member>>>,
}

impl Real {
    /// The members at these leaves, all added by the first one, who has then all the others commit.
    fn new(suite: Suite, count: usize) -> Self {
        let mut devices: Vec<_> = (1..count).map(|n| device(suite, n)).collect();
        let mut first = device(suite, 0).create(GROUP).unwrap();
        let add = devices.iter_mut().map(|device| device.key_package().unwrap()).collect();
        let out = first.commit(&Plan { add, update: true, ..Plan::default() }).unwrap();
        first.merge_own().unwrap();
        let welcome = out.welcome.unwrap();
        let join = |device: &mut Box<dyn Client>| Some(device.join(&welcome, Some(&out.ratchet_tree)).unwrap());
        let joined: Vec<_> = devices.iter_mut().map(join).collect();
        let members = std::iter::once(Some(first)).chain(joined).collect();
        let mut real = Self { suite, members };
        (0..count).for_each(|leaf| real.commit(leaf, &Plan { update: true, ..Plan::default() }));
        real
    }

    /// Everybody follows a commit; who is added joins, at the leaf that gets it.
    fn commit(&mut self, by: usize, plan: &Plan) {
        let commit = {
            let member = self.members[by].as_mut().unwrap();
            let out = member.commit(plan).unwrap();
            member.merge_own().unwrap();
            out.commit
        };
        for leaf in plan.remove.iter().map(|leaf| usize::try_from(*leaf).unwrap()) {
            self.members[leaf] = None;
        }
        for (leaf, member) in self.members.iter_mut().enumerate() {
            if let Some(member) = member.as_mut().filter(|_| leaf != by) {
                member.process(&commit).unwrap();
                member.merge().unwrap();
            }
        }
    }

    /// Adds the device of this number without a path.
    fn add(&mut self, by: usize, number: usize) {
        let add = vec![device(self.suite, number).key_package().unwrap()];
        self.commit(by, &Plan { add, ..Plan::default() });
    }

    fn tree(&mut self, of: usize) -> Vec<u8> {
        self.members[of].as_mut().unwrap().group_info().unwrap().1
    }
}

fn lengths(payloads: &[&[u8]]) -> Vec<usize> {
    payloads.iter().map(|payload| payload.len()).collect()
}

/// Octets of the patch that leads from one tree to another.
fn patch(suite: Suite, before: &[&[u8]], after: &[&[u8]]) -> (usize, EncryptedTreePatch) {
    let setup = Setup::new(RATCHET_TREE, suite.number(), GROUP).unwrap();
    let (here, _) = Wrapping::first(&setup, 7, &[1; 32], before).unwrap();
    let (_, patch) = here.next(&[2; 32], after).unwrap();
    (patch.encode().unwrap().len(), patch)
}

/// The margin between made-up groups and real ones: none. Each node has as many octets, and each patch has.
fn agree(suite: Suite, made: &mut Group, real: &mut Real, step: impl FnOnce(&mut Group, &mut Real), what: &str) {
    let made_before = made.clone();
    let real_before = real.tree(1);
    step(made, real);
    let real_after = real.tree(1);
    let split = |tree: &[u8]| RATCHET_TREE.split(tree).unwrap().iter().map(|p| p.to_vec()).collect::<Vec<_>>();
    let (before, after) = (split(&real_before), split(&real_after));
    let (before, after): (Vec<&[u8]>, Vec<&[u8]>) =
        (before.iter().map(Vec::as_slice).collect(), after.iter().map(Vec::as_slice).collect());
    assert_eq!(lengths(&made_before.payloads()), lengths(&before), "{what}, before");
    assert_eq!(lengths(&made.payloads()), lengths(&after), "{what}, after");
    assert_eq!(made.encoded().unwrap().len(), real_after.len(), "{what}");
    let (made, of_made) = patch(suite, &made_before.payloads(), &made.payloads());
    let (real, of_real) = patch(suite, &before, &after);
    let places = |patch: &EncryptedTreePatch| patch.nodes.iter().map(|n| n.node_index).collect::<Vec<_>>();
    assert_eq!((made, places(&of_made), of_made.removed), (real, places(&of_real), of_real.removed), "{what}");
}

fn settled(suite: Suite, count: usize) {
    let nodes = Nodes::of(suite).unwrap();
    let mut made = Group::settled(&nodes, count, &Seed::new("cost")).unwrap();
    let mut real = Real::new(suite, count);
    let by = count / 2;
    let mut step = |what: &str, step: &dyn Fn(&mut Group, &mut Real)| {
        agree(suite, &mut made, &mut real, step, &format!("{suite:?}, {count}: {what}"));
    };
    step("update", &|made, real| {
        made.update(by).unwrap();
        real.commit(by, &Plan { update: true, ..Plan::default() });
    });
    step("remove", &|made, real| {
        made.remove(0, by).unwrap();
        real.commit(by, &Plan { remove: vec![0], ..Plan::default() });
    });
    step("add", &|made, real| {
        made.add(0).unwrap();
        real.add(by, 0);
    });
}

#[test]
fn made_up_groups_have_the_octets_of_real_ones() {
    assert_eq!(identity(131_071).len(), IDENTITY);
    [2, 3, 5, 6, 8, 13, 16].into_iter().for_each(|count| settled(Suite::X25519, count));
    [2, 5, 8].into_iter().for_each(|count| settled(Suite::XWing, count));
}

#[test]
fn made_up_groups_with_unmerged_leaves_too() {
    for (suite, count) in [(Suite::X25519, 8), (Suite::X25519, 12), (Suite::XWing, 8)] {
        let nodes = Nodes::of(suite).unwrap();
        let mut made = Group::crowded(&nodes, count, &Seed::new("cost")).unwrap();
        let mut real = Real::new(suite, count);
        let odd = || (1..count).step_by(2);
        let remove = odd().map(|leaf| u32::try_from(leaf).unwrap()).collect();
        real.commit(0, &Plan { remove, any_order: true, ..Plan::default() });
        (0..count).step_by(2).for_each(|leaf| real.commit(leaf, &Plan { update: true, ..Plan::default() }));
        odd().filter(|leaf| leaf + 1 != count).for_each(|leaf| real.add(0, leaf));
        // Whoever is asked for its tree.
        real.members.swap(1, 2);
        agree(
            suite,
            &mut made,
            &mut real,
            |made, real| {
                made.add(count - 1).unwrap();
                real.add(0, count - 1);
            },
            &format!("{suite:?}, {count}, unmerged"),
        );
    }
}

#[test]
fn the_page_has_the_figures_of_the_command() {
    let arguments = ["cost", "--exact", "--sizes", "2,4,8,16,32,64", "--suite", "x25519"];
    let (code, tables, stderr) = said(&arguments);
    assert_eq!(code, 0, "{stderr}");
    assert!(tables.lines().all(|line| line.chars().count() <= 100), "{tables}");
    let page = std::fs::read_to_string(PAGE).unwrap();
    let rows: Vec<_> =
        tables.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(rows.len(), 18);
    assert!(rows.iter().all(|row| page.lines().any(|line| line == *row)), "{tables}");
}

#[test]
fn a_patch_is_short() {
    let octets = |row: &str| -> (usize, usize) {
        let page = std::fs::read_to_string(PAGE).unwrap();
        let line = page.lines().find(|line| line.starts_with(&format!("{row:>8} "))).unwrap();
        let cell = |from: usize, to: usize| line[from..to].replace(' ', "").parse().unwrap();
        (cell(8, 22), cell(34, 48))
    };
    let (clear, patch) = octets("1 024");
    assert!(patch * 80 <= clear, "{patch}, {clear}");
    let (clear, patch) = octets("100 000");
    assert!(patch < 20 * 1024 && patch * 4_000 <= clear, "{patch}, {clear}");
}

#[test]
fn a_page_with_another_figure_is_found_out() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("page.md");
    let arguments = ["cost", "--exact", "--sizes", "2,8,32", "--suite", "x25519", "--check", page.to_str().unwrap()];
    let (_, tables, _) = said(&arguments[..6]);
    std::fs::write(&page, &tables).unwrap();
    assert_eq!(said(&arguments).0, 0);
    let line = tables.lines().find(|line| line.trim_start().starts_with("8 ")).unwrap();
    std::fs::write(&page, tables.replacen(line, &line.replacen('8', "9", 2), 1)).unwrap();
    let (code, _, stderr) = said(&arguments);
    assert_eq!((code, stderr.contains("not in the page")), (1, true), "{stderr}");
}

#[test]
fn figures_are_data_a_picture_and_a_page_too() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (svg, html) = (at("cost.svg"), at("cost.html"));
    let (code, json, stderr) =
        said(&["cost", "--sizes", "2,8,32", "--suite", "x-wing,x25519", "--json", "-", "--svg", &svg, "--html", &html]);
    assert_eq!(code, 0, "{stderr}");
    let report: Value = serde_json::from_str(&json).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(Report)).unwrap();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/cost.schema.json");
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(file).unwrap_or_default() == text,
        "conformance/schema/cost.schema.json is not what the types say; if that is meant:\n  \
         UPDATE_SCHEMA=1 cargo test -p mimicheck-conformance --test cost"
    );
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert!(schema.is_valid(&report), "{json}");
    assert!(!schema.is_valid(&serde_json::json!({"seed": "mimicheck"})));
    let costs = report["costs"].as_array().unwrap();
    assert_eq!(costs.len(), 2 * 2 * 3);
    let timed = |cost: &&Value| cost["times"]["join"].as_f64().is_some_and(|time| time > 0.0);
    assert_eq!(costs.iter().filter(timed).count(), 2 * 3);
    let picture = std::fs::read_to_string(&svg).unwrap();
    assert!(picture.starts_with("<svg") && picture.contains("suite x-wing") && !picture.contains("NaN"));
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains(&picture) && page.contains("milliseconds"));
}
