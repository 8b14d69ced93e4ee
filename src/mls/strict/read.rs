//! A commit as it was sent.

use crate::mls::anatomy::{Commit, Framed};
use crate::mls::member::{Refusal, Result};
use crate::reason::{Reason, mls as reason};
use crate::wire::tls::Reader;

/// Octets of `version` and `wire_format`.
const FRAME: usize = 4;

pub(super) fn refuse(reason: Reason, said: impl std::fmt::Display) -> Refusal {
    Refusal { reason, said: said.to_string() }
}

/// The commit in a PublicMessage, itself in an MLSMessage.
///
/// # Errors
/// There is none.
pub(in crate::mls) fn public(message: &[u8]) -> Result<Commit> {
    let read = Framed::read(message.get(FRAME..).unwrap_or_default());
    read.map(|framed| framed.commit).map_err(|e| refuse(reason::MLS_MALFORMED, e))
}

/// The commit at the front of what was decrypted of a PrivateMessage.
///
/// # Errors
/// There is none.
pub(in crate::mls) fn decrypted(content: &[u8]) -> Result<Commit> {
    Commit::read(&mut Reader::new(content)).map_err(|e| refuse(reason::MLS_MALFORMED, e))
}
