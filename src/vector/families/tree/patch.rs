//! `tree/patch`: what every member makes of a commit: the same patch, octet for octet, and the same tree.

use super::notes;
use super::scene::{self, Change, Epoch, FIRST, LINKS, NODES, SUITES, joined, links, setup, story, with};
use crate::reason::{Reason, delivery, tree as reason};
use crate::vector::families::build::{self, ERT, accept, group};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "tree/patch";

pub(in crate::vector::families) fn file() -> File {
    let real = match real() {
        Ok(cases) => group("trees of real groups", cases),
        Err(refused) => build::failed("trees of real groups", &refused),
    };
    let mut groups = vec![group("shapes", shapes()), real, group("what is no tree", refused())];
    build::also(&mut groups, notes::PATCH_ALSO);
    build::file(ERT, NAME, notes::PATCH, groups)
}

/// The input of `tree-member/commit`. Only a first tree is told its epoch.
pub(super) fn committed(ert: &[u8], payloads: &[Vec<u8>], epoch: Option<u64>) -> Value {
    let input = json!({"ert_secret": hex::encode(ert), "payloads": joined(payloads)});
    match epoch {
        Some(epoch) => with(input, &[("epoch", epoch.into())]),
        None => input,
    }
}

/// A member who goes through these epochs, and shows its tree at the end.
fn member((name, comment, flags, rules): (&str, &str, &[&str], &[&str]), setup: Value, epochs: &[Epoch]) -> Case {
    let mut case = accept(name, comment, flags, rules, "tree-member/new", setup, json!({}));
    for (place, epoch) in epochs.iter().enumerate() {
        let input = committed(&epoch.ert, &epoch.payloads, (place == 0).then_some(epoch.epoch()));
        let out = json!({"patch": hex::encode(&epoch.patch.octets())});
        let comment = if place == 0 { "The first tree." } else { "" };
        case = case.then_accept(comment, "tree-member/commit", input, Some(out));
    }
    let tree = epochs.last().map(Epoch::served);
    case.then_accept("The tree as it is now.", "tree-member/tree", json!({}), Some(json!({"tree": tree})))
}

/// Name, flag, rule, comment; the words of each epoch.
type Shape = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const SHAPES: &[Shape] = &[
    ("one-leaf", "capacity", "7:capacity", "A tree of one leaf: its root is place 0.", &["a", "b"]),
    (
        "nothing-changes",
        "root",
        "6:every-commit",
        "A commit that changes no payload: the root is wrapped anew.",
        &["abcd", "abcd", "abcd"],
    ),
    ("nothing-changes-one-leaf", "root", "6:every-commit", "The same where the root is a leaf.", &["a", "a"]),
    (
        "one-of-eight",
        "path",
        "6:path-only",
        "One leaf of eight changes: four nodes.",
        &["abcdefgh", "abcdeXgh", "abcdeYgh"],
    ),
    ("first-of-eight", "path", "6:path-only", "The first leaf changes.", &["abcdefgh", "Xbcdefgh"]),
    ("last-of-eight", "path", "6:path-only", "The last leaf changes.", &["abcdefgh", "abcdefgX"]),
    (
        "two-of-eight",
        "path",
        "6:path-only",
        "Two leaves of different halves change: their paths meet at the root.",
        &["abcdefgh", "aXcdefYh"],
    ),
    (
        "two-that-are-siblings",
        "path",
        "6:path-only",
        "Two siblings change: their paths are one.",
        &["abcdefgh", "abXYefgh"],
    ),
    ("all-change", "path", "6:path-only", "All leaves change.", &["abcd", "wxyz"]),
    (
        "back-again",
        "wrapped-once",
        "3:wrapped-once",
        "A leaf gets a key back that it had: it is wrapped anew, in the new epoch.",
        &["abcd", "aXcd", "abcd"],
    ),
    (
        "grows-by-one",
        "capacity",
        "7:capacity",
        "From one leaf to two, three and five: the root moves.",
        &["a", "ab", "abc", "abcde"],
    ),
    ("grows-at-once", "capacity", "7:capacity", "From one leaf to nine.", &["a", "abcdefghi"]),
    (
        "grows-and-nothing-else",
        "capacity",
        "7:capacity",
        "What was the root is below the new one and is wrapped no more than it has to be.",
        &["abcd", "abcde"],
    ),
    ("truncates", "removed", "7:removed", "From eight leaves to three.", &["abcdefgh", "abc"]),
    (
        "truncates-to-one",
        "removed",
        "7:removed",
        "From eight leaves to one: everything but a leaf goes.",
        &["abcdefgh", "a", "b"],
    ),
    (
        "truncates-step-by-step",
        "removed",
        "7:removed",
        "Five, four, three, two, one.",
        &["abcde", "abcd", "abc", "ab", "a"],
    ),
    (
        "shrinks-and-grows-again",
        "removed",
        "7:removed",
        "Capacities go down and up: new places are wrapped anew.",
        &["abcde", "abc", "abcdx"],
    ),
    (
        "blank-leaf",
        "blank",
        "6:path-only",
        "A leaf in the middle is blanked, and taken by somebody else.",
        &["abcd", "a.cd", "axcd"],
    ),
    (
        "blank-half",
        "blank",
        "4:child-secrets",
        "Half of the tree is blank: its parent has no encrypted node.",
        &["abcdef", "..cdef", "....ef", "x...ef"],
    ),
    (
        "blank-between",
        "blank",
        "4:child-secrets",
        "Two leaves at the ends of eight places.",
        &["abcdefgh", "a......h", "a..x...h"],
    ),
    ("first-leaf-blank", "blank", "4:child-secrets", "The first leaf is blank.", &[".b", ".bcd", "abcd"]),
    (
        "removed-and-added-at-once",
        "blank",
        "6:path-only",
        "In one commit a leaf goes, another place is filled, and the tree grows.",
        &["abcd", ".bcde", "fbcd.g"],
    ),
    (
        "seventeen",
        "capacity",
        "7:capacity",
        "Seventeen leaves have room for 32.",
        &["abcdefghijklmnop", "abcdefghijklmnopq", "abcdefghijklmnop"],
    ),
];

fn shapes() -> Vec<Case> {
    let cases = SHAPES.iter().map(|(name, flag, rule, comment, words)| {
        member((name, comment, &[*flag], &[*rule]), setup(1, LINKS), &story(words))
    });
    cases.collect()
}

/// Commits of a group of OpenMLS.
const HISTORIES: [(&str, &str, &[Change]); 3] = [
    (
        "joins-and-paths",
        "Six join, one after the other and at once; then paths.",
        &[(&["b"], &[]), (&["c", "d", "e", "f"], &[]), (&[], &[]), (&[], &[])],
    ),
    (
        "goes-and-comes",
        "A leaf is removed, and somebody else takes its place.",
        &[(&["b", "c", "d"], &[]), (&[], &[2]), (&["e"], &[]), (&[], &[])],
    ),
    (
        "shrinks",
        "The tree grows to eight places and shrinks to four and two.",
        &[(&["b", "c", "d", "e"], &[]), (&[], &[4]), (&[], &[3]), (&[], &[2])],
    ),
];

fn real() -> Result<Vec<Case>, crate::mls::member::Refusal> {
    let mut cases = vec![];
    for (suite, suffix) in SUITES {
        for (name, comment, changes) in HISTORIES {
            let epochs = scene::real(suite, changes)?;
            let name = format!("{name}-{suffix}");
            let rules = ["6:path-only", "3:node-keys", "5:hash", "5:tag"];
            cases.push(member((&name, comment, &["real-nodes"], &rules), setup(suite, NODES), &epochs));
        }
    }
    Ok(cases)
}

fn refused() -> Vec<Case> {
    let epochs = story(&["abcd", "aXcd"]);
    let [first, second] = epochs.as_slice() else { return vec![] };
    let begin = |name: &str, comment: &str, flag: &str, rule: &str| {
        accept(name, comment, &[flag], &[rule], "tree-member/new", setup(1, LINKS), json!({}))
    };
    let began = |case: Case| {
        let out = json!({"patch": hex::encode(&first.patch.octets())});
        case.then_accept("", "tree-member/commit", committed(&first.ert, &first.payloads, Some(FIRST)), Some(out))
    };
    // What was refused has changed nothing: the commit that comes then leads where it would have led.
    let goes_on = |case: Case| {
        let out = json!({"patch": hex::encode(&second.patch.octets())});
        case.then_accept("", "tree-member/commit", committed(&second.ert, &second.payloads, None), Some(out))
    };
    let not = |name: &str, comment: &str, ert: &[u8], payloads: &[Vec<u8>], why: Reason| {
        let case = began(begin(name, comment, "input", "6:path-only"));
        goes_on(case.then_reject("", "tree-member/commit", committed(ert, payloads, None), &[why]))
    };
    let state = &[delivery::NO_STATE];
    vec![
        not("all-blank", "No leaf is left.", &second.ert, &links("...."), reason::TREE_BASE),
        not("no-place", "No place at all.", &second.ert, &[], reason::TREE_BASE),
        not(
            "secret-short",
            "The epoch's secret has 31 octets.",
            second.ert.get(1..).unwrap_or_default(),
            &second.payloads,
            reason::TREE_BASE,
        ),
        begin("no-tree-yet", "There is no tree before the first commit.", "input", "6:every-commit").then_reject(
            "",
            "tree-member/tree",
            json!({}),
            state,
        ),
        begin("a-second-beginning", "A session has one tree.", "input", "6:every-commit").then_reject(
            "",
            "tree-member/new",
            setup(1, LINKS),
            state,
        ),
    ]
}
