//! What the input says, and how answers are changed.

use crate::faulty::adapter::{document, refused};
use crate::faulty::item::Item;
use crate::faulty::message::{EXPIRES, IN_REPLY_TO, REPLACES};
use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use mimicheck::reason::Reason;
use mimicheck::wire::hex;
use serde_json::{Value, json};

pub(super) const OP: &str = "content/judge";

/// A year of 365 days, in seconds.
pub(super) const YEAR: u64 = 365 * 86_400;

pub(super) fn forgiven(answer: Answer, what: Reason) -> Answer {
    match answer {
        Answer::Reject(rejection) if rejection.reason.as_deref() == Some(what.code()) => Answer::Ok(json!({})),
        answer => answer,
    }
}

pub(super) fn number(input: &Value, name: &str) -> u64 {
    input.get(name).and_then(Value::as_u64).unwrap_or_default()
}

pub(super) fn limit(input: &Value, name: &str) -> Option<u64> {
    input.get("limits")?.get(name)?.as_u64()
}

pub(super) fn set(input: &mut Value, name: &str, value: Value) {
    if let Some(object) = input.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

pub(super) fn set_limit(input: &mut Value, name: &str, value: u64) {
    let mut limits = input.get("limits").filter(|limits| limits.is_object()).cloned().unwrap_or_else(|| json!({}));
    set(&mut limits, name, json!(value));
    set(input, "limits", limits);
}

/// A field of the message that is not null.
pub(super) fn field(input: &Value, place: usize) -> Option<Item> {
    document(input)?.at(place).filter(|item| **item != Item::null()).cloned()
}

/// Whether the expiry is relative, and its seconds.
pub(super) fn expiry(input: &Value) -> Option<(bool, u64)> {
    let expires = field(input, EXPIRES)?;
    Some((expires.at(0)?.arg == 21, expires.at(1)?.arg))
}

/// How many hexadecimal digits the message has.
pub(super) fn digits(input: &Value) -> u64 {
    let length = input.get("cbor").and_then(Value::as_str).map_or(0, str::len);
    u64::try_from(length).unwrap_or(u64::MAX)
}

pub(super) fn seen(input: &Value) -> Vec<String> {
    let seen = input.get("seen").and_then(Value::as_array).into_iter().flatten();
    seen.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

pub(super) fn references(input: &Value) -> Vec<String> {
    let ids = [REPLACES, IN_REPLY_TO].into_iter().filter_map(|place| field(input, place)?.string_octets());
    ids.map(|id| hex::encode(&id)).collect()
}

pub(super) fn unseen(input: &Value, answer: Answer, place: usize) -> Answer {
    let target = field(input, place).and_then(|id| id.string_octets()).map(|id| hex::encode(&id));
    if target.is_some_and(|id| !seen(input).contains(&id)) { refused("unknown target") } else { answer }
}

pub(super) fn own_id(input: &Value) -> Option<String> {
    let Answer::Ok(out) = Reference.answer("content/message-id", input) else { return None };
    Some(out.get("message_id")?.as_str()?.to_owned())
}

pub(super) fn id_from(input: &Value, sender: &str) -> Option<String> {
    let mut other = input.clone();
    set(&mut other, "sender_uri", json!(sender));
    own_id(&other)
}
