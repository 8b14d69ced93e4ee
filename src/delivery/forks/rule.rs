use super::graph::Forks;
use crate::protocol::PartitionKey;
use std::collections::BTreeSet;

/// Who may end a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Termination {
    /// Nobody, not even the operator.
    Never,
    /// The operator, one partition an order.
    Operator,
    /// The operator; and the hub by rule, for a branch that nobody speaks for while a majority speaks for another one.
    Minority {
        /// For how many requests this must have been so.
        after: u64,
        /// For how many requests a report stands.
        lapse: u64,
    },
}

/// What a hub makes of a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Too few have reported.
    Open,
    /// Reports contradict each other or speak for several branches, branches meet again, a single provider is the
    /// majority, or somebody could not be counted: nobody is terminated.
    Undecidable,
    /// More than half of the providers, two at least, speak for this branch, and nobody for any other.
    Majority(PartitionKey),
}

/// What the voices for the branches of a fork amount to, as long as nothing else makes it undecidable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Too few speak.
    Open,
    /// Some speak for one branch and some for another, or a single voice is the majority.
    Undecidable,
    /// More than half of the voices, two at least, speak for the branch at this place, and nobody for any other.
    Majority(usize),
}

/// Weighs a fork: for each branch how many voices speak for it, a voice once a branch; and how many voices the group has
/// (`docs/spec/forks.md` section 3, findings 2 to 5). The exploration of small worlds asks the same function.
#[must_use]
pub fn weigh(claims: &[usize], voices: usize) -> Weight {
    let mut spoken = claims.iter().enumerate().filter(|(_, speak)| **speak > 0);
    match (spoken.next(), spoken.next()) {
        (Some(_), Some(_)) => Weight::Undecidable,
        (Some((at, speak)), None) if speak.saturating_mul(2) > voices => {
            if *speak > 1 {
                Weight::Majority(at)
            } else {
                Weight::Undecidable
            }
        }
        (Some(_) | None, _) => Weight::Open,
    }
}

impl Forks {
    /// What the reports say of a fork; `None` where there is none.
    pub(super) fn finding(&self, at: &PartitionKey) -> Option<Finding> {
        let branches = self.branches(at);
        if branches.len() < 2 {
            return None;
        }
        let parts: usize = branches.iter().map(|(_, branch)| branch.len()).sum();
        let whole: BTreeSet<_> = branches.iter().flat_map(|(_, branch)| branch).collect();
        let contradicted = branches.iter().any(|(_, branch)| self.contradicted(branch));
        if self.uncounted || parts != whole.len() || contradicted {
            return Some(Finding::Undecidable);
        }
        let claims: Vec<_> = branches.iter().map(|(_, branch)| self.claimed(branch).len()).collect();
        Some(match weigh(&claims, self.voices.len()) {
            Weight::Open => Finding::Open,
            Weight::Undecidable => Finding::Undecidable,
            // The index is that of a branch.
            Weight::Majority(at) => branches.get(at).map_or(Finding::Undecidable, |(root, _)| Finding::Majority(*root)),
        })
    }

    /// The partitions that the rule ends now, in the order of their keys.
    pub fn judge(&mut self, rule: Termination) -> Vec<PartitionKey> {
        let Termination::Minority { after, lapse } = rule else { return vec![] };
        self.lapse(lapse);
        let (mut held, mut ended) = (std::collections::BTreeMap::new(), BTreeSet::new());
        for at in &self.forked {
            let Some(Finding::Majority(majority)) = self.finding(at) else { continue };
            for (root, branch) in self.branches(at).into_iter().filter(|(root, _)| *root != majority) {
                let since = self.held.get(&(*at, root)).copied().unwrap_or(self.clock);
                if self.clock.saturating_sub(since) >= after {
                    ended.extend(branch);
                } else {
                    held.insert((*at, root), since);
                }
            }
        }
        self.held = held;
        ended.retain(|key| self.nodes.get(key).is_some_and(|node| !node.ended));
        ended.iter().for_each(|key| self.end(key));
        ended.into_iter().collect()
    }
}
