use crate::reason::Reason;
use std::fmt;

/// Why octets are not the structure that they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireError {
    /// Which rule is broken.
    pub reason: Reason,
    /// Offset in octets, from the start of the whole input, of the item that breaks it. When octets are missing:
    /// the end of what encloses the item, the input or a vector. When some are left over: the first of them.
    pub offset: usize,
    /// The field in which it happened, by its name in the document.
    pub field: &'static str,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at octet {} ({})", self.reason.text(), self.offset, self.field)
    }
}

impl std::error::Error for WireError {}
