use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Nonce};
use mimicheck::wire::tls::{Reader, Writer};
use schemars::JsonSchema;
use serde::Serialize;

/// What crosses in each of the three designs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Octets {
    /// `optional<Node> ratchet_tree<V>` (RFC 9420 section 12.4.3.3) as it is: the hub sees everything.
    pub clear: usize,
    /// The same as one AEAD ciphertext under a key of the epoch.
    pub blob: usize,
    /// A patch, or the whole encrypted ratchet tree.
    pub encrypted: usize,
}

/// A whole tree under one key: `struct { opaque group_id<V>; uint64 epoch; opaque ciphertext<V>; }`, what stands before the
/// ciphertext being its additional data. The key is an epoch's, and used once.
#[derive(Debug)]
pub struct Blob;

impl Blob {
    /// The blob of an epoch. `None` where it is too long for a vector.
    #[must_use]
    pub fn seal(key: &[u8; 16], group_id: &[u8], epoch: u64, tree: &[u8]) -> Option<Vec<u8>> {
        let mut w = Writer::new();
        w.opaque(group_id, "group_id").ok()?.u64(epoch);
        let aad = w.into_octets();
        let cipher = Aes128Gcm::new_from_slice(key).ok()?;
        let sealed = cipher.encrypt(&Nonce::default(), Payload { msg: tree, aad: &aad }).ok()?;
        let mut w = Writer::new();
        w.raw(&aad).opaque(&sealed, "ciphertext").ok()?;
        Some(w.into_octets())
    }

    /// The tree in a blob. `None` for one of another key.
    #[must_use]
    pub fn open(key: &[u8; 16], blob: &[u8]) -> Option<Vec<u8>> {
        let mut r = Reader::new(blob);
        r.opaque("group_id").ok()?;
        r.u64("epoch").ok()?;
        let aad = blob.get(..r.offset())?;
        let msg = r.opaque("ciphertext").ok()?;
        r.finish("ciphertext").ok()?;
        Aes128Gcm::new_from_slice(key).ok()?.decrypt(&Nonce::default(), Payload { msg, aad }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_opens_with_its_key_alone() {
        let sealed = Blob::seal(&[1; 16], b"group", 7, b"tree").unwrap();
        assert_eq!(sealed.len(), 6 + 8 + 1 + 4 + 16);
        assert_eq!(Blob::open(&[1; 16], &sealed).unwrap(), b"tree");
        assert_eq!(Blob::open(&[2; 16], &sealed), None);
        let mut other = sealed.clone();
        other[13] ^= 1;
        assert_eq!(Blob::open(&[1; 16], &other), None, "another epoch");
    }
}
