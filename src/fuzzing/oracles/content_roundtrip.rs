use super::slow;
use crate::adapter::{Answer, Implementation, reference::Reference};
use crate::content::Document;
use crate::fuzzing::{Verdict, holds};
use crate::vector::forge::Message;
use crate::wire::hex;
use serde_json::{Value, json};

/// Any message: the codec and the slow checker encode it to the same octets or both refuse, the forge writes
/// those octets too, and they decode to the message.
///
/// # Errors
/// The property that does not hold.
pub fn content_roundtrip(message: &Message) -> Verdict {
    let json = message.json();
    let slow = slow::encode(&json);
    let answer = Reference.answer("content/encode", &json!({"message": json}));
    let octets = match (slow, &answer) {
        (Err(_), Answer::Reject(_)) => return Ok(()),
        (Ok(octets), Answer::Ok(_)) => octets,
        (slow, answer) => return Err(format!("the codec says {answer:?}, the slow checker {slow:?}, of {json}")),
    };
    let cbor = hex::encode(&octets);
    holds(answer == Answer::Ok(json!({"cbor": cbor})), || format!("two encodings: {answer:?} and {cbor}"))?;
    let sorted = sorted(message);
    holds(sorted.item().octets() == octets, || format!("the forge writes other octets than {cbor}"))?;
    let decoded = Reference.answer("content/decode", &json!({"cbor": cbor}));
    holds(decoded == Answer::Ok(json!({"message": sorted.json()})), || format!("decoded otherwise: {decoded:?}"))?;
    let document = Document::decode(&octets).map_err(|e| format!("encoded, then refused: {e}"))?;
    let again = document.message().encode();
    holds(again.as_ref() == Ok(&octets), || format!("re-encoded otherwise: {again:?}"))
}

/// The extensions in the order of their encoded keys: integers from 0 up, integers from -1 down, texts by
/// length, then content (RFC 8949 section 4.2.1).
fn sorted(message: &Message) -> Message {
    let mut sorted = message.clone();
    let json = message.json();
    let keys = json.pointer("/extensions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let rank = |key: &Value| match (key.as_i64(), key.as_str()) {
        (Some(n @ 0..), _) => (0, n.unsigned_abs(), String::new()),
        (Some(n), _) => (1, n.unsigned_abs(), String::new()),
        (_, text) => {
            let text = text.unwrap_or_default();
            (2, u64::try_from(text.len()).unwrap_or(u64::MAX), text.to_owned())
        }
    };
    let mut ranked: Vec<_> = keys.iter().filter_map(|e| e.get("key")).map(rank).zip(sorted.extensions).collect();
    ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
    sorted.extensions = ranked.into_iter().map(|(_, extension)| extension).collect();
    sorted
}
