//! The functions of a cipher suite that need no key pair (RFC 9420 sections 5.1 and 8).

use crate::protocol::{CipherSuite, expand_with_label};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{AeadCore, Aes128Gcm, Aes256Gcm, Nonce};
use hmac::{Hmac, KeyInit as MacInit, Mac};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Octets of an AEAD's tag, the same in all suites.
pub(super) const TAG: usize = 16;
/// AEAD.Nn of all suites here.
const NONCE: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HashFunction {
    Sha256,
    Sha384,
    Sha512,
}

/// A cipher suite with AES-GCM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suite {
    number: CipherSuite,
    hash: HashFunction,
    /// AEAD.Nk.
    key: usize,
}

impl Suite {
    /// `None` for suites with other AEADs, and for those that are not known.
    pub(super) fn of(number: CipherSuite) -> Option<Self> {
        let (hash, key) = match number.0 {
            1 | 2 | 0x004f => (HashFunction::Sha256, 16),
            4 | 5 => (HashFunction::Sha512, 32),
            7 => (HashFunction::Sha384, 32),
            _ => return None,
        };
        Some(Self { number, hash, key })
    }

    pub(super) fn hash_octets(self) -> usize {
        match self.hash {
            HashFunction::Sha256 => 32,
            HashFunction::Sha384 => 48,
            HashFunction::Sha512 => 64,
        }
    }

    /// Hash of the parts, one behind the other.
    pub(super) fn hash(self, parts: &[&[u8]]) -> Vec<u8> {
        fn of<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self.hash {
            HashFunction::Sha256 => of::<Sha256>(parts),
            HashFunction::Sha384 => of::<Sha384>(parts),
            HashFunction::Sha512 => of::<Sha512>(parts),
        }
    }

    /// MAC (section 5.1) over the parts, one behind the other.
    pub(super) fn mac(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        fn of<M: Mac + MacInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
            // HMAC takes keys of any length.
            let Ok(mut mac) = <M as MacInit>::new_from_slice(key) else { return vec![] };
            parts.iter().for_each(|part| mac.update(part));
            mac.finalize().into_bytes().to_vec()
        }
        match self.hash {
            HashFunction::Sha256 => of::<Hmac<Sha256>>(key, parts),
            HashFunction::Sha384 => of::<Hmac<Sha384>>(key, parts),
            HashFunction::Sha512 => of::<Hmac<Sha512>>(key, parts),
        }
    }

    /// ExpandWithLabel (section 8) of a secret of KDF.Nh octets; nothing for one that has fewer.
    pub(super) fn expand(self, secret: &[u8], label: &str, context: &[u8], octets: usize) -> Vec<u8> {
        let mut out = vec![0; octets];
        match expand_with_label(self.number, secret, label, context, &mut out) {
            Ok(()) => out,
            Err(_) => vec![],
        }
    }

    /// The key and the nonce of a node's secret.
    pub(super) fn key_and_nonce(self, secret: &[u8]) -> (Vec<u8>, Vec<u8>) {
        (self.expand(secret, "ert key", &[], self.key), self.expand(secret, "ert nonce", &[], NONCE))
    }

    /// The ciphertext with its tag behind it.
    pub(super) fn seal(self, secret: &[u8], aad: &[u8], msg: &[u8]) -> Option<Vec<u8>> {
        let (key, nonce) = self.key_and_nonce(secret);
        match self.key {
            16 => with::<Aes128Gcm>(&key, &nonce, |cipher, nonce| cipher.encrypt(nonce, Payload { msg, aad })),
            _ => with::<Aes256Gcm>(&key, &nonce, |cipher, nonce| cipher.encrypt(nonce, Payload { msg, aad })),
        }
    }

    pub(super) fn open(self, secret: &[u8], aad: &[u8], msg: &[u8]) -> Option<Vec<u8>> {
        let (key, nonce) = self.key_and_nonce(secret);
        match self.key {
            16 => with::<Aes128Gcm>(&key, &nonce, |cipher, nonce| cipher.decrypt(nonce, Payload { msg, aad })),
            _ => with::<Aes256Gcm>(&key, &nonce, |cipher, nonce| cipher.decrypt(nonce, Payload { msg, aad })),
        }
    }
}

fn with<A: Aead + AeadCore + KeyInit>(
    key: &[u8],
    nonce: &[u8],
    act: impl FnOnce(&A, &Nonce<A::NonceSize>) -> aes_gcm::aead::Result<Vec<u8>>,
) -> Option<Vec<u8>> {
    let cipher = A::new_from_slice(key).ok()?;
    let nonce = Nonce::<A::NonceSize>::try_from(nonce).ok()?;
    act(&cipher, &nonce).ok()
}
