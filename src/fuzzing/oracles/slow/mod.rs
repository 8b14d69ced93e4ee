//! The slow, obviously correct checker: the draft's rules, written once more without [`crate::content`].
//!
//! The octets become a dynamic `ciborium` value, and nearly everything is decided from that value: an
//! encoding is deterministic when the value, written deterministically, gives the same octets. What
//! `ciborium` hides is decided by a scan over the raw octets first.
//!
//! | file | what |
//! |---|---|
//! | `scan` | one item, definite lengths, bounded nesting; what `ciborium` hides |
//! | `writer` | the deterministic encoding of a value |
//! | `schema` | data model (6.2), depth (6.3), schema (A.1): value → message JSON |
//! | `encode` | message JSON → octets, refused unless they decode to that message |

mod encode;
mod scan;
mod schema;
mod writer;

use crate::wire::hex;
use ciborium::Value;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

pub use encode::encode;

/// The message in conforming octets, as in `vectors/README.md`.
///
/// # Errors
/// In words: one rule that the octets break, not necessarily the first.
pub fn decode(octets: &[u8]) -> Result<Json, String> {
    let value = value(octets)?;
    schema::message(&value, octets)
}

/// The message id (section 3.3), in hex. A URI that is not given is that of extension 1 or 2.
///
/// # Errors
/// In words: the octets do not conform, a URI is neither given nor there, or longer than 65535 octets.
pub fn message_id(octets: &[u8], sender: Option<&str>, room: Option<&str>) -> Result<String, String> {
    decode(octets)?;
    let value = value(octets)?;
    let fields = value.as_array().ok_or("not an array")?;
    let uri = |given: Option<&str>, key: i64| {
        given.map(str::to_owned).or_else(|| schema::text_extension(fields, key)).ok_or(format!("no URI {key}"))
    };
    let mut hashed = vec![];
    for uri in [uri(sender, 1)?, uri(room, 2)?] {
        let length = u16::try_from(uri.len()).map_err(|_| "a URI of more than 65535 octets")?;
        hashed.extend(length.to_be_bytes());
        hashed.extend(uri.bytes());
    }
    hashed.extend(octets);
    hashed.extend(fields.first().and_then(Value::as_bytes).ok_or("no salt")?);
    let mut id = vec![1];
    id.extend(Sha256::digest(&hashed).iter().take(31));
    Ok(hex::encode(&id))
}

/// Octets to a value, deterministic encoding included (section 6.1); simple values and bignums in the
/// disguise that [`scan`] describes.
fn value(octets: &[u8]) -> Result<Value, String> {
    let disguised = scan::one_item(octets)?;
    let value: Value = ciborium::from_reader(disguised.as_slice()).map_err(|e| format!("not CBOR: {e}"))?;
    if writer::deterministic(&value)? == disguised { Ok(value) } else { Err("not the deterministic encoding".into()) }
}

#[cfg(test)]
mod tests;
