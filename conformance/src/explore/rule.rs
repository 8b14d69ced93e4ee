//! What a hub and its members know by reports, and which branches a hub ends.
//!
//! What the voices for the branches of a fork weigh is asked of the hub's own function, [`weigh`]. What is said here once more,
//! of the model's tree instead of partition keys, are the branches and who speaks for them; replays hold it against real hubs.

use super::bug::Bug;
use super::state::{State, bit};
use super::world::{ATTACKER, World};
use mimicheck::delivery::{Weight, weigh};

/// Whether two members are reported to be where they can not come together by reading.
#[must_use]
pub fn reported_apart(state: &State, a: u8, b: u8) -> bool {
    let of = |who: u8| state.reports.get(usize::from(who)).copied().unwrap_or_default();
    state.parting(of(a), of(b)).is_some()
}

/// A bit for each member that is reported apart from this one.
#[must_use]
pub fn apart_from(world: &World, state: &State, who: u8) -> u8 {
    world.everybody().filter(|other| reported_apart(state, who, *other)).map(bit).fold(0, |a, b| a | b)
}

/// Whether a member, or its provider, knows that not all go its way.
#[must_use]
pub fn known(world: &World, state: &State, who: u8) -> bool {
    let client = state.client(who);
    let shown = (client.refused || client.blocked) && world.bug != Some(Bug::NobodyIsTold);
    shown || apart_from(world, state, who) != 0
}

/// Whether a member is no attacker, and its software not known to be wrong.
#[must_use]
pub fn correct(world: &World, state: &State, who: u8) -> bool {
    who != ATTACKER && !(world.lax(who) && state.policy_broken())
}

/// Whether a member is apart from every other correct one.
#[must_use]
pub fn alone(world: &World, state: &State, who: u8) -> bool {
    let mut others = world.everybody().filter(|o| *o != who && correct(world, state, *o)).peekable();
    correct(world, state, who) && others.peek().is_some() && others.all(|other| state.apart(who, other))
}

/// The partitions that a count of heads ends: those of whoever is reported apart from more than half of the members that are
/// not reported apart from one another.
#[must_use]
pub fn counted(world: &World, state: &State) -> Vec<u8> {
    let mut end = vec![];
    for one in world.everybody() {
        let others: Vec<u8> = world.everybody().filter(|other| reported_apart(state, one, *other)).collect();
        let agree = others.iter().all(|a| others.iter().all(|b| !reported_apart(state, *a, *b)));
        let (part, _) = state.reports.get(usize::from(one)).copied().unwrap_or_default();
        if agree && world.most(others.len()) && state.ended & bit(part) == 0 && !end.contains(&part) {
            end.push(part);
        }
    }
    end
}

/// The branches of a fork as the hub sees them, the partitions of each a bit each: live ones that commits lead to from there,
/// with all behind, where somebody was seen.
fn branches(state: &State, at: u8) -> Vec<u8> {
    let live = state.part(at).iter().filter(|root| state.ended & bit(**root) == 0);
    let behind =
        |root: &u8| state.order.iter().filter(|n| state.within(**n, *root)).map(|n| bit(*n)).fold(0, |a, b| a | b);
    live.map(behind).filter(|branch| branch & state.named & !state.ended != 0).collect()
}

/// What the hub's rule makes of a fork: its branches, and what the voices for them weigh. `None` where there is no fork.
fn finding(world: &World, state: &State, at: u8) -> Option<(Vec<u8>, Weight)> {
    if state.part(at).len() < 2 {
        return None;
    }
    let branches = branches(state, at);
    if branches.len() < 2 {
        return None;
    }
    let voices = |branch: &u8| state.claims.iter().filter(|claim| **claim & branch != 0).count();
    let mut claims: Vec<usize> = branches.iter().map(voices).collect();
    if matches!(world.bug, Some(Bug::CountsAlone | Bug::EndsTheMajority)) {
        let most = claims.iter().max().copied().unwrap_or(0);
        claims.iter_mut().filter(|speak| **speak < most).for_each(|speak| *speak = 0);
    }
    Some((branches, weigh(&claims, state.claims.len())))
}

/// The forks that the hub sees, and what it makes of each.
#[must_use]
pub fn forks(world: &World, state: &State) -> Vec<(Vec<u8>, Weight)> {
    state.order.iter().filter_map(|at| finding(world, state, *at)).collect()
}

/// What the hub's rule says: partitions that it ends, a bit each, and whether there is a fork that it can not decide.
#[must_use]
pub fn judged(world: &World, state: &State) -> (u8, bool) {
    let (mut end, mut undecided) = (0, false);
    for (branches, weight) in forks(world, state) {
        undecided |= weight == Weight::Undecidable;
        let Weight::Majority(majority) = weight else { continue };
        let turned = world.bug == Some(Bug::EndsTheMajority);
        let ends = branches.iter().enumerate().filter(|(n, _)| (*n == majority) == turned);
        end |= ends.map(|(_, branch)| *branch).fold(0, |a, b| a | b);
    }
    (end & !state.ended, undecided)
}
