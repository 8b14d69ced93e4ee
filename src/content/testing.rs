//! Small messages for the tests of this room.

use super::{Message, Part, PartBody, Semantics};

pub(super) fn message(body: Part<'_>) -> Message<'_> {
    Message { salt: [7; 16], replaces: None, topic_id: &[], expires: None, in_reply_to: None, extensions: vec![], body }
}

pub(super) fn null() -> Part<'static> {
    part(PartBody::Null)
}

pub(super) fn single<'a>(content_type: &'a str, content: &'a [u8]) -> Part<'a> {
    part(PartBody::Single { content_type, content })
}

pub(super) fn multi(semantics: Semantics, parts: Vec<Part<'_>>) -> Part<'_> {
    part(PartBody::Multi { semantics, parts })
}

pub(super) fn part(body: PartBody<'_>) -> Part<'_> {
    Part { disposition: 1, language: "", body }
}
