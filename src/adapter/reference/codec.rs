//! Decode, encode, message id.

use super::json;
use crate::adapter::Answer;
use crate::adapter::input::{Result, member, octets, optional_text};
use crate::content::{DecodeError, Document};
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) fn decode_refusal(e: &DecodeError) -> Answer {
    Answer::reject(e.reason, e, Some(e.offset))
}

pub(super) fn decode(input: &Value) -> Result<Answer> {
    let cbor = octets(input, "cbor")?;
    Ok(match Document::decode(&cbor) {
        Ok(document) => Answer::Ok(json!({"message": json::message(document.message())})),
        Err(e) => decode_refusal(&e),
    })
}

pub(super) fn encode(input: &Value) -> Result<Answer> {
    let read = json::read(member(input, "message")?)?;
    Ok(match read.and_then(|owned| owned.encode()) {
        Ok(cbor) => Answer::Ok(json!({"cbor": hex::encode(&cbor)})),
        Err(e) => Answer::reject(e.reason, e, None),
    })
}

pub(super) fn message_id(input: &Value) -> Result<Answer> {
    let cbor = octets(input, "cbor")?;
    let document = match Document::decode(&cbor) {
        Ok(document) => document,
        Err(e) => return Ok(decode_refusal(&e)),
    };
    Ok(match document.message_id(optional_text(input, "sender_uri")?, optional_text(input, "room_uri")?) {
        Ok(id) => Answer::Ok(json!({"message_id": id.to_string()})),
        Err(e) => Answer::reject(e.0, e, None),
    })
}
