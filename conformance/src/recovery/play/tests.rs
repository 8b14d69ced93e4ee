#![allow(clippy::unwrap_used, reason = "tests")]

use super::super::setting::Setting;
use super::*;

fn split(members: usize, away: usize, private: bool) -> Split {
    Split::new(Setting { members, away, suite: CipherSuite::X25519.0, private }).unwrap()
}

/// After a strategy, members refresh their leaves one after the other until no stolen state reads any more.
fn commits_to_heal(split: &Split, strategy: Strategy) -> usize {
    let mut play = Play {
        stolen: Stolen::of(split),
        meter: Meter::new(split.people.len()),
        asked: BTreeSet::new(),
        approval: None,
        wanted: (0..split.people.len()).collect(),
        split: split.copy(),
    };
    play.carry_out(strategy, 0).unwrap();
    let all: Vec<usize> = (0..split.people.len()).collect();
    let eyes = |play: &mut Play| {
        let said = [0, 1].map(|at| play.split.person(at).unwrap().member.send(b"?", &[]).unwrap());
        play.stolen.eyes(&said)
    };
    let mut commits = 0;
    for by in &all {
        let left = eyes(&mut play);
        if left == 0 {
            return commits;
        }
        let out = play.split.commit(*by, &Plan { update: true, ..Plan::default() }, &all).unwrap();
        play.stolen.follow(&out.commit).unwrap();
        let now = eyes(&mut play);
        assert!(now == left || now + 1 == left, "a commit heals its committer, and nobody else");
        commits += usize::from(now < left);
    }
    assert_eq!(eyes(&mut play), 0, "everybody has refreshed its leaf");
    commits
}

#[test]
fn what_still_reads_is_healed_by_a_commit_each() {
    let split = split(8, 2, false);
    for (strategy, eyes) in [(Strategy::ReAdd, 5), (Strategy::Rejoin, 6), (Strategy::Reboot, 0)] {
        let price = play(&split, Way::All(strategy)).unwrap();
        assert_eq!((price.eyes, commits_to_heal(&split, strategy)), (eyes, eyes), "{strategy:?}");
    }
}

#[test]
fn nobody_is_lost_and_nobody_reads_the_other_branch() {
    for private in [false, true] {
        let split = split(9, 3, private);
        assert_eq!(split.unread, 9, "six missed the one message, three the other");
        for way in Way::ALL {
            let price = play(&split, way).unwrap();
            assert_eq!(price.lost, 0, "{}", way.name());
            let outside = if way == Way::MinorityReboots { 6 } else { 0 };
            assert_eq!((price.outside, price.together), (outside, 9 - outside), "{}", way.name());
        }
    }
}

#[test]
fn the_same_fork_costs_the_same() {
    let (one, other) = (split(5, 1, true), split(5, 1, true));
    for way in Way::ALL.into_iter().filter(|way| *way != Way::MinorityReboots) {
        assert_eq!(play(&one, way).unwrap(), play(&other, way).unwrap());
    }
}

#[test]
fn a_play_that_did_not_ask_has_no_price() {
    let split = split(4, 1, false);
    let mut play = Play {
        stolen: Stolen::of(&split),
        meter: Meter::new(4),
        asked: BTreeSet::new(),
        approval: None,
        wanted: (0..4).collect(),
        split: split.copy(),
    };
    let who = BTreeSet::from([split.people.last().unwrap().name.clone()]);
    let by = split.people.first().unwrap().name.clone();
    assert!(play.act(0, Action::ReAdd { by, who }).is_err());
}
