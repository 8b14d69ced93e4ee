use crate::delivery::Tree;
use crate::delivery::hub::Refused;
use crate::protocol::{Held, MlsMessage};
use std::fmt::Debug;

/// The public state of a group in one epoch. Nothing in it is secret, and it never moves: it makes others.
pub trait View: Clone + Debug + PartialEq {
    /// The epoch that a GroupInfo describes, with the tree beside it where it has none.
    ///
    /// # Errors
    /// The GroupInfo or its tree is not valid.
    fn open(group_info: &MlsMessage, ratchet_tree: Option<&[u8]>) -> Result<Self, Refused>;

    /// What a message of the group, in either framing, does in this epoch.
    ///
    /// # Errors
    /// The message is not valid in this epoch, as far as anybody can tell without secrets.
    fn look(&self, message: &MlsMessage) -> Result<Looked<Self>, Refused>;

    /// `GroupContext.tree_hash`.
    fn tree_hash(&self) -> Vec<u8>;

    /// Octets of `optional<Node> ratchet_tree<V>`.
    fn ratchet_tree(&self) -> Tree;

    /// Octets that the view takes, with all that it was made of.
    fn octets(&self) -> usize;

    /// Leaf index and identity (content of the credential) of everybody, by leaf.
    fn members(&self) -> Vec<(u32, Vec<u8>)>;

    /// Data of a component of `app_data_dictionary`.
    fn data(&self, component: u16) -> Option<Vec<u8>>;

    /// Identities that the commit which began the epoch brought in, whoever joined by it among them.
    fn joined(&self) -> Vec<Vec<u8>>;

    /// The proposals of the commit that began the epoch.
    fn held(&self) -> Vec<Held>;
}

/// What a message does.
#[derive(Clone, Debug, PartialEq)]
pub enum Looked<V> {
    /// Nothing that can be seen: it is encrypted.
    Sealed,
    /// A proposal: the same epoch, with it.
    Here(V),
    /// A commit: the epoch that it begins.
    Next(V),
}
