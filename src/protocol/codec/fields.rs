use super::EncodeError;
use super::rules::Rule;
use crate::protocol::{MaskedPartitionKey, MlsMessage, PartitionKey};
use crate::wire::tls::{Reader, WireError, Writer};

/// An MLSMessage that keeps `rule`; an error names its first octet.
pub fn message(
    r: &mut Reader,
    field: &'static str,
    rule: impl FnOnce(&MlsMessage) -> Rule,
) -> Result<MlsMessage, WireError> {
    let offset = r.offset();
    let message = MlsMessage::read(r)?;
    decided(rule(&message), offset, field)?;
    Ok(message)
}

/// An `optional<MLSMessage>` that keeps `rule`.
pub fn optional_message(
    r: &mut Reader,
    field: &'static str,
    rule: impl FnOnce(&MlsMessage) -> Rule,
) -> Result<Option<MlsMessage>, WireError> {
    if r.optional(field)? { message(r, field, rule).map(Some) } else { Ok(None) }
}

/// `opaque PartitionKey[16]`.
pub fn partition_key(r: &mut Reader, field: &'static str) -> Result<PartitionKey, WireError> {
    r.array(field).map(PartitionKey)
}

/// `opaque MaskedPartitionKey<V>`.
pub fn masked(r: &mut Reader, field: &'static str) -> Result<MaskedPartitionKey, WireError> {
    r.opaque(field).map(|octets| MaskedPartitionKey(octets.to_vec()))
}

/// The answer of a rule, for reading.
pub const fn decided(rule: Rule, offset: usize, field: &'static str) -> Result<(), WireError> {
    match rule {
        Ok(()) => Ok(()),
        Err(reason) => Reader::refuse(offset, reason, field),
    }
}

/// The answer of a rule, for writing.
pub const fn written(rule: Rule, field: &'static str) -> Result<(), EncodeError> {
    match rule {
        Ok(()) => Ok(()),
        Err(reason) => Err(EncodeError { reason, field }),
    }
}

/// Writes an `optional<MLSMessage>` that keeps `rule`.
pub fn write_optional_message(
    w: &mut Writer,
    message: Option<&MlsMessage>,
    field: &'static str,
    rule: impl FnOnce(&MlsMessage) -> Rule,
) -> Result<(), EncodeError> {
    w.optional(message.is_some());
    if let Some(message) = message {
        written(rule(message), field)?;
        w.raw(message.octets());
    }
    Ok(())
}
