//! HPKE whose ephemeral key is decided by what is sealed.
//!
//! hpke-rs makes its generator by a static function, and OpenMLS seals from several threads at once. So the generator
//! of a seal is seeded, just before it is made and on the thread that makes it, by a hash of what is sealed: neither
//! the operating system nor the order of calls has a say.

#![allow(clippy::disallowed_types, reason = "the one place that names HpkeRustCrypto: its own generator is replaced")]

use crate::entropy::{Seed, Stream};
use hpke_rs::{Hpke, Mode};
use hpke_rs_crypto::error::Error;
use hpke_rs_crypto::types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm};
use hpke_rs_crypto::{HpkeCrypto, HpkeTestRng, TryCryptoRng, TryRng};
use hpke_rs_rust_crypto::HpkeRustCrypto;
use openmls_traits::types::{HpkeAeadType, HpkeConfig, HpkeKdfType, HpkeKemType};
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::convert::Infallible;
use x_wing::{Encapsulate, TryKeyInit};

thread_local! {
    /// The seed of the next generator on this thread.
    static NEXT: Cell<Option<[u8; 32]>> = const { Cell::new(None) };
}

/// What is sealed, and to whom.
pub(super) struct Seal<'a> {
    pub(super) key: &'a [u8],
    pub(super) info: &'a [u8],
    pub(super) aad: &'a [u8],
    pub(super) pt: &'a [u8],
}

impl Seal<'_> {
    fn seed(&self, key: &[u8; 32]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"mimicheck hpke seal 1\0");
        hash.update(key);
        for part in [self.key, self.info, self.aad, self.pt] {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

/// HPKE for one seal.
pub(super) fn sealing(config: HpkeConfig, what: &Seal<'_>, key: &[u8; 32]) -> Hpke<Closed> {
    NEXT.set(Some(what.seed(key)));
    hpke(config)
}

/// HPKE for everything that needs no randomness.
pub(super) fn hpke(config: HpkeConfig) -> Hpke<Closed> {
    let kem = match config.0 {
        HpkeKemType::DhKemP256 => KemAlgorithm::DhKemP256,
        HpkeKemType::DhKemP384 => KemAlgorithm::DhKemP384,
        HpkeKemType::DhKemP521 => KemAlgorithm::DhKemP521,
        HpkeKemType::DhKem25519 => KemAlgorithm::DhKem25519,
        HpkeKemType::DhKem448 => KemAlgorithm::DhKem448,
        HpkeKemType::XWingKemDraft6 => KemAlgorithm::XWingDraft06,
        HpkeKemType::MlKem768 => KemAlgorithm::MlKem768,
        HpkeKemType::MlKem1024 => KemAlgorithm::MlKem1024,
    };
    let kdf = match config.1 {
        HpkeKdfType::HkdfSha256 => KdfAlgorithm::HkdfSha256,
        HpkeKdfType::HkdfSha384 => KdfAlgorithm::HkdfSha384,
        HpkeKdfType::HkdfSha512 => KdfAlgorithm::HkdfSha512,
    };
    let aead = match config.2 {
        HpkeAeadType::AesGcm128 => AeadAlgorithm::Aes128Gcm,
        HpkeAeadType::AesGcm256 => AeadAlgorithm::Aes256Gcm,
        HpkeAeadType::ChaCha20Poly1305 => AeadAlgorithm::ChaCha20Poly1305,
        HpkeAeadType::Export => AeadAlgorithm::HpkeExport,
    };
    Hpke::new(Mode::Base, kem, kdf, aead)
}

/// HPKE of cipher suite 0x0001 in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM (RFC 9180 section 7).
const X25519: HpkeConfig = HpkeConfig(HpkeKemType::DhKem25519, HpkeKdfType::HkdfSha256, HpkeAeadType::AesGcm128);

/// The key pair of cipher suite 0x0001 that a seed gives (RFC 9180 section 7.1.3): private, public, 32 octets each.
/// `None` if the library refuses.
#[must_use]
pub fn x25519_key(seed: &[u8; 32]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (private, public) = hpke(X25519).derive_key_pair(seed).ok()?.into_keys();
    Some((private.as_slice().to_vec(), public.as_slice().to_vec()))
}

/// Opens what was sealed to a key of cipher suite 0x0001 without associated data; `None` if it does not open.
#[must_use]
pub fn x25519_open(private: &[u8], info: &[u8], kem_output: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
    hpke(X25519).open(kem_output, &private.into(), info, &[], ciphertext, None, None, None).ok()
}

/// RustCrypto behind HPKE, with another generator.
#[derive(Debug)]
pub(super) struct Closed;

/// The generator of one seal; none for an object that seals nothing, and to ask it is refused then.
#[derive(Debug)]
pub(super) struct Generator(Option<Stream>);

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut out = [0; 4];
        self.try_fill_bytes(&mut out)?;
        Ok(u32::from_be_bytes(out))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut out = [0; 8];
        self.try_fill_bytes(&mut out)?;
        Ok(u64::from_be_bytes(out))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        if let Some(stream) = &mut self.0 {
            stream.fill(out);
        }
        Ok(())
    }
}

impl TryCryptoRng for Generator {}

impl HpkeTestRng for Generator {
    type Error = Infallible;

    fn try_fill_test_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.try_fill_bytes(out)
    }

    fn seed(&mut self, _: &[u8]) {}
}

impl zeroize::Zeroize for Generator {
    fn zeroize(&mut self) {
        self.0 = None;
    }
}

impl HpkeCrypto for Closed {
    type HpkePrng = Generator;

    fn name() -> String {
        "RustCrypto, seeded".to_owned()
    }

    fn prng() -> Generator {
        let stream = |seed: [u8; 32]| Seed::new(&crate::wire::hex::encode(&seed)).stream("hpke");
        Generator(NEXT.take().map(stream))
    }

    fn kem_encaps(alg: KemAlgorithm, pk: &[u8], prng: &mut Generator) -> Result<(Vec<u8>, Vec<u8>), Error> {
        if alg != KemAlgorithm::XWingDraft06 || prng.0.is_none() {
            return Err(Error::UnsupportedKemOperation);
        }
        let key = x_wing::EncapsulationKey::new_from_slice(pk).map_err(|_| Error::KemInvalidPublicKey)?;
        let (ciphertext, secret) = key.encapsulate_with_rng(prng);
        Ok((secret.as_slice().to_vec(), ciphertext.as_slice().to_vec()))
    }

    /// Key pairs are derived from octets, never asked for here.
    fn kem_key_gen(_: KemAlgorithm, _: &mut Generator) -> Result<(Vec<u8>, Vec<u8>), Error> {
        Err(Error::UnsupportedKemOperation)
    }

    fn supports_kdf(alg: KdfAlgorithm) -> Result<(), Error> {
        HpkeRustCrypto::supports_kdf(alg)
    }

    fn supports_kem(alg: KemAlgorithm) -> Result<(), Error> {
        HpkeRustCrypto::supports_kem(alg)
    }

    fn supports_aead(alg: AeadAlgorithm) -> Result<(), Error> {
        HpkeRustCrypto::supports_aead(alg)
    }

    fn kdf_extract(alg: KdfAlgorithm, salt: &[u8], ikm: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::kdf_extract(alg, salt, ikm)
    }

    fn kdf_expand(alg: KdfAlgorithm, prk: &[u8], info: &[u8], octets: usize) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::kdf_expand(alg, prk, info, octets)
    }

    fn dh(alg: KemAlgorithm, pk: &[u8], sk: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::dh(alg, pk, sk)
    }

    fn secret_to_public(alg: KemAlgorithm, sk: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::secret_to_public(alg, sk)
    }

    fn kem_key_gen_derand(alg: KemAlgorithm, seed: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Error> {
        HpkeRustCrypto::kem_key_gen_derand(alg, seed)
    }

    fn kem_decaps(alg: KemAlgorithm, ct: &[u8], sk: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::kem_decaps(alg, ct, sk)
    }

    fn dh_validate_sk(alg: KemAlgorithm, sk: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::dh_validate_sk(alg, sk)
    }

    fn aead_seal(alg: AeadAlgorithm, key: &[u8], nonce: &[u8], aad: &[u8], pt: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::aead_seal(alg, key, nonce, aad, pt)
    }

    fn aead_open(alg: AeadAlgorithm, key: &[u8], nonce: &[u8], aad: &[u8], ct: &[u8]) -> Result<Vec<u8>, Error> {
        HpkeRustCrypto::aead_open(alg, key, nonce, aad, ct)
    }
}
