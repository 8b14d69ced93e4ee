use super::super::{Action, Strategy, plan};
use super::*;
use crate::reason::recovery as reason;

fn fork() -> Evidence {
    evidence(6, &[("a", "xyz"), ("b", "xyz"), ("c", "x"), ("d", "xw"), ("e", "xv")])
}

fn actions(strategy: Strategy, unwanted: &str) -> Vec<Action> {
    let fork = fork();
    plan(strategy, &fork, 0, b"a", &names(unwanted)).unwrap().actions
}

#[test]
fn those_of_every_other_branch_come_back_and_nobody_else_is_touched() {
    let who = names("de");
    let by = b"a".to_vec();
    assert_eq!(
        actions(Strategy::ReAdd, ""),
        [Action::Approve(who.clone()), Action::ReAdd { by: by.clone(), who: who.clone() }]
    );
    assert_eq!(
        actions(Strategy::Rejoin, ""),
        [Action::Approve(who.clone()), Action::Rejoin(vec![b"d".to_vec(), b"e".to_vec()])]
    );
    let evident = actions(Strategy::EvidenceThenReAdd, "");
    assert_eq!(evident[0], Action::Report(names("abcde")));
    assert_eq!(evident[1..], actions(Strategy::ReAdd, ""));
}

#[test]
fn a_reboot_asks_everybody_and_takes_along_who_is_behind() {
    let by = b"a".to_vec();
    assert_eq!(
        actions(Strategy::Reboot, ""),
        [Action::Approve(names("abcde")), Action::Reboot { by, with: names("bcde") }]
    );
    // The honest go without the others.
    let alone = plan(Strategy::Reboot, &fork(), 0, b"a", &names("de")).unwrap();
    assert_eq!(alone.actions[1], Action::Reboot { by: b"a".to_vec(), with: names("bc") });
    assert_eq!(alone.left, names("def"), "f was silent");
}

#[test]
fn a_plan_that_is_none_says_why() {
    let fork = fork();
    let none = |at, by: &[u8], unwanted| plan(Strategy::ReAdd, &fork, at, by, &names(unwanted)).unwrap_err();
    assert_eq!(none(3, b"a", ""), reason::NO_SUCH_BRANCH);
    assert_eq!(none(1, b"a", ""), reason::NOT_ON_THE_BRANCH);
    assert_eq!(none(0, b"a", "de"), reason::NOTHING_TO_RECOVER);
}
