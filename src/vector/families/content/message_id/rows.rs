//! What the tables of this family are written with; the formula of section 3.3.

use super::NAME;
use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::{accept, reject, stream};
use crate::vector::forge::{Item, Message, Part};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) const ALICE: &str = "mimi://example.com/u/alice";
pub(super) const ROOM: &str = "mimi://example.com/r/room";

/// The formula of section 3.3.
fn id(sender: &str, room: &str, document: &[u8], salt: &[u8]) -> Value {
    let mut input = vec![];
    for uri in [sender, room] {
        input.extend(u16::try_from(uri.len()).unwrap_or_default().to_be_bytes());
        input.extend(uri.as_bytes());
    }
    input.extend(document);
    input.extend(salt);
    let id: Vec<u8> = std::iter::once(1).chain(Sha256::digest(&input).into_iter().take(31)).collect();
    json!({"message_id": hex::encode(&id)})
}

pub(super) fn sample(name: &str) -> Message {
    Message::new(stream(&format!("{NAME}/{name}")).octets(16), Part::single("text/plain", "Hi"))
}

/// The URIs that the operation is given.
pub(super) type Given<'a> = (Option<&'a str>, Option<&'a str>);

fn input(document: &Item, (sender, room): Given<'_>) -> Value {
    let mut input = json!({"cbor": hex::encode(&document.octets())});
    for (name, uri) in [("sender_uri", sender), ("room_uri", room)] {
        if let (Some(uri), Some(object)) = (uri, input.as_object_mut()) {
            object.insert(name.to_owned(), json!(uri));
        }
    }
    input
}

/// A row's words: name, comment, flag, requirements.
pub(super) type Words<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The id of this message, with these URIs given and those hashed.
pub(super) fn hashed(
    (name, comment, flag, rules): Words<'_>,
    message: &Message,
    given: Given<'_>,
    uris: (&str, &str),
) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let document = message.item();
    let out = id(uris.0, uris.1, &document.octets(), &message.salt);
    accept(name, comment, &[flag], &rules, NAME, input(&document, given), out)
}

/// The id of the sample, changed, for the sender and the room given.
pub(super) fn changed(words: Words<'_>, change: impl FnOnce(&mut Message)) -> Case {
    let mut message = sample(words.0);
    change(&mut message);
    hashed(words, &message, (Some(ALICE), Some(ROOM)), (ALICE, ROOM))
}

pub(super) fn refused(
    (name, comment, flag, rules): Words<'_>,
    reason: Reason,
    document: &Item,
    given: Given<'_>,
) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    reject(name, comment, &[flag], &rules, NAME, input(document, given), reason).at(document.offset())
}
