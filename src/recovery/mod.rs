//! Recovery from a fork: who is on which branch, which one goes on, and what people have to do for it.
//!
//! All of it is decisions over values: nothing here sends, and nothing here starts by itself. A person agrees
//! ([`Approval`]), a person or a rule that people chose decides ([`Rule`]), and a [`Plan`] says what each of them has to
//! start then. `docs/fork-recovery.md` is the paper with the prices.
//!
//! | file | what |
//! |---|---|
//! | `approval` | what a user agreed to: this group, after this epoch |
//! | `evidence` | reports of members, and the branches that they show |
//! | `decide` | which branch goes on, by whose word; or that nobody can say |
//! | `plan` | what has to be started, by whom, in which order |
//! | `link` | ids of successor groups, which only members of the last common epoch can make |

mod approval;
mod decide;
mod evidence;
mod link;
mod plan;
#[cfg(test)]
mod tests;

pub use approval::Approval;
pub use decide::{Ballots, Decision, Rule, Undecided, decide};
pub use evidence::{Branch, Epoch, Evidence, Report};
pub use link::{LINK_LABEL, LINK_OCTETS, Link};
pub use plan::{Action, Plan, Strategy, plan};
