use crate::protocol::PartitionKey;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a hub knows of each branch of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Branches<V> {
    /// Partitions that are in sight. All others are not judged.
    seen: BTreeMap<PartitionKey, Vec<V>>,
    /// Partitions that were led to by what the hub could not see, or by too much: never judged again.
    lost: BTreeSet<PartitionKey>,
    /// Partitions in sight, oldest first.
    age: VecDeque<PartitionKey>,
}

/// How many states one partition key may stand for before the hub gives up on it.
const MOST_VIEWS: usize = 4;

impl<V> Default for Branches<V> {
    fn default() -> Self {
        Self { seen: BTreeMap::new(), lost: BTreeSet::new(), age: VecDeque::new() }
    }
}

impl<V: Clone + PartialEq> Branches<V> {
    /// The states that a partition may be in; none for one that is not in sight.
    #[must_use]
    pub fn of(&self, partition: &PartitionKey) -> &[V] {
        self.seen.get(partition).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many partitions are in sight.
    #[must_use]
    pub fn in_sight(&self) -> usize {
        self.seen.len()
    }

    /// The partition is in these states now.
    pub(super) fn replace(&mut self, partition: PartitionKey, views: Vec<V>) {
        if let Some(seen) = self.seen.get_mut(&partition) {
            *seen = views;
        }
    }

    /// A commit leads to the partition, to one of these states; to none where the hub could not see it. With more than
    /// `most` partitions in sight the oldest is let go.
    pub(super) fn lead(&mut self, partition: PartitionKey, views: Vec<V>, most: usize) {
        if views.is_empty() || self.lost.contains(&partition) {
            return self.lose(partition);
        }
        let fresh = !self.seen.contains_key(&partition);
        let seen = self.seen.entry(partition).or_default();
        for view in views {
            if !seen.contains(&view) {
                seen.push(view);
            }
        }
        if seen.len() > MOST_VIEWS {
            return self.lose(partition);
        }
        if fresh {
            self.age.push_back(partition);
        }
        while self.seen.len() > most {
            let Some(oldest) = self.age.pop_front() else { break };
            self.lose(oldest);
        }
    }

    fn lose(&mut self, partition: PartitionKey) {
        self.seen.remove(&partition);
        self.age.retain(|key| *key != partition);
        self.lost.insert(partition);
    }
}
