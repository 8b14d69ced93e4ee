//! What structures and values are made of: octets as hex, messages as the hex of their octets.

use crate::adapter::input::{self, BadInput, bad, member, octets, optional, uint};
use crate::protocol::{EncodeError, MaskedPartitionKey, MlsMessage, PartitionKey, Structure};
use crate::reason::delivery as reason;
use crate::wire::hex;
use serde_json::Value;

/// Why a value gives no octets.
pub(in crate::adapter::reference) enum Wrong {
    /// It is not of the documented shape.
    Input(BadInput),
    /// It is, and no octets stand for it.
    Value(EncodeError),
}

impl From<BadInput> for Wrong {
    fn from(bad: BadInput) -> Self {
        Self::Input(bad)
    }
}

impl From<EncodeError> for Wrong {
    fn from(e: EncodeError) -> Self {
        Self::Value(e)
    }
}

pub(in crate::adapter::reference) type Made<T> = Result<T, Wrong>;

/// A structure as a value, and back.
pub(super) trait Shown: Structure {
    fn shown(&self) -> Value;
    fn made(value: &Value) -> Made<Self>;
}

/// An unsigned integer of the width that the field has.
pub(in crate::adapter::reference) fn number<N: TryFrom<u64>>(value: &Value, name: &str) -> input::Result<N> {
    N::try_from(uint(value, name)?).or_else(|_| bad(name, "is too large for its field"))
}

/// The hex of an MLSMessage.
pub(super) fn message(value: &Value, name: &'static str) -> Made<MlsMessage> {
    let octets = octets(value, name)?;
    MlsMessage::decode(&octets).map_err(|e| EncodeError { reason: e.reason, field: name }.into())
}

/// The hex of an MLSMessage, or null.
pub(super) fn optional_message(value: &Value, name: &'static str) -> Made<Option<MlsMessage>> {
    optional(value, name).map(|_| message(value, name)).transpose()
}

pub(super) fn shown_message(message: &MlsMessage) -> Value {
    hex::encode(message.octets()).into()
}

pub(super) fn shown_optional(message: Option<&MlsMessage>) -> Value {
    message.map_or(Value::Null, shown_message)
}

/// The hex of 16 octets.
pub(super) fn partition_key(value: &Value, name: &'static str) -> Made<PartitionKey> {
    let key = octets(value, name)?.try_into();
    key.map(PartitionKey).map_err(|_| EncodeError { reason: reason::PARTITION_KEY_LENGTH, field: name }.into())
}

pub(super) fn masked(value: &Value, name: &'static str) -> Made<MaskedPartitionKey> {
    Ok(MaskedPartitionKey(octets(value, name)?))
}

/// An array of octets.
pub(super) fn list(value: &Value, name: &'static str) -> Made<Vec<Vec<u8>>> {
    let texts: Vec<_> = input::texts(value, name)?;
    let octets = |text| hex::decode(text).or_else(|e| bad(name, &format!("holds something that is {e}")));
    Ok(texts.into_iter().map(octets).collect::<input::Result<_>>()?)
}

/// An array of structures.
pub(super) fn each<S: Shown>(value: &Value, name: &'static str) -> Made<Vec<S>> {
    input::array(value, name)?.iter().map(S::made).collect()
}

/// A structure.
pub(super) fn structure<S: Shown>(value: &Value, name: &'static str) -> Made<S> {
    S::made(member(value, name)?)
}
