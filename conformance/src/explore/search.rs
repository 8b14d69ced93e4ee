//! Worlds through the model checker. Each is searched by one thread, breadth first, so that counts and paths are the same in
//! every run and paths are shortest; several worlds are searched at a time.

use super::action::Action;
use super::alike::representative;
use super::bug::{ALL as BUGS, Bug};
use super::expected::expected;
use super::property::{self, Must, Property};
use super::state::State;
use super::world::{Envelope, Explored, Policy, Reports, World};
use stateright::{Checker, Model};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What became of a property in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds in every state; or it happens.
    Good,
    /// A counterexample, or no witness, where that is expected.
    Expected(&'static str),
    /// A counterexample, or no witness.
    Bad,
    /// A counterexample or the lack of a witness was expected, and there is none.
    Stale(&'static str),
}

/// A property, and the shortest path to the state that decides it.
#[derive(Debug)]
pub struct Found {
    /// The property.
    pub property: &'static Property,
    /// What it amounts to.
    pub verdict: Verdict,
    /// The path, if a state decides it.
    pub path: Option<Vec<Action>>,
}

/// What the search of a world amounts to.
#[derive(Debug)]
pub struct Report {
    /// The world.
    pub world: World,
    /// States that were come to, however often.
    pub states: usize,
    /// States.
    pub unique: usize,
    /// Events on the longest shortest path to a state.
    pub depth: usize,
    /// Messages that somebody alone took before anybody knew, at most.
    pub silence: u8,
    /// How long it took.
    pub took: Duration,
    /// Properties that are asked of it.
    pub found: Vec<Found>,
}

/// Searches one world.
#[must_use]
pub fn explore(world: World, seen: &AtomicUsize) -> Report {
    search(world, seen, Explored::new(world).checker().spawn_bfs())
}

/// The same, of states that differ in the places of members who are alike one only. Depth first: what is found is right, and no
/// path is the shortest.
#[must_use]
pub fn explore_alike(world: World, seen: &AtomicUsize) -> Report {
    search(world, seen, Explored::new(world).checker().symmetry_fn(representative).spawn_dfs())
}

fn search(world: World, seen: &AtomicUsize, checker: impl Checker<Explored>) -> Report {
    let began = Instant::now();
    let mut before = 0;
    while !checker.is_done() {
        std::thread::sleep(Duration::from_millis(10));
        let now = checker.unique_state_count();
        seen.fetch_add(now.saturating_sub(before), Ordering::Relaxed);
        before = now;
    }
    let checker = checker.join();
    seen.fetch_add(checker.unique_state_count().saturating_sub(before), Ordering::Relaxed);
    let mut paths = checker.discoveries();
    let found = property::ALL.iter().filter(|p| property::asked(&world, p)).map(|property| {
        let path = paths.remove(property.name).map(stateright::Path::into_actions);
        let good = path.is_some() == (property.must == Must::Happen);
        let small = world.commits < 3 || world.faults < 2;
        let verdict = match (good, expected(&world, property.name)) {
            // What needs three commits or two faults is not missed where there are fewer.
            (true, Some(_)) if small => Verdict::Good,
            (false, None) if small && property.must == Must::Happen => {
                Verdict::Expected("there are too few commits or faults for it")
            }
            (true, None) => Verdict::Good,
            (true, Some(why)) => Verdict::Stale(why),
            (false, Some(why)) => Verdict::Expected(why),
            (false, None) => Verdict::Bad,
        };
        Found { property, verdict, path }
    });
    Report {
        world,
        found: found.collect(),
        states: checker.state_count(),
        unique: checker.unique_state_count(),
        depth: checker.max_depth(),
        silence: checker.model().silence.load(Ordering::Relaxed),
        took: began.elapsed(),
    }
}

/// Searches worlds, so many at a time; reports in the order of the worlds.
#[must_use]
pub fn explore_all(worlds: &[World], jobs: usize, seen: &AtomicUsize) -> Vec<Report> {
    each_of(worlds, jobs, seen, explore)
}

/// Searches worlds in this way, so many at a time; reports in the order of the worlds.
#[must_use]
pub fn each_of(
    worlds: &[World],
    jobs: usize,
    seen: &AtomicUsize,
    one: fn(World, &AtomicUsize) -> Report,
) -> Vec<Report> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(vec![]);
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, worlds.len().max(1)) {
            scope.spawn(|| {
                while let Some((at, world)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    worlds.get(at).map(|world| (at, *world))
                } {
                    let report = one(world, seen);
                    if let Ok(mut done) = done.lock() {
                        done.push((at, report));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, report)| report).collect()
}

/// Each bug of the model, and the properties that it breaks which hold without it.
#[must_use]
pub fn kills(jobs: usize, seen: &AtomicUsize) -> Vec<(Bug, Vec<&'static str>)> {
    let world = World::small(Policy::Minority, Envelope::Follow, Reports::Prompt);
    let bugged = BUGS.iter().map(|(bug, ..)| World { bug: Some(*bug), ..world });
    let worlds: Vec<World> = bugged.chain([world]).collect();
    let reports = explore_all(&worlds, jobs, seen);
    let broken = |report: &Report| -> Vec<&'static str> {
        let wrong = report.found.iter().filter(|f| f.property.must == Must::Hold && f.path.is_some());
        wrong.map(|f| f.property.name).collect()
    };
    let sound = reports.iter().find(|r| r.world == world).map(broken).unwrap_or_default();
    let new = |report: &Report| broken(report).into_iter().filter(|name| !sound.contains(name)).collect();
    reports.iter().filter_map(|r| r.world.bug.map(|bug| (bug, new(r)))).collect()
}

/// A path at random: at each state one of what can happen, `pick` of so many, until nothing can or `pick` says so.
pub fn walk(world: World, mut pick: impl FnMut(usize) -> Option<usize>) -> Vec<Action> {
    let model = Explored::new(world);
    let (mut state, mut path) = (State::first(&world), vec![]);
    loop {
        let mut actions = vec![];
        model.actions(&state, &mut actions);
        let Some(action) = pick(actions.len()).and_then(|at| actions.get(at).copied()) else { return path };
        let Some(next) = model.next_state(&state, action) else { return path };
        path.push(action);
        state = next;
    }
}

/// The state at the end of a path.
#[must_use]
pub fn end(world: World, path: &[Action]) -> State {
    let model = Explored::new(world);
    path.iter().fold(State::first(&world), |state, action| model.next_state(&state, *action).unwrap_or(state))
}
