//! Nonsensical values.

use super::codec::decode_refusal;
use crate::adapter::Answer;
use crate::adapter::input::{Result, bad, boolean, message_ids, octets, optional, optional_text, optional_uint, uint};
use crate::content::{self, Context, Document, Limits};
use serde_json::{Value, json};

pub(super) fn judge(input: &Value) -> Result<Answer> {
    let cbor = octets(input, "cbor")?;
    let context = Context {
        sender_uri: optional_text(input, "sender_uri")?,
        room_uri: optional_text(input, "room_uri")?,
        sender_is_member: boolean(input, "sender_is_member")?,
        accepted_ms: uint(input, "accepted_ms")?,
        now_ms: uint(input, "now_ms")?,
        room_created_ms: uint(input, "room_created_ms")?,
        seen: &message_ids(input, "seen")?,
        limits: limits(input)?,
    };
    Ok(match Document::decode(&cbor) {
        Ok(document) => match content::judge(&document, &context) {
            Ok(()) => Answer::Ok(json!({})),
            Err(reason) => Answer::reject(reason, reason.text(), None),
        },
        Err(e) => decode_refusal(&e),
    })
}

fn limits(input: &Value) -> Result<Limits> {
    let default = Limits::default();
    let Some(limits) = optional(input, "limits") else { return Ok(default) };
    if !limits.is_object() {
        return bad("limits", "is not an object");
    }
    Ok(Limits {
        future_ms: optional_uint(limits, "future_ms")?.unwrap_or(default.future_ms),
        floor_ms: optional_uint(limits, "floor_ms")?,
        past_s: optional_uint(limits, "past_s")?.unwrap_or(default.past_s),
        horizon_s: optional_uint(limits, "horizon_s")?.unwrap_or(default.horizon_s),
        max_octets: optional_uint(limits, "max_octets")?,
    })
}
