//! Commits with faults that have a name (`mls::hostile`).

use super::{LIAR, World};
use crate::mls::hostile::Fault;
use crate::mls::member::{CommitOut, Plan, Refusal, Result};
use crate::reason::delivery;

fn nothing(fault: Fault) -> Refusal {
    Refusal { reason: delivery::NO_STATE, said: format!("{fault} befell nothing") }
}

impl World {
    /// A commit of the liar with this fault, which nobody here has seen, and the world as it is for the liar, who has followed
    /// it.
    pub fn spoiled(&self, fault: Fault, plan: &Plan) -> Result<(CommitOut, Self)> {
        let (out, mut branch) = self.spoil(fault, |branch| branch.prepare(LIAR, plan))?;
        branch.member(LIAR)?.merge_own()?;
        Ok((out, branch))
    }

    /// The same of an external commit by which the liar joins.
    pub fn spoiled_join(&self, fault: Fault, group_info: &[u8], tree: &[u8]) -> Result<(CommitOut, Self)> {
        self.spoil(fault, |branch| branch.knock(LIAR, group_info, tree))
    }

    fn spoil(&self, fault: Fault, make: impl FnOnce(&mut Self) -> Result<CommitOut>) -> Result<(CommitOut, Self)> {
        let mut branch = self.copy();
        self.saboteur.next(fault);
        let made = make(&mut branch);
        let waits = self.saboteur.waits();
        self.saboteur.relent();
        let out = made?;
        if waits { Err(nothing(fault)) } else { Ok((out, branch)) }
    }
}
