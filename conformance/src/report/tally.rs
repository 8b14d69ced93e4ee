//! How many cases, of what kind, came out how.

use super::model::{CaseResult, Counts, Final, Run};
use mimicheck::vector::Verdict;
use std::collections::BTreeMap;
use std::time::Duration;

/// Counts over some results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub cases: usize,
    /// Cases to be accepted.
    pub accept: usize,
    /// Cases to be rejected.
    pub reject: usize,
    /// Cases where both are right.
    pub either: usize,
    /// By verdict; absent means none.
    pub counts: Counts,
    /// Sum over the cases; more than the wall clock when workers ran side by side.
    pub duration: Duration,
}

impl Tally {
    fn add(&mut self, result: &CaseResult) {
        self.cases += 1;
        match result.case.verdict() {
            Verdict::Accept => self.accept += 1,
            Verdict::Reject => self.reject += 1,
            Verdict::Either => self.either += 1,
        }
        *self.counts.entry(result.verdict).or_default() += 1;
        self.duration = self.duration.saturating_add(result.duration);
    }

    /// How many have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Final) -> usize {
        self.counts.get(&verdict).copied().unwrap_or_default()
    }
}

impl Run {
    /// Over all results.
    #[must_use]
    pub fn total(&self) -> Tally {
        let mut tally = Tally::default();
        self.results.iter().for_each(|r| tally.add(r));
        tally
    }

    /// By family, in the order of their names.
    #[must_use]
    pub fn families(&self) -> BTreeMap<&str, Tally> {
        let mut families = BTreeMap::<&str, Tally>::new();
        for result in &self.results {
            families.entry(&result.family).or_default().add(result);
        }
        families
    }

    /// The results that fail the run, in order.
    pub fn failing(&self) -> impl Iterator<Item = &CaseResult> {
        self.results.iter().filter(|r| r.verdict.fails())
    }
}
