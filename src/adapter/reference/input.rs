//! Typed reading of an operation's input. Everything is required unless it says otherwise.

use crate::content::MessageId;
use crate::wire::hex;
use serde_json::Value;
use std::fmt;

/// The input is not of the documented shape: the caller's mistake, never the case's verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BadInput(pub String);

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) type Result<T> = std::result::Result<T, BadInput>;

fn bad<T>(name: &str, what: &str) -> Result<T> {
    Err(BadInput(format!("\"{name}\" {what}")))
}

/// A member, `None` when absent or null.
pub(super) fn optional<'a>(input: &'a Value, name: &str) -> Option<&'a Value> {
    input.get(name).filter(|v| !v.is_null())
}

pub(super) fn member<'a>(input: &'a Value, name: &str) -> Result<&'a Value> {
    optional(input, name).ok_or_else(|| BadInput(format!("\"{name}\" is missing")))
}

pub(super) fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str> {
    member(input, name)?.as_str().map_or_else(|| bad(name, "is not a text"), Ok)
}

pub(super) fn optional_text<'a>(input: &'a Value, name: &str) -> Result<Option<&'a str>> {
    optional(input, name).map(|_| text(input, name)).transpose()
}

pub(super) fn uint(input: &Value, name: &str) -> Result<u64> {
    member(input, name)?.as_u64().map_or_else(|| bad(name, "is not an unsigned integer"), Ok)
}

pub(super) fn optional_uint(input: &Value, name: &str) -> Result<Option<u64>> {
    optional(input, name).map(|_| uint(input, name)).transpose()
}

/// A part index or another number that indexes memory; none that does not fit can be right.
pub(super) fn index(input: &Value, name: &str) -> Result<usize> {
    Ok(usize::try_from(uint(input, name)?).unwrap_or(usize::MAX))
}

/// An array of texts.
pub(super) fn texts<'a>(input: &'a Value, name: &str) -> Result<Vec<&'a str>> {
    let texts =
        array(input, name)?.iter().map(|v| v.as_str().map_or_else(|| bad(name, "holds what is not a text"), Ok));
    texts.collect()
}

/// A message id: 32 octets in hex.
pub(super) fn message_id(text: &str) -> Result<MessageId> {
    let octets = hex::decode(text).map_err(|e| BadInput(format!("a message id is {e}")))?;
    octets.try_into().map(MessageId).map_err(|_| BadInput("a message id does not have 32 octets".into()))
}

pub(super) fn boolean(input: &Value, name: &str) -> Result<bool> {
    member(input, name)?.as_bool().map_or_else(|| bad(name, "is neither true nor false"), Ok)
}

pub(super) fn array<'a>(input: &'a Value, name: &str) -> Result<&'a [Value]> {
    member(input, name)?.as_array().map_or_else(|| bad(name, "is not an array"), |a| Ok(a.as_slice()))
}

pub(super) fn octets(input: &Value, name: &str) -> Result<Vec<u8>> {
    hex::decode(text(input, name)?).or_else(|e| bad(name, &format!("is {e}")))
}
