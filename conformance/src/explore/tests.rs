use super::search::end;
use super::*;
use crate::runner::default_workers;
use stateright::Model;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;

fn seen() -> AtomicUsize {
    AtomicUsize::new(0)
}

#[test]
fn counts_of_a_small_world_are_these() {
    let world = World { commits: 2, faults: 1, ..World::small(Policy::Minority, Envelope::Ignore, Reports::Prompt) };
    let (a, b) = (explore(world, &seen()), explore(world, &seen()));
    assert_eq!((a.states, a.unique, a.depth), (b.states, b.unique, b.depth));
    assert_eq!((a.states, a.unique, a.depth), PINNED);
}

/// States, different ones, depth.
const PINNED: (usize, usize, usize) = (5212, 2498, 10);

/// Every state, by stepping.
fn every_state(world: World) -> BTreeSet<State> {
    let model = Explored::new(world);
    let (mut known, mut open) = (BTreeSet::new(), model.init_states());
    while let Some(state) = open.pop() {
        if known.insert(state.clone()) {
            open.extend(successors(&model, &state));
        }
    }
    known
}

fn successors(model: &Explored, state: &State) -> Vec<State> {
    let mut actions = vec![];
    model.actions(state, &mut actions);
    actions.into_iter().filter_map(|action| model.next_state(state, action)).collect()
}

/// A state and its representative lead to the same, members who are alike not told apart; and a search that does not tell them
/// apart comes to every one of them, and finds the same.
#[test]
fn members_who_are_alike_need_not_be_told_apart() {
    let three = |policy, envelope| World { commits: 2, ..World::small(policy, envelope, Reports::Prompt) };
    let four = World { clients: 4, commits: 2, faults: 1, ..three(Policy::Operator, Envelope::Ignore) };
    let mut folded = 0;
    for world in [three(Policy::Minority, Envelope::Ignore), three(Policy::Count, Envelope::Follow), four] {
        let (model, states) = (Explored::new(world), every_state(world));
        let alike: BTreeSet<State> = states.iter().map(representative).collect();
        for state in &states {
            let one = representative(state);
            assert_eq!(representative(&one), one, "a representative of itself");
            let leads = |state| successors(&model, state).iter().map(representative).collect::<BTreeSet<_>>();
            assert_eq!(leads(state), leads(&one), "{state:?}");
        }
        let (whole, reduced) = (explore(world, &seen()), explore_alike(world, &seen()));
        assert_eq!((whole.unique, reduced.unique), (states.len(), alike.len()));
        let verdicts = |report: &Report| report.found.iter().map(|f| (f.property.name, f.path.is_some())).collect();
        let (found, also): (Vec<_>, Vec<_>) = (verdicts(&whole), verdicts(&reduced));
        assert_eq!((found, whole.silence), (also, reduced.silence));
        folded += states.len() - alike.len();
    }
    assert!(folded > 1000, "{folded}");
}

#[test]
fn every_property_of_what_must_hold_has_a_bug_that_breaks_it() {
    let killed = kills(default_workers(), &seen());
    for (bug, name, _, breaks) in BUGS {
        let broken = killed.iter().find(|(b, _)| b == bug).map(|(_, broken)| broken.clone()).unwrap_or_default();
        assert!(broken.contains(breaks), "{name} breaks {broken:?}");
    }
    // What is expected not to hold without a bug bites by itself.
    let sound = World::small(Policy::Minority, Envelope::Follow, Reports::Prompt);
    let hold: BTreeSet<_> = PROPERTIES
        .iter()
        .filter(|p| p.must == Must::Hold && expected(&sound, p.name).is_none())
        .map(|p| p.name)
        .collect();
    let bitten: BTreeSet<_> = killed.iter().flat_map(|(_, broken)| broken.iter().copied()).collect();
    assert_eq!(hold.difference(&bitten).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn real_members_end_where_the_model_does() {
    let small = |policy, envelope, reports| World { faults: 1, ..World::small(policy, envelope, reports) };
    let worlds = [
        small(Policy::Never, Envelope::Ignore, Reports::Silent),
        small(Policy::Minority, Envelope::Follow, Reports::Prompt),
        small(Policy::Minority, Envelope::Ignore, Reports::Late),
        small(Policy::Count, Envelope::Ignore, Reports::Prompt),
        small(Policy::Operator, Envelope::Follow, Reports::Prompt),
    ];
    let reports = explore_all(&worlds, default_workers(), &seen());
    let all = play_all(&reports, 200, default_workers());
    assert_eq!(all.wrong, vec![]);
    assert!(all.played > 200, "{}", all.played);
}

/// Where members are when nothing is left to read.
fn ends(world: World) -> BTreeSet<Vec<Vec<(u8, Kind)>>> {
    let model = Explored::new(world);
    let (mut ends, mut known) = (BTreeSet::new(), BTreeSet::new());
    let mut look = vec![State::first(&world)];
    while let Some(state) = look.pop() {
        if !known.insert(state.clone()) {
            continue;
        }
        if world.everybody().all(|c| !state.unread(c)) {
            let road = |c: u8| -> Vec<(u8, Kind)> {
                let road = state.road(state.client(c).part);
                road.iter().filter_map(|n| state.node(*n)).map(|n| (n.sender, n.kind)).collect()
            };
            ends.insert(world.everybody().map(road).collect());
        }
        look.extend(model.next_states(&state));
    }
    ends
}

#[test]
fn reading_all_there_is_leads_to_every_end_that_reading_one_by_one_does() {
    // Without what a hub does to one answer: that is about all the commits in it.
    let whole = World { commits: 3, faults: 0, ..World::small(Policy::Never, Envelope::Follow, Reports::Prompt) };
    let (whole, single) = (ends(whole), ends(World { single: true, ..whole }));
    assert!(whole.len() > 10, "{}", whole.len());
    assert_eq!(whole, single);
}

#[test]
fn a_path_leads_to_the_state_that_decided_its_property() {
    let world = World { commits: 2, faults: 1, ..World::small(Policy::Never, Envelope::Ignore, Reports::Silent) };
    let report = explore(world, &seen());
    let fork = report.found.iter().find(|f| f.property.name == "fork").and_then(|f| f.path.clone()).unwrap();
    let state = end(world, &fork);
    assert!((0..3).any(|a| (0..3).any(|b| state.apart(a, b))));
    let shorter = end(world, fork.split_last().unwrap().1);
    assert!(!(0..3).any(|a| (0..3).any(|b| shorter.apart(a, b))) || shorter.policy_broken());
}
