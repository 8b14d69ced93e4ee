use super::content_roundtrip::message;
use crate::content::{Document, MessageId};
use crate::vector::forge::{Expiration, Message, Part};
use arbitrary::{Result, Unstructured};

/// What was said in a room: messages that refer to each other, some broken, and what a receiver knows.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// In the order of arrival.
    pub said: Vec<Said>,
    /// Whether everybody may edit and delete.
    pub lawless: bool,
    /// The receiver's clock, in milliseconds.
    pub now_ms: u64,
    /// Some Markdown.
    pub markdown: String,
}

/// One message as it arrived.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its octets.
    pub octets: Vec<u8>,
    /// Its sender.
    pub sender_uri: &'static str,
    /// When the hub accepted it, in milliseconds.
    pub accepted_ms: u64,
    /// When it was read, in milliseconds.
    pub read_ms: Option<u64>,
}

/// The room's URI.
pub const ROOM: &str = "mimi://a.example/r/room";
const SENDERS: [&str; 3] = ["mimi://a.example/u/alice", "mimi://b.example/u/bob", "mimi://c.example/u/cathy"];
/// What Markdown is made of, to come upon tags more often than by chance.
const PIECES: [&str; 24] = [
    "<",
    ">",
    "<a",
    "</a",
    "/>",
    " b",
    "=",
    "\"",
    "'",
    "<?",
    "?>",
    "<!--",
    "-->",
    "-",
    "<!A ",
    "]]>",
    "<![CDATA[",
    "`",
    "\\",
    "\n",
    " ",
    "&lt;",
    "é",
    "<mimi:x>",
];

/// A room out of any octets. Times are small, so that they coincide; references mostly lead somewhere.
#[must_use]
pub fn content_meaning(octets: &[u8]) -> Room {
    room(&mut Unstructured::new(octets)).unwrap_or_default()
}

fn room(u: &mut Unstructured<'_>) -> Result<Room> {
    let mut room = Room { lawless: u.ratio(1, 4)?, now_ms: u.int_in_range(0..=20_000)?, ..Room::default() };
    for _ in 0..u.int_in_range(0..=24)? {
        room.markdown.push_str(u.choose(&PIECES)?);
    }
    let mut ids = vec![];
    for _ in 0..u.int_in_range(0..=8)? {
        // When the octets run out, what was said so far is the input.
        let Ok(said) = said(u, &ids) else { break };
        let id = Document::decode(&said.octets).ok().and_then(|d| d.message_id(Some(said.sender_uri), Some(ROOM)).ok());
        ids.extend(id);
        room.said.push(said);
    }
    Ok(room)
}

/// A message that decodes, for there to be something to refer to.
fn small(u: &mut Unstructured<'_>) -> Result<Message> {
    let part = if u.ratio(1, 3)? { Part::null() } else { Part::single("text/plain", u.arbitrary::<&str>()?) };
    let mut message = Message::new(u.arbitrary::<[u8; 16]>()?, part.disposition(u.int_in_range(0..=2)?));
    message.topic_id = u.choose(&[&b""[..], b"a", b"b"])?.to_vec();
    if u.ratio(1, 4)? {
        message.expires = Some(Expiration { relative: u.arbitrary()?, time: u.int_in_range(0..=20)? });
    }
    Ok(message)
}

fn said(u: &mut Unstructured<'_>, ids: &[MessageId]) -> Result<Said> {
    let mut message = if u.ratio(1, 4)? { message(u)? } else { small(u)? };
    let mut refer = |to: &mut Option<Vec<u8>>| -> Result<()> {
        *to = match ids {
            [] => None,
            _ if u.ratio(1, 2)? => Some(u.choose(ids)?.0.to_vec()),
            _ => None,
        };
        Ok(())
    };
    refer(&mut message.replaces)?;
    refer(&mut message.in_reply_to)?;
    let mut octets = message.item().octets();
    if u.ratio(1, 16)? {
        octets.pop();
    }
    Ok(Said {
        octets,
        sender_uri: u.choose(&SENDERS)?,
        accepted_ms: u.int_in_range(0..=3)?,
        read_ms: if u.arbitrary()? { Some(u.int_in_range(0..=3)?) } else { None },
    })
}
