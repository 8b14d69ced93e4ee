use super::Seeded;
use super::ephemeral::{Seal, hpke, sealing};
use super::keys;
use hpke_rs::HpkeError;
use openmls_rust_crypto::RustCrypto;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::types::{
    AeadType, Ciphersuite, CryptoError, ExporterSecret, HashType, HpkeCiphertext, HpkeConfig, HpkeKeyPair, KemOutput,
    SignatureScheme,
};
use std::sync::LazyLock;
use tls_codec::SecretVLBytes;

/// The cipher suites (RFC 9420 section 17.1, draft-ietf-mls-pq-ciphersuites).
pub const SUITES: [Ciphersuite; 4] = [
    Ciphersuite::MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519,
    Ciphersuite::MLS_128_DHKEMP256_AES128GCM_SHA256_P256,
    Ciphersuite::MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519,
    Ciphersuite::MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
];

/// RustCrypto's. It seeds a generator of its own when it is made, of which nothing here ever takes an octet.
#[allow(clippy::disallowed_methods, reason = "the library has no other way to make one, and it stays in this file")]
static PLAIN: LazyLock<RustCrypto> = LazyLock::new(RustCrypto::default);

/// The cryptography of one call.
#[derive(Debug)]
pub struct Crypto {
    /// Key of the seeds of HPKE seals: each is derived from what is sealed, so their order can not matter.
    seals: [u8; 32],
    rand: Seeded,
}

impl Crypto {
    pub(super) fn new(seals: [u8; 32], rand: Seeded) -> Self {
        Self { seals, rand }
    }

    /// For what needs no randomness.
    pub(super) fn plain() -> &'static RustCrypto {
        &PLAIN
    }
}

impl OpenMlsCrypto for Crypto {
    fn supports(&self, suite: Ciphersuite) -> Result<(), CryptoError> {
        if SUITES.contains(&suite) { Ok(()) } else { Err(CryptoError::UnsupportedCiphersuite) }
    }

    fn supported_ciphersuites(&self) -> Vec<Ciphersuite> {
        SUITES.to_vec()
    }

    fn signature_key_gen(&self, scheme: SignatureScheme) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
        self.rand.with(|stream| keys::pair(scheme, stream))
    }

    fn hpke_seal(
        &self,
        config: HpkeConfig,
        pk_r: &[u8],
        info: &[u8],
        aad: &[u8],
        ptxt: &[u8],
    ) -> Result<HpkeCiphertext, CryptoError> {
        let what = Seal { key: pk_r, info, aad, pt: ptxt };
        let sealed = sealing(config, &what, &self.seals).seal(&pk_r.into(), info, aad, ptxt, None, None, None);
        let (kem_output, ciphertext) = sealed.map_err(|e| length_or(&e, CryptoError::CryptoLibraryError))?;
        Ok(HpkeCiphertext { kem_output: kem_output.into(), ciphertext: ciphertext.into() })
    }

    fn hpke_open(
        &self,
        config: HpkeConfig,
        input: &HpkeCiphertext,
        sk_r: &[u8],
        info: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let (enc, ct) = (input.kem_output.as_slice(), input.ciphertext.as_slice());
        let opened = hpke(config).open(enc, &sk_r.into(), info, aad, ct, None, None, None);
        opened.map_err(|_| CryptoError::HpkeDecryptionError)
    }

    fn hpke_setup_sender_and_export(
        &self,
        config: HpkeConfig,
        pk_r: &[u8],
        info: &[u8],
        exporter_context: &[u8],
        exporter_length: usize,
    ) -> Result<(KemOutput, ExporterSecret), CryptoError> {
        // Nothing is sealed here that could tell one call from another.
        let nonce: [u8; 32] = self.rand.with(crate::entropy::Stream::array);
        let what = Seal { key: pk_r, info, aad: exporter_context, pt: &nonce };
        let setup = sealing(config, &what, &self.seals).setup_sender(&pk_r.into(), info, None, None, None);
        let (kem_output, context) = setup.map_err(|_| CryptoError::SenderSetupError)?;
        let secret = context.export(exporter_context, exporter_length).map_err(|_| CryptoError::ExporterError)?;
        Ok((kem_output, secret.into()))
    }

    fn hpke_setup_receiver_and_export(
        &self,
        config: HpkeConfig,
        enc: &[u8],
        sk_r: &[u8],
        info: &[u8],
        exporter_context: &[u8],
        exporter_length: usize,
    ) -> Result<ExporterSecret, CryptoError> {
        let setup = hpke(config).setup_receiver(enc, &sk_r.into(), info, None, None, None);
        let context = setup.map_err(|_| CryptoError::ReceiverSetupError)?;
        let secret = context.export(exporter_context, exporter_length).map_err(|_| CryptoError::ExporterError)?;
        Ok(secret.into())
    }

    fn derive_hpke_keypair(&self, config: HpkeConfig, ikm: &[u8]) -> Result<HpkeKeyPair, CryptoError> {
        let pair = hpke(config).derive_key_pair(ikm).map_err(|e| length_or(&e, CryptoError::CryptoLibraryError))?;
        let (private, public) = pair.into_keys();
        Ok(HpkeKeyPair { private: private.as_slice().into(), public: public.as_slice().into() })
    }

    fn hkdf_extract(&self, hash: HashType, salt: &[u8], ikm: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        PLAIN.hkdf_extract(hash, salt, ikm)
    }

    fn hmac(&self, hash: HashType, key: &[u8], message: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        PLAIN.hmac(hash, key, message)
    }

    fn hkdf_expand(
        &self,
        hash: HashType,
        prk: &[u8],
        info: &[u8],
        okm_len: usize,
    ) -> Result<SecretVLBytes, CryptoError> {
        PLAIN.hkdf_expand(hash, prk, info, okm_len)
    }

    fn hash(&self, hash: HashType, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
        PLAIN.hash(hash, data)
    }

    fn aead_encrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        data: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        PLAIN.aead_encrypt(alg, key, data, nonce, aad)
    }

    fn aead_decrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        ct_tag: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        PLAIN.aead_decrypt(alg, key, ct_tag, nonce, aad)
    }

    fn verify_signature(
        &self,
        alg: SignatureScheme,
        data: &[u8],
        pk: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        PLAIN.verify_signature(alg, data, pk, signature)
    }

    fn sign(&self, alg: SignatureScheme, data: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError> {
        PLAIN.sign(alg, data, key)
    }
}

fn length_or(error: &HpkeError, otherwise: CryptoError) -> CryptoError {
    if matches!(error, HpkeError::InvalidInput) { CryptoError::InvalidLength } else { otherwise }
}
