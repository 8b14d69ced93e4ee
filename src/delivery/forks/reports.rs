use super::graph::Forks;
use crate::delivery::Refused;
use crate::delivery::limits::within;
use crate::protocol::{ForkReport, PartitionKey, ServiceProviderId};
use crate::reason::delivery as reason;
use std::collections::{BTreeMap, BTreeSet};

/// What a provider's users claim of one partition: the latest report of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The number of the epoch.
    pub epoch: u64,
    /// The tag of the epoch.
    pub tag: [u8; 32],
    /// When it was made, in requests.
    pub(super) at: u64,
}

pub(super) type Reports = BTreeMap<ServiceProviderId, BTreeMap<PartitionKey, Claim>>;

/// Partitions of a group that one provider may claim at a time.
const MOST_CLAIMS: usize = 16;

impl Forks {
    /// A provider's users report their epoch. A report of a partition that the hub has not seen is taken and counts
    /// for nothing: the hub can not say that there is none.
    ///
    /// # Errors
    /// `exceeds-report-limit`; nothing has changed.
    pub fn report(
        &mut self,
        from: &ServiceProviderId,
        report: &ForkReport,
        most_voices: usize,
        lapse: u64,
    ) -> Result<(), Refused> {
        let ForkReport { partition_key, epoch, tag } = *report;
        if !self.nodes.contains_key(&partition_key) {
            return Ok(());
        }
        let known = self.reports.get(from);
        let standing = known.into_iter().flatten().filter(|(key, claim)| {
            **key != partition_key && self.clock.saturating_add(1).saturating_sub(claim.at) <= lapse
        });
        let standing = standing.count().saturating_add(1);
        within(standing, MOST_CLAIMS, reason::EXCEEDS_REPORT_LIMIT, "partitions that one provider claims")?;
        self.named(&partition_key, from, most_voices);
        self.lapse(lapse);
        if self.voices.contains(from) {
            let claim = Claim { epoch, tag, at: self.clock };
            self.reports.entry(from.clone()).or_default().insert(partition_key, claim);
        }
        Ok(())
    }

    /// Forgets reports that were made more than so many requests ago.
    pub(super) fn lapse(&mut self, lapse: u64) {
        for claims in self.reports.values_mut() {
            claims.retain(|_, claim| self.clock.saturating_sub(claim.at) <= lapse);
        }
        self.reports.retain(|_, claims| !claims.is_empty());
    }

    /// The providers that claim a partition of the branch, each once, however much it claims.
    pub(super) fn claimed(&self, branch: &BTreeSet<PartitionKey>) -> BTreeSet<&ServiceProviderId> {
        let here = self.reports.iter().filter(|(_, claims)| claims.keys().any(|key| branch.contains(key)));
        here.map(|(from, _)| from).collect()
    }

    /// Whether two providers claim one partition of the branch with different epochs or tags. One of them is wrong
    /// about itself; which, nobody can say who was not in the epoch.
    pub(super) fn contradicted(&self, branch: &BTreeSet<PartitionKey>) -> bool {
        branch.iter().any(|key| {
            let mut claims = self.reports.values().filter_map(|claims| claims.get(key)).map(|c| (c.epoch, c.tag));
            claims.next().is_some_and(|first| claims.any(|other| other != first))
        })
    }
}
