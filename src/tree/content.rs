//! The plaintext of a node: the payload, for a parent the secrets of its children, and padding that hides its length.

use super::index::is_leaf;
use super::payload::Setup;
use super::structures::EncryptedNode;
use super::suite::TAG;
use super::{Refused, Result};
use crate::reason::tree as reason;
use crate::wire::tls::{Reader, WireError, Writer};

/// A content is as long as a multiple of this many octets. A constant of version 0.
pub(super) const BLOCK: usize = 256;
/// The longest vector whose length takes one octet.
const SHORT: usize = 63;

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content<'a> {
    /// The payload as it is encoded, with the octet in front that says whether it is there.
    pub payload: &'a [u8],
    /// Secrets of the left and the right child, empty for a child that is not there. A leaf has none.
    pub children: Option<(&'a [u8], &'a [u8])>,
}

/// Octets of padding behind a body, its length prefix not counted: the fewest which fill a block.
pub(super) const fn padding(body: usize) -> usize {
    let short = fill(body.saturating_add(1));
    if short <= SHORT {
        return short;
    }
    // With a prefix of two octets; what would be short enough for one is no encoding then.
    let long = fill(body.saturating_add(2));
    if long > SHORT { long } else { long + BLOCK }
}

/// What is missing to the end of a block.
const fn fill(octets: usize) -> usize {
    (BLOCK - octets % BLOCK) % BLOCK
}

impl<'a> Content<'a> {
    pub(super) fn encode(&self) -> Option<Vec<u8>> {
        let mut w = Writer::with_room(
            self.payload.len() + self.children.map_or(0, |(left, right)| left.len() + right.len() + 4),
        );
        w.raw(self.payload);
        if let Some((left, right)) = self.children {
            w.opaque(left, "left_secret").ok()?.opaque(right, "right_secret").ok()?;
        }
        let body = w.into_octets();
        let zeros = vec![0; padding(body.len())];
        let mut w = Writer::with_room(body.len() + zeros.len() + 2);
        w.raw(&body).opaque(&zeros, "padding").ok()?;
        Some(w.into_octets())
    }

    /// Reads the content of node `x`. Nobody who holds the secret wrote anything else.
    pub(super) fn decode(setup: &Setup, x: u32, octets: &'a [u8]) -> Result<Self> {
        let malformed = |e: WireError| Refused::at(e.reason, x);
        let mut r = Reader::new(octets);
        let leaf = is_leaf(x);
        let present = (setup.payload.read)(&mut r, leaf).map_err(malformed)?;
        if leaf && !present {
            return Err(Refused::at(reason::TREE_NODE_MISSING, x));
        }
        let payload = octets.get(..r.offset()).unwrap_or_default();
        let children = if leaf { None } else { Some(Self::secrets(setup, x, &mut r)?) };
        let body = r.offset();
        let zeros = r.opaque("padding").map_err(malformed)?;
        r.finish("padding").map_err(malformed)?;
        if zeros.len() != padding(body) || zeros.iter().any(|octet| *octet != 0) {
            return Err(Refused::at(reason::TREE_PADDING, x));
        }
        Ok(Self { payload, children })
    }

    fn secrets(setup: &Setup, x: u32, r: &mut Reader<'a>) -> Result<(&'a [u8], &'a [u8])> {
        let malformed = |e: WireError| Refused::at(e.reason, x);
        let left = r.opaque("left_secret").map_err(malformed)?;
        let right = r.opaque("right_secret").map_err(malformed)?;
        let whole = |secret: &[u8]| secret.is_empty() || secret.len() == setup.secret_octets();
        if whole(left) && whole(right) && !(left.is_empty() && right.is_empty()) {
            Ok((left, right))
        } else {
            Err(Refused::at(reason::TREE_CHILD_SECRET_LENGTH, x))
        }
    }
}

/// That a ciphertext is a positive multiple of [`BLOCK`] octets and a tag.
pub(super) fn ciphertext(node: &EncryptedNode) -> Result<()> {
    let content = node.ciphertext.len().checked_sub(TAG);
    if content.is_none_or(|octets| octets == 0 || octets % BLOCK != 0) {
        return Err(Refused::at(reason::TREE_CIPHERTEXT_LENGTH, node.node_index));
    }
    Ok(())
}

/// ERTNodeAAD.
pub(super) fn additional(setup: &Setup, epoch: u64, x: u32) -> Option<Vec<u8>> {
    let mut w = Writer::new();
    w.opaque(setup.payload.label.as_bytes(), "label").ok()?.opaque(&setup.group_id, "group_id").ok()?;
    w.u64(epoch).u32(x);
    Some(w.into_octets())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_the_least_that_fits() {
        for body in 0..2000 {
            let octets = |zeros: usize| body + zeros + if zeros <= SHORT { 1 } else { 2 };
            let least = (0..).find(|zeros| octets(*zeros) % BLOCK == 0).unwrap();
            assert_eq!(padding(body), least, "{body}");
        }
    }
}
