//! What must always hold, and what must happen at least once: a search in which nothing happens shows nothing.

use super::rule::{alone, correct, known};
use super::state::{Kind, State, bit};
use super::world::{Explored, Policy, Reports, World};

/// What a property asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// No state decides it: one that does is a counterexample.
    Hold,
    /// Some state decides it, and is a witness.
    Happen,
}

/// A property. A state that decides it is a counterexample of what must hold, a witness of what must happen.
#[derive(Debug)]
pub struct Property {
    /// A slug.
    pub name: &'static str,
    /// What it asks.
    pub must: Must,
    /// Number of the invariant in the design; 0 for what must happen.
    pub invariant: u8,
    /// In words.
    pub says: &'static str,
}

macro_rules! properties {
    ($($index:literal $name:literal $must:ident $invariant:literal $says:literal $decides:expr;)*) => {
        /// All of them.
        pub const ALL: &[Property] = &[$(Property {
            name: $name, must: Must::$must, invariant: $invariant, says: $says,
        }),*];

        /// All of them, as the checker takes them.
        pub(super) fn for_checker() -> Vec<stateright::Property<Explored>> {
            vec![$(match Must::$must {
                Must::Hold => stateright::Property::always($name, |m: &Explored, s: &State| {
                    let decides: fn(&World, &State) -> bool = $decides;
                    !m.first($index, || decides(&m.world, s))
                }),
                Must::Happen => stateright::Property::sometimes($name, |m: &Explored, s: &State| {
                    let decides: fn(&World, &State) -> bool = $decides;
                    m.first($index, || decides(&m.world, s))
                }),
            }),*]
        }
    };
}

properties! {
    0 "one-road" Hold 1 "Correct members that nothing befell, and that have read everything, are in one epoch" one_road;
    1 "only-its-sender" Hold 2 "A commit that everybody refuses moves only its sender" invalid_followed;
    2 "nothing-lost" Hold 2 "Nobody gives up a commit of its own that is still to come back" own_forgotten;
    3 "one-key-one-epoch" Hold 3 "Two members that ask for one partition are in one epoch" key_of_two;
    4 "no-silence" Hold 4 "Nobody who is alone takes another message before somebody knows" silence;
    5 "majority-goes-on" Hold 5 "An honest hub never ends a branch with more than half of the members" majority_ended;
    6 "undecided-ends-nobody" Hold 5 "While more than half follow what is against policy, an honest hub ends no branch of who knows the ban" strict_ended;
    7 "honest-goes-on" Hold 5 "An honest hub ends no branch with a correct member" honest_ended;
    8 "hub-is-noticed" Hold 6 "Whom a hub has set apart from most is known to be apart when all have read and reported" unnoticed;
    9 "recovered-together" Hold 7 "After a re-add that was not overtaken, all whose Welcome served are together" not_recovered;
    10 "counter-in-bounds" Hold 0 "No counter is beyond its partition" counter_beyond;
    11 "fork" Happen 0 "Two correct members are apart" fork;
    12 "alone" Happen 0 "A correct member is alone" somebody_alone;
    13 "alone-unknown" Happen 0 "A correct member is alone, and nobody knows" alone_unknown;
    14 "three-ways" Happen 0 "Three members are apart from one another" three_ways;
    15 "ended" Happen 0 "The hub ends a branch" |_, s| s.ended != 0;
    16 "blocked" Happen 0 "A send to an ended branch is refused" |_, s| s.clients.iter().any(|c| c.blocked);
    // What the hub finds, of providers. That more members follow what few refuse is what no blind hub knows.
    17 "undecided" Happen 0 "The hub's rule can not decide a fork" |_, s| s.undecided;
    18 "overtaken" Happen 0 "A commit is lost to another one that came first" overtaken;
    19 "late-takes-along" Happen 0 "A slow commit takes somebody to a branch that its sender is not on" late_takes_along;
    20 "re-added" Happen 0 "A re-add brings all together who were apart" re_added;
    21 "re-add-overtaken" Happen 0 "A re-add is overtaken, and its Welcome leads those it was for to where nobody else is" re_add_overtaken;
    22 "rejoined" Happen 0 "A member joins anew and is with another correct one" rejoined;
    23 "welcome-serves" Hold 7 "Whoever is taken in again comes in by its Welcome, whenever it reads" |_, s| s.clients.iter().any(|c| c.waits);
    24 "rejoined-wrong" Happen 0 "A member joins anew and is with the attacker alone" rejoined_wrong;
    25 "who-speaks-goes-on" Hold 5 "The hub's rule ends no partition that a member has reported last" |_, s| s.wronged;
}

fn one_road(world: &World, state: &State) -> bool {
    let mut parts = world
        .everybody()
        .filter(|c| correct(world, state, *c) && !state.unread(*c) && !state.client(*c).touched)
        .map(|c| state.client(c).part);
    parts.next().is_some_and(|first| parts.any(|part| part != first))
}

fn invalid_followed(world: &World, state: &State) -> bool {
    world.everybody().any(|who| {
        let road = state.road(state.client(who).epoch);
        let kind = |node: &u8| state.node(*node).map_or(Kind::Good, |n| n.kind);
        let invalid = |node: &u8| kind(node) == Kind::Invalid && state.node(*node).is_some_and(|n| n.sender != who);
        // Whoever joined that branch, or was taken in there, has followed no commit.
        let came = |node: &u8| matches!(kind(node), Kind::External | Kind::ReAdd(_));
        road.iter().position(invalid).is_some_and(|at| !road.iter().skip(at).any(came))
    })
}

fn own_forgotten(world: &World, state: &State) -> bool {
    world.everybody().any(|who| {
        let client = state.client(who);
        let still = state.part(client.part).iter().skip(usize::from(client.counter)).chain(&state.flying);
        let own = |node: &&u8| state.node(**node).is_some_and(|n| n.sender == who && n.parent == client.part);
        still.filter(own).any(|node| client.pending != Some(*node))
    })
}

fn key_of_two(world: &World, state: &State) -> bool {
    let all = || world.everybody().map(|c| state.client(c));
    all().any(|a| all().any(|b| a.part == b.part && a.epoch != b.epoch))
}

fn silence(world: &World, state: &State) -> bool {
    world.everybody().any(|c| correct(world, state, c) && state.client(c).silent > 0)
}

fn at<'a>(world: &'a World, state: &'a State, part: u8) -> impl Iterator<Item = u8> + 'a {
    world.everybody().filter(move |c| state.client(*c).part == part)
}

fn ended(state: &State) -> impl Iterator<Item = u8> + '_ {
    (0_u8..8).filter(|part| state.ended & bit(*part) != 0)
}

/// Whether the hub has told everybody everything, and in order. One that has not may as well end what it likes.
fn hub_is_honest(state: &State) -> bool {
    !state.clients.iter().any(|c| c.misled)
}

fn majority_ended(world: &World, state: &State) -> bool {
    hub_is_honest(state) && ended(state).any(|part| world.most(at(world, state, part).count()))
}

fn strict_ended(world: &World, state: &State) -> bool {
    let against = state.nodes.iter().zip(0_u8..).find(|(n, _)| n.kind == Kind::AgainstPolicy).map(|(_, node)| node);
    let buggy = |node: u8| world.most(world.everybody().filter(|c| state.within(state.client(*c).part, node)).count());
    let strict = |part: u8| at(world, state, part).any(|c| !world.lax(c));
    hub_is_honest(state) && against.is_some_and(buggy) && ended(state).any(strict)
}

fn honest_ended(world: &World, state: &State) -> bool {
    hub_is_honest(state) && ended(state).any(|part| at(world, state, part).any(|c| correct(world, state, c)))
}

fn all_read(world: &World, state: &State) -> bool {
    state.flying.is_none() && world.everybody().all(|c| !state.unread(c))
}

/// Where a report is an event of its own, who has not made it yet is like who never does: nobody can know anything by it.
fn all_told(world: &World, state: &State) -> bool {
    world.reports != Reports::Late
        || world.everybody().all(|c| state.reports.get(usize::from(c)) == Some(&state.place(c)))
}

fn unnoticed(world: &World, state: &State) -> bool {
    all_read(world, state)
        && all_told(world, state)
        && world.everybody().any(|who| {
            let apart = world.everybody().filter(|o| state.apart(who, *o)).count();
            let misled = state.client(who).misled && !state.client(who).withheld;
            misled && correct(world, state, who) && world.most(apart) && !known(world, state, who)
        })
}

/// The re-add: its epoch, who made it, who was taken in.
fn re_add(state: &State) -> Option<(u8, u8, u8)> {
    state.nodes.iter().zip(0_u8..).find_map(|(n, node)| match n.kind {
        Kind::ReAdd(who) => Some((node, n.sender, who)),
        _ => None,
    })
}

/// Members that a re-add concerns and that are correct and hear: those taken in, and who did it.
fn concerned(world: &World, state: &State) -> Option<(u8, u8, Vec<u8>)> {
    let (node, by, who) = re_add(state)?;
    let hears = |c: &u8| correct(world, state, *c) && !state.client(*c).withheld;
    let all = world.everybody().filter(|c| *c == by || who & bit(*c) != 0).filter(hears);
    Some((node, by, all.collect()))
}

fn not_recovered(world: &World, state: &State) -> bool {
    let Some((node, by, who)) = concerned(world, state) else { return false };
    let places: Vec<u8> = who.iter().map(|c| state.client(*c).part).collect();
    state.readd == Some((by, false))
        && !who.iter().any(|c| state.client(*c).waits)
        && all_read(world, state)
        && state.within(state.client(by).part, node)
        && places.iter().any(|part| places.first() != Some(part))
}

fn re_added(world: &World, state: &State) -> bool {
    let Some((node, by, who)) = concerned(world, state) else { return false };
    who.len() > 1
        && who.contains(&by)
        && who.iter().all(|c| state.client(*c).part == node)
        && !world.everybody().any(|c| correct(world, state, c) && state.apart(c, by))
}

fn re_add_overtaken(world: &World, state: &State) -> bool {
    let Some((node, by, who)) = concerned(world, state) else { return false };
    let there = who.iter().any(|c| *c != by && state.client(*c).part == node);
    there
        && !state.within(state.client(by).part, node)
        && state.client(by).pending != Some(node)
        && world.everybody().all(|c| who.contains(&c) || !state.within(state.client(c).part, node))
}

fn counter_beyond(world: &World, state: &State) -> bool {
    world
        .everybody()
        .map(|c| state.client(c))
        .any(|c| c.part == c.epoch && usize::from(c.counter) > state.part(c.part).len())
}

fn fork(world: &World, state: &State) -> bool {
    let correct: Vec<u8> = world.everybody().filter(|c| correct(world, state, *c)).collect();
    correct.iter().any(|a| correct.iter().any(|b| state.apart(*a, *b)))
}

fn somebody_alone(world: &World, state: &State) -> bool {
    world.everybody().any(|c| alone(world, state, c))
}

fn alone_unknown(world: &World, state: &State) -> bool {
    world.everybody().any(|c| alone(world, state, c) && !known(world, state, c))
}

fn three_ways(world: &World, state: &State) -> bool {
    let apart = |a: u8, b: u8| state.apart(a, b);
    world
        .everybody()
        .any(|a| world.everybody().any(|b| apart(a, b) && world.everybody().any(|c| apart(a, c) && apart(b, c))))
}

fn overtaken(_: &World, state: &State) -> bool {
    state.nodes.iter().zip(0_u8..).skip(1).any(|(n, node)| {
        let road = state.road(state.client(n.sender).part);
        let took = state.part(n.parent).iter().position(|c| road.contains(c));
        let own = state.part(n.parent).iter().position(|c| *c == node);
        n.kind != Kind::External && matches!((took, own), (Some(took), Some(own)) if took < own)
    })
}

fn late_takes_along(world: &World, state: &State) -> bool {
    state.nodes.iter().zip(0_u8..).skip(1).any(|(n, node)| {
        let there = |c: u8| state.within(state.client(c).part, node);
        let sender = state.client(n.sender);
        n.kind == Kind::Good
            && !there(n.sender)
            && sender.pending != Some(node)
            && world.everybody().any(|c| c != n.sender && correct(world, state, c) && there(c))
    })
}

fn external(state: &State) -> Option<(u8, u8)> {
    state.nodes.iter().zip(0_u8..).find(|(n, _)| n.kind == Kind::External).map(|(n, node)| (node, n.sender))
}

fn rejoined(world: &World, state: &State) -> bool {
    external(state).is_some_and(|(node, who)| {
        state.client(who).part == node
            && at(world, state, node).any(|other| other != who && correct(world, state, other))
    })
}

fn rejoined_wrong(world: &World, state: &State) -> bool {
    external(state).is_some_and(|(node, who)| {
        state.client(who).part == node
            && correct(world, state, who)
            && all_read(world, state)
            && at(world, state, node).any(|other| other == super::world::ATTACKER)
            && world.everybody().all(|c| c == who || !correct(world, state, c) || state.apart(c, who))
    })
}

/// Whether this is asked of a world at all.
#[must_use]
pub fn asked(world: &World, property: &Property) -> bool {
    match property.name {
        // What a person ends is what a person wants: only the majority's branch is worth a counterexample.
        "honest-goes-on" | "undecided-ends-nobody" => matches!(world.policy, Policy::Minority | Policy::Count),
        "who-speaks-goes-on" | "undecided" => world.policy == Policy::Minority,
        "majority-goes-on" => world.policy != Policy::Never,
        "ended" | "blocked" => world.policy != Policy::Never,
        "re-added" | "re-add-overtaken" | "recovered-together" | "welcome-serves" => world.reports != Reports::Silent,
        _ => true,
    }
}
