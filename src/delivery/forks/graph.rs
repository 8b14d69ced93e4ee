use super::reports::Reports;
use crate::protocol::{PartitionKey, ServiceProviderId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a hub knows of the partitions of a group beyond their messages. It has a node for each partition and a voice
/// for each provider, so it is bounded by the limits on both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forks {
    pub(super) nodes: BTreeMap<PartitionKey, Node>,
    /// Partitions from which commits lead to two others or more.
    pub(super) forked: BTreeSet<PartitionKey>,
    pub(super) voices: BTreeSet<Arc<ServiceProviderId>>,
    /// Somebody spoke who could not be remembered: counts decide nothing any more.
    pub(super) uncounted: bool,
    /// Requests that named a partition of the graph.
    pub(super) clock: u64,
    pub(super) reports: Reports,
    /// Since when the rule would have a branch ended: fork and branch.
    pub(super) held: BTreeMap<(PartitionKey, PartitionKey), u64>,
}

/// A partition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Where its commits lead. Two commits that lead to the same partition are one way.
    pub children: BTreeSet<PartitionKey>,
    pub ended: bool,
    /// Providers that named it, in a request to send or to receive, or in a report.
    pub named_by: BTreeSet<Arc<ServiceProviderId>>,
    /// When it was named last; `None` for a partition that nobody named.
    pub last: Option<u64>,
}

impl Forks {
    /// A group with one partition, which nobody has named yet.
    pub fn new(first: PartitionKey) -> Self {
        Self { nodes: BTreeMap::from([(first, Node::default())]), ..Self::default() }
    }

    /// A commit was sequenced.
    pub fn leads(&mut self, from: PartitionKey, to: PartitionKey) {
        self.nodes.entry(to).or_default();
        let node = self.nodes.entry(from).or_default();
        node.children.insert(to);
        if node.children.len() > 1 {
            self.forked.insert(from);
        }
    }

    /// A message was sequenced to a partition that may be new.
    pub fn sent(&mut self, partition: PartitionKey) {
        self.nodes.entry(partition).or_default();
    }

    /// Somebody named a partition. A partition that is not there stays so: whoever guesses keys ages nothing.
    pub fn named(&mut self, partition: &PartitionKey, by: &ServiceProviderId, most_voices: usize) {
        let Some(node) = self.nodes.get_mut(partition) else { return };
        self.clock = self.clock.saturating_add(1);
        node.last = Some(self.clock);
        let known = self.voices.get(by).cloned();
        if known.is_none() && self.voices.len() >= most_voices {
            self.uncounted = true;
            return;
        }
        // One name for all partitions, or a long name would cost as often as it names one.
        let by = known.unwrap_or_else(|| Arc::new(by.clone()));
        node.named_by.insert(Arc::clone(&by));
        self.voices.insert(by);
    }

    /// The partition is ended, and no other.
    pub fn end(&mut self, partition: &PartitionKey) {
        if let Some(node) = self.nodes.get_mut(partition) {
            node.ended = true;
        }
    }

    /// A partition and all that commits lead to from there, through whatever lives or was ended.
    pub(super) fn branch(&self, root: PartitionKey) -> BTreeSet<PartitionKey> {
        let (mut found, mut next) = (BTreeSet::from([root]), vec![root]);
        while let Some(key) = next.pop() {
            for child in self.nodes.get(&key).into_iter().flat_map(|node| &node.children) {
                if found.insert(*child) {
                    next.push(*child);
                }
            }
        }
        found
    }

    /// The branches of a fork: live partitions that commits lead to from there, each with all behind it, where
    /// somebody was seen. A commit that lost, and whose partition nobody named, makes no fork; nor does one that leads
    /// to the partition that it was sent to.
    pub(super) fn branches(&self, at: &PartitionKey) -> Vec<(PartitionKey, BTreeSet<PartitionKey>)> {
        let children = self.nodes.get(at).into_iter().flat_map(|node| &node.children);
        let live = |key: &&PartitionKey| *key != at && self.nodes.get(key).is_some_and(|node| !node.ended);
        let seen = |(_, branch): &(PartitionKey, BTreeSet<PartitionKey>)| {
            branch.iter().filter_map(|key| self.nodes.get(key)).any(|node| !node.ended && node.last.is_some())
        };
        children.filter(live).map(|key| (*key, self.branch(*key))).filter(seen).collect()
    }
}
