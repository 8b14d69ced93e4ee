//! An MLSMessage as OpenMLS reads it, to hold our own walk against.

use openmls::framing::MlsMessageIn;
use tls_codec::{DeserializeBytes, Serialize};

/// What OpenMLS reads as an MLSMessage at the front of `octets`: how many octets that takes, and the same message
/// written again. It looks at no signature and at no tag, but at some rules that are not of the syntax.
/// `None` when it refuses.
#[must_use]
pub fn reread(octets: &[u8]) -> Option<(usize, Vec<u8>)> {
    let (message, rest) = MlsMessageIn::tls_deserialize_bytes(octets).ok()?;
    let again = message.tls_serialize_detached().ok()?;
    Some((octets.len().saturating_sub(rest.len()), again))
}
