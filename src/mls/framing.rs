//! An MLSMessage as OpenMLS reads it, to hold our own walk against.

use openmls::framing::MlsMessageIn;
use tls_codec::{DeserializeBytes, Serialize};

/// What OpenMLS reads as an MLSMessage at the front of `octets`: how many octets that takes, and the same message
/// written again. It looks at no signature and at no tag, but at some rules that are not of the syntax.
///
/// # Errors
/// What it says.
pub fn reread(octets: &[u8]) -> Result<(usize, Vec<u8>), String> {
    let (message, rest) = MlsMessageIn::tls_deserialize_bytes(octets).map_err(|e| e.to_string())?;
    let again = message.tls_serialize_detached().map_err(|e| e.to_string())?;
    Ok((octets.len().saturating_sub(rest.len()), again))
}
