//! `content/message-id`: section 3.3, by a formula of its own.
//!
//! | file | what |
//! |---|---|
//! | `rows` | what its tables are written with; the formula |
//! | `octets` | the message that is hashed |
//! | `uris` | the URIs that are hashed with it |

mod octets;
mod rows;
mod uris;

use crate::vector::File;
use crate::vector::families::build::{self, NoteRow};

pub(in crate::vector::families) const NAME: &str = "content/message-id";

const NOTES: &[NoteRow] = &[
    (
        "example",
        "The formula of an earlier revision is used.",
        "No reference to a message resolves.",
        "3.3:input-order",
        &["draft-ietf-mimi-content-07 section 3.3"],
    ),
    (
        "uri-source",
        "The URIs are taken from elsewhere than where they should.",
        "No reference to a message resolves.",
        "3.3:uri-source",
        &[],
    ),
    (
        "uri-length",
        "The length counts characters, is little-endian, wraps, or is left out.",
        "No reference to a message resolves, or two messages share an id.",
        "3.3:length-counts-octets",
        &[],
    ),
    (
        "uri-as-given",
        "URIs are normalised before they are hashed.",
        "No reference to a message resolves.",
        "3.3:uri-source",
        &["RFC 3986 section 6"],
    ),
    ("uri-missing", "A missing URI is taken for an empty one.", "Two messages share an id.", "3.3:uri-source", &[]),
    (
        "received-octets",
        "The message is encoded again, or parts of it are left out, before it is hashed.",
        "No reference to a message with a newer extension resolves.",
        "3.3:whole-received-message",
        &[],
    ),
    (
        "salt",
        "The salt is left out at the end, or hashed with its CBOR head.",
        "No reference to a message resolves.",
        "3.3:salt-appended",
        &[],
    ),
    (
        "padding",
        "A hand-written hash pads wrongly when the input ends near the end of a block.",
        "One message in 64 has a wrong id.",
        "3.3:sha256-default",
        &["FIPS 180-4 section 5.1.1"],
    ),
    (
        "not-a-document",
        "An id is computed for octets that are no message.",
        "What is refused can be referred to.",
        "3.1:well-formed-cbor",
        &[],
    ),
];

pub(in crate::vector::families) fn file() -> File {
    build::file(build::CONTENT, NAME, NOTES, [octets::groups(), uris::groups()].into_iter().flatten().collect())
}
