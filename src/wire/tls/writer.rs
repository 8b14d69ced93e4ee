use std::fmt;

/// The longest vector that has an encoding, in octets (RFC 9420 section 2.1.2): 2^30 - 1.
pub const MAX_VECTOR: usize = 0x3fff_ffff;

/// A vector longer than [`MAX_VECTOR`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Its field, by its name in the document.
    pub field: &'static str,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is longer than 2^30 - 1 octets", self.field)
    }
}

impl std::error::Error for TooLong {}

/// Writes the only encoding that [`super::Reader`] takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    octets: Vec<u8>,
}

impl Writer {
    /// Nothing written yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { octets: Vec::new() }
    }

    /// Nothing written yet, with memory for so many octets: what is known to be long need not be moved as it grows.
    #[must_use]
    pub fn with_room(octets: usize) -> Self {
        Self { octets: Vec::with_capacity(octets) }
    }

    /// What was written.
    #[must_use]
    pub fn into_octets(self) -> Vec<u8> {
        self.octets
    }

    /// Octets as they are: a fixed-length field, or a structure that is encoded already.
    pub fn raw(&mut self, octets: &[u8]) -> &mut Self {
        self.octets.extend_from_slice(octets);
        self
    }

    /// A `uint8`.
    pub fn u8(&mut self, value: u8) -> &mut Self {
        self.raw(&[value])
    }

    /// A `uint16`, network order.
    pub fn u16(&mut self, value: u16) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// A `uint32`, network order.
    pub fn u32(&mut self, value: u32) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// A `uint64`, network order.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// The octet before an `optional<T>`.
    pub fn optional(&mut self, present: bool) -> &mut Self {
        self.u8(u8::from(present))
    }

    /// An `opaque<V>`.
    ///
    /// # Errors
    /// [`TooLong`]; nothing was written.
    pub fn opaque(&mut self, content: &[u8], field: &'static str) -> Result<&mut Self, TooLong> {
        let length =
            u32::try_from(content.len()).ok().filter(|_| content.len() <= MAX_VECTOR).ok_or(TooLong { field })?;
        match length {
            0..=0x3f => self.raw(&length.to_be_bytes()[3..]),
            0x40..=0x3fff => self.raw(&(length | 0x4000).to_be_bytes()[2..]),
            _ => self.u32(length | 0x8000_0000),
        };
        Ok(self.raw(content))
    }

    /// A vector `<V>` whose content `write` writes.
    ///
    /// # Errors
    /// [`TooLong`] of this vector or of one in it; nothing was written.
    pub fn vector(
        &mut self,
        field: &'static str,
        write: impl FnOnce(&mut Writer) -> Result<(), TooLong>,
    ) -> Result<&mut Self, TooLong> {
        let mut content = Writer::new();
        write(&mut content)?;
        self.opaque(&content.octets, field)
    }
}
