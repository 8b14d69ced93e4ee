//! What only the operations of clients read from their inputs.

use crate::adapter::input::{Result, array, bad, boolean, octets, optional, texts, uint};
use crate::recovery::Approval;
use crate::wire::hex;
use serde_json::Value;

/// Octets, `None` when absent or null.
pub(super) fn optional_octets(input: &Value, name: &str) -> Result<Option<Vec<u8>>> {
    optional(input, name).map(|_| octets(input, name)).transpose()
}

/// True or false; false when absent or null.
pub(super) fn flag(input: &Value, name: &str) -> Result<bool> {
    optional(input, name).map_or(Ok(false), |_| boolean(input, name))
}

/// An array of octets; empty when absent or null.
pub(super) fn octets_list(input: &Value, name: &str) -> Result<Vec<Vec<u8>>> {
    if optional(input, name).is_none() {
        return Ok(vec![]);
    }
    let texts: Vec<&str> = texts(input, name)?;
    texts.into_iter().map(|text| hex::decode(text).or_else(|e| bad(name, &format!("holds what is {e}")))).collect()
}

/// An unsigned integer of at most `T`'s size.
pub(super) fn small<T: TryFrom<u64>>(input: &Value, name: &str) -> Result<T> {
    T::try_from(uint(input, name)?).or_else(|_| bad(name, "is too large"))
}

/// An array of unsigned integers of at most 32 bits; empty when absent or null.
pub(super) fn numbers(input: &Value, name: &str) -> Result<Vec<u32>> {
    if optional(input, name).is_none() {
        return Ok(vec![]);
    }
    let number = |v: &Value| v.as_u64().and_then(|n| n.try_into().ok());
    let all: Option<_> = array(input, name)?.iter().map(number).collect();
    all.map_or_else(|| bad(name, "holds something that is no unsigned integer of 32 bits"), Ok)
}

/// `replace`: what the client's user has agreed to give up its group for; `None` when absent or null.
pub(super) fn approval(input: &Value) -> Result<Option<Approval>> {
    let Some(given) = optional(input, "replace") else { return Ok(None) };
    let epoch_authenticator = optional_octets(given, "epoch_authenticator")?;
    Ok(Some(Approval { group_id: octets(given, "group_id")?, after: uint(given, "after")?, epoch_authenticator }))
}
