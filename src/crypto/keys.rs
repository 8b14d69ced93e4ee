use super::Crypto;
use crate::entropy::Stream;
use ed25519_dalek::SigningKey;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::signatures::{Signer, SignerError};
use openmls_traits::types::{Ciphersuite, CryptoError, SignatureScheme};
use std::fmt;

/// How many candidates for an ECDSA scalar are tried; each fails with less than 2^-32.
const TRIES: usize = 8;

/// A signature key and its public key.
#[derive(Clone, PartialEq, Eq)]
pub struct SignatureKeys {
    scheme: SignatureScheme,
    private: Vec<u8>,
    public: Vec<u8>,
}

impl fmt::Debug for SignatureKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureKeys")
            .field("scheme", &self.scheme)
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

impl SignatureKeys {
    /// Keys of a cipher suite from a stream; `None` for a suite that has other signatures than Ed25519 or ECDSA with
    /// P-256.
    #[must_use]
    pub fn generate(suite: Ciphersuite, stream: &mut Stream) -> Option<Self> {
        let scheme = suite.signature_algorithm();
        (0..TRIES).find_map(|_| Self::from_private(scheme, &stream.array::<32>()))
    }

    /// Keys by their private one: the 32-octet seed with Ed25519, the 32-octet scalar with ECDSA and P-256; `None` for
    /// octets that are none, and for other schemes.
    #[must_use]
    pub fn from_private(scheme: SignatureScheme, private: &[u8]) -> Option<Self> {
        let array: &[u8; 32] = private.try_into().ok()?;
        let public = match scheme {
            SignatureScheme::ED25519 => SigningKey::from_bytes(array).verifying_key().to_bytes().to_vec(),
            SignatureScheme::ECDSA_SECP256R1_SHA256 => {
                let key = p256::ecdsa::SigningKey::from_slice(array).ok()?;
                key.verifying_key().to_encoded_point(false).as_bytes().to_vec()
            }
            _ => return None,
        };
        Some(Self { scheme, private: private.to_vec(), public })
    }

    /// The private key, as [`SignatureKeys::from_private`] takes it.
    #[must_use]
    pub fn private(&self) -> &[u8] {
        &self.private
    }

    /// The public key: 32 octets with Ed25519, the uncompressed point of 65 octets with P-256.
    #[must_use]
    pub fn public(&self) -> &[u8] {
        &self.public
    }
}

impl Signer for SignatureKeys {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        Crypto::plain().sign(self.scheme, payload, &self.private).map_err(SignerError::CryptoError)
    }

    fn signature_scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

/// The pair as the library asks for it: private key, public key.
pub(super) fn pair(scheme: SignatureScheme, stream: &mut Stream) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
    let keys = (0..TRIES).find_map(|_| SignatureKeys::from_private(scheme, &stream.array::<32>()));
    keys.map(|k| (k.private, k.public)).ok_or(CryptoError::UnsupportedSignatureScheme)
}
