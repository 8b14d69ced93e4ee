//! Content ids, `cid:INDEX@local.invalid` (section 4.4).

use super::message::{Message, PartBody};
use crate::reason::{Reason, content as reason};

const SCHEME: &str = "cid:";
const HOST: &str = "@local.invalid";

/// The index in a content id.
///
/// Strict: lower case, decimal digits only, no leading zero. An index beyond every message is a number
/// all the same; it names no part.
///
/// # Errors
/// `cid-malformed`, or `cid-unknown-part` for an index that no machine can count to.
pub fn parse_cid(uri: &str) -> Result<usize, Reason> {
    let digits = uri.strip_prefix(SCHEME).and_then(|rest| rest.strip_suffix(HOST)).ok_or(reason::CID_MALFORMED)?;
    let decimal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !decimal || (digits.len() > 1 && digits.starts_with('0')) {
        return Err(reason::CID_MALFORMED);
    }
    digits.parse().map_err(|_| reason::CID_UNKNOWN_PART)
}

impl Message<'_> {
    /// The index of the part that a content id names: a single or an external part.
    ///
    /// # Errors
    /// `cid-malformed`, `cid-unknown-part`, or `cid-not-a-leaf`.
    pub fn resolve_cid(&self, uri: &str) -> Result<usize, Reason> {
        let index = parse_cid(uri)?;
        let parts = self.parts();
        let placed = parts.get(index).ok_or(reason::CID_UNKNOWN_PART)?;
        match placed.part.body {
            PartBody::Single { .. } | PartBody::External(_) => Ok(index),
            PartBody::Null | PartBody::Multi { .. } => Err(reason::CID_NOT_A_LEAF),
        }
    }
}
