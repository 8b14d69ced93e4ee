use super::Seeded;
use super::{Crypto, SUITES, SignatureKeys};
use crate::entropy::Stream;
use crate::wire::tls::Writer;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::signatures::Signer;
use openmls_traits::types::Ciphersuite;

/// A signature key with the labelled functions of RFC 9420 section 5.1: what somebody needs who speaks to members and is
/// none. Randomness of its seals is derived from what is sealed and from one seed.
#[derive(Clone, Debug)]
pub struct Labelled {
    keys: SignatureKeys,
    seals: [u8; 32],
    stream: Stream,
}

impl PartialEq for Labelled {
    /// The rest of the stream follows from the seed in front of it.
    fn eq(&self, other: &Self) -> bool {
        (&self.keys, &self.seals) == (&other.keys, &other.seals)
    }
}

impl Labelled {
    /// With these keys; the first 32 octets of the stream are the seed of its seals.
    #[must_use]
    pub fn new(keys: SignatureKeys, mut stream: Stream) -> Self {
        let seals = stream.array();
        Self { keys, seals, stream }
    }

    /// The public signature key.
    #[must_use]
    pub fn public(&self) -> &[u8] {
        self.keys.public()
    }

    /// Whether its key is one of that cipher suite.
    #[must_use]
    pub fn fits(&self, suite: u16) -> bool {
        known(suite).is_some_and(|suite| suite.signature_algorithm() == self.keys.signature_scheme())
    }

    /// SignWithLabel (section 5.1.2).
    #[must_use]
    pub fn sign(&self, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        self.keys.sign(&labelled(label, content)?).ok()
    }

    /// VerifyWithLabel (section 5.1.2).
    #[must_use]
    pub fn verify(suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool {
        let (Some(suite), Some(content)) = (known(suite), labelled(label, content)) else { return false };
        Crypto::plain().verify_signature(suite.signature_algorithm(), &content, key, signature).is_ok()
    }

    /// EncryptWithLabel (section 5.1.3): an HPKECiphertext, `kem_output` and `ciphertext` with their lengths. `None` for
    /// a suite that is not known, or a key that is none.
    #[must_use]
    pub fn seal(&self, suite: u16, key: &[u8], label: &str, context: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
        let crypto = Crypto::new(self.seals, Seeded::new(self.stream.clone()));
        let info = labelled(label, context)?;
        let sealed = crypto.hpke_seal(known(suite)?.hpke_config(), key, &info, &[], plaintext).ok()?;
        let mut w = Writer::new();
        w.opaque(sealed.kem_output.as_slice(), "kem_output").ok()?;
        w.opaque(sealed.ciphertext.as_slice(), "ciphertext").ok()?;
        Some(w.into_octets())
    }
}

fn known(suite: u16) -> Option<Ciphersuite> {
    Ciphersuite::try_from(suite).ok().filter(|suite| SUITES.contains(suite))
}

/// `opaque label<V>`, with "MLS 1.0 " in front, and `opaque content<V>`.
fn labelled(label: &str, content: &[u8]) -> Option<Vec<u8>> {
    let mut w = Writer::new();
    w.opaque(format!("MLS 1.0 {label}").as_bytes(), "label").ok()?;
    w.opaque(content, "content").ok()?;
    Some(w.into_octets())
}
