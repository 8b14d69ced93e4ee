use super::search::end;
use super::*;
use crate::runner::default_workers;
use mimicheck::entropy::Seed;
use mimicheck::sim::{Entry, Step, Terminates};
use stateright::Model;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;

fn seen() -> AtomicUsize {
    AtomicUsize::new(0)
}

#[test]
fn counts_of_a_small_world_are_these() {
    for (reports, pinned) in PINNED {
        let world = World { commits: 2, faults: 1, ..World::small(Policy::Minority, Envelope::Ignore, *reports) };
        let (a, b) = (explore(world, &seen()), explore(world, &seen()));
        assert_eq!((a.states, a.unique, a.depth), (b.states, b.unique, b.depth));
        assert_eq!((a.states, a.unique, a.depth), *pinned);
    }
}

/// States, different ones, depth.
const PINNED: &[(Reports, (usize, usize, usize))] =
    &[(Reports::Prompt, (5095, 2385, 8)), (Reports::Late, (55911, 18401, 14))];

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
    let four = three(Policy::Operator, Envelope::Ignore).sized(4, 2, 2, 1);
    let late = World { reports: Reports::Late, faults: 1, ..three(Policy::Minority, Envelope::Ignore) };
    let mut folded = 0;
    for world in [three(Policy::Minority, Envelope::Ignore), late, three(Policy::Count, Envelope::Follow), four] {
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

/// Walks of a world at whose end the hub's rule has ended something, or as many in which there was only something to decide.
fn walks(world: World, wanted: usize, fits: fn(&State) -> bool) -> Vec<Vec<Action>> {
    let mut chance = Seed::new(&world.name()).stream("walks");
    let mut found = vec![];
    for _ in 0..100_000 {
        let mut left = 6 + chance.below(14);
        let path = walk(world, |choices| {
            left = left.checked_sub(1)?;
            let choices = u64::try_from(choices).ok().filter(|n| *n > 0)?;
            usize::try_from(chance.below(choices)).ok()
        });
        let sayable = scenario(&world, &path, "walk").is_some();
        if sayable && fits(&end(world, &path)) {
            found.push(path);
        }
        if found.len() == wanted {
            return found;
        }
    }
    panic!("only {} of {}", found.len(), world.name());
}

/// The real hub has the rule and nobody tells it to end anything: it ends what the model says, all of it and nothing else, sees the
/// same forks, and finds the same of them.
#[test]
fn the_real_hub_ends_by_its_rule_what_the_model_says() {
    let late = |envelope| World::small(Policy::Minority, envelope, Reports::Late);
    let three = World { providers: 3, ..late(Envelope::Ignore) };
    let four = late(Envelope::Follow).sized(4, 3, 3, 2);
    let mut ended = 0;
    for world in [late(Envelope::Ignore), late(Envelope::Follow), three, four, World::few(Envelope::Follow)] {
        for path in walks(world, 40, |state| state.ended != 0) {
            let scenario = scenario(&world, &path, "walk").unwrap();
            assert_eq!(scenario.providers[0].terminates, Terminates::Minority { after: 0, lapse: None });
            assert!(!scenario.steps.iter().any(|step| matches!(step, Step::Terminate { .. })));
            let replay = play(&world, &path, "walk", "walk").unwrap().unwrap();
            assert_eq!(replay.differs, Vec::<String>::new(), "{}", told(world, &path).join("; "));
            let here = replay.trace.entries.iter().filter(|entry| matches!(entry, Entry::Ended { .. })).count();
            assert_eq!(u32::try_from(here), Ok(end(world, &path).ended.count_ones()));
            ended += here;
        }
    }
    assert!(ended >= 200, "{ended}");
}

/// Where all report at once, the real hub waits for them and ends nothing, though it has the rule and forks to judge.
#[test]
fn the_real_hub_that_waits_for_reports_ends_nothing() {
    for envelope in [Envelope::Ignore, Envelope::Follow] {
        let world = World::small(Policy::Minority, envelope, Reports::Prompt);
        for path in walks(world, 40, |state| state.undecided) {
            let replay = play(&world, &path, "walk", "walk").unwrap().unwrap();
            assert_eq!(replay.differs, Vec::<String>::new(), "{}", told(world, &path).join("; "));
        }
    }
}

/// What is compared can be otherwise: a hub without the rule, or one that is told less, does not end the same.
#[test]
fn a_hub_with_another_rule_does_not_end_the_same() {
    let world = World::small(Policy::Minority, Envelope::Follow, Reports::Late);
    let operator = World { policy: Policy::Operator, ..world };
    let prompt = World { reports: Reports::Prompt, ..world };
    for path in walks(world, 10, |state| state.ended != 0) {
        for other in [operator, prompt] {
            let differs = super::replay::compared(&world, &other, &path, "walk", "walk").unwrap().unwrap().differs;
            assert!(differs.iter().any(|says| says.starts_with("partitions that are ended")), "{differs:?}");
        }
    }
}

/// The invariant of the design that the hub's rule does not keep, each with the path that shows it, and the same at the real hub.
#[test]
fn what_the_rule_breaks_is_found_and_happens_at_the_real_hub() {
    let broken = |world: World| {
        let report = explore(world, &seen());
        let found = report.found.iter().filter(|f| f.property.invariant == 5 && f.path.is_some());
        for found in found.clone() {
            let path = found.path.as_ref().unwrap();
            assert_eq!(found.verdict, Verdict::Expected(expected(&world, found.property.name).unwrap()));
            assert_ne!(end(world, path).ended, 0);
            assert_eq!(play(&world, path, "broken", "broken").unwrap().unwrap().differs, Vec::<String>::new());
        }
        found.map(|f| f.property.name).collect::<Vec<_>>()
    };
    let late = World { faults: 1, ..World::small(Policy::Minority, Envelope::Follow, Reports::Late) };
    assert_eq!(broken(late), ["majority-goes-on", "undecided-ends-nobody", "honest-goes-on"]);
    assert_eq!(broken(World { providers: 3, ..late }), ["majority-goes-on", "undecided-ends-nobody", "honest-goes-on"]);
    assert_eq!(broken(World { providers: 1, ..late }), [""; 0]);
    assert_eq!(broken(World { reports: Reports::Prompt, ..late }), [""; 0]);
}

/// Two of five follow what is against policy, and have two of three providers. The three others are ended, and with them the
/// invariant that termination never ends the branch of the majority.
#[test]
fn few_members_with_most_providers_end_the_others() {
    let world = World::few(Envelope::Follow);
    let (attack, good) = (Action::Commit(1, Kind::AgainstPolicy), Action::Commit(0, Kind::Good));
    let few = [attack, good, Action::Read(0), Action::Read(1), Action::Read(2), Action::Report(1), Action::Report(2)];
    let path = [few.as_slice(), &[Action::Read(3), Action::Read(4)]].concat();
    let (before, after) = (end(world, few.split_last().unwrap().1), end(world, &path));
    let at = |part| world.everybody().filter(|c| after.client(*c).part == part).collect::<Vec<_>>();
    assert_eq!((at(1), at(2)), (vec![1, 2], vec![0, 3, 4]));
    assert_eq!((before.ended, after.ended), (0, 1 << 2));
    assert_eq!(play(&world, &path, "few", "few").unwrap().unwrap().differs, Vec::<String>::new());
    // One report of any of the three is enough to keep their branch.
    for speaks in [0, 3, 4] {
        let spoken = [&few[..5], &[Action::Read(speaks), Action::Report(speaks)], &few[5..]].concat();
        assert_eq!((end(world, &spoken).ended, end(world, &spoken).undecided), (0, true));
        assert_eq!(play(&world, &spoken, "few", "few").unwrap().unwrap().differs, Vec::<String>::new());
    }
}

/// A hub that waits before it ends a branch comes to other ends, and breaks what one breaks that does not.
#[test]
fn a_hub_that_waits_breaks_what_one_does_that_judges_at_once() {
    let found = |waits| {
        let late = World::small(Policy::Minority, Envelope::Follow, Reports::Late);
        let report = explore(World { waits, faults: 1, ..late }, &seen());
        (report.found.iter().map(|f| (f.property.name, f.path.is_some())).collect::<Vec<_>>(), report.unique)
    };
    let ((at_once, fewer), (waits, more)) = (found(false), found(true));
    assert_eq!(at_once, waits);
    assert!(fewer < more, "{fewer} {more}");
}

/// A partition, by the commits that lead to it.
type Road = Vec<(u8, Kind)>;

/// Where members are when nothing is left to read, and what is ended. Without what a hub does to one answer: that is about all
/// the commits in it.
fn ends(world: World) -> BTreeSet<(Vec<Road>, BTreeSet<Road>)> {
    let model = Explored::new(world);
    let (mut ends, mut known) = (BTreeSet::new(), BTreeSet::new());
    let mut look = vec![State::first(&world)];
    while let Some(state) = look.pop() {
        if !known.insert(state.clone()) {
            continue;
        }
        if world.everybody().all(|c| !state.unread(c)) {
            let road = |part: u8| -> Road {
                state.road(part).iter().filter_map(|n| state.node(*n)).map(|n| (n.sender, n.kind)).collect()
            };
            let ended = state.order.iter().filter(|n| state.ended & (1 << **n) != 0).map(|n| road(*n));
            ends.insert((world.everybody().map(|c| road(state.client(c).part)).collect(), ended.collect()));
        }
        let mut actions = vec![];
        model.actions(&state, &mut actions);
        actions.retain(|action| !matches!(action, Action::ReadFalse(_) | Action::ReadReversed(_)));
        look.extend(actions.into_iter().filter_map(|action| model.next_state(&state, action)));
    }
    ends
}

#[test]
fn reading_all_there_is_leads_to_every_end_that_reading_one_by_one_does() {
    let small = |policy, reports| World::small(policy, Envelope::Follow, reports);
    let never = World { faults: 0, ..small(Policy::Never, Reports::Prompt) };
    let late = World { faults: 1, ..small(Policy::Minority, Reports::Late) };
    for world in [never, late] {
        let (whole, single) = (ends(world), ends(World { single: true, ..world }));
        assert!(whole.len() > 10, "{}", whole.len());
        assert_eq!(whole, single);
    }
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
