//! What holds whoever is where.

use super::super::{Action, Decision, Rule, Strategy as Way, decide, plan};
use super::*;
use proptest::prelude::*;

/// What a member says: nothing, that it is in an epoch before the fork, on a branch so many epochs after it, or two things.
#[derive(Clone, Debug)]
enum Says {
    Nothing,
    Before(usize),
    Branch(u8, usize),
    Both,
}

const BEFORE: &str = "uvw";

fn history(branch: u8, epochs: usize) -> String {
    format!("{BEFORE}{}", char::from(b'0' + branch).to_string().repeat(epochs))
}

fn says() -> impl Strategy<Value = Says> {
    prop_oneof![
        1 => Just(Says::Nothing),
        1 => (1..=BEFORE.len()).prop_map(Says::Before),
        6 => (0..3_u8, 1..4_usize).prop_map(|(branch, epochs)| Says::Branch(branch, epochs)),
        1 => Just(Says::Both),
    ]
}

fn group() -> impl Strategy<Value = Vec<Says>> {
    prop::collection::vec(says(), 1..12)
}

fn reports(group: &[Says]) -> Vec<Report> {
    let mut all = vec![];
    for (at, says) in (0_u8..).zip(group) {
        let member = String::from_utf8(name(at)).unwrap();
        match says {
            Says::Nothing => {}
            Says::Before(epochs) => all.push(report(&member, &BEFORE[..*epochs])),
            Says::Branch(branch, epochs) => all.push(report(&member, &history(*branch, *epochs))),
            Says::Both => all.extend([report(&member, &history(0, 1)), report(&member, &history(1, 1))]),
        }
    }
    all
}

fn of(group: &[Says]) -> Evidence {
    Evidence::of(GROUP, &roster(u8::try_from(group.len()).unwrap()), &reports(group)).unwrap()
}

proptest! {
    #[test]
    fn everybody_is_in_one_place(group in group()) {
        let found = of(&group);
        prop_assert_eq!(found.roster(), group.len());
        let mut seen = BTreeSet::new();
        let branches = found.branches.iter().flat_map(|b| &b.members);
        for member in branches.chain(&found.behind).chain(&found.contradictory).chain(&found.silent) {
            prop_assert!(seen.insert(member.clone()), "twice");
        }
        for (at, says) in (0_u8..).zip(&group) {
            let of = found.branch_of(&name(at)).map(|branch| found.branches[branch].tip.authenticator.clone());
            match says {
                Says::Branch(branch, _) => {
                    let tip = String::from_utf8(of.unwrap()).unwrap();
                    prop_assert!(tip.starts_with(&history(*branch, 1)), "{tip}");
                }
                Says::Nothing => prop_assert!(found.silent.contains(&name(at))),
                Says::Both => prop_assert!(found.contradictory.contains(&name(at))),
                Says::Before(_) => {}
            }
        }
    }

    #[test]
    fn the_order_of_reports_says_nothing(group in group(), by in any::<prop::sample::Index>()) {
        let roster = roster(u8::try_from(group.len()).unwrap());
        let mut reports = reports(&group);
        let found = Evidence::of(GROUP, &roster, &reports).unwrap();
        if !reports.is_empty() {
            let by = by.index(reports.len());
            reports.rotate_left(by);
        }
        prop_assert_eq!(Evidence::of(GROUP, &roster, &reports).unwrap(), found);
    }

    #[test]
    fn a_majority_is_never_half(group in group()) {
        let found = of(&group);
        let largest = found.branches.iter().map(|b| b.members.len()).max().unwrap_or(0);
        match decide(&Rule::Majority, &found) {
            Decision::Survives(at) => prop_assert!(found.branches[at].members.len() * 2 > group.len()),
            Decision::Undecided(_) => prop_assert!(found.branches.len() < 2 || largest * 2 <= group.len()),
        }
        // Nobody gains by speaking for others: silence never makes a majority.
        for (at, _) in group.iter().enumerate().filter(|(_, says)| matches!(says, Says::Branch(..))) {
            let mut fewer = group.clone();
            fewer[at] = Says::Nothing;
            if let Decision::Survives(branch) = decide(&Rule::Majority, &of(&fewer)) {
                let tip = &of(&fewer).branches[branch].tip;
                let now = found.branches.iter().find(|b| b.tip.authenticator.starts_with(&tip.authenticator));
                prop_assert!(now.is_some_and(|b| b.members.len() * 2 > group.len()));
            }
        }
    }

    #[test]
    fn a_plan_brings_back_who_is_wanted_and_asks_who_moves(group in group(), unwanted in prop::collection::vec(0..12_u8, 0..3)) {
        let found = of(&group);
        let unwanted: BTreeSet<Vec<u8>> = unwanted.into_iter().map(name).collect();
        for (at, branch) in found.branches.iter().enumerate() {
            let by = branch.members.first().unwrap();
            for way in Way::ALL {
                let Ok(planned) = plan(way, &found, at, by, &unwanted) else { continue };
                let (mut asked, mut moved) = (BTreeSet::new(), BTreeSet::new());
                for action in &planned.actions {
                    match action {
                        Action::Report(_) => {}
                        Action::Approve(who) => asked.extend(who.clone()),
                        Action::ReAdd { who, .. } => moved.extend(who.clone()),
                        Action::Rejoin(who) => moved.extend(who.clone()),
                        Action::Reboot { by, with } => {
                            moved.extend(with.clone());
                            moved.insert(by.clone());
                        }
                    }
                }
                prop_assert_eq!(&asked, &moved, "who moves is asked, and nobody else");
                let others = found.branches.iter().enumerate().filter(|(other, _)| *other != at);
                let others: BTreeSet<_> = others.flat_map(|(_, b)| b.members.iter().cloned()).collect();
                prop_assert!(others.difference(&unwanted).all(|member| moved.contains(member)));
                prop_assert!(others.intersection(&unwanted).all(|m| !moved.contains(m) && planned.left.contains(m)));
            }
        }
    }
}
