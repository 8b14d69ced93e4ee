use super::graph::Forks;
use super::reports::Claim;
use super::rule::Finding;
use crate::protocol::{PartitionKey, ServiceProviderId};

/// The forks of a group, as its operator sees them. It has partition keys: it is for nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOfForks {
    /// Every partition.
    pub partitions: Vec<PictureOfPartition>,
    /// From where to where commits lead, each way once.
    pub edges: Vec<(PartitionKey, PartitionKey)>,
    /// Every fork.
    pub forks: Vec<PictureOfFork>,
}

/// A partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOfPartition {
    /// Its key.
    pub key: PartitionKey,
    /// Whether it takes messages.
    pub live: bool,
    /// Who named it.
    pub voices: Vec<ServiceProviderId>,
    /// How many requests named other partitions since it was named; `None` where nobody has named it.
    pub idle: Option<u64>,
    /// What is claimed of it.
    pub reports: Vec<(ServiceProviderId, Claim)>,
}

/// A partition whose commits lead to several live branches that somebody is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOfFork {
    /// The partition.
    pub at: PartitionKey,
    /// Where its branches begin.
    pub branches: Vec<PartitionKey>,
    /// What the reports say.
    pub finding: Finding,
}

impl Forks {
    /// Everything.
    pub fn picture(&self) -> PictureOfForks {
        let partitions = self.nodes.iter().map(|(key, node)| PictureOfPartition {
            key: *key,
            live: !node.ended,
            voices: node.named_by.iter().map(|by| by.as_ref().clone()).collect(),
            idle: node.last.map(|last| self.clock.saturating_sub(last)),
            reports: self.reports.iter().filter_map(|(by, c)| c.get(key).map(|c| (by.clone(), *c))).collect(),
        });
        let fork = |at: &PartitionKey| {
            let branches = self.branches(at).into_iter().map(|(root, _)| root).collect();
            self.finding(at).map(|finding| PictureOfFork { at: *at, branches, finding })
        };
        PictureOfForks {
            partitions: partitions.collect(),
            edges: self.nodes.iter().flat_map(|(from, node)| node.children.iter().map(|to| (*from, *to))).collect(),
            forks: self.forked.iter().filter_map(fork).collect(),
        }
    }
}
