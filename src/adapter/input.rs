//! Typed reading of an operation's input. Everything is required unless it says otherwise.

use crate::content::MessageId;
use crate::wire::hex;
use serde_json::Value;
use std::fmt;

/// The input is not of the documented shape: the caller's mistake, never the case's verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::adapter) struct BadInput(pub String);

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(in crate::adapter) type Result<T> = std::result::Result<T, BadInput>;

pub(in crate::adapter) fn bad<T>(name: &str, what: &str) -> Result<T> {
    Err(BadInput(format!("\"{name}\" {what}")))
}

/// A member, `None` when absent or null.
pub(in crate::adapter) fn optional<'a>(input: &'a Value, name: &str) -> Option<&'a Value> {
    input.get(name).filter(|v| !v.is_null())
}

pub(in crate::adapter) fn member<'a>(input: &'a Value, name: &str) -> Result<&'a Value> {
    optional(input, name).ok_or_else(|| BadInput(format!("\"{name}\" is missing")))
}

pub(in crate::adapter) fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str> {
    member(input, name)?.as_str().map_or_else(|| bad(name, "is not a text"), Ok)
}

pub(in crate::adapter) fn optional_text<'a>(input: &'a Value, name: &str) -> Result<Option<&'a str>> {
    optional(input, name).map(|_| text(input, name)).transpose()
}

pub(in crate::adapter) fn uint(input: &Value, name: &str) -> Result<u64> {
    member(input, name)?.as_u64().map_or_else(|| bad(name, "is not an unsigned integer"), Ok)
}

pub(in crate::adapter) fn boolean(input: &Value, name: &str) -> Result<bool> {
    member(input, name)?.as_bool().map_or_else(|| bad(name, "is neither true nor false"), Ok)
}

pub(in crate::adapter) fn array<'a>(input: &'a Value, name: &str) -> Result<&'a [Value]> {
    member(input, name)?.as_array().map_or_else(|| bad(name, "is not an array"), |a| Ok(a.as_slice()))
}

pub(in crate::adapter) fn octets(input: &Value, name: &str) -> Result<Vec<u8>> {
    hex::decode(text(input, name)?).or_else(|e| bad(name, &format!("is {e}")))
}

/// An array of texts.
pub(in crate::adapter) fn texts<'a, C: FromIterator<&'a str>>(input: &'a Value, name: &str) -> Result<C> {
    let element = |v: &'a Value| v.as_str().map_or_else(|| bad(name, "holds something that is not a text"), Ok);
    array(input, name)?.iter().map(element).collect()
}

/// An array of message ids.
pub(in crate::adapter) fn message_ids<C: FromIterator<MessageId>>(input: &Value, name: &str) -> Result<C> {
    let id = |text| hex::decode(text).ok().and_then(|octets| octets.try_into().ok()).map(MessageId);
    let ids: Vec<_> = texts(input, name)?;
    ids.into_iter()
        .map(|text| id(text).map_or_else(|| bad(name, "holds something that is no message id"), Ok))
        .collect()
}

/// An unsigned integer, `None` when absent or null.
pub(in crate::adapter) fn optional_uint(input: &Value, name: &str) -> Result<Option<u64>> {
    optional(input, name).map(|_| uint(input, name)).transpose()
}
