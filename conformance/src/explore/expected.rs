//! In which worlds what does not hold, and why. Every other counterexample is a bug, and so is one of these that is not found.

use super::world::{Policy, Reports, World};

/// Why this property does not hold, or never happens, in this world; `None` where it must.
#[must_use]
pub fn expected(world: &World, property: &str) -> Option<&'static str> {
    let few = !world.most(usize::from(world.lax));
    let two = world.voices() > 1;
    match (property, world.policy, world.reports) {
        ("no-silence", _, Reports::Late) => Some("who has not reported yet may be alone without anybody knowing"),
        // Where the hub's rule breaks an invariant of the design (docs/exploration.md): what it hears are providers, not members,
        // and of those only who has spoken.
        ("majority-goes-on", Policy::Minority, Reports::Late) if few => {
            Some("most providers are not most members: two of three speak for two of five, and nobody for the others")
        }
        ("majority-goes-on", Policy::Minority, Reports::Late) if two => {
            Some("a report outlives the stay: it speaks for a branch that its member has left for another")
        }
        ("undecided-ends-nobody", Policy::Minority, Reports::Late) if two && !few => {
            Some("who knows the ban has not reported yet, and most providers have, for those who do not know it")
        }
        ("honest-goes-on", Policy::Minority, Reports::Late) if two => {
            Some("who comes to a branch is ended with it before it has reported, as most providers speak for another")
        }
        ("ended" | "blocked", Policy::Minority, Reports::Late) if !two => Some("a single provider ends nothing"),
        ("ended" | "blocked", Policy::Minority, Reports::Prompt) => {
            Some("who has read has reported, and the rule ends no branch that somebody speaks for")
        }
        ("no-silence", _, Reports::Silent) => Some("members that report nothing may be alone without anybody knowing"),
        ("hub-is-noticed", _, Reports::Silent) => {
            Some("a hub that gives messages in reverse is found out by reports alone")
        }
        ("alone-unknown", _, Reports::Prompt) => Some("members report after each read, so somebody knows at once"),
        ("majority-goes-on", Policy::Operator, _) => Some("a person may pick the wrong branch"),
        ("majority-goes-on", Policy::Count, _) => {
            Some("a count ends a branch to which others are on their way by a Welcome")
        }
        ("welcome-serves", _, _) => {
            Some("a Welcome has no tree, and the hub gives that of the branch that was begun last")
        }
        ("undecided-ends-nobody" | "honest-goes-on", Policy::Count, _) => {
            Some("a count of heads ends the branch of those who are right and few")
        }
        _ => None,
    }
}
