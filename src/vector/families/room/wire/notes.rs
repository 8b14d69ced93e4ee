//! What the flags of this family mean.

use crate::vector::families::build::{AlsoRow, NoteRow};

const RFC: &str = "RFC 9420 section 2.1";
const VECTORS: &str = "RFC 9420 section 2.1.2";

pub(super) const NOTES: &[NoteRow] = &[
    (
        "whole",
        "A structure is not read or written as the draft defines it.",
        "Hubs and followers do not understand each other.",
        "5.3:bundle-fields",
        &[],
    ),
    (
        "truncated",
        "The end of the octets is not noticed everywhere.",
        "A read beyond the buffer, a crash, or a message with invented fields.",
        "rfc9420:2.1:whole",
        &[RFC],
    ),
    (
        "trailing",
        "What follows a structure is ignored.",
        "Two parties see different things in the same octets.",
        "rfc9420:2.1:whole",
        &[RFC],
    ),
    (
        "minimal-length",
        "A length is accepted in more octets than it needs.",
        "A structure has many encodings, and signatures and comparisons of octets are misled.",
        "rfc9420:2.1.2:minimal-length",
        &[VECTORS],
    ),
    (
        "length-prefix",
        "A length of eight octets is read, as in QUIC, or its first two bits are masked away.",
        "Implementations disagree on where fields end; a length overflows.",
        "rfc9420:2.1.2:length-prefix",
        &[VECTORS],
    ),
    (
        "huge-length",
        "Memory is reserved, or offsets are added up, from a claimed length.",
        "A few octets take all memory or crash the process.",
        "rfc9420:2.1:whole",
        &[VECTORS],
    ),
    (
        "short-content",
        "The elements of a vector are read beyond its end.",
        "Octets of the next field are taken for an element.",
        "rfc9420:2.1:whole",
        &[VECTORS],
    ),
    (
        "presence",
        "Any octet but 0 is taken for 1 before an optional value.",
        "A structure has many encodings.",
        "rfc9420:2.1.1:presence",
        &["RFC 9420 section 2.1.1"],
    ),
    (
        "enum",
        "An unknown code is taken for a known one, or for nothing.",
        "The fields that follow are guessed; a refusal is taken for a success.",
        "rfc9420:2.1:enum-values",
        &["RFC 8446 section 3.5"],
    ),
    (
        "status",
        "Clients are read or written whatever the status says.",
        "A user who refused is revealed, with all its clients.",
        "5.2:clients-only-on-success",
        &[],
    ),
    (
        "suites",
        "A request without a cipher suite is answered.",
        "Key material is used up that nobody can use.",
        "5.2:suites-not-empty",
        &[],
    ),
    (
        "kind",
        "Whatever MLSMessage comes is taken.",
        "The hub fans out what no client can process, or what it cannot judge.",
        "5.3:handshake-visible",
        &["RFC 9420 section 6"],
    ),
    (
        "embedded-tree",
        "A tree inside the GroupInfo is taken beside the one that comes with it.",
        "Two readers join with different trees.",
        "5.6:no-embedded-tree",
        &["RFC 9420 section 12.4.3.3"],
    ),
    (
        "text",
        "Octets that are no text are shown, or end at a null.",
        "Two clients show different names for one room.",
        "7.6:text",
        &["RFC 3629"],
    ),
    (
        "open",
        "Another reading of a sentence that the draft says twice, or half.",
        "Hubs and followers do not understand each other.",
        "5.5:select-by-kind",
        &[],
    ),
];

/// Rules that cases show beside the one that they are named for.
pub(in crate::vector::families) const ALSO: &[AlsoRow] = &[(
    "5:protocol-octet",
    &[
        "key-material-request-protocol-enum-1",
        "submit-message-request-protocol-enum-2",
        "submit-message-response-accepted-protocol-enum-1",
        "group-info-request-protocol-enum-3",
    ],
)];
