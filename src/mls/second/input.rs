//! Octets → the library's types, to the last octet.

use super::refusal::{malformed, refuse};
use crate::mls::member::Result;
use crate::reason::mls as reason;
use mls_rs::MlsMessage;
use mls_rs::group::ExportedTree;
use mls_rs::mls_rs_codec::MlsDecode;

/// `mls10`, the version of every message (RFC 9420 section 6).
const MLS10: [u8; 2] = [0, 1];

/// An MLSMessage (RFC 9420 section 6).
pub(super) fn message(octets: &[u8]) -> Result<MlsMessage> {
    let message = MlsMessage::mls_decode_exhaustive(octets).map_err(|e| malformed(&e))?;
    // Not everything that the library does with a message looks at this.
    if octets.get(..2) != Some(&MLS10) {
        return Err(refuse(reason::MLS_UNSUPPORTED, "another version of MLS"));
    }
    Ok(message)
}

/// `optional<Node> ratchet_tree<V>` (RFC 9420 section 12.4.3.3).
pub(super) fn tree(octets: &[u8]) -> Result<ExportedTree<'static>> {
    ExportedTree::mls_decode_exhaustive(octets).map_err(|e| malformed(&e))
}

/// A KeyPackage, as MLSMessage.
pub(super) fn key_package(octets: &[u8]) -> Result<MlsMessage> {
    let message = message(octets)?;
    if message.as_key_package().is_none() {
        return Err(refuse(reason::BAD_KEY_PACKAGE, "an MLSMessage of another kind"));
    }
    Ok(message)
}

/// A KeyPackage without the header of MLSMessage: version and wire format, two octets each.
pub(super) fn bare_key_package(octets: &[u8]) -> Option<&[u8]> {
    octets.get(4..)
}

/// `init_key` and the leaf's `encryption_key` of a bare KeyPackage (RFC 9420 sections 10 and 7.2): after version
/// and suite, two octets each, they are its first fields.
pub(super) fn public_keys(bare: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut rest = bare.get(4..)?;
    let init = Vec::<u8>::mls_decode(&mut rest).ok()?;
    let leaf = Vec::<u8>::mls_decode(&mut rest).ok()?;
    Some((init, leaf))
}
