//! What a hub and its members know by reports, and which branch the rule ends.

use super::bug::Bug;
use super::state::{State, bit};
use super::world::{ATTACKER, Policy, World};

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

/// What the rule says of the reports: partitions to end, and whether there is a case that it can not decide.
#[must_use]
pub fn verdict(world: &World, state: &State) -> (Vec<u8>, bool) {
    let (mut end, mut undecided) = (vec![], false);
    let place = |who: u8| state.reports.get(usize::from(who)).copied().unwrap_or_default();
    for one in world.everybody() {
        let others: Vec<u8> = world.everybody().filter(|other| reported_apart(state, one, *other)).collect();
        let agree = others.iter().all(|a| others.iter().all(|b| !reported_apart(state, *a, *b)));
        if !agree || !world.most(others.len()) {
            continue;
        }
        // The few followed what the others had passed by, each of them.
        let passed =
            others.iter().filter_map(|other| state.parting(place(one), place(*other))).all(|took| match took {
                (Some(few), Some(most)) => few < most,
                (Some(_), None) => true,
                (None, _) => false,
            });
        undecided |= !passed;
        let by_rule = match world.policy {
            Policy::Count => true,
            Policy::Minority => passed || world.bug == Some(Bug::CountsAlone),
            Policy::Never | Policy::Operator => false,
        };
        let turned = world.bug == Some(Bug::EndsTheMajority);
        let (part, _) = if turned { others.first().map_or((0, 0), |other| place(*other)) } else { place(one) };
        if by_rule && state.ended & bit(part) == 0 && !end.contains(&part) {
            end.push(part);
        }
    }
    (end, undecided)
}
