//! What a hub can see of a message, beyond what it needs to sequence it. Policy is negative (section 6): what is seen
//! may refuse a message that is unambiguously invalid on the fork that it names, and nothing else.

use super::{CreateGroup, Refused};
use crate::protocol::{CommitData, MlsMessage, PartitionKey};
use std::fmt::Debug;

/// Octets of `optional<Node> ratchet_tree<V>`.
pub type Tree = Vec<u8>;

/// What a hub sees.
pub trait Sight {
    /// What it knows of a group.
    type Group: Clone + Debug + PartialEq;
    /// What it would know after a message.
    type Insight;

    /// Looks at a new group.
    ///
    /// # Errors
    /// Something is unambiguously invalid.
    fn create(&self, new: &CreateGroup) -> Result<Self::Group, Refused>;

    /// Looks at a message for a partition; `commit` comes with every commit, and only then.
    ///
    /// # Errors
    /// The message is unambiguously invalid on that fork.
    fn look(
        &self,
        group: &Self::Group,
        partition: &PartitionKey,
        message: &MlsMessage,
        commit: Option<&CommitData>,
    ) -> Result<Self::Insight, Refused>;

    /// The tree of the epoch that the commit begins, if it is known and has the hash that the GroupInfo says.
    fn infer_tree(&self, insight: &Self::Insight, group_info: &MlsMessage) -> Option<Tree>;

    /// The message was sequenced.
    fn learn(&self, group: &mut Self::Group, partition: &PartitionKey, insight: Self::Insight);
}
