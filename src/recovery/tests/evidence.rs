use super::super::{Evidence, Report};
use super::*;
use crate::reason::recovery as reason;

#[test]
fn who_shares_a_tip_is_on_a_branch() {
    let found = evidence(5, &[("a", "xyz"), ("b", "xyz"), ("c", "xyz"), ("d", "xw"), ("e", "xw")]);
    assert_eq!(found.branches.len(), 2);
    assert_eq!(found.branches[0].members, names("abc"));
    assert_eq!(found.branches[1].members, names("de"));
    assert_eq!(found.branches[1].tip, epoch("xw"));
    assert_eq!(found.common, Some(epoch("x")));
    assert_eq!((found.roster(), found.branch_of(b"e"), found.branch_of(b"f")), (5, Some(1), None));
}

#[test]
fn who_lags_is_on_the_only_branch_that_leads_on() {
    let found = evidence(4, &[("a", "xyz"), ("b", "xy"), ("c", "xw"), ("d", "x")]);
    assert_eq!(found.branches[0].members, names("ab"), "b has not read the last commit yet");
    assert_eq!(found.branches[1].members, names("c"));
    assert_eq!(found.behind, names("d"), "where both begin");
}

#[test]
fn one_line_is_no_fork() {
    let found = evidence(3, &[("a", "xyz"), ("b", "x"), ("c", "xy")]);
    assert_eq!(found.branches.len(), 1);
    assert_eq!(found.branches[0].members, names("abc"));
    assert!(found.behind.is_empty());
}

#[test]
fn silence_and_contradiction_are_seen() {
    let mut reports = vec![report("a", "xy"), report("b", "xw"), report("c", "xy"), report("c", "xw")];
    let found = Evidence::of(GROUP, &roster(4), &reports).unwrap();
    assert_eq!((&found.contradictory, &found.silent), (&names("c"), &names("d")));
    assert_eq!(found.roster(), 4);
    // A later report of a member that has gone on is no contradiction, and counts.
    reports = vec![report("a", "xy"), report("b", "xw"), report("a", "xyz")];
    let found = Evidence::of(GROUP, &roster(2), &reports).unwrap();
    assert!(found.contradictory.is_empty());
    assert_eq!(found.branches[0].tip, epoch("xw"), "equal branches are in the order of their tips");
    assert_eq!(found.branches[1].tip, epoch("xyz"));
}

#[test]
fn reports_of_others_or_of_nothing_are_refused() {
    let of = |report: Report| Evidence::of(GROUP, &roster(2), &[report]).unwrap_err();
    assert_eq!(of(report("z", "x")), reason::FOREIGN_REPORT);
    assert_eq!(of(Report { group_id: b"other".to_vec(), ..report("a", "x") }), reason::FOREIGN_REPORT);
    assert_eq!(of(Report { trail: vec![], ..report("a", "x") }), reason::EMPTY_REPORT);
}

#[test]
fn a_report_has_octets() {
    let octets = report("a", "xy").octets().unwrap();
    let expected = [b"\x01a\x05group\x15".as_slice(), &[0; 8], b"\x01x", &[0, 0, 0, 0, 0, 0, 0, 1], b"\x02xy"].concat();
    assert_eq!(octets, expected);
}
