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
    let world = World { commits: 2, faults: 1, ..World::small(Policy::Minority, Envelope::Ignore, true) };
    let (a, b) = (explore(world, &seen()), explore(world, &seen()));
    assert_eq!((a.states, a.unique, a.depth), (b.states, b.unique, b.depth));
    assert_eq!((a.states, a.unique, a.depth), PINNED);
}

/// States, different ones, depth.
const PINNED: (usize, usize, usize) = (5212, 2498, 10);

#[test]
fn every_property_of_what_must_hold_has_a_bug_that_breaks_it() {
    let killed = kills(default_workers(), &seen());
    for (bug, name, _, breaks) in BUGS {
        let broken = killed.iter().find(|(b, _)| b == bug).map(|(_, broken)| broken.clone()).unwrap_or_default();
        assert!(broken.contains(breaks), "{name} breaks {broken:?}");
    }
    // What is expected not to hold without a bug bites by itself.
    let sound = World::small(Policy::Minority, Envelope::Follow, true);
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
        small(Policy::Never, Envelope::Ignore, false),
        small(Policy::Minority, Envelope::Follow, true),
        small(Policy::Count, Envelope::Ignore, true),
        small(Policy::Operator, Envelope::Follow, true),
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
    let whole = World { commits: 3, faults: 0, ..World::small(Policy::Never, Envelope::Follow, true) };
    let (whole, single) = (ends(whole), ends(World { single: true, ..whole }));
    assert!(whole.len() > 10, "{}", whole.len());
    assert_eq!(whole, single);
}

#[test]
fn a_path_leads_to_the_state_that_decided_its_property() {
    let world = World { commits: 2, faults: 1, ..World::small(Policy::Never, Envelope::Ignore, false) };
    let report = explore(world, &seen());
    let fork = report.found.iter().find(|f| f.property.name == "fork").and_then(|f| f.path.clone()).unwrap();
    let state = end(world, &fork);
    assert!((0..3).any(|a| (0..3).any(|b| state.apart(a, b))));
    let shorter = end(world, fork.split_last().unwrap().1);
    assert!(!(0..3).any(|a| (0..3).any(|b| shorter.apart(a, b))) || shorter.policy_broken());
}
