//! Octets → the library's types, to the last octet.
//!
//! Read by `Deserialize`, from a reader: `DeserializeBytes` of tls_codec 0.5.0 panics, where debug assertions are on, at
//! a vector that is longer than what is left.

use super::refusal::{malformed, refuse};
use crate::mls::member::Result;
use crate::reason::mls as reason;
use openmls::messages::group_info::VerifiableGroupInfo;
use openmls::prelude::tls_codec::Deserialize;
use openmls::prelude::{
    Credential, CredentialType, KeyPackage, KeyPackageIn, MlsMessageBodyIn, MlsMessageIn, OpenMlsCrypto,
    ProtocolMessage, ProtocolVersion, RatchetTreeIn, Welcome,
};

/// `mls10`, the version of every message (RFC 9420 section 6).
const MLS10: [u8; 2] = [0, 1];

fn message(octets: &[u8]) -> Result<MlsMessageIn> {
    // Before anything else: the library takes an unknown version for something malformed.
    if octets.get(..2).is_some_and(|version| version != MLS10) {
        return Err(refuse(reason::MLS_UNSUPPORTED, "another version of MLS"));
    }
    MlsMessageIn::tls_deserialize_exact(octets).map_err(|e| malformed(&e))
}

/// A PublicMessage or a PrivateMessage.
pub(super) fn protocol(octets: &[u8]) -> Result<ProtocolMessage> {
    let wrong = |_| refuse(reason::WRONG_WIRE_FORMAT, "not a message to a group");
    message(octets)?.try_into_protocol_message().map_err(wrong)
}

/// A Welcome.
pub(super) fn welcome(octets: &[u8]) -> Result<Welcome> {
    match message(octets)?.extract() {
        MlsMessageBodyIn::Welcome(welcome) => Ok(welcome),
        _ => Err(refuse(reason::WRONG_WIRE_FORMAT, "no Welcome")),
    }
}

/// A GroupInfo.
pub(super) fn group_info(octets: &[u8]) -> Result<VerifiableGroupInfo> {
    match message(octets)?.extract() {
        MlsMessageBodyIn::GroupInfo(info) => Ok(info),
        _ => Err(refuse(reason::BAD_GROUP_INFO, "no GroupInfo")),
    }
}

/// A KeyPackage, verified.
pub(super) fn key_package(octets: &[u8], crypto: &impl OpenMlsCrypto) -> Result<KeyPackage> {
    let package: KeyPackageIn = match message(octets)?.extract() {
        MlsMessageBodyIn::KeyPackage(package) => package,
        _ => return Err(refuse(reason::BAD_KEY_PACKAGE, "an MLSMessage of another kind")),
    };
    let package = package.validate(crypto, ProtocolVersion::Mls10)?;
    basic(package.leaf_node().credential())?;
    Ok(package)
}

/// `optional<Node> ratchet_tree<V>` (RFC 9420 section 12.4.3.3).
pub(super) fn tree(octets: &[u8]) -> Result<RatchetTreeIn> {
    RatchetTreeIn::tls_deserialize_exact(octets).map_err(|e| malformed(&e))
}

/// Refuses a credential that is not a basic one: whose it is nobody here could say.
pub(super) fn basic(credential: &Credential) -> Result<()> {
    if credential.credential_type() == CredentialType::Basic {
        return Ok(());
    }
    Err(refuse(reason::BAD_LEAF, &format!("a credential of type {:?}", credential.credential_type())))
}
