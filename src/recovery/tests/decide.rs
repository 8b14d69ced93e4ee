use super::super::{Ballots, Decision, Rule, Undecided, decide};
use super::*;

fn fork(reports: &[(&str, &str)], n: u8) -> Evidence {
    evidence(n, reports)
}

const THREE_TO_TWO: [(&str, &str); 5] = [("a", "xy"), ("b", "xy"), ("c", "xy"), ("d", "xw"), ("e", "xw")];

#[test]
fn a_majority_is_of_all_members() {
    assert_eq!(decide(&Rule::Majority, &fork(&THREE_TO_TWO, 5)), Decision::Survives(0));
    // A sixth member that is silent: three of six are no majority.
    assert_eq!(decide(&Rule::Majority, &fork(&THREE_TO_TWO, 6)), Decision::Undecided(Undecided::NoMajority));
    let even = [("a", "xy"), ("b", "xy"), ("c", "xw"), ("d", "xw")];
    assert_eq!(decide(&Rule::Majority, &fork(&even, 4)), Decision::Undecided(Undecided::NoMajority));
}

#[test]
fn there_must_be_a_fork() {
    let none = fork(&[("a", "xy"), ("b", "xy")], 2);
    for rule in [Rule::Majority, Rule::Operator(b"xy".to_vec()), Rule::Vote(Ballots::new())] {
        assert_eq!(decide(&rule, &none), Decision::Undecided(Undecided::NoFork));
    }
}

#[test]
fn an_operator_names_a_branch_whatever_its_size() {
    let fork = fork(&THREE_TO_TWO, 9);
    assert_eq!(decide(&Rule::Operator(b"xw".to_vec()), &fork), Decision::Survives(1));
    assert_eq!(decide(&Rule::Operator(b"zz".to_vec()), &fork), Decision::Undecided(Undecided::UnknownBranch));
}

fn vote(votes: &[(&str, &str)]) -> Rule {
    Rule::Vote(votes.iter().map(|(who, what)| (who.as_bytes().to_vec(), what.as_bytes().to_vec())).collect())
}

#[test]
fn votes_may_go_against_the_branch_that_a_device_is_on() {
    let fork = fork(&THREE_TO_TWO, 5);
    let all = [("a", "xw"), ("b", "xw"), ("c", "xy"), ("d", "xw"), ("e", "xy")];
    assert_eq!(decide(&vote(&all), &fork), Decision::Survives(1));
    assert_eq!(decide(&vote(&all[..2]), &fork), Decision::Undecided(Undecided::NoMajority));
}

#[test]
fn who_is_no_member_or_contradicts_itself_has_no_vote() {
    let fork = fork(&THREE_TO_TWO, 5);
    let strangers = [("a", "xw"), ("b", "xw"), ("y", "xw"), ("z", "xw")];
    assert_eq!(decide(&vote(&strangers), &fork), Decision::Undecided(Undecided::NoMajority));
    let reports = [report("a", "xy"), report("b", "xw"), report("c", "xy"), report("c", "xw")];
    let fork = Evidence::of(GROUP, &roster(3), &reports).unwrap();
    let votes = [("a", "xy"), ("b", "xw"), ("c", "xy")];
    assert_eq!(decide(&vote(&votes), &fork), Decision::Undecided(Undecided::NoMajority));
}
