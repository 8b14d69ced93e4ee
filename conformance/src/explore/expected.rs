//! In which worlds what does not hold, and why. Every other counterexample is a bug, and so is one of these that is not found.

use super::world::{Policy, Reports, World};

/// Why this property does not hold, or never happens, in this world; `None` where it must.
#[must_use]
pub fn expected(world: &World, property: &str) -> Option<&'static str> {
    match (property, world.policy, world.reports) {
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
