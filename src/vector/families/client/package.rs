//! KeyPackages taken apart, changed and signed again (RFC 9420 sections 7.2 and 10): what no library makes.

use crate::crypto::{Labelled, SUITES, SignatureKeys};
use crate::entropy::Seed;
use crate::mls::member::{PrivateKeys, Refusal, Result};
use crate::reason::mls as reason;
use crate::vector::forge::traffic::vector;
use crate::wire::tls::{Reader, WireError};

/// The fields of a KeyPackage whose leaf has a lifetime; vectors without their lengths.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub version: u16,
    pub suite: u16,
    pub init_key: Vec<u8>,
    pub encryption_key: Vec<u8>,
    pub signature_key: Vec<u8>,
    pub credential_type: u16,
    pub identity: Vec<u8>,
    /// The length of the identity is written in four octets.
    pub long_length: bool,
    pub versions: Vec<u8>,
    pub suites: Vec<u8>,
    pub extension_types: Vec<u8>,
    pub proposal_types: Vec<u8>,
    pub credential_types: Vec<u8>,
    /// `leaf_node_source`, and what it calls for.
    pub source: Vec<u8>,
    pub leaf_extensions: Vec<u8>,
    pub extensions: Vec<u8>,
}

/// Which signature is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoilt {
    None,
    Leaf,
    Package,
}

fn unreadable(e: &WireError) -> Refusal {
    Refusal { reason: reason::BAD_KEY_PACKAGE, said: e.to_string() }
}

impl Package {
    /// The fields of an honest one (MLSMessage).
    pub fn of(octets: &[u8]) -> Result<Self> {
        Self::read(&mut Reader::new(octets)).map_err(|e| unreadable(&e))
    }

    fn read(r: &mut Reader<'_>) -> std::result::Result<Self, WireError> {
        r.take(4, "head")?;
        let (version, suite) = (r.u16("version")?, r.u16("cipher_suite")?);
        let mut opaque = |field| r.opaque(field).map(<[u8]>::to_vec);
        let (init_key, encryption_key) = (opaque("init_key")?, opaque("encryption_key")?);
        let signature_key = opaque("signature_key")?;
        let credential_type = r.u16("credential_type")?;
        let mut opaque = |field| r.opaque(field).map(<[u8]>::to_vec);
        let (identity, versions, suites) = (opaque("identity")?, opaque("versions")?, opaque("cipher_suites")?);
        let (extension_types, proposal_types) = (opaque("extensions")?, opaque("proposals")?);
        let credential_types = opaque("credentials")?;
        let source = r.take(17, "lifetime")?.to_vec();
        let leaf_extensions = r.opaque("extensions")?.to_vec();
        r.opaque("signature")?;
        let extensions = r.opaque("extensions")?.to_vec();
        Ok(Self {
            version,
            suite,
            init_key,
            encryption_key,
            signature_key,
            credential_type,
            identity,
            long_length: false,
            versions,
            suites,
            extension_types,
            proposal_types,
            credential_types,
            source,
            leaf_extensions,
            extensions,
        })
    }

    /// Its octets as an MLSMessage, signed with this client's key.
    pub fn signed(&self, keys: &PrivateKeys, spoilt: Spoilt) -> Result<Vec<u8>> {
        let leaf = self.leaf();
        let spoil = |mut signature: Vec<u8>, spoilt: bool| {
            // In the middle, so that a DER encoding stays one.
            let middle = signature.len() / 2;
            signature.iter_mut().skip(middle).take(usize::from(spoilt)).for_each(|octet| *octet ^= 1);
            vector(signature)
        };
        let signature = spoil(sign(keys, "LeafNodeTBS", &leaf)?, spoilt == Spoilt::Leaf);
        let head = [self.version.to_be_bytes(), self.suite.to_be_bytes()].concat();
        let content = [head, vector(&self.init_key), leaf, signature, vector(&self.extensions)].concat();
        let signature = spoil(sign(keys, "KeyPackageTBS", &content)?, spoilt == Spoilt::Package);
        Ok([vec![0, 1, 0, 5], content, signature].concat())
    }

    /// LeafNodeTBS without what only other sources add.
    fn leaf(&self) -> Vec<u8> {
        let identity = if self.long_length {
            let length = u32::try_from(self.identity.len()).unwrap_or_default() | 0x8000_0000;
            [length.to_be_bytes().to_vec(), self.identity.clone()].concat()
        } else {
            vector(&self.identity)
        };
        [
            vector(&self.encryption_key),
            vector(&self.signature_key),
            self.credential_type.to_be_bytes().to_vec(),
            identity,
            vector(&self.versions),
            vector(&self.suites),
            vector(&self.extension_types),
            vector(&self.proposal_types),
            vector(&self.credential_types),
            self.source.clone(),
            vector(&self.leaf_extensions),
        ]
        .concat()
    }
}

fn sign(keys: &PrivateKeys, label: &str, content: &[u8]) -> Result<Vec<u8>> {
    let none = || Refusal { reason: reason::BAD_KEY_PACKAGE, said: "no key to sign with".to_owned() };
    let suite = SUITES.into_iter().find(|s| u16::from(*s) == keys.suite.0).ok_or_else(none)?;
    let signing = SignatureKeys::from_private(suite.signature_algorithm(), &keys.signature).ok_or_else(none)?;
    Labelled::new(signing, Seed::new("key packages").stream("sign")).sign(label, content).ok_or_else(none)
}
