//! An MLSMessage as the libraries read it, to hold our own walk against.

use mls_rs::mls_rs_codec::{MlsDecode, MlsEncode};
use openmls::framing::MlsMessageIn;
use tls_codec::{Deserialize, Serialize};

/// What OpenMLS reads as an MLSMessage at the front of `octets`: how many octets that takes, and the same message
/// written again. It looks at no signature and at no tag, but at some rules that are not of the syntax.
/// `None` when it refuses.
#[must_use]
pub fn reread(octets: &[u8]) -> Option<(usize, Vec<u8>)> {
    // The other way of reading panics in debug builds at a vector that is too long.
    let mut rest = octets;
    let message = MlsMessageIn::tls_deserialize(&mut rest).ok()?;
    let again = message.tls_serialize_detached().ok()?;
    Some((octets.len().saturating_sub(rest.len()), again))
}

/// The same of mls-rs.
#[must_use]
pub fn reread_second(octets: &[u8]) -> Option<(usize, Vec<u8>)> {
    let mut rest = octets;
    let message = mls_rs::MlsMessage::mls_decode(&mut rest).ok()?;
    let again = message.mls_encode_to_vec().ok()?;
    Some((octets.len().saturating_sub(rest.len()), again))
}
