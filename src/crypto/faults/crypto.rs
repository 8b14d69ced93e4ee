use super::call::Kind;
use super::handle::Faults;
use super::label;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::random::OpenMlsRand;
use openmls_traits::types::{
    AeadType, Ciphersuite, CryptoError, ExporterSecret, HashType, HpkeCiphertext, HpkeConfig, HpkeKeyPair, KemOutput,
    SignatureScheme,
};
use std::sync::{Mutex, PoisonError};
use tls_codec::SecretVLBytes;

/// Cryptography whose seals, MACs, hashes, signatures and encryptions may be struck, and the public keys of derived
/// pairs. What opens, verifies and derives is never touched otherwise: this side lies to others, not to itself.
#[derive(Debug)]
pub struct Faulty<C> {
    inner: C,
    faults: Faults,
    /// What was decrypted last: a library may show less of a message than stands in it.
    opened: Mutex<Vec<u8>>,
}

impl<C> Faulty<C> {
    /// This cryptography, under this plan.
    #[must_use]
    pub fn new(inner: C, faults: Faults) -> Self {
        Self { inner, faults, opened: Mutex::default() }
    }

    /// The plaintext of the last AEAD ciphertext that opened; nothing if none did since it was asked for.
    #[must_use]
    pub fn opened(&self) -> Vec<u8> {
        std::mem::take(&mut self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<C: OpenMlsCrypto> OpenMlsCrypto for Faulty<C> {
    fn hpke_seal(
        &self,
        config: HpkeConfig,
        pk_r: &[u8],
        info: &[u8],
        aad: &[u8],
        ptxt: &[u8],
    ) -> Result<HpkeCiphertext, CryptoError> {
        let strike = self.faults.begin(Kind::HpkeSeal, pk_r, || label::leading(info));
        strike.fail()?;
        let plain = strike.input(ptxt);
        let mut sealed = self.inner.hpke_seal(config, pk_r, info, aad, plain.as_deref().unwrap_or(ptxt))?;
        if let Some(changed) = strike.output(sealed.ciphertext.as_slice()) {
            sealed.ciphertext = changed.into();
        }
        if let Some(changed) = strike.encapsulated(sealed.kem_output.as_slice()) {
            sealed.kem_output = changed.into();
        }
        Ok(sealed)
    }

    fn hmac(&self, hash: HashType, key: &[u8], message: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        let strike = self.faults.begin(Kind::Hmac, &[], || label::of_mac(message, hash.size()));
        strike.fail()?;
        let tag = self.inner.hmac(hash, key, strike.input(message).as_deref().unwrap_or(message))?;
        Ok(strike.output(tag.as_slice()).map_or(tag, Into::into))
    }

    fn hash(&self, hash: HashType, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let strike = self.faults.begin(Kind::Hash, data, || label::of_hash(data));
        strike.fail()?;
        let digest = self.inner.hash(hash, strike.input(data).as_deref().unwrap_or(data))?;
        Ok(strike.output(&digest).unwrap_or(digest))
    }

    fn aead_encrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        data: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let strike = self.faults.begin(Kind::AeadEncrypt, &[], || label::of_encryption(aad));
        strike.fail()?;
        let plain = strike.input(data);
        let sealed = self.inner.aead_encrypt(alg, key, plain.as_deref().unwrap_or(data), nonce, aad)?;
        Ok(strike.output(&sealed).unwrap_or(sealed))
    }

    fn sign(&self, alg: SignatureScheme, data: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let strike = self.faults.begin(Kind::Sign, &[], || label::leading(data));
        strike.fail()?;
        let signature = self.inner.sign(alg, strike.input(data).as_deref().unwrap_or(data), key)?;
        Ok(strike.output(&signature).unwrap_or(signature))
    }

    fn supports(&self, suite: Ciphersuite) -> Result<(), CryptoError> {
        self.inner.supports(suite)
    }

    fn supported_ciphersuites(&self) -> Vec<Ciphersuite> {
        self.inner.supported_ciphersuites()
    }

    fn hkdf_extract(&self, hash: HashType, salt: &[u8], ikm: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        self.inner.hkdf_extract(hash, salt, ikm)
    }

    fn hkdf_expand(
        &self,
        hash: HashType,
        prk: &[u8],
        info: &[u8],
        okm_len: usize,
    ) -> Result<SecretVLBytes, CryptoError> {
        self.inner.hkdf_expand(hash, prk, info, okm_len)
    }

    fn aead_decrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        ct_tag: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let plain = self.inner.aead_decrypt(alg, key, ct_tag, nonce, aad)?;
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&plain);
        Ok(plain)
    }

    fn signature_key_gen(&self, scheme: SignatureScheme) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
        self.inner.signature_key_gen(scheme)
    }

    fn verify_signature(
        &self,
        alg: SignatureScheme,
        data: &[u8],
        pk: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        self.inner.verify_signature(alg, data, pk, signature)
    }

    fn hpke_open(
        &self,
        config: HpkeConfig,
        input: &HpkeCiphertext,
        sk_r: &[u8],
        info: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        self.inner.hpke_open(config, input, sk_r, info, aad)
    }

    fn hpke_setup_sender_and_export(
        &self,
        config: HpkeConfig,
        pk_r: &[u8],
        info: &[u8],
        exporter_context: &[u8],
        exporter_length: usize,
    ) -> Result<(KemOutput, ExporterSecret), CryptoError> {
        self.inner.hpke_setup_sender_and_export(config, pk_r, info, exporter_context, exporter_length)
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
        self.inner.hpke_setup_receiver_and_export(config, enc, sk_r, info, exporter_context, exporter_length)
    }

    fn derive_hpke_keypair(&self, config: HpkeConfig, ikm: &[u8]) -> Result<HpkeKeyPair, CryptoError> {
        let mut pair = self.inner.derive_hpke_keypair(config, ikm)?;
        let strike = self.faults.begin(Kind::KeyPair, &pair.public, String::new);
        strike.fail()?;
        if let Some(changed) = strike.output(&pair.public) {
            pair.public = changed;
        }
        Ok(pair)
    }
}

/// Randomness that may be struck: an output is changed and keeps its length (what is cut off becomes 0); it can not
/// fail and has no input.
#[derive(Clone, Debug)]
pub struct FaultyRandom<R> {
    inner: R,
    faults: Faults,
}

impl<R> FaultyRandom<R> {
    /// This randomness, under this plan.
    #[must_use]
    pub fn new(inner: R, faults: Faults) -> Self {
        Self { inner, faults }
    }

    fn strike(&self, drawn: &mut [u8]) {
        if let Some(changed) = self.faults.begin(Kind::Random, &[], String::new).output(drawn) {
            let mut changed = changed.into_iter();
            drawn.fill_with(|| changed.next().unwrap_or(0));
        }
    }
}

impl<R: OpenMlsRand> OpenMlsRand for FaultyRandom<R> {
    type Error = R::Error;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], R::Error> {
        let mut drawn = self.inner.random_array::<N>()?;
        self.strike(&mut drawn);
        Ok(drawn)
    }

    fn random_vec(&self, len: usize) -> Result<Vec<u8>, R::Error> {
        let mut drawn = self.inner.random_vec(len)?;
        self.strike(&mut drawn);
        Ok(drawn)
    }
}
