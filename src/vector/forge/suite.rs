//! Hash, MAC, KDF and AEAD of cipher suites with AES-GCM (RFC 9420 sections 5.1 and 8), and the keys of encrypted nodes. HMAC and
//! HKDF are written down over the bare hash, and nothing is shared with `crate::tree` or `crate::protocol`.

use super::traffic::vector;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm, Nonce};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// What a cipher suite computes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// SHA-256 and AES-128-GCM: suites 1, 2 and 79.
    Sha256,
    /// SHA-384 and AES-256-GCM: suite 7.
    Sha384,
    /// SHA-512 and AES-256-GCM: suites 4 and 5.
    Sha512,
}

impl Suite {
    /// By its number in RFC 9420 section 17.1; what is no suite with AES-GCM is taken for one with SHA-256.
    #[must_use]
    pub fn of(number: u16) -> Self {
        match number {
            4 | 5 => Self::Sha512,
            7 => Self::Sha384,
            _ => Self::Sha256,
        }
    }

    /// KDF.Nh, in octets.
    #[must_use]
    pub fn octets(self) -> usize {
        usize::from(self.short())
    }

    fn short(self) -> u16 {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Its hash.
    #[must_use]
    pub fn hash(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(data).to_vec(),
            Self::Sha384 => Sha384::digest(data).to_vec(),
            Self::Sha512 => Sha512::digest(data).to_vec(),
        }
    }

    /// HMAC (RFC 2104) with its hash.
    #[must_use]
    pub fn hmac(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        let block: usize = if self == Self::Sha256 { 64 } else { 128 };
        let short = if key.len() > block { self.hash(key) } else { key.to_vec() };
        let pad = |with: u8| -> Vec<u8> { (0..block).map(|i| short.get(i).copied().unwrap_or(0) ^ with).collect() };
        let inner = self.hash(&[pad(0x36), data.to_vec()].concat());
        self.hash(&[pad(0x5c), inner].concat())
    }

    /// ExpandWithLabel (RFC 9420 section 8), up to KDF.Nh octets: one block of HKDF-Expand.
    #[must_use]
    pub fn expand(self, secret: &[u8], label: &str, context: &[u8], octets: u16) -> Vec<u8> {
        let label = format!("MLS 1.0 {label}");
        let info = [&octets.to_be_bytes()[..], &vector(label.as_bytes()), &vector(context), &[1]].concat();
        self.hmac(secret, &info).into_iter().take(usize::from(octets)).collect()
    }

    /// `node_siv`.
    #[must_use]
    pub fn siv(self, ert_secret: &[u8], x: u32, content: &[u8]) -> Vec<u8> {
        let key = self.expand(ert_secret, "ert siv", b"", self.short());
        self.hmac(&key, &[&x.to_be_bytes()[..], content].concat())
    }

    /// `node_secret`.
    #[must_use]
    pub fn node_secret(self, ert_secret: &[u8], x: u32, siv: &[u8]) -> Vec<u8> {
        self.expand(ert_secret, "ert node", &[&x.to_be_bytes()[..], &vector(siv)].concat(), self.short())
    }

    /// `node_key` and `node_nonce`.
    #[must_use]
    pub fn key_and_nonce(self, secret: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let key = if self == Self::Sha256 { 16 } else { 32 };
        (self.expand(secret, "ert key", b"", key), self.expand(secret, "ert nonce", b"", 12))
    }

    /// AES-GCM under the key and the nonce of a secret.
    #[must_use]
    pub fn seal(self, secret: &[u8], aad: &[u8], msg: &[u8]) -> Vec<u8> {
        let (key, nonce) = self.key_and_nonce(secret);
        let Ok(nonce) = Nonce::try_from(nonce.as_slice()) else { return vec![] };
        let text = Payload { msg, aad };
        let sealed = match self {
            Self::Sha256 => Aes128Gcm::new_from_slice(&key).ok().map(|cipher| cipher.encrypt(&nonce, text)),
            _ => Aes256Gcm::new_from_slice(&key).ok().map(|cipher| cipher.encrypt(&nonce, text)),
        };
        sealed.and_then(Result::ok).unwrap_or_default()
    }

    /// `ert_tag`.
    #[must_use]
    pub fn tag(self, ert_secret: &[u8], group_id: &[u8], epoch: u64, capacity: u32, hash: &[u8]) -> Vec<u8> {
        let input = [vector(group_id), epoch.to_be_bytes().to_vec(), capacity.to_be_bytes().to_vec(), vector(hash)];
        self.hmac(&self.expand(ert_secret, "ert tag", b"", self.short()), &input.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::hex;

    /// RFC 4231 sections 4.2 and 4.7, with SHA-384 and SHA-512.
    #[test]
    fn hmac_is_that_of_rfc_4231() {
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        let cases: [(Suite, &[u8], &[u8], &str); 4] = [
            (Suite::Sha384, &[0x0b; 20], b"Hi There", "afd03944d84895626b0825f4ab46907f"),
            (Suite::Sha512, &[0x0b; 20], b"Hi There", "87aa7cdea5ef619d4ff0b4241a1d6cb0"),
            (Suite::Sha384, &[0xaa; 131], long, "4ece084485813e9088d2c63a041bc5b4"),
            (Suite::Sha512, &[0xaa; 131], long, "80b24263c7c1a3ebb71493c1dd7be8b4"),
        ];
        for (suite, key, data, expected) in cases {
            let found = suite.hmac(key, data);
            assert_eq!(found.len(), suite.octets());
            assert!(hex::encode(&found).starts_with(expected), "{suite:?}: {}", hex::encode(&found));
        }
    }
}
