//! What a room sees of its group, and the keys that it has: both come from rooms that this one may not name.

use crate::delivery::tracking::View;
use crate::protocol::room::{GroupInfo, PartialGroupInfo};
use std::fmt::Debug;

/// What a room needs to see of its group beside what any tracking hub does.
pub trait RoomView: View {
    /// Signature key and identity of each external sender, by index.
    fn external_senders(&self) -> Vec<(Vec<u8>, Vec<u8>)>;

    /// Whether a GroupInfo is of this epoch, and its signature that of the member it names.
    fn describes(&self, info: &GroupInfo) -> bool;

    /// The GroupInfo that a committer left out but for these parts (draft-mahy-mls-ratchet-tree-options section 4).
    fn whole(&self, partial: &PartialGroupInfo) -> Option<GroupInfo>;
}

/// The hub's signature key, and the labelled functions of RFC 9420 section 5.1.
pub trait RoomKeys: Clone + Debug + PartialEq {
    /// The public signature key.
    fn public(&self) -> &[u8];

    /// Whether the hub can answer in this cipher suite: its key is one of it.
    fn fits(&self, suite: u16) -> bool;

    /// SignWithLabel.
    fn sign(&self, label: &str, content: &[u8]) -> Option<Vec<u8>>;

    /// VerifyWithLabel.
    fn verify(&self, suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool;

    /// EncryptWithLabel: octets of an HPKECiphertext; `None` for a key that is none.
    fn seal(&self, suite: u16, key: &[u8], label: &str, context: &[u8], plaintext: &[u8]) -> Option<Vec<u8>>;
}
