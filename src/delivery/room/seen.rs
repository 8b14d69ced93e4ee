//! The view that a real hub has of a room's group, that of `mls::public`, and its keys.

use super::sight::{RoomKeys, RoomView};
use crate::crypto::Labelled;
use crate::mls::public::PublicView;
use crate::protocol::MlsMessage;
use crate::protocol::room::{GroupInfo, PartialGroupInfo, TreePresence};
use crate::wire::tls::Writer;

impl RoomView for PublicView {
    fn external_senders(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.external_senders().to_vec()
    }

    fn describes(&self, info: &GroupInfo) -> bool {
        let message = MlsMessage::decode(&[&[0, 1, 0, 4], info.octets()].concat());
        let opened = message.ok().and_then(|message| Self::new(&message, Some(self.ratchet_tree())).ok());
        opened.is_some_and(|other| {
            other.group_context() == self.group_context() && other.confirmation_tag() == self.confirmation_tag()
        })
    }

    /// GroupInfo (RFC 9420 section 12.4.3): GroupContext, extensions, confirmation tag, signer, signature. One that had
    /// the tree among its extensions can not be made whole without it.
    fn whole(&self, partial: &PartialGroupInfo) -> Option<GroupInfo> {
        if !matches!(partial.ratchet_tree_presence, TreePresence::NoRatchetTree | TreePresence::Removed) {
            return None;
        }
        let mut w = Writer::new();
        w.raw(self.group_context()).raw(partial.group_info_extensions.octets()).raw(self.confirmation_tag());
        w.u32(self.committer()?).opaque(&partial.signature.0, "signature").ok()?;
        GroupInfo::decode(&w.into_octets()).ok()
    }
}

impl RoomKeys for Labelled {
    fn public(&self) -> &[u8] {
        self.public()
    }

    fn fits(&self, suite: u16) -> bool {
        self.fits(suite)
    }

    fn sign(&self, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        self.sign(label, content)
    }

    fn verify(&self, suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool {
        Self::verify(suite, key, label, content, signature)
    }

    fn seal(&self, suite: u16, key: &[u8], label: &str, context: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
        self.seal(suite, key, label, context, plaintext)
    }
}
