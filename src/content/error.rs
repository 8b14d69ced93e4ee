use crate::reason::Reason;
use std::fmt;

/// Why octets are not a conforming document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// Which rule is broken.
    pub reason: Reason,
    /// Offset in octets of the first octet of the item that breaks it; the input's length when octets
    /// are missing; the first octet that does not belong when some are left over.
    pub offset: usize,
    /// Field of the schema in which it happened, e.g. `salt` or `extensions`.
    pub field: &'static str,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at octet {} ({})", self.reason.text(), self.offset, self.field)
    }
}

impl std::error::Error for DecodeError {}

/// Why a message has no conforming encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// Which rule is broken.
    pub reason: Reason,
    /// Field of the schema that breaks it.
    pub field: &'static str,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason.text(), self.field)
    }
}

impl std::error::Error for EncodeError {}
