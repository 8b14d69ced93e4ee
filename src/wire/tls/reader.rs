use super::WireError;
use crate::reason::{Reason, wire as reason};

/// Reads the octets of one input, or of one vector in it, front to back. It is `Copy`: to look ahead is to copy it.
///
/// A step that fails leaves the reader where it was.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    /// Offset of `rest` in the whole input.
    offset: usize,
}

impl<'a> Reader<'a> {
    /// Reads `octets`; offsets count from their start.
    #[must_use]
    pub const fn new(octets: &'a [u8]) -> Self {
        Self { rest: octets, offset: 0 }
    }

    /// Where it is, in octets from the start of the whole input.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What it has not read yet.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// An error about what was read from `offset` on.
    pub const fn refuse<T>(offset: usize, reason: Reason, field: &'static str) -> Result<T, WireError> {
        Err(WireError { reason, offset, field })
    }

    /// The next `count` octets.
    ///
    /// # Errors
    /// `wire-truncated` when fewer are left.
    pub fn take(&mut self, count: usize, field: &'static str) -> Result<&'a [u8], WireError> {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            return Self::refuse(self.offset.saturating_add(self.rest.len()), reason::WIRE_TRUNCATED, field);
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(count);
        Ok(taken)
    }

    /// The next `N` octets.
    ///
    /// # Errors
    /// `wire-truncated` when fewer are left.
    pub fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], WireError> {
        let Some((taken, rest)) = self.rest.split_first_chunk::<N>() else {
            return Self::refuse(self.offset.saturating_add(self.rest.len()), reason::WIRE_TRUNCATED, field);
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(N);
        Ok(*taken)
    }

    /// A `uint8`.
    ///
    /// # Errors
    /// `wire-truncated`.
    pub fn u8(&mut self, field: &'static str) -> Result<u8, WireError> {
        self.array(field).map(u8::from_be_bytes)
    }

    /// A `uint16`, network order.
    ///
    /// # Errors
    /// `wire-truncated`.
    pub fn u16(&mut self, field: &'static str) -> Result<u16, WireError> {
        self.array(field).map(u16::from_be_bytes)
    }

    /// A `uint32`, network order.
    ///
    /// # Errors
    /// `wire-truncated`.
    pub fn u32(&mut self, field: &'static str) -> Result<u32, WireError> {
        self.array(field).map(u32::from_be_bytes)
    }

    /// A `uint64`, network order.
    ///
    /// # Errors
    /// `wire-truncated`.
    pub fn u64(&mut self, field: &'static str) -> Result<u64, WireError> {
        self.array(field).map(u64::from_be_bytes)
    }

    /// The octet before an `optional<T>` (RFC 9420 section 2.1.1): whether a value follows.
    ///
    /// # Errors
    /// `wire-bad-optional` for an octet other than 0 and 1, `wire-truncated`.
    pub fn optional(&mut self, field: &'static str) -> Result<bool, WireError> {
        let mut ahead = *self;
        let present = match ahead.u8(field)? {
            0 => false,
            1 => true,
            _ => return Self::refuse(self.offset, reason::WIRE_BAD_OPTIONAL, field),
        };
        *self = ahead;
        Ok(present)
    }

    /// The length of a vector, in octets (RFC 9420 section 2.1.2).
    fn length(&mut self, field: &'static str) -> Result<usize, WireError> {
        let start = self.offset;
        let (length, least) = match self.rest.first().map(|first| first >> 6) {
            Some(0) => (u32::from(self.u8(field)?), 0),
            Some(1) => (u32::from(self.u16(field)? & 0x3fff), 0x40),
            Some(2) => (self.u32(field)? & 0x3fff_ffff, 0x4000),
            Some(_) => return Self::refuse(start, reason::WIRE_LENGTH_PREFIX, field),
            None => return Self::refuse(start, reason::WIRE_TRUNCATED, field),
        };
        if length < least {
            return Self::refuse(start, reason::WIRE_LENGTH_NOT_MINIMAL, field);
        }
        usize::try_from(length).or_else(|_| Self::refuse(start, reason::WIRE_TRUNCATED, field))
    }

    /// A vector `<V>`: a reader of its content.
    ///
    /// # Errors
    /// `wire-length-prefix`, `wire-length-not-minimal`, and `wire-truncated` when the vector is longer than
    /// what encloses it.
    pub fn vector(&mut self, field: &'static str) -> Result<Reader<'a>, WireError> {
        let mut ahead = *self;
        let length = ahead.length(field)?;
        let offset = ahead.offset;
        let rest = ahead.take(length, field)?;
        *self = ahead;
        Ok(Reader { rest, offset })
    }

    /// An `opaque<V>`: its octets.
    ///
    /// # Errors
    /// As [`Reader::vector`].
    pub fn opaque(&mut self, field: &'static str) -> Result<&'a [u8], WireError> {
        self.vector(field).map(|content| content.rest)
    }

    /// Every element of a vector `<V>`, each read by `element`.
    ///
    /// # Errors
    /// As [`Reader::vector`], and what `element` refuses.
    pub fn each(
        &mut self,
        field: &'static str,
        mut element: impl FnMut(&mut Reader<'a>) -> Result<(), WireError>,
    ) -> Result<(), WireError> {
        let mut ahead = *self;
        let mut content = ahead.vector(field)?;
        while !content.is_empty() {
            element(&mut content)?;
        }
        *self = ahead;
        Ok(())
    }

    /// That nothing is left.
    ///
    /// # Errors
    /// `wire-trailing`, at the first octet that is left.
    pub fn finish(&self, field: &'static str) -> Result<(), WireError> {
        if self.rest.is_empty() { Ok(()) } else { Self::refuse(self.offset, reason::WIRE_TRAILING, field) }
    }
}
