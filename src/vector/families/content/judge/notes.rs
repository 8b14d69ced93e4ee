//! What the flags of this family mean.

use crate::vector::families::build::NoteRow;

pub(super) const NOTES: &[NoteRow] = &[
    (
        "membership",
        "Nobody asks whether the sender is in the group, or the sender's own claim is believed.",
        "A former member or a stranger speaks in the room.",
        "9.1:sender-not-member",
        &[],
    ),
    (
        "duplicate",
        "Message ids are not remembered, or are compared in part, or without the sender.",
        "A hub repeats messages at will, or one sender suppresses another's.",
        "9.1:duplicate-message-id",
        &["draft-ietf-mimi-protocol section 5.5"],
    ),
    (
        "reference-algorithm",
        "References with an unknown hash algorithm are treated like others, or the other way round.",
        "Implementations disagree on which messages exist.",
        "9.1:unknown-hash-alg",
        &["section 3.3"],
    ),
    (
        "future",
        "Accepted timestamps are not held against the clock, or differing clocks are not tolerated.",
        "A hub pins a message to the end of a conversation, or honest messages are lost.",
        "9.1:timestamp-future",
        &["section 9.4"],
    ),
    (
        "floor",
        "There is no earliest date, or it is off by one.",
        "A hub moves a message to the beginning of a conversation.",
        "9.1:timestamp-before-syntax",
        &[],
    ),
    (
        "room-creation",
        "The accepted timestamp is not held against the room's creation.",
        "Messages stand before the room's first.",
        "9.1:timestamp-before-room",
        &[],
    ),
    (
        "topic-length",
        "The length of a topic is not bounded, or is off by one.",
        "Memory is filled with topics.",
        "9.1:topic-too-long",
        &["section 5.11"],
    ),
    (
        "expiry",
        "Relative and absolute expiry are mixed up, units are mixed up, or one of the two limits is missing.",
        "Messages vanish at once, or stay for ever.",
        "9.1:expires-year-future-absolute",
        &["section 4.1", "section 5.8"],
    ),
    (
        "part-count",
        "Parts are not counted, or only those directly in the root are.",
        "A small message makes a renderer work for minutes.",
        "9.1:too-many-parts",
        &["section 4.4"],
    ),
    ("depth", "Depth is not bounded.", "A recursive reader overflows its stack.", "9.1:too-deep", &["section 6.3"]),
    ("size", "Local policy on size is not applied, or is off by one.", "Memory is filled.", "9.1:too-large", &[]),
    (
        "not-a-message",
        "What does not decode is judged all the same.",
        "Defaults are judged in place of what was sent.",
        "9.1:unknown-part-semantics",
        &["appendix A.1"],
    ),
    (
        "legitimate",
        "Something unknown is taken for malice.",
        "Messages of newer clients, and replies to what was sent before one joined, are lost.",
        "9.1:unknown-reply-target-ok",
        &[],
    ),
    (
        "several-faults",
        "One fault hides another, or they cancel out.",
        "A message is processed because it is wrong twice.",
        "9.1:log-and-discard",
        &[],
    ),
];
