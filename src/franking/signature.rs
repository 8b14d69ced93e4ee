//! SignWithLabel and VerifyWithLabel (RFC 9420 section 5.1.2) for the suites with Ed25519, and with ECDSA over P-256.

use super::context::too_long;
use crate::reason::{Reason, franking as reason};
use crate::wire::tls::{TooLong, Writer};
use p256::ecdsa::signature::{Signer, Verifier};

/// What a cipher suite signs with (RFC 9420 section 17.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    /// Signatures of 64 octets, keys of 32.
    Ed25519,
    /// Signatures in DER, with SHA-256; public keys are uncompressed points of 65 octets.
    P256,
}

impl Algorithm {
    fn of(suite: u16) -> Result<Self, Reason> {
        match suite {
            1 | 3 | 0x004f => Ok(Self::Ed25519),
            2 => Ok(Self::P256),
            _ => Err(reason::UNKNOWN_SIGNATURE_ALGORITHM),
        }
    }
}

/// A private key of a cipher suite: the seed of Ed25519, the scalar of P-256, 32 octets each.
pub(super) enum SigningKey {
    Ed25519(ed25519_dalek::SigningKey),
    P256(p256::ecdsa::SigningKey),
}

impl SigningKey {
    pub(super) fn of(suite: u16, private: &[u8]) -> Result<Self, Reason> {
        let malformed = reason::SIGNING_KEY_MALFORMED;
        Ok(match Algorithm::of(suite)? {
            Algorithm::Ed25519 => Self::Ed25519(private.try_into().map_err(|_| malformed)?),
            Algorithm::P256 => {
                let private: &[u8; 32] = private.try_into().map_err(|_| malformed)?;
                Self::P256(p256::ecdsa::SigningKey::from_slice(private).map_err(|_| malformed)?)
            }
        })
    }

    /// Its public key, as in a SignaturePublicKey.
    pub(super) fn public(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
            Self::P256(key) => key.verifying_key().to_encoded_point(false).as_bytes().to_vec(),
        }
    }

    /// SignWithLabel; ECDSA takes its nonce from key and content (RFC 6979).
    pub(super) fn sign(&self, label: &str, content: &[u8]) -> Result<Vec<u8>, Reason> {
        let content = sign_content(label, content).map_err(too_long)?;
        Ok(match self {
            Self::Ed25519(key) => key.sign(&content).to_bytes().to_vec(),
            Self::P256(key) => {
                let signature: p256::ecdsa::DerSignature = key.sign(&content);
                signature.as_bytes().to_vec()
            }
        })
    }
}

/// VerifyWithLabel.
///
/// # Errors
/// `unknown-signature-algorithm`, `agent-key-malformed`, `frank-signature-wrong`, `vector-too-long`.
pub(super) fn verify(suite: u16, public: &[u8], label: &str, content: &[u8], signature: &[u8]) -> Result<(), Reason> {
    let algorithm = Algorithm::of(suite)?;
    let content = sign_content(label, content).map_err(too_long)?;
    let (malformed, wrong) = (reason::AGENT_KEY_MALFORMED, reason::FRANK_SIGNATURE_WRONG);
    let verified = match algorithm {
        Algorithm::Ed25519 => {
            let key = ed25519_dalek::VerifyingKey::try_from(public).map_err(|_| malformed)?;
            let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| wrong)?;
            key.verify_strict(&content, &signature).is_ok()
        }
        Algorithm::P256 => {
            // SEC1 has short forms, which MLS does not use.
            let point: &[u8; 65] = public.try_into().map_err(|_| malformed)?;
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| malformed)?;
            let signature = p256::ecdsa::Signature::from_der(signature).map_err(|_| wrong)?;
            key.verify(&content, &signature).is_ok()
        }
    };
    if verified { Ok(()) } else { Err(wrong) }
}

/// SignContent.
fn sign_content(label: &str, content: &[u8]) -> Result<Vec<u8>, TooLong> {
    let mut w = Writer::new();
    w.opaque(format!("MLS 1.0 {label}").as_bytes(), "label")?.opaque(content, "content")?;
    Ok(w.into_octets())
}
