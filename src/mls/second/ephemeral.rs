//! HPKE whose ephemeral key is decided by what is sealed.
//!
//! The library's KEM makes an ephemeral key pair by asking its Diffie-Hellman group for one (RFC 9180
//! section 4.1). Here the group answers with a pair that was derived beforehand, so that neither the operating
//! system nor the order of calls has a say.

use mls_rs_core::crypto::{CipherSuite, HpkePublicKey, HpkeSecretKey};
use mls_rs_crypto_hpke::dhkem::DhKem;
use mls_rs_crypto_rustcrypto::RustCryptoCipherSuite;
use mls_rs_crypto_rustcrypto::aead::Aead;
use mls_rs_crypto_rustcrypto::ecdh::{Ecdh, EcdhKemError};
use mls_rs_crypto_rustcrypto::kdf::Kdf;
use mls_rs_crypto_traits::{DhType, KemId, SamplingMethod};
use sha2::{Digest, Sha512};

/// What is sealed, and to whom.
pub(super) struct Seal<'a> {
    pub(super) key: &'a HpkePublicKey,
    pub(super) info: &'a [u8],
    pub(super) aad: Option<&'a [u8]>,
    pub(super) pt: &'a [u8],
    pub(super) psk: Option<&'a [u8]>,
}

impl Seal<'_> {
    /// 64 octets from which the ephemeral key is derived.
    pub(super) fn seed(&self, key: &[u8; 32]) -> Vec<u8> {
        let mut hash = Sha512::new();
        hash.update(b"mimicheck hpke seal 1\0");
        hash.update(key);
        for part in [self.key.as_ref(), self.info, self.aad.unwrap_or_default(), self.pt, self.psk.unwrap_or_default()]
        {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().to_vec()
    }
}

/// The provider of one seal.
pub(super) type Sealing = RustCryptoCipherSuite<DhKem<Ephemeral, Kdf>, Kdf, Aead>;

/// A provider whose every encapsulation uses this key pair; `None` for a suite that the library lacks.
pub(super) fn sealing(suite: CipherSuite, pair: (HpkeSecretKey, HpkePublicKey)) -> Option<Sealing> {
    let kdf = Kdf::new(suite)?;
    let group = Ephemeral { group: Ecdh::new(suite)?, pair };
    let kem = DhKem::new(group, kdf, kem_number(suite)?, KemId::new(suite)?.n_secret());
    RustCryptoCipherSuite::new(suite, kem, kdf, Aead::new(suite)?)
}

/// RFC 9180 section 7.1.
fn kem_number(suite: CipherSuite) -> Option<u16> {
    match KemId::new(suite)? {
        KemId::DhKemP256Sha256 => Some(0x0010),
        KemId::DhKemP384Sha384 => Some(0x0011),
        KemId::DhKemX25519Sha256 => Some(0x0020),
        _ => None,
    }
}

/// A Diffie-Hellman group that makes one key pair only.
#[derive(Clone, Debug)]
pub(super) struct Ephemeral {
    group: Ecdh,
    pair: (HpkeSecretKey, HpkePublicKey),
}

impl DhType for Ephemeral {
    type Error = EcdhKemError;

    fn generate(&self) -> Result<(HpkeSecretKey, HpkePublicKey), EcdhKemError> {
        Ok(self.pair.clone())
    }

    fn dh(&self, secret: &HpkeSecretKey, public: &HpkePublicKey) -> Result<Vec<u8>, EcdhKemError> {
        self.group.dh(secret, public)
    }

    fn to_public(&self, secret: &HpkeSecretKey) -> Result<HpkePublicKey, EcdhKemError> {
        self.group.to_public(secret)
    }

    fn bitmask_for_rejection_sampling(&self) -> SamplingMethod {
        self.group.bitmask_for_rejection_sampling()
    }

    fn secret_key_size(&self) -> usize {
        DhType::secret_key_size(&self.group)
    }

    fn public_key_size(&self) -> usize {
        DhType::public_key_size(&self.group)
    }

    fn public_key_validate(&self, key: &HpkePublicKey) -> Result<(), EcdhKemError> {
        self.group.public_key_validate(key)
    }
}
