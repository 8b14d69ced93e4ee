use super::{engines, slow};
use crate::adapter::{Answer, Implementation, reference::Reference};
use crate::content::Document;
use crate::fuzzing::{Verdict, holds};
use crate::wire::hex;
use serde_json::json;

/// Any octets: the strict decoder is repeatable, names an offset within the input, agrees with the slow checker on
/// verdict and message, re-encodes what it accepts to the same octets, and agrees with independent engines.
///
/// # Errors
/// The property that does not hold.
pub fn content_decode(octets: &[u8]) -> Verdict {
    let found = Document::decode(octets);
    holds(found == Document::decode(octets), || "decoding is not repeatable".into())?;
    let slow = slow::decode(octets);
    match &found {
        Err(e) => {
            holds(e.offset <= octets.len(), || format!("offset {} in {} octets", e.offset, octets.len()))?;
            holds(slow.is_err(), || format!("refused ({e}), but the slow checker accepts"))?;
        }
        Ok(document) => {
            let message = slow.map_err(|e| format!("accepted, but the slow checker refuses: {e}"))?;
            let answer = Reference.answer("content/decode", &json!({"cbor": hex::encode(octets)}));
            holds(answer == Answer::Ok(json!({"message": message})), || {
                format!("two messages: {answer:?} and {message}")
            })?;
            let again = document.message().encode();
            holds(again.as_deref() == Ok(octets), || format!("re-encoded otherwise: {again:?}"))?;
            let id = document.message_id(Some("s"), Some("r")).map(|id| id.to_string());
            let slow_id = slow::message_id(octets, Some("s"), Some("r"));
            holds(id.as_ref().ok() == slow_id.as_ref().ok(), || format!("two ids: {id:?} and {slow_id:?}"))?;
        }
    }
    engines::agree(octets, found.as_ref().err())
}
