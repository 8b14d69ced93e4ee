//! What structures are made of, and a way to write down one that is only its fields in order.

use super::super::codec::{EncodeError, Structure};
use crate::reason::room as reason;
use crate::wire::tls::{Reader, WireError, Writer};

/// A field of a structure: how it is read and written, under its name.
pub trait Part: Sized {
    /// Reads it at the front of what is left.
    ///
    /// # Errors
    /// The first place where the octets are not this part.
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError>;

    /// Writes it behind what was written.
    ///
    /// # Errors
    /// A value that no octets stand for.
    fn write_part(&self, w: &mut Writer, field: &'static str) -> Result<(), EncodeError>;
}

/// `opaque<V>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Octets(pub Vec<u8>);

impl Part for Octets {
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
        r.opaque(field).map(|octets| Self(octets.to_vec()))
    }

    fn write_part(&self, w: &mut Writer, field: &'static str) -> Result<(), EncodeError> {
        Ok(w.opaque(&self.0, field).map(drop)?)
    }
}

/// `opaque<V>` that is UTF-8 without nulls.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

impl Part for Text {
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
        let offset = r.offset();
        let octets = r.opaque(field)?;
        match std::str::from_utf8(octets) {
            Ok(text) if !text.contains('\0') => Ok(Self(text.to_owned())),
            _ => Reader::refuse(offset, reason::NOT_TEXT, field),
        }
    }

    fn write_part(&self, w: &mut Writer, field: &'static str) -> Result<(), EncodeError> {
        if self.0.contains('\0') {
            return Err(EncodeError { reason: reason::NOT_TEXT, field });
        }
        Ok(w.opaque(self.0.as_bytes(), field).map(drop)?)
    }
}

macro_rules! number {
    ($type:ty, $read:ident) => {
        impl Part for $type {
            fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
                r.$read(field)
            }

            fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
                w.$read(*self);
                Ok(())
            }
        }
    };
}

number!(u16, u16);
number!(u32, u32);
number!(u64, u64);

impl<const N: usize> Part for [u8; N] {
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
        r.array(field)
    }

    fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
        w.raw(self);
        Ok(())
    }
}

/// `T<V>`: what a vector holds is counted in octets, not in elements.
impl<T: Part> Part for Vec<T> {
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
        let mut elements = vec![];
        r.each(field, |r| {
            elements.push(T::read_part(r, field)?);
            Ok(())
        })?;
        Ok(elements)
    }

    fn write_part(&self, w: &mut Writer, field: &'static str) -> Result<(), EncodeError> {
        let mut content = Writer::new();
        for element in self {
            element.write_part(&mut content, field)?;
        }
        Ok(w.opaque(&content.into_octets(), field).map(drop)?)
    }
}

/// `optional<T>`.
impl<T: Part> Part for Option<T> {
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
        if r.optional(field)? { T::read_part(r, field).map(Some) } else { Ok(None) }
    }

    fn write_part(&self, w: &mut Writer, field: &'static str) -> Result<(), EncodeError> {
        w.optional(self.is_some());
        self.as_ref().map_or(Ok(()), |value| value.write_part(w, field))
    }
}

/// A structure inside another.
pub fn inner<S: Structure>(r: &mut Reader) -> Result<S, WireError> {
    S::read(r)
}

/// Structures that are parts of others.
macro_rules! part {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::protocol::room::part::Part for $type {
            fn read_part(
                r: &mut $crate::wire::tls::Reader,
                _: &'static str,
            ) -> Result<Self, $crate::wire::tls::WireError> {
                $crate::protocol::room::part::inner(r)
            }

            fn write_part(
                &self,
                w: &mut $crate::wire::tls::Writer,
                _: &'static str,
            ) -> Result<(), $crate::protocol::EncodeError> {
                $crate::protocol::Structure::write(self, w)
            }
        })*
    };
}

/// A structure that is its fields in order, without a rule among them.
macro_rules! record {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $name {
                $($(#[$field_meta])* pub $field: $type,)*
            }

            impl $crate::protocol::Structure for $name {
                const NAME: &'static str = stringify!($name);

                fn read(r: &mut $crate::wire::tls::Reader) -> Result<Self, $crate::wire::tls::WireError> {
                    Ok(Self { $($field: $crate::protocol::room::part::Part::read_part(r, stringify!($field))?,)* })
                }

                fn write(&self, w: &mut $crate::wire::tls::Writer) -> Result<(), $crate::protocol::EncodeError> {
                    $($crate::protocol::room::part::Part::write_part(&self.$field, w, stringify!($field))?;)*
                    Ok(())
                }
            }

            $crate::protocol::room::part::part!($name);
        )*
    };
}

pub(super) use part;
pub(super) use record;
