//! What structures of a room are made of, as values: octets and structures of MLS as hex, numbers as integers, texts as
//! texts, vectors as arrays, an optional that is absent as null.

use crate::adapter::input::{self, BadInput, bad};
use crate::adapter::reference::delivery::value::Made;
use crate::protocol::room::{
    Capabilities, Credential, Extensions, GroupInfo, HpkeCiphertext, KeyPackage, Octets, RatchetTree, Text, Welcome,
};
use crate::protocol::{EncodeError, MlsMessage};
use crate::wire::hex;
use serde_json::Value;

/// Something as a value, and back; `name` is its member's in what encloses it.
pub(super) trait Shown: Sized {
    fn shown(&self) -> Value;
    fn made(value: &Value, name: &'static str) -> Made<Self>;
}

/// A member of an object.
pub(super) fn field<T: Shown>(value: &Value, name: &'static str) -> Made<T> {
    if !value.is_object() {
        return Err(BadInput(format!("what encloses \"{name}\" is no object")).into());
    }
    T::made(value.get(name).unwrap_or(&Value::Null), name)
}

fn octets(value: &Value, name: &'static str) -> input::Result<Vec<u8>> {
    let Some(text) = value.as_str() else { return bad(name, "is not a text") };
    hex::decode(text).or_else(|e| bad(name, &e.to_string()))
}

impl Shown for Octets {
    fn shown(&self) -> Value {
        hex::encode(&self.0).into()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        Ok(Self(octets(value, name)?))
    }
}

impl Shown for Text {
    fn shown(&self) -> Value {
        self.0.clone().into()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        value.as_str().map_or_else(|| Ok(bad(name, "is not a text")?), |text| Ok(Self(text.to_owned())))
    }
}

impl<const N: usize> Shown for [u8; N] {
    fn shown(&self) -> Value {
        hex::encode(self).into()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        Ok(octets(value, name)?.try_into().or_else(|_| bad(name, &format!("does not have {N} octets")))?)
    }
}

macro_rules! number {
    ($($type:ty),*) => {
        $(impl Shown for $type {
            fn shown(&self) -> Value {
                (*self).into()
            }

            fn made(value: &Value, name: &'static str) -> Made<Self> {
                let Some(number) = value.as_u64() else { return Ok(bad(name, "is not an unsigned integer")?) };
                Ok(Self::try_from(number).or_else(|_| bad(name, "is too large for its field"))?)
            }
        })*
    };
}

number!(u8, u16, u32, u64);

impl<T: Shown> Shown for Vec<T> {
    fn shown(&self) -> Value {
        self.iter().map(Shown::shown).collect()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        let Some(values) = value.as_array() else { return Ok(bad(name, "is not an array")?) };
        values.iter().map(|value| T::made(value, name)).collect()
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> Value {
        self.as_ref().map_or(Value::Null, Shown::shown)
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        if value.is_null() { Ok(None) } else { T::made(value, name).map(Some) }
    }
}

macro_rules! mls {
    ($($type:ty),*) => {
        $(impl Shown for $type {
            fn shown(&self) -> Value {
                hex::encode(self.octets()).into()
            }

            fn made(value: &Value, name: &'static str) -> Made<Self> {
                let octets = octets(value, name)?;
                Ok(Self::decode(&octets).map_err(|e| EncodeError { reason: e.reason, field: name })?)
            }
        })*
    };
}

mls!(MlsMessage, KeyPackage, Welcome, GroupInfo, Credential, Capabilities, RatchetTree, HpkeCiphertext, Extensions);

/// Structures that are shown as an object of their fields.
macro_rules! shown {
    ($($type:ident { $($field:ident),* $(,)? })*) => {
        $(impl $crate::adapter::reference::room::value::Shown for $type {
            fn shown(&self) -> serde_json::Value {
                let mut object = serde_json::Map::new();
                $(object.insert(
                    stringify!($field).to_owned(),
                    $crate::adapter::reference::room::value::Shown::shown(&self.$field),
                );)*
                serde_json::Value::Object(object)
            }

            fn made(
                value: &serde_json::Value,
                _: &'static str,
            ) -> $crate::adapter::reference::delivery::value::Made<Self> {
                Ok(Self {
                    $($field: $crate::adapter::reference::room::value::field(value, stringify!($field))?,)*
                })
            }
        })*
    };
}

pub(super) use shown;
