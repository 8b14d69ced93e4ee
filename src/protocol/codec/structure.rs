use crate::reason::{Reason, delivery};
use crate::wire::tls::{Reader, TooLong, WireError, Writer};
use std::fmt;

/// A structure with a name in the draft, and one encoding for each value.
pub trait Structure: Sized {
    /// Its name in the draft.
    const NAME: &'static str;

    /// Reads it at the front of what is left.
    ///
    /// # Errors
    /// The first place where the octets are not this structure, or break a constraint of the draft.
    fn read(r: &mut Reader) -> Result<Self, WireError>;

    /// Writes it behind what was written.
    ///
    /// # Errors
    /// A value that no octets stand for. What was written before the error is of no use then.
    fn write(&self, w: &mut Writer) -> Result<(), EncodeError>;

    /// The structure that `octets` are, to the last one.
    ///
    /// # Errors
    /// As [`Structure::read`]; `wire-trailing` when octets follow it.
    fn decode(octets: &[u8]) -> Result<Self, WireError> {
        let mut r = Reader::new(octets);
        let structure = Self::read(&mut r)?;
        r.finish(Self::NAME)?;
        Ok(structure)
    }

    /// Its octets.
    ///
    /// # Errors
    /// As [`Structure::write`].
    fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut w = Writer::new();
        self.write(&mut w)?;
        Ok(w.into_octets())
    }
}

/// Why a value has no encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// Which rule is broken.
    pub reason: Reason,
    /// The field that breaks it, by its name in the draft.
    pub field: &'static str,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason.text(), self.field)
    }
}

impl std::error::Error for EncodeError {}

impl From<TooLong> for EncodeError {
    fn from(e: TooLong) -> Self {
        Self { reason: delivery::VECTOR_TOO_LONG, field: e.field }
    }
}

/// Octets inside a value that are not what they should be.
impl From<WireError> for EncodeError {
    fn from(e: WireError) -> Self {
        Self { reason: e.reason, field: e.field }
    }
}
