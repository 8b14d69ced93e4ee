//! The RustCrypto provider of mls-rs with its doors to the operating system's randomness closed.
//!
//! Four of its operations ask for randomness: keys of a KEM, keys of signatures, plain octets, and what HPKE
//! encapsulates. All four are answered from the [`Door`]. Signatures are deterministic in the library itself
//! (Ed25519; ECDSA by RFC 6979). Everything else goes through unchanged.

use super::door::Door;
use super::ephemeral::{Seal, Sealing, sealing};
use ed25519_dalek::SigningKey;
use mls_rs_core::crypto::{
    CipherSuite, CipherSuiteProvider, CryptoProvider, HpkeCiphertext, HpkePsk, HpkePublicKey, HpkeSecretKey,
    SignaturePublicKey, SignatureSecretKey,
};
use mls_rs_crypto_hpke::dhkem::DhKem;
use mls_rs_crypto_rustcrypto::aead::Aead;
use mls_rs_crypto_rustcrypto::ecdh::Ecdh;
use mls_rs_crypto_rustcrypto::kdf::Kdf;
use mls_rs_crypto_rustcrypto::{RustCryptoCipherSuite, RustCryptoError, RustCryptoProvider};
use zeroize::Zeroizing;

/// The suites of the provider: no post-quantum ones.
const SUITES: [CipherSuite; 4] = [
    CipherSuite::CURVE25519_AES128,
    CipherSuite::P256_AES128,
    CipherSuite::CURVE25519_CHACHA,
    CipherSuite::P384_AES256,
];

/// How many candidates for an ECDSA scalar are tried; each fails with less than 2^-32.
const TRIES: usize = 8;

type Octets = Result<Zeroizing<Vec<u8>>, RustCryptoError>;

#[derive(Clone, Debug)]
pub(super) struct Provider {
    pub(super) door: Door,
}

impl CryptoProvider for Provider {
    type CipherSuiteProvider = Suite;

    fn supported_cipher_suites(&self) -> Vec<CipherSuite> {
        SUITES.to_vec()
    }

    fn cipher_suite_provider(&self, suite: CipherSuite) -> Option<Suite> {
        let plain = RustCryptoProvider::new().cipher_suite_provider(suite)?;
        Some(Suite { plain, door: self.door.clone(), suite })
    }
}

/// One cipher suite.
#[derive(Clone)]
pub(super) struct Suite {
    plain: RustCryptoCipherSuite<DhKem<Ecdh, Kdf>, Kdf, Aead>,
    door: Door,
    suite: CipherSuite,
}

impl Suite {
    fn fresh(&self, octets: usize) -> Vec<u8> {
        let mut out = vec![0; octets];
        self.door.fill(&mut out);
        out
    }

    /// The provider whose next encapsulation is decided by what is sealed.
    fn sealing(&self, what: &Seal<'_>) -> Result<Sealing, RustCryptoError> {
        let pair = self.plain.kem_derive(&what.seed(&self.door.seals))?;
        sealing(self.suite, pair).ok_or_else(no_such_suite)
    }

    /// The public key of a KEM's private key; `None` if it is no private key of this suite.
    pub(super) fn kem_public(&self, secret: &HpkeSecretKey) -> Option<HpkePublicKey> {
        use mls_rs_crypto_traits::DhType;
        Ecdh::new(self.suite)?.to_public(secret).ok()
    }

    /// What this library takes for a signature key: with Ed25519, the seed and the public key after each other.
    pub(super) fn signature_secret(&self, plain: &[u8]) -> Option<SignatureSecretKey> {
        if !is_ed25519(self.suite) {
            return Some(SignatureSecretKey::new(plain.to_vec()));
        }
        let seed: [u8; 32] = plain.try_into().ok()?;
        Some(SignatureSecretKey::new(SigningKey::from_bytes(&seed).to_keypair_bytes().to_vec()))
    }

    /// The inverse: the 32-octet seed, or the scalar.
    pub(super) fn plain_signature_secret(&self, secret: &SignatureSecretKey) -> Option<Vec<u8>> {
        let octets = secret.as_bytes();
        if is_ed25519(self.suite) { octets.get(..32).map(<[u8]>::to_vec) } else { Some(octets.to_vec()) }
    }
}

fn is_ed25519(suite: CipherSuite) -> bool {
    matches!(suite, CipherSuite::CURVE25519_AES128 | CipherSuite::CURVE25519_CHACHA)
}

/// Cannot happen with a [`Suite`], which exists only for suites that the provider has.
fn no_such_suite() -> RustCryptoError {
    RustCryptoError::EcSignerError(mls_rs_crypto_rustcrypto::ec_signer::EcSignerError::EcKeyNotSignature)
}

impl CipherSuiteProvider for Suite {
    type Error = RustCryptoError;
    type HpkeContextS = <RustCryptoCipherSuite<DhKem<Ecdh, Kdf>, Kdf, Aead> as CipherSuiteProvider>::HpkeContextS;
    type HpkeContextR = <RustCryptoCipherSuite<DhKem<Ecdh, Kdf>, Kdf, Aead> as CipherSuiteProvider>::HpkeContextR;

    fn random_bytes(&self, out: &mut [u8]) -> Result<(), RustCryptoError> {
        self.door.fill(out);
        Ok(())
    }

    fn kem_generate(&self) -> Result<(HpkeSecretKey, HpkePublicKey), RustCryptoError> {
        self.plain.kem_derive(&self.fresh(64))
    }

    fn signature_key_generate(&self) -> Result<(SignatureSecretKey, SignaturePublicKey), RustCryptoError> {
        let octets = if self.suite == CipherSuite::P384_AES256 { 48 } else { 32 };
        for _ in 0..TRIES {
            let Some(secret) = self.signature_secret(&self.fresh(octets)) else { continue };
            if let Ok(public) = self.plain.signature_key_derive_public(&secret) {
                return Ok((secret, public));
            }
        }
        Err(no_such_suite())
    }

    fn hpke_seal(
        &self,
        key: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
        pt: &[u8],
    ) -> Result<HpkeCiphertext, RustCryptoError> {
        self.sealing(&Seal { key, info, aad, pt, psk: None })?.hpke_seal(key, info, aad, pt)
    }

    fn hpke_seal_psk(
        &self,
        key: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
        pt: &[u8],
        psk: HpkePsk<'_>,
    ) -> Result<HpkeCiphertext, RustCryptoError> {
        self.sealing(&Seal { key, info, aad, pt, psk: Some(psk.value) })?.hpke_seal_psk(key, info, aad, pt, psk)
    }

    fn hpke_setup_s(&self, key: &HpkePublicKey, info: &[u8]) -> Result<(Vec<u8>, Self::HpkeContextS), RustCryptoError> {
        // What will be sealed is not known yet: an external commit exports from this context.
        let nonce = self.fresh(32);
        self.sealing(&Seal { key, info, aad: None, pt: &nonce, psk: None })?.hpke_setup_s(key, info)
    }

    fn cipher_suite(&self) -> CipherSuite {
        self.suite
    }

    fn hash(&self, data: &[u8]) -> Result<Vec<u8>, RustCryptoError> {
        self.plain.hash(data)
    }

    fn mac(&self, key: &[u8], data: &[u8]) -> Result<Vec<u8>, RustCryptoError> {
        self.plain.mac(key, data)
    }

    fn aead_seal(&self, key: &[u8], data: &[u8], aad: Option<&[u8]>, nonce: &[u8]) -> Result<Vec<u8>, RustCryptoError> {
        self.plain.aead_seal(key, data, aad, nonce)
    }

    fn aead_open(&self, key: &[u8], ciphertext: &[u8], aad: Option<&[u8]>, nonce: &[u8]) -> Octets {
        self.plain.aead_open(key, ciphertext, aad, nonce)
    }

    fn aead_key_size(&self) -> usize {
        self.plain.aead_key_size()
    }

    fn aead_nonce_size(&self) -> usize {
        self.plain.aead_nonce_size()
    }

    fn kdf_extract(&self, salt: &[u8], ikm: &[u8]) -> Octets {
        self.plain.kdf_extract(salt, ikm)
    }

    fn kdf_expand(&self, prk: &[u8], info: &[u8], len: usize) -> Octets {
        self.plain.kdf_expand(prk, info, len)
    }

    fn kdf_extract_size(&self) -> usize {
        self.plain.kdf_extract_size()
    }

    fn hpke_open(
        &self,
        ciphertext: &HpkeCiphertext,
        secret: &HpkeSecretKey,
        public: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
    ) -> Octets {
        self.plain.hpke_open(ciphertext, secret, public, info, aad)
    }

    fn hpke_open_psk(
        &self,
        ciphertext: &HpkeCiphertext,
        secret: &HpkeSecretKey,
        public: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
        psk: HpkePsk<'_>,
    ) -> Octets {
        self.plain.hpke_open_psk(ciphertext, secret, public, info, aad, psk)
    }

    fn hpke_setup_r(
        &self,
        kem_output: &[u8],
        secret: &HpkeSecretKey,
        public: &HpkePublicKey,
        info: &[u8],
    ) -> Result<Self::HpkeContextR, RustCryptoError> {
        self.plain.hpke_setup_r(kem_output, secret, public, info)
    }

    fn kem_derive(&self, ikm: &[u8]) -> Result<(HpkeSecretKey, HpkePublicKey), RustCryptoError> {
        self.plain.kem_derive(ikm)
    }

    fn kem_public_key_validate(&self, key: &HpkePublicKey) -> Result<(), RustCryptoError> {
        self.plain.kem_public_key_validate(key)
    }

    fn signature_key_derive_public(&self, secret: &SignatureSecretKey) -> Result<SignaturePublicKey, RustCryptoError> {
        self.plain.signature_key_derive_public(secret)
    }

    fn sign(&self, secret: &SignatureSecretKey, data: &[u8]) -> Result<Vec<u8>, RustCryptoError> {
        self.plain.sign(secret, data)
    }

    fn verify(&self, public: &SignaturePublicKey, signature: &[u8], data: &[u8]) -> Result<(), RustCryptoError> {
        self.plain.verify(public, signature, data)
    }
}
