//! External parts (section 4.5): what was fetched, checked and decrypted.

use super::message::External;
use crate::reason::{Reason, content as reason};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Octets of an AES-GCM nonce.
const NONCE: usize = 12;

impl External<'_> {
    /// The plaintext of what was fetched from the URL, at `now_s` seconds since the UNIX epoch.
    ///
    /// Size and hash are held against what was fetched, the ciphertext: the schema calls the hash that of
    /// the content at the target URL. Checked in the order of cost: expiry, size, hash, decryption.
    ///
    /// # Errors
    /// `external-expired`, `size-mismatch`, `hash-alg-unsupported`, `content-hash-mismatch`,
    /// `enc-alg-unsupported`, `unencrypted-with-key`, `aead-key-length`, `aead-nonce-length`,
    /// `aead-open-failed`.
    pub fn open(&self, fetched: &[u8], now_s: u64) -> Result<Vec<u8>, Reason> {
        if self.expires != 0 && now_s > u64::from(self.expires) {
            return Err(reason::EXTERNAL_EXPIRED);
        }
        if self.size != 0 && usize::try_from(self.size) != Ok(fetched.len()) {
            return Err(reason::SIZE_MISMATCH);
        }
        self.verify_hash(fetched)?;
        match self.enc_alg {
            0 if self.key.is_empty() && self.nonce.is_empty() && self.aad.is_empty() => Ok(fetched.to_vec()),
            0 => Err(reason::UNENCRYPTED_WITH_KEY),
            1 => self.decrypt::<Aes128Gcm>(fetched),
            2 => self.decrypt::<Aes256Gcm>(fetched),
            _ => Err(reason::ENC_ALG_UNSUPPORTED),
        }
    }

    /// Numbers of the named information hash algorithm registry; 2 to 6 are SHA-256, cut.
    fn verify_hash(&self, fetched: &[u8]) -> Result<(), Reason> {
        let cut = |octets: usize| Sha256::digest(fetched).iter().take(octets).copied().collect::<Vec<u8>>();
        let hash = match self.hash_alg {
            0 if self.content_hash.is_empty() => return Ok(()),
            1 => cut(32),
            2 => cut(16),
            3 => cut(15),
            4 => cut(12),
            5 => cut(8),
            6 => cut(4),
            7 => Sha384::digest(fetched).to_vec(),
            8 => Sha512::digest(fetched).to_vec(),
            _ => return Err(reason::HASH_ALG_UNSUPPORTED),
        };
        if hash == self.content_hash { Ok(()) } else { Err(reason::CONTENT_HASH_MISMATCH) }
    }

    fn decrypt<A: Aead + KeyInit>(&self, fetched: &[u8]) -> Result<Vec<u8>, Reason> {
        let cipher = A::new_from_slice(self.key).map_err(|_| reason::AEAD_KEY_LENGTH)?;
        if self.nonce.len() != NONCE {
            return Err(reason::AEAD_NONCE_LENGTH);
        }
        let nonce = self.nonce.try_into().map_err(|_| reason::AEAD_NONCE_LENGTH)?;
        let payload = Payload { msg: fetched, aad: self.aad };
        cipher.decrypt(nonce, payload).map_err(|_| reason::AEAD_OPEN_FAILED)
    }
}
