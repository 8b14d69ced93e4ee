use crate::protocol::PartitionKey;
use crate::tree::{StagedTree, TreeHub};
use std::collections::{BTreeSet, VecDeque};

/// The trees of one group.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub trees: TreeHub,
    /// Partitions whose trees are there, in the order in which they began.
    begun: VecDeque<PartitionKey>,
    /// Those of them that a commit has left.
    left: BTreeSet<PartitionKey>,
}

impl Kept {
    pub fn new(trees: TreeHub, first: PartitionKey) -> Self {
        Self { trees, begun: VecDeque::from([first]), left: BTreeSet::new() }
    }

    /// The commit from one partition to another has its place. Partitions that commits have left are forgotten after `late`
    /// further ones; one that nobody has left is kept, however old: the next commit needs it.
    pub fn keep(&mut self, from: PartitionKey, to: PartitionKey, staged: StagedTree, late: usize) {
        self.trees.keep(staged);
        self.begun.push_back(to);
        self.left.insert(from);
        let old = self.begun.len().saturating_sub(late.saturating_add(1));
        let (mut at, mut forgotten) = (0, vec![]);
        self.begun.retain(|partition| {
            at += 1;
            let goes = at <= old && self.left.contains(partition);
            forgotten.extend(goes.then_some(*partition));
            !goes
        });
        for partition in forgotten {
            self.left.remove(&partition);
            // It is known: a partition here is one whose tree was kept.
            let _ = self.trees.forget(&partition);
        }
    }
}
