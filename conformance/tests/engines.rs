//! The second engine over every family, made in memory.

#![allow(clippy::unwrap_used, reason = "a test")]

use mimicheck::adapter::{Answer, Implementation};
use mimicheck::vector::families;
use mimicheck::vector::{Dialect, Outcome, Profile, judge};
use mimicheck_conformance::engines::Ciborium;
use std::collections::BTreeSet;

/// Cases that it gets wrong under the strict profile, and why.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn ciborium_gives_the_expected_answers() {
    let ops = Ciborium.hello().ops;
    let (mut asked, mut wrong) = (BTreeSet::new(), vec![]);
    for file in families::ALL.iter().map(|f| (f.generate)()) {
        for case in file.cases().filter(|c| ops.contains(&c.op)) {
            asked.insert(case.op.clone());
            let answer: Answer = Ciborium.answer(&case.op, &case.input);
            if let Outcome::Fail(what) = judge(case, &answer, Dialect::default(), Profile::Strict) {
                wrong.push((case.id.clone(), what));
            }
        }
    }
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), ops, "every operation has been asked");
    let unknown: Vec<_> = wrong.iter().filter(|(id, _)| !KNOWN.iter().any(|(k, _)| k == id)).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(KNOWN.iter().all(|(k, why)| !why.is_empty() && wrong.iter().any(|(id, _)| id == k)), "no longer wrong");
}
