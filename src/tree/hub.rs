//! What a hub keeps of one group's trees: one for each partition, several where members repaired what a committer sent.

use super::exchange::TreeMark;
use super::payload::Setup;
use super::stored::{Bounds, StoredTree};
use super::structures::{EncryptedTree, EncryptedTreePatch};
use super::{Refused, Result};
use crate::protocol::PartitionKey;
use crate::reason::tree as reason;
use std::collections::BTreeMap;

/// Bounds of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeps {
    /// Of one patch.
    pub patch: Bounds,
    /// Partitions that it knows, those whose trees it has forgotten included: no commit makes them anew.
    pub partitions: usize,
    /// Trees of one partition.
    pub candidates: usize,
}

impl Default for Keeps {
    fn default() -> Self {
        Self { patch: Bounds::default(), partitions: 1 << 14, candidates: 4 }
    }
}

/// Trees of one group, by partition. Trees share the nodes that they have in common.
#[derive(Clone, Debug)]
pub struct TreeHub {
    setup: Setup,
    keeps: Keeps,
    partitions: BTreeMap<PartitionKey, Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    base: Option<PartitionKey>,
    /// None once nobody may join here any more.
    trees: Option<Vec<StoredTree>>,
}

/// A tree that may be kept, and where.
#[derive(Clone, Debug)]
pub struct StagedTree {
    from: Option<PartitionKey>,
    to: PartitionKey,
    tree: StoredTree,
}

impl TreeHub {
    /// Without any tree.
    #[must_use]
    pub fn new(setup: Setup, keeps: Keeps) -> Self {
        Self { setup, keeps, partitions: BTreeMap::new() }
    }

    /// The patch beside a commit that leads from one partition to another; beside the creation of the group, from none.
    ///
    /// # Errors
    /// `tree-partition-exists`, `tree-unknown-partition`, `tree-too-old`, `tree-partition-limit`, and as
    /// [`StoredTree::patched`], by the first candidate of the base. Nothing has changed then.
    pub fn commit(&mut self, from: Option<&PartitionKey>, to: PartitionKey, patch: &EncryptedTreePatch) -> Result<()> {
        let staged = self.stage(from, to, patch)?;
        self.keep(staged);
        Ok(())
    }

    /// The tree of [`TreeHub::commit`], which nobody is served before it is kept: the commit beside it may still be
    /// refused.
    ///
    /// # Errors
    /// As [`TreeHub::commit`].
    pub fn stage(
        &self,
        from: Option<&PartitionKey>,
        to: PartitionKey,
        patch: &EncryptedTreePatch,
    ) -> Result<StagedTree> {
        if self.partitions.contains_key(&to) {
            return Err(Refused::of(reason::TREE_PARTITION_EXISTS));
        }
        if self.partitions.len() >= self.keeps.partitions {
            return Err(Refused::of(reason::TREE_PARTITION_LIMIT));
        }
        Ok(StagedTree { from: from.copied(), to, tree: self.made(from, patch)? })
    }

    /// The commit has its place.
    pub fn keep(&mut self, staged: StagedTree) {
        let StagedTree { from, to, tree } = staged;
        self.partitions.insert(to, Entry { base: from, trees: Some(vec![tree]) });
    }

    /// The patch of a commit as another member computed it. One that is kept already is no fault.
    ///
    /// # Errors
    /// `tree-unknown-partition`, `tree-too-old`, `tree-candidate-limit`, and as [`TreeHub::commit`].
    pub fn repair(&mut self, to: &PartitionKey, patch: &EncryptedTreePatch) -> Result<()> {
        let base = self.partitions.get(to).ok_or(Refused::of(reason::TREE_UNKNOWN_PARTITION))?.base;
        let made = self.made(base.as_ref(), patch)?;
        let trees = self.partitions.get_mut(to).and_then(|entry| entry.trees.as_mut());
        let trees = trees.ok_or(Refused::of(reason::TREE_TOO_OLD))?;
        let said = made.serve();
        if trees.iter().any(|tree| tree.serve() == said) {
            return Ok(());
        }
        if trees.len() >= self.keeps.candidates {
            return Err(Refused::of(reason::TREE_CANDIDATE_LIMIT));
        }
        trees.push(made);
        Ok(())
    }

    fn made(&self, from: Option<&PartitionKey>, patch: &EncryptedTreePatch) -> Result<StoredTree> {
        let Some(from) = from else { return StoredTree::first(&self.setup, patch, self.keeps.patch) };
        let mut first = None;
        for base in self.trees(from)? {
            match base.patched(patch, self.keeps.patch) {
                Ok(tree) => return Ok(tree),
                Err(refused) => first = first.or(Some(refused)),
            }
        }
        Err(first.unwrap_or(Refused::of(reason::TREE_TOO_OLD)))
    }

    fn trees(&self, partition: &PartitionKey) -> Result<&[StoredTree]> {
        let entry = self.partitions.get(partition).ok_or(Refused::of(reason::TREE_UNKNOWN_PARTITION))?;
        entry.trees.as_deref().ok_or(Refused::of(reason::TREE_TOO_OLD))
    }

    /// The trees of a partition, the committer's first: a joiner takes the one whose tag verifies.
    ///
    /// # Errors
    /// `tree-unknown-partition`, `tree-too-old`.
    pub fn fetch(&self, partition: &PartitionKey) -> Result<Vec<EncryptedTree>> {
        Ok(self.trees(partition)?.iter().map(StoredTree::serve).collect())
    }

    /// What members should find of the trees of a partition, in the order of [`TreeHub::fetch`].
    ///
    /// # Errors
    /// As [`TreeHub::fetch`].
    pub fn marks(&self, partition: &PartitionKey) -> Result<Vec<TreeMark>> {
        let mark = |tree: &StoredTree| TreeMark { ert_hash: tree.hash().to_vec(), ert_tag: tree.tag.clone() };
        Ok(self.trees(partition)?.iter().map(mark).collect())
    }

    /// No Welcome to this partition is outstanding, and commits have moved on.
    ///
    /// # Errors
    /// `tree-unknown-partition`.
    pub fn forget(&mut self, partition: &PartitionKey) -> Result<()> {
        let entry = self.partitions.get_mut(partition).ok_or(Refused::of(reason::TREE_UNKNOWN_PARTITION))?;
        entry.trees = None;
        Ok(())
    }
}
