//! What becomes a sign only by what does not follow. A hint of another partition is what a client that lags behind gets from
//! every hub that hints; a report from ahead is what it hears from everybody who is faster. Both mean something once the hub
//! has answered that there is nothing more, and the client has not come there.

use super::sign::{Moment, Proof, Sign, Told, What};
use crate::protocol::MaskedPartitionKey;
use std::collections::BTreeMap;

/// Hints that are remembered.
const HINTS: usize = 32;
/// Own messages whose return is waited for.
const OWN: usize = 256;
/// Answers without an own message after which it is missed. A hub may be slower to sequence than to answer.
const PATIENCE: u32 = 3;

/// Hints, reports and own messages that nothing has followed from yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    hints: BTreeMap<MaskedPartitionKey, (Moment, Option<Moment>)>,
    /// The last report of each member from an epoch that the client has not reached.
    ahead: BTreeMap<Vec<u8>, (Told, Moment, Option<Moment>)>,
    /// Own messages: since when, answers without it, since when it is missed.
    own: BTreeMap<Vec<u8>, (Moment, u32, Option<Moment>)>,
}

impl Waiting {
    pub fn hint(&mut self, masked: MaskedPartitionKey, now: Moment) {
        if self.hints.len() < HINTS || self.hints.contains_key(&masked) {
            self.hints.entry(masked).or_insert((now, None));
        }
    }

    /// The client has entered this partition.
    pub fn entered(&mut self, masked: &MaskedPartitionKey) {
        self.hints.remove(masked);
        // Whatever else was ripe is held against the new epoch's answers.
        self.hints.values_mut().for_each(|(_, ripe)| *ripe = None);
        self.ahead.values_mut().for_each(|(.., ripe)| *ripe = None);
        self.own.clear();
    }

    pub fn told(&mut self, told: Told, now: Moment) {
        self.ahead.insert(told.member.clone(), (told, now, None));
    }

    /// The member has said, or shown, something newer.
    pub fn forget(&mut self, member: &[u8]) {
        self.ahead.remove(member);
    }

    /// Reports of epochs up to this one, taken out, with the moment of each.
    pub fn reached(&mut self, epoch: u64) -> Vec<(Told, Moment)> {
        let reached: Vec<_> = self.ahead.iter().filter(|(_, (told, ..))| told.epoch <= epoch).collect();
        let reached: Vec<_> = reached.into_iter().map(|(member, _)| member.clone()).collect();
        let taken = reached.into_iter().filter_map(|member| self.ahead.remove(&member));
        taken.map(|(told, moment, _)| (told, moment)).collect()
    }

    pub fn sent(&mut self, octets: &[u8], now: Moment) {
        if self.own.len() < OWN {
            self.own.insert(octets.to_vec(), (now, 0, None));
        }
    }

    pub fn returned(&mut self, octets: &[u8]) {
        self.own.remove(octets);
    }

    /// An answer came for the present partition, and left the client where it is.
    pub fn stood(&mut self, now: Moment) {
        let ripens = self.hints.values_mut().map(|(_, ripe)| ripe);
        for ripe in ripens.chain(self.ahead.values_mut().map(|(.., ripe)| ripe)) {
            ripe.get_or_insert(now);
        }
        for (_, answers, missed) in self.own.values_mut() {
            *answers = answers.saturating_add(1);
            if *answers >= PATIENCE {
                missed.get_or_insert(now);
            }
        }
    }

    pub fn signs(&self) -> impl Iterator<Item = Sign> {
        let sign = |what, member, since, seen| Sign { what, proof: Proof::Suspicion, member, since, seen };
        let hint = self.hints.values().filter_map(|(since, ripe)| Some((*since, (*ripe)?))).min();
        let missed = self.own.values().filter_map(|(since, _, missed)| Some((*since, (*missed)?))).min();
        let ahead = self.ahead.iter().filter_map(move |(member, (_, since, ripe))| {
            Some(sign(What::Report, Some(member.clone()), *since, (*ripe)?))
        });
        let hint = hint.map(|(since, seen)| sign(What::Hint, None, since, seen));
        let silence = missed.map(|(since, seen)| sign(What::Silence, None, since, seen));
        hint.into_iter().chain(silence).chain(ahead)
    }
}
