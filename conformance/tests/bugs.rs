//! What the suite is worth: every seeded bug is caught by some case.

use mimicheck::adapter::Implementation;
use mimicheck::adapter::reference::Reference;
use mimicheck::vector::families;
use mimicheck_conformance::faulty::{Faulty, all, matrix};
use std::collections::BTreeSet;

#[test]
fn every_bug_is_caught() {
    let files: Vec<_> = families::ALL.iter().map(|f| (f.generate)()).collect();
    let matrix = matrix(&files, |_| true, || {});
    let survivors: Vec<_> = matrix.survivors().map(|k| k.bug.name).collect();
    assert!(survivors.is_empty(), "nothing catches {survivors:?}");
}

/// A bug whose name is taken would never be found; a table that shrinks would prove less.
#[test]
fn names_are_unique_and_the_list_is_long() {
    let names: BTreeSet<_> = all().map(|b| b.name).collect();
    assert_eq!(names.len(), all().count());
    assert!(names.len() >= 200, "{}", names.len());
    let sound = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    assert!(names.iter().all(|n| sound(n)));
}

/// A bug is one fault: each one still gives the right answer to most of what it is asked.
#[test]
fn a_bug_is_no_wreck() {
    let files: Vec<_> = families::ALL.iter().map(|f| (f.generate)()).collect();
    let cases: Vec<_> = files.iter().flat_map(|f| f.cases()).step_by(7).collect();
    for bug in all().filter(|b| !b.name.starts_with("crashes")) {
        let same = cases.iter().filter(|c| Faulty(bug).answer(&c.op, &c.input) == Reference.answer(&c.op, &c.input));
        let share = same.count() * 100 / cases.len();
        assert!(share >= 50, "{} answers {share} % as it should", bug.name);
    }
}
