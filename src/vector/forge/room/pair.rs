//! A field of a structure, and its value.

use super::super::delivery::Forged;
use super::super::mls;
use super::super::tls::{Field, enumeration, fixed, numbers, opaque, optional, structure, vector};
use crate::wire::hex;
use serde_json::{Map, Value, json};

/// A field: itself, and what the value shows of it.
pub type Pair = (Field, Option<Value>);

pub(super) fn forged(name: &'static str, variant: &'static str, pairs: impl IntoIterator<Item = Pair>) -> Forged {
    let (wire, value) = object("", pairs);
    Forged { area: "room", name, variant, wire, value }
}

/// A structure, and the object that shows it.
pub(super) fn object(name: &str, pairs: impl IntoIterator<Item = Pair>) -> (Field, Value) {
    let (mut fields, mut members) = (vec![], Map::new());
    for (field, value) in pairs {
        if let Some(value) = value {
            members.insert(field.name.clone(), value);
        }
        fields.push(field);
    }
    (structure(name, fields), Value::Object(members))
}

pub(super) fn shown((field, value): (Field, Value)) -> Pair {
    (field, Some(value))
}

pub(super) fn bytes(name: &str, octets: impl AsRef<[u8]>) -> Pair {
    let value = hex::encode(octets.as_ref()).into();
    (opaque(name, octets), Some(value))
}

pub(super) fn text(name: &str, text: &str) -> Pair {
    (opaque(name, text), Some(text.into()))
}

pub(super) fn array(name: &str, octets: [u8; 32]) -> Pair {
    (fixed(name, octets), Some(hex::encode(&octets).into()))
}

pub(super) fn u16s(name: &str, list: &[u16]) -> Pair {
    (numbers(name, list), Some(json!(list)))
}

pub(super) fn u16(name: &str, number: u16) -> Pair {
    (fixed(name, number.to_be_bytes()), Some(number.into()))
}

pub(super) fn u32(name: &str, number: u32) -> Pair {
    (fixed(name, number.to_be_bytes()), Some(number.into()))
}

pub(super) fn u64(name: &str, number: u64) -> Pair {
    (fixed(name, number.to_be_bytes()), Some(number.into()))
}

/// A code of one octet, and values that its enumeration does not list.
pub(super) fn code(name: &str, value: u8, wrong: &[u8]) -> Pair {
    let wrong: Vec<[u8; 1]> = wrong.iter().map(|w| [*w]).collect();
    (enumeration(name, [value], &wrong), Some(value.into()))
}

pub(super) fn protocol(name: &str) -> Pair {
    code(name, 1, &[0, 2, 255])
}

/// A structure of MLS: its octets as hex.
pub(super) fn raw(name: &str, field: Field) -> Pair {
    let value = hex::encode(&field.octets()).into();
    (field.named(name), Some(value))
}

/// One without the framing of an MLSMessage: what follows version and wire format.
pub(super) fn bare(name: &str, message: Field) -> Pair {
    let octets = message.octets().get(4..).unwrap_or_default().to_vec();
    (fixed(name, &octets), Some(hex::encode(&octets).into()))
}

pub(super) fn raws(name: &str, messages: Vec<Field>) -> Pair {
    let value = messages.iter().map(|m| Value::from(hex::encode(&m.octets()))).collect();
    (vector(name, messages), Some(value))
}

pub(super) fn maybe(name: &str, inner: Option<(Field, Value)>) -> Pair {
    let (field, value) = inner.map_or((None, Value::Null), |(field, value)| (Some(field), value));
    (optional(name, field), Some(value))
}

pub(super) fn list(name: &str, elements: Vec<(Field, Value)>) -> Pair {
    let (fields, values): (Vec<_>, Vec<_>) = elements.into_iter().unzip();
    (vector(name, fields), Some(Value::Array(values)))
}

pub(super) fn credential(name: &str) -> Pair {
    raw(name, structure(name, mls::basic()))
}
