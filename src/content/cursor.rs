//! CBOR heads (RFC 8949 section 3), refused unless deterministic (section 4.2.1). Every refusal
//! names the offset of the item's first octet; nothing is ever allocated from a claimed length.

use super::error::DecodeError;
use crate::reason::{Reason, content as reason};

/// Major types.
pub(super) const UINT: u8 = 0;
pub(super) const NINT: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;
pub(super) const TAG: u8 = 6;

/// Additional information of `false`, `true` and `null`.
pub(super) const FALSE: u64 = 20;
pub(super) const TRUE: u64 = 21;
pub(super) const NULL: u64 = 22;

/// The head of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Major type, 0 to 7.
    pub major: u8,
    /// Additional information, 0 to 27.
    pub info: u8,
    /// Argument: value, length, tag number, simple value or floating point bits.
    pub arg: u64,
    /// Offset of its first octet.
    pub at: usize,
}

/// A position in the input, and the field being read (for messages).
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    input: &'a [u8],
    pos: usize,
    pub field: &'static str,
}

type Result<T> = std::result::Result<T, DecodeError>;

impl<'a> Cursor<'a> {
    pub fn new(input: &'a [u8]) -> Self {
        Self { input, pos: 0, field: "message" }
    }

    pub fn position(&self) -> usize {
        self.pos
    }

    pub fn remaining(&self) -> usize {
        self.input.len().saturating_sub(self.pos)
    }

    /// The octets from an earlier position up to here.
    pub fn since(&self, start: usize) -> &'a [u8] {
        self.input.get(start..self.pos).unwrap_or_default()
    }

    #[cold]
    pub fn error(&self, reason: Reason, offset: usize) -> DecodeError {
        DecodeError { reason, offset, field: self.field }
    }

    #[cold]
    fn truncated(&self) -> DecodeError {
        self.error(reason::TRUNCATED, self.input.len())
    }

    /// Nothing may follow.
    pub fn finish(&self) -> Result<()> {
        if self.remaining() == 0 { Ok(()) } else { Err(self.error(reason::TRAILING_BYTES, self.pos)) }
    }

    /// The next item's head: well-formed, definite, shortest.
    #[inline]
    pub fn head(&mut self) -> Result<Head> {
        let at = self.pos;
        let Some(&initial) = self.input.get(at) else { return Err(self.truncated()) };
        let (major, info) = (initial >> 5, initial & 0x1f);
        self.pos = at + 1;
        if info < 24 {
            return Ok(Head { major, info, arg: u64::from(info), at });
        }
        // Most strings of a message have 24 to 255 octets.
        if info == 24
            && major != 7
            && let Some(&arg @ 24..) = self.input.get(at + 1)
        {
            self.pos = at + 2;
            return Ok(Head { major, info, arg: u64::from(arg), at });
        }
        self.long_head(major, info, at)
    }

    fn long_head(&mut self, major: u8, info: u8, at: usize) -> Result<Head> {
        let arg = match info {
            24 => u64::from(u8::from_be_bytes(self.array()?)),
            25 => u64::from(u16::from_be_bytes(self.array()?)),
            26 => u64::from(u32::from_be_bytes(self.array()?)),
            27 => u64::from_be_bytes(self.array()?),
            31 => {
                let reason = match major {
                    BYTES | TEXT | ARRAY | MAP => reason::INDEFINITE_LENGTH,
                    UINT | NINT | TAG => reason::RESERVED_INFO,
                    _ => reason::UNEXPECTED_BREAK,
                };
                return Err(self.error(reason, at));
            }
            _ => return Err(self.error(reason::RESERVED_INFO, at)),
        };
        if major == 7 {
            if info == 24 && arg < 32 {
                return Err(self.error(reason::INVALID_SIMPLE, at));
            }
            return Ok(Head { major, info, arg, at });
        }
        let least = match info {
            24 => 24,
            25 => 1 << 8,
            26 => 1 << 16,
            _ => 1 << 32,
        };
        if arg < least {
            let reason = match major {
                UINT | NINT => reason::NON_SHORTEST_INTEGER,
                TAG => reason::NON_SHORTEST_TAG,
                _ => reason::NON_SHORTEST_LENGTH,
            };
            return Err(self.error(reason, at));
        }
        Ok(Head { major, info, arg, at })
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let found = self.input.get(self.pos..).and_then(|rest| rest.first_chunk::<N>());
        let Some(chunk) = found else { return Err(self.truncated()) };
        self.pos += N;
        Ok(*chunk)
    }

    /// The `length` octets that a string's head announced.
    #[inline]
    pub fn take(&mut self, length: u64) -> Result<&'a [u8]> {
        let taken = usize::try_from(length).ok().and_then(|n| {
            let end = self.pos.checked_add(n)?;
            self.input.get(self.pos..end)
        });
        let Some(octets) = taken else { return Err(self.truncated()) };
        self.pos += octets.len();
        Ok(octets)
    }

    /// The text that a head of major type 3 announced.
    #[inline]
    pub fn take_text(&mut self, head: Head) -> Result<&'a str> {
        let octets = self.take(head.arg)?;
        std::str::from_utf8(octets).map_err(|_| self.error(reason::INVALID_UTF8, head.at))
    }

    #[cold]
    fn wrong_type(&self, at: usize) -> DecodeError {
        self.error(reason::WRONG_TYPE, at)
    }

    #[inline]
    fn expect(&mut self, major: u8) -> Result<Head> {
        let head = self.head()?;
        if head.major == major { Ok(head) } else { Err(self.wrong_type(head.at)) }
    }

    /// A byte string of any length.
    #[inline]
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let head = self.expect(BYTES)?;
        self.take(head.arg)
    }

    /// A byte string of exactly `N` octets, or this reason.
    #[inline]
    pub fn bytes_exact<const N: usize>(&mut self, wrong_length: Reason) -> Result<&'a [u8; N]> {
        let head = self.expect(BYTES)?;
        self.sized(head, wrong_length)
    }

    /// `null`, or a byte string of exactly `N` octets.
    #[inline]
    pub fn nullable_exact<const N: usize>(&mut self, wrong_length: Reason) -> Result<Option<&'a [u8; N]>> {
        let head = self.head()?;
        match head {
            Head { major: 7, info: 22, .. } => Ok(None),
            Head { major: BYTES, .. } => self.sized(head, wrong_length).map(Some),
            _ => Err(self.wrong_type(head.at)),
        }
    }

    #[inline]
    fn sized<const N: usize>(&mut self, head: Head, wrong_length: Reason) -> Result<&'a [u8; N]> {
        let octets = self.take(head.arg)?;
        <&[u8; N]>::try_from(octets).map_err(|_| self.error(wrong_length, head.at))
    }

    /// A text string of any length.
    #[inline]
    pub fn text(&mut self) -> Result<&'a str> {
        let head = self.expect(TEXT)?;
        self.take_text(head)
    }

    /// An unsigned integer up to the largest `T`, or this reason.
    #[inline]
    pub fn uint<T: TryFrom<u64>>(&mut self, too_large: Reason) -> Result<T> {
        let head = self.expect(UINT)?;
        T::try_from(head.arg).map_err(|_| self.error(too_large, head.at))
    }

    /// `false` or `true`.
    pub fn boolean(&mut self) -> Result<bool> {
        let head = self.expect(7)?;
        match (head.info, head.arg) {
            (20, FALSE) => Ok(false),
            (21, TRUE) => Ok(true),
            _ => Err(self.wrong_type(head.at)),
        }
    }

    /// An array's head.
    #[inline]
    pub fn array_head(&mut self) -> Result<Head> {
        self.expect(ARRAY)
    }

    /// A map's head.
    #[inline]
    pub fn map_head(&mut self) -> Result<Head> {
        self.expect(MAP)
    }

    /// An array of exactly `n` items.
    #[inline]
    pub fn array_of(&mut self, n: u64) -> Result<()> {
        let head = self.array_head()?;
        self.arity(head, n)
    }

    /// Holds an array's length against what the schema says.
    #[inline]
    pub fn arity(&self, head: Head, n: u64) -> Result<()> {
        if head.arg == n { Ok(()) } else { Err(self.error(reason::WRONG_ARRAY_LENGTH, head.at)) }
    }
}
