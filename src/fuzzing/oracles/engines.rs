//! What independent CBOR engines say of the same octets. They know no schema, so they are held only against what
//! a refusal's reason says about CBOR itself.
//!
//! | engine | allowed to differ on | because |
//! |---|---|---|
//! | `cbor-core` | NaN with a payload | it keeps them; the draft's data model (6.2) does not |
//! | `cbor2` | what it writes again of an accepted document | it reads `undefined` as `null`, and has no other simple values |
//! | `ciborium` | everything of deterministic encoding | it reads any CBOR |
//! | `ciborium` | two-octet simple values below 32, refused | it reads them as the one-octet ones |
//! | `ciborium` | simple values but false, true, null, undefined, accepted | it has no value for them |
//! | `ciborium` | negative bignums of 128 bits, accepted | it has no value for them |
//! | `ciborium` | nesting beyond its stack limit | it refuses; every such document is refused here too |

use crate::content::DecodeError;
use crate::fuzzing::{Verdict, holds};
use crate::reason::{Reason, content as reason};

/// These say that the input is not one well-formed item, whatever the schema.
const NOT_WELL_FORMED: [Reason; 5] =
    [reason::TRUNCATED, reason::RESERVED_INFO, reason::UNEXPECTED_BREAK, reason::INVALID_SIMPLE, reason::INVALID_UTF8];

/// These say that it is not deterministic, whatever the schema.
const NOT_DETERMINISTIC: [Reason; 10] = [
    reason::TRAILING_BYTES,
    reason::INDEFINITE_LENGTH,
    reason::NON_SHORTEST_INTEGER,
    reason::NON_SHORTEST_LENGTH,
    reason::NON_SHORTEST_TAG,
    reason::NON_SHORTEST_FLOAT,
    reason::BIGNUM_FITS_INTEGER,
    reason::BIGNUM_LEADING_ZERO,
    reason::MAP_KEY_ORDER,
    reason::DUPLICATE_MAP_KEY,
];

pub(super) fn agree(octets: &[u8], refusal: Option<&DecodeError>) -> Verdict {
    let core = cbor_core(octets);
    let Some(refusal) = refusal else {
        let again = core.map_err(|e| format!("accepted, but cbor-core refuses: {e}"))?;
        holds(again == octets, || "cbor-core re-encodes otherwise".into())?;
        return holds(cbor2::de::validate_slice(octets).is_ok(), || "accepted, but cbor2 calls it malformed".into());
    };
    let wrong = refusal.reason;
    if NOT_WELL_FORMED.contains(&wrong) || NOT_DETERMINISTIC.contains(&wrong) {
        holds(core.is_err(), || format!("refused ({refusal}), but cbor-core accepts"))?;
        holds(!cbor2_agrees(octets), || format!("refused ({refusal}), but cbor2 writes the same"))?;
    }
    if NOT_WELL_FORMED.contains(&wrong) && wrong != reason::INVALID_SIMPLE {
        holds(!ciborium_reads(octets), || format!("refused ({refusal}), but ciborium accepts"))?;
    }
    Ok(())
}

/// The octets that `cbor-core` makes of what it read strictly. No length can be larger than the input, and
/// without its limits hostile input keeps it busy.
fn cbor_core(octets: &[u8]) -> Result<Vec<u8>, cbor_core::Error> {
    let longest = u64::try_from(octets.len()).unwrap_or(u64::MAX);
    let options = cbor_core::DecodeOptions::new().recursion_limit(16).length_limit(longest).oom_mitigation(65536);
    options.decode(octets).map(|value| value.encode())
}

/// Whether `cbor2` writes, canonically, what it read. By itself it refuses little, trailing octets not at all.
fn cbor2_agrees(octets: &[u8]) -> bool {
    let mut reader = cbor2::de::Deserializer::from_slice_with_recursion_limit(octets, 64);
    let Ok(value) = <cbor2::Value as serde::Deserialize>::deserialize(&mut reader) else { return false };
    cbor2::to_canonical_vec(&value).is_ok_and(|again| again == octets)
}

/// Whether `ciborium` reads an item, whatever follows it. Its nesting is limited to what debug stacks hold.
fn ciborium_reads(octets: &[u8]) -> bool {
    ciborium::de::from_reader_with_recursion_limit::<ciborium::Value, _>(octets, 64).is_ok()
}
