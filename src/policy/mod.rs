//! What a room allows, by draft-ietf-mimi-room-policy-03 as `docs/spec/policy.md` reads it.
//!
//! [`judge`] is the only place that decides. Whoever makes a commit, whoever receives one and a hub that can read it
//! ask the same function, with the state before the commit: so nobody sends what others ignore, and what they ignore
//! they ignore alike. It holds no state and takes every input. What a commit may do is judged by who proposes each
//! change, in the state before the commit; what it leads to is judged once, at its end. So the order of its proposals
//! means nothing.
//!
//! | file | what |
//! |---|---|
//! | `capability` | the capabilities that are judged here, by name and number |
//! | `rules` | roles, preauthorized users, the base policy |
//! | `people` | who participates, with which clients |
//! | `change` | what is judged: a message, or the proposals of a commit |
//! | `judge` | the function |
//! | `allowed` | who may propose what |
//! | `list` | who may change the participant list |
//! | `rewrite` | changes of the policy itself |
//! | `known` | what a client, or a hub, knows of a room, and commits as they come |
//! | `after` | the state that a commit leads to, and what must hold of it |

mod after;
mod allowed;
mod capability;
mod change;
mod judge;
mod known;
mod list;
mod people;
mod rewrite;
mod rules;

#[cfg(test)]
mod tests;

pub use capability::{Capability, NAMES};
pub use change::{Actor, Change, Field, Listing, Proposal, Proposed, Who};
pub use judge::{Denied, judge};
pub use known::{Known, Members};
pub use people::{Client, Participants, User};
pub use rules::{BANNED, Base, Claim, NOBODY, Policy, Preauthorized, Role, RoleIndex, Span};
