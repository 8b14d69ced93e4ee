//! Bugs that take what is no structure.

use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use crate::faulty::delivery::octets::{mended_by, taken};
use mimicheck::adapter::Answer;
use serde_json::Value;

pub(super) const DECODE: &str = "room/decode";

const LENIENT: &str = "a parser that is asked whether it succeeded, not whether it is done";
const UNCHECKED: &str = "a check that is left to somebody else";

fn mended(reason: &str, input: &Value, answer: Answer, mend: fn(&mut Vec<u8>, usize)) -> Answer {
    mended_by(DECODE, reason, input, answer, mend)
}

fn set(octets: &mut [u8], at: usize, value: u8) {
    if let Some(octet) = octets.get_mut(at) {
        *octet = value;
    }
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "room-trailing-ignored",
        "ignores what follows a structure",
        LENIENT,
        Answers(DECODE, |input, answer| mended("wire-trailing", input, answer, |octets, at| octets.truncate(at))),
    ),
    (
        "room-missing-is-zero",
        "reads zeros where octets are missing",
        "a buffer of fixed size that is filled as far as it goes",
        Answers(DECODE, |input, answer| mended("wire-truncated", input, answer, |octets, at| octets.insert(at, 0))),
    ),
    (
        "room-any-presence-is-one",
        "takes every octet but 0 for 1 before an optional value",
        "a test for zero where one for one value is needed",
        Answers(DECODE, |input, answer| mended("wire-bad-optional", input, answer, |octets, at| set(octets, at, 1))),
    ),
    (
        "room-unknown-codes-are-one",
        "takes an unknown code for 1",
        "the default branch of a switch does what looks harmless",
        Answers(DECODE, |input, answer| mended("wire-unknown-enum", input, answer, |octets, at| set(octets, at, 1))),
    ),
    (
        "room-unknown-codes-are-success",
        "takes an unknown code for 0",
        "whatever is no known error is no error",
        Answers(DECODE, |input, answer| mended("wire-unknown-enum", input, answer, |octets, at| set(octets, at, 0))),
    ),
    (
        "room-no-suites-taken",
        "takes a request for key material without cipher suites",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("empty-cipher-suites", answer)),
    ),
    (
        "room-clients-of-refusals-taken",
        "takes clients beside a status that says there are none",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("clients-of-a-failure", answer)),
    ),
    (
        "room-hidden-handshakes-taken",
        "takes any message as an update of the room",
        "a hub that was built to forward blindly",
        Answers(DECODE, |_, answer| taken("not-a-visible-handshake", answer)),
    ),
    (
        "room-commits-among-proposals-taken",
        "takes any message among further proposals",
        "one type for every message",
        Answers(DECODE, |_, answer| taken("not-a-visible-proposal", answer)),
    ),
    (
        "room-any-message-submitted",
        "takes any message where application data belongs",
        "one endpoint for every message",
        Answers(DECODE, |_, answer| taken("not-an-application-message", answer)),
    ),
    (
        "room-anything-fanned-out",
        "takes any message in a fan-out",
        "one type for every message",
        Answers(DECODE, |_, answer| taken("not-fanned-out", answer)),
    ),
    (
        "room-embedded-trees-taken",
        "takes a GroupInfo with a tree inside beside a tree",
        "a library that looks for the tree in both places",
        Answers(DECODE, |_, answer| taken("embedded-tree", answer)),
    ),
    (
        "room-texts-not-checked",
        "takes any octets as a text",
        "texts are octets in the language at hand",
        Answers(DECODE, |_, answer| taken("not-text", answer)),
    ),
];
