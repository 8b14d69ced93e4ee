//! External parts (section 4.5): what was fetched is checked against what the part says of it, then
//! decrypted. The algorithm numbers are those of IANA's AEAD and Named Information Hash registries.

use super::message::External;
use crate::reason::{Reason, content as reason};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{AeadCore, Aes128Gcm, Aes256Gcm, KeySizeUser, Nonce};
use sha2::{Digest, Sha256, Sha384, Sha512};

impl External<'_> {
    /// The plaintext of what was fetched from the part's URL, at `now_s` seconds since the UNIX epoch.
    /// Checks, in this order: expiry (the last valid second is `expires` itself), size, hash,
    /// encryption. Size and hash are those of the octets at the URL, so of the ciphertext: the draft
    /// says it of the hash only, and of the size nothing.
    ///
    /// # Errors
    /// `external-expired`, `size-mismatch`, `hash-alg-unsupported`, `content-hash-mismatch`,
    /// `unencrypted-with-key`, `enc-alg-unsupported`, `aead-key-length`, `aead-nonce-length`,
    /// `aead-open-failed`.
    pub fn open(&self, fetched: &[u8], now_s: u64) -> Result<Vec<u8>, Reason> {
        if self.expires != 0 && now_s > u64::from(self.expires) {
            return Err(reason::EXTERNAL_EXPIRED);
        }
        if self.size != 0 && u64::try_from(fetched.len()) != Ok(self.size) {
            return Err(reason::SIZE_MISMATCH);
        }
        self.check_hash(fetched)?;
        match self.enc_alg {
            0 if [self.key, self.nonce, self.aad].iter().all(|field| field.is_empty()) => Ok(fetched.to_vec()),
            0 => Err(reason::UNENCRYPTED_WITH_KEY),
            1 => self.decrypt::<Aes128Gcm>(fetched),
            2 => self.decrypt::<Aes256Gcm>(fetched),
            _ => Err(reason::ENC_ALG_UNSUPPORTED),
        }
    }

    fn check_hash(&self, fetched: &[u8]) -> Result<(), Reason> {
        // Truncated hashes keep the first octets (RFC 6920 section 2).
        let sha_256 = |octets: usize| Sha256::digest(fetched).iter().copied().take(octets).collect::<Vec<_>>();
        let hash = match self.hash_alg {
            0 if self.content_hash.is_empty() => return Ok(()),
            1 => sha_256(32),
            2 => sha_256(16),
            3 => sha_256(15),
            4 => sha_256(12),
            5 => sha_256(8),
            6 => sha_256(4),
            7 => Sha384::digest(fetched).to_vec(),
            8 => Sha512::digest(fetched).to_vec(),
            _ => return Err(reason::HASH_ALG_UNSUPPORTED),
        };
        if hash == self.content_hash { Ok(()) } else { Err(reason::CONTENT_HASH_MISMATCH) }
    }

    /// The tag is the end of the ciphertext (RFC 5116 section 5.1).
    fn decrypt<A: Aead + AeadCore + KeyInit + KeySizeUser>(&self, fetched: &[u8]) -> Result<Vec<u8>, Reason> {
        let cipher = A::new_from_slice(self.key).map_err(|_| reason::AEAD_KEY_LENGTH)?;
        let nonce = Nonce::<A::NonceSize>::try_from(self.nonce).map_err(|_| reason::AEAD_NONCE_LENGTH)?;
        let payload = Payload { msg: fetched, aad: self.aad };
        cipher.decrypt(&nonce, payload).map_err(|_| reason::AEAD_OPEN_FAILED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::hex;

    fn plain<'a>() -> External<'a> {
        External {
            content_type: "text/plain",
            url: "https://example.com/x",
            expires: 0,
            size: 0,
            enc_alg: 0,
            key: &[],
            nonce: &[],
            aad: &[],
            hash_alg: 0,
            content_hash: &[],
            description: "",
            filename: "",
        }
    }

    #[test]
    fn expiry_then_size() {
        let e = External { expires: 100, size: 3, ..plain() };
        assert_eq!(e.open(b"abc", 100), Ok(b"abc".to_vec()));
        assert_eq!(e.open(b"ab", 101), Err(reason::EXTERNAL_EXPIRED));
        assert_eq!(e.open(b"ab", 100), Err(reason::SIZE_MISMATCH));
        assert_eq!(plain().open(b"", u64::MAX), Ok(vec![]));
        assert_eq!(External { size: u64::MAX, ..plain() }.open(b"", 0), Err(reason::SIZE_MISMATCH));
    }

    /// Digests of "abc" as in FIPS 180-2.
    #[test]
    fn hashes() {
        let sha_256 = hex::decode("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad").unwrap();
        let sha_384 = hex::decode(
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        )
        .unwrap();
        let sha_512 = hex::decode(
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        )
        .unwrap();
        let open = |hash_alg, content_hash: &[u8], fetched: &[u8]| {
            External { hash_alg, content_hash, ..plain() }.open(fetched, 0).map(|_| ())
        };
        for (algorithm, hash) in [
            (1, &sha_256[..]),
            (2, &sha_256[..16]),
            (3, &sha_256[..15]),
            (4, &sha_256[..12]),
            (5, &sha_256[..8]),
            (6, &sha_256[..4]),
            (7, &sha_384[..]),
            (8, &sha_512[..]),
        ] {
            assert_eq!(open(algorithm, hash, b"abc"), Ok(()), "{algorithm}");
            assert_eq!(open(algorithm, hash, b"abd"), Err(reason::CONTENT_HASH_MISMATCH), "{algorithm}");
            let short = &hash[..hash.len() - 1];
            assert_eq!(open(algorithm, short, b"abc"), Err(reason::CONTENT_HASH_MISMATCH), "{algorithm}");
        }
        assert_eq!(open(0, &sha_256, b"abc"), Err(reason::HASH_ALG_UNSUPPORTED));
        assert_eq!(open(9, &[], b"abc"), Err(reason::HASH_ALG_UNSUPPORTED));
        assert_eq!(open(1, &[], b"abc"), Err(reason::CONTENT_HASH_MISMATCH));
    }

    /// Test cases 2 and 14 of McGrew and Viega, "The Galois/Counter Mode of Operation".
    #[test]
    fn aes_gcm() {
        let (key, nonce) = ([0; 32], [0; 12]);
        let fetched_128 = hex::decode("0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf").unwrap();
        let fetched_256 = hex::decode("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919").unwrap();
        let e = External { enc_alg: 1, key: &key[..16], nonce: &nonce, ..plain() };
        assert_eq!(e.open(&fetched_128, 0), Ok(vec![0; 16]));
        assert_eq!(External { enc_alg: 2, key: &key, ..e.clone() }.open(&fetched_256, 0), Ok(vec![0; 16]));

        assert_eq!(e.open(&fetched_256, 0), Err(reason::AEAD_OPEN_FAILED));
        assert_eq!(e.open(b"", 0), Err(reason::AEAD_OPEN_FAILED));
        assert_eq!(e.open(&fetched_128[..31], 0), Err(reason::AEAD_OPEN_FAILED));
        let with_aad = External { aad: b"x", ..e.clone() };
        assert_eq!(with_aad.open(&fetched_128, 0), Err(reason::AEAD_OPEN_FAILED));
        let long_key = External { key: &key, ..e.clone() };
        assert_eq!(long_key.open(&fetched_128, 0), Err(reason::AEAD_KEY_LENGTH));
        let short_nonce = External { nonce: &nonce[..11], ..e.clone() };
        assert_eq!(short_nonce.open(&fetched_128, 0), Err(reason::AEAD_NONCE_LENGTH));
        assert_eq!(External { enc_alg: 3, ..e.clone() }.open(&fetched_128, 0), Err(reason::ENC_ALG_UNSUPPORTED));
        for with_key in
            [External { key: b"k", ..plain() }, External { nonce: b"n", ..plain() }, External { aad: b"a", ..plain() }]
        {
            assert_eq!(with_key.open(b"", 0), Err(reason::UNENCRYPTED_WITH_KEY));
        }
    }
}
