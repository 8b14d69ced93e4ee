use super::mac;
use crate::content::Document;
use crate::reason::{Reason, franking as reason};
use crate::wire::tls::{Reader, WireError};

/// How a group wraps what its members say (draft-ietf-mls-extensions section 6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Application data is MIMI content.
    Bare,
    /// Application data is an ApplicationFraming: a media type, then MIMI content.
    Framed,
}

/// A message as far as a frank is concerned (section 5.4.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrankedContent {
    /// What its sender is committed to by: HMAC-SHA256 over all of the application data, with the salt as key.
    pub franking_tag: [u8; 32],
    /// The sender that it names: extension 1 of MIMI content.
    pub sender_uri: String,
    /// The room that it names: extension 2.
    pub room_uri: String,
}

impl FrankedContent {
    /// Reads the application data of a message that was or will be franked.
    ///
    /// # Errors
    /// A reason of the TLS presentation language for an ApplicationFraming that is none; one of MIMI content for a
    /// document that does not conform, `salt-length` among them; `franked-without-sender`, `franked-without-room`.
    pub fn read(application_data: &[u8], framing: Framing) -> Result<Self, Reason> {
        let octets = match framing {
            Framing::Bare => application_data,
            Framing::Framed => framed(application_data).map_err(|e| e.reason)?,
        };
        let document = Document::decode(octets).map_err(|e| e.reason)?;
        let sender_uri = document.sender_uri().ok_or(reason::FRANKED_WITHOUT_SENDER)?.to_owned();
        let room_uri = document.room_uri().ok_or(reason::FRANKED_WITHOUT_ROOM)?.to_owned();
        let franking_tag = mac::hmac(&document.message().salt[..], &[application_data]);
        Ok(Self { franking_tag, sender_uri, room_uri })
    }
}

/// `application_content` of an ApplicationFraming. The media type is covered by the tag, and not looked at.
fn framed(octets: &[u8]) -> Result<&[u8], WireError> {
    let mut r = Reader::new(octets);
    r.opaque("media_type")?;
    let content = r.opaque("application_content")?;
    r.finish("ApplicationFraming")?;
    Ok(content)
}
