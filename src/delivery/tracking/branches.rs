use super::view::View;
use crate::policy::Known;
use crate::protocol::PartitionKey;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a hub knows of each branch of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Branches<V> {
    /// Partitions that are in sight. All others are not judged.
    seen: BTreeMap<PartitionKey, Vec<V>>,
    /// Partitions that were led to by what the hub could not see, or by too much: never judged again.
    lost: BTreeSet<PartitionKey>,
    /// Partitions in sight, oldest first, and the octets of their views.
    age: VecDeque<(PartitionKey, usize)>,
    /// What the room allowed in the first epoch, and who was in its list, where that is judged.
    room: Option<Box<Known>>,
}

/// How much of a group may be in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Partitions.
    pub partitions: usize,
    /// Octets of their views.
    pub octets: usize,
}

/// How many states one partition key may stand for before the hub gives up on it.
const MOST_VIEWS: usize = 4;

impl<V> Default for Branches<V> {
    fn default() -> Self {
        Self { seen: BTreeMap::new(), lost: BTreeSet::new(), age: VecDeque::new(), room: None }
    }
}

impl<V: View> Branches<V> {
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

    /// Octets of all views.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.age.iter().fold(0, |sum, (_, octets)| sum.saturating_add(*octets))
    }

    /// Of a group whose room allows this at first.
    pub(super) fn under(room: Option<Box<Known>>) -> Self {
        Self { room, ..Self::default() }
    }

    /// What the room allows in this state of the group; `None` where nobody asked to have it judged.
    pub(super) fn allows(&self, view: &V) -> Option<Known> {
        self.room.as_ref().map(|room| Known::clone(room).with(|component| view.data(component)))
    }

    /// The partition is in these states now.
    pub(super) fn replace(&mut self, partition: PartitionKey, views: Vec<V>, horizon: Horizon) {
        if let Some(seen) = self.seen.get_mut(&partition) {
            *seen = views;
            self.weigh(partition);
            self.keep_within(horizon);
        }
    }

    /// A commit leads to the partition, to one of these states; to none where the hub could not see it. What is beyond
    /// the horizon then is let go, the oldest partition first.
    pub(super) fn lead(&mut self, partition: PartitionKey, views: Vec<V>, horizon: Horizon) {
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
            self.age.push_back((partition, 0));
        }
        self.weigh(partition);
        self.keep_within(horizon);
    }

    fn weigh(&mut self, partition: PartitionKey) {
        let now = self.of(&partition).iter().fold(0_usize, |sum, view| sum.saturating_add(view.octets()));
        self.age.iter_mut().filter(|(key, _)| *key == partition).for_each(|(_, octets)| *octets = now);
    }

    fn keep_within(&mut self, horizon: Horizon) {
        while self.seen.len() > horizon.partitions || self.octets() > horizon.octets {
            let Some((oldest, _)) = self.age.pop_front() else { break };
            self.lose(oldest);
        }
    }

    fn lose(&mut self, partition: PartitionKey) {
        self.seen.remove(&partition);
        self.age.retain(|(key, _)| *key != partition);
        self.lost.insert(partition);
    }
}
