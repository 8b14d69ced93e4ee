//! How the library is configured.

use crate::crypto::faults::{Faults, FaultySigner};
use crate::crypto::{SUITES, SignatureKeys};
use crate::mls::member::{Application, Result, Settings};
use openmls::group::{
    MIXED_CIPHERTEXT_WIRE_FORMAT_POLICY, MIXED_PLAINTEXT_WIRE_FORMAT_POLICY, MlsGroupJoinConfig, WireFormatPolicy,
};
use openmls::prelude::tls_codec::{Deserialize, Serialize, VLBytes};
use openmls::prelude::{
    BasicCredential, Capabilities, Ciphersuite, CredentialType, CredentialWithKey, ExtensionType, KeyPackage, Lifetime,
    ProposalType, ProtocolVersion, SenderRatchetConfiguration,
};

/// What a device is made of.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) suite: Ciphersuite,
    pub(super) identity: Vec<u8>,
    pub(super) keys: FaultySigner<SignatureKeys>,
    pub(super) faults: Faults,
    pub(super) encrypt_handshake: bool,
    pub(super) application: Option<Application>,
}

impl Parts {
    pub(super) fn new(settings: &Settings, suite: Ciphersuite, keys: SignatureKeys, faults: Faults) -> Self {
        let (identity, encrypt_handshake) = (settings.identity.clone(), settings.encrypt_handshake);
        let keys = FaultySigner::new(keys, faults.clone());
        Self { suite, identity, keys, faults, encrypt_handshake, application: settings.application.clone() }
    }

    /// What its leaf says that it can do.
    pub(super) fn capabilities(&self) -> Capabilities {
        let plain = (vec![], vec![ProposalType::SelfRemove]);
        let (extensions, proposals) = self.application.as_ref().map_or(plain, |_| {
            (vec![ExtensionType::AppDataDictionary], vec![ProposalType::SelfRemove, ProposalType::AppDataUpdate])
        });
        Capabilities::new(
            Some(&[ProtocolVersion::Mls10]),
            Some(&SUITES),
            Some(&extensions),
            Some(&proposals),
            Some(&[CredentialType::Basic]),
        )
    }

    pub(super) fn credential(&self) -> CredentialWithKey {
        let credential = BasicCredential::new(self.identity.clone()).into();
        CredentialWithKey { credential, signature_key: self.keys.honest().public().into() }
    }

    pub(super) fn configuration(&self) -> MlsGroupJoinConfig {
        configuration(policy(self.encrypt_handshake))
    }
}

/// The leaf's `encryption_key` (RFC 9420 section 7.2), the first field of a leaf; the library does not show it.
pub(super) fn encryption_key(package: &KeyPackage) -> Result<Vec<u8>> {
    let leaf = package.leaf_node().tls_serialize_detached()?;
    let key = VLBytes::tls_deserialize(&mut leaf.as_slice())?;
    Ok(key.as_slice().to_vec())
}

/// Both formats are taken; this decides what handshakes are sent in.
pub(super) fn policy(encrypt_handshake: bool) -> WireFormatPolicy {
    if encrypt_handshake { MIXED_CIPHERTEXT_WIRE_FORMAT_POLICY } else { MIXED_PLAINTEXT_WIRE_FORMAT_POLICY }
}

pub(super) fn configuration(policy: WireFormatPolicy) -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(policy)
        .padding_size(0)
        .max_past_epochs(0)
        .use_ratchet_tree_extension(false)
        .sender_ratchet_configuration(ratchets())
        .build()
}

/// Out of order 64, missing 1000.
pub(super) fn ratchets() -> SenderRatchetConfiguration {
    SenderRatchetConfiguration::new(64, 1000)
}

/// From 0 to the end of time: nothing here depends on a clock.
pub(super) fn lifetime() -> Lifetime {
    Lifetime::init(0, u64::MAX)
}
