use super::error::DecodeError;
use super::extension::{ROOM_URI, SENDER_URI, value};
use super::message::{Message, Part, PartBody};
use super::message_id::{IdError, MessageId, compute};
use super::{cursor::Cursor, decode};
use crate::reason::content as reason;

/// A conforming document: octets that came from outside, and the message they hold. The message id
/// covers the octets as they came, so the two stay together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    octets: &'a [u8],
    message: Message<'a>,
}

impl<'a> Document<'a> {
    /// Verifies octets strictly: deterministic CBOR (6.1), data model (6.2), depth (6.3), schema (A.1).
    /// Borrows every string; allocates for parts and extensions only, in proportion to the input.
    ///
    /// # Errors
    /// [`DecodeError`]: the first rule that is broken, and where.
    pub fn decode(octets: &'a [u8]) -> Result<Self, DecodeError> {
        Ok(Self { octets, message: decode::message(octets)? })
    }

    /// The octets as they came.
    #[must_use]
    pub const fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// The message in them.
    #[must_use]
    pub const fn message(&self) -> &Message<'a> {
        &self.message
    }

    /// The message alone.
    #[must_use]
    pub fn into_message(self) -> Message<'a> {
        self.message
    }

    /// Text of extension 1, `senderUri`.
    #[must_use]
    pub fn sender_uri(&self) -> Option<&str> {
        self.text_extension(SENDER_URI)
    }

    /// Text of extension 2, `roomUri`.
    #[must_use]
    pub fn room_uri(&self) -> Option<&str> {
        self.text_extension(ROOM_URI)
    }

    /// The message id (section 3.3). A URI that is given wins over the one in the extensions: what MLS
    /// authenticated is worth more than what the sender wrote (the draft leaves the source open).
    ///
    /// # Errors
    /// A URI is neither given nor in the message, or does not fit its 16-bit length.
    pub fn message_id(&self, sender_uri: Option<&str>, room_uri: Option<&str>) -> Result<MessageId, IdError> {
        let sender = sender_uri.or_else(|| self.sender_uri()).ok_or(IdError(reason::MISSING_SENDER_URI))?;
        let room = room_uri.or_else(|| self.room_uri()).ok_or(IdError(reason::MISSING_ROOM_URI))?;
        compute(self.octets, &self.message.salt, sender, room)
    }

    fn text_extension(&self, key: i64) -> Option<&str> {
        let extension = self.message.extension(key)?;
        Cursor::new(extension.value).text().ok()
    }
}

impl<'a> Part<'a> {
    /// The parts inside, empty unless this is a multipart.
    #[must_use]
    pub fn children(&self) -> &[Part<'a>] {
        match &self.body {
            PartBody::Multi { parts, .. } => parts,
            _ => &[],
        }
    }
}

/// Whether `octets` are one deterministic CBOR item that may be the value of the extension `key`.
pub(super) fn verify_extension_value(key: super::Key<'_>, octets: &[u8]) -> Result<(), DecodeError> {
    value(octets, matches!(key, super::Key::Int(SENDER_URI | ROOM_URI)))
}
