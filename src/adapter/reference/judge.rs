//! Nonsensical values.

use super::codec::{settled, with_document};
use super::input::{Result, boolean, message_id, optional, optional_text, optional_uint, texts, uint};
use crate::adapter::Answer;
use crate::content::judge::{Context, Limits, nonsense};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn judge(input: &Value) -> Result<Answer> {
    let seen = texts(input, "seen")?.into_iter().map(message_id).collect::<Result<BTreeSet<_>>>()?;
    let (sender_uri, room_uri) = (optional_text(input, "sender_uri")?, optional_text(input, "room_uri")?);
    let mut context = Context {
        sender_is_member: boolean(input, "sender_is_member")?,
        id: None,
        seen: &seen,
        accepted_ms: uint(input, "accepted_ms")?,
        now_ms: uint(input, "now_ms")?,
        room_created_ms: uint(input, "room_created_ms")?,
        limits: limits(input)?,
    };
    with_document(input, |document| {
        // Without both URIs there is no id, and nothing to compare with what was seen.
        context.id = document.message_id(sender_uri, room_uri).ok();
        let first = nonsense(document, &context).first().copied();
        Ok(settled(first.map_or_else(|| Ok(json!({})), Err)))
    })
}

fn limits(input: &Value) -> Result<Limits> {
    let default = Limits::default();
    let Some(given) = optional(input, "limits") else { return Ok(default) };
    Ok(Limits {
        future_ms: optional_uint(given, "future_ms")?.unwrap_or(default.future_ms),
        floor_ms: optional_uint(given, "floor_ms")?,
        past_s: optional_uint(given, "past_s")?.unwrap_or(default.past_s),
        horizon_s: optional_uint(given, "horizon_s")?.unwrap_or(default.horizon_s),
        max_octets: optional_uint(given, "max_octets")?,
    })
}
