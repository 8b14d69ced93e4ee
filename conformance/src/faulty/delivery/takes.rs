//! Bugs that take what is no structure.

use super::octets::{DECODE, mended, taken};
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;

const LENIENT: &str = "a parser that is asked whether it succeeded, not whether it is done";
const UNCHECKED: &str = "a check that is left to somebody else";
const SHORTCUT: &str = "a test for zero where one for one value is needed";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "wire-trailing-ignored",
        "ignores what follows a structure",
        LENIENT,
        Answers(DECODE, |input, answer| mended("wire-trailing", input, answer, |octets, at| octets.truncate(at))),
    ),
    (
        "wire-missing-is-zero",
        "reads zeros where octets are missing",
        "a buffer of fixed size that is filled as far as it goes",
        Answers(DECODE, |input, answer| mended("wire-truncated", input, answer, |octets, at| octets.insert(at, 0))),
    ),
    (
        "wire-long-lengths-taken",
        "takes a length in more octets than it needs",
        "variable-length integers of QUIC, which need not be minimal",
        Answers(DECODE, |input, answer| mended("wire-length-not-minimal", input, answer, shorten)),
    ),
    (
        "wire-eight-octet-lengths-taken",
        "reads a length of eight octets",
        "variable-length integers of QUIC, which may have eight octets",
        Answers(DECODE, |input, answer| {
            mended("wire-length-prefix", input, answer, |octets, at| {
                let end = octets.len().min(at + 7);
                octets.drain(at..end);
            })
        }),
    ),
    (
        "wire-any-presence-is-one",
        "takes every octet but 0 for 1 before an optional value",
        SHORTCUT,
        Answers(DECODE, |input, answer| mended("wire-bad-optional", input, answer, |octets, at| set(octets, at, 1))),
    ),
    (
        "wire-versions-not-checked",
        "takes every version for mls10",
        UNCHECKED,
        Answers(DECODE, |input, answer| {
            mended("wire-unknown-version", input, answer, |octets, at| {
                set(octets, at, 0);
                set(octets, at + 1, 1);
            })
        }),
    ),
    (
        "wire-unknown-values-are-the-first",
        "takes an unknown value of an enumeration for its first",
        "the default branch of a switch does what looks harmless",
        Answers(DECODE, |input, answer| {
            mended("wire-unknown-enum", input, answer, |octets, at| {
                // One octet, or two whose first is 0 or 255.
                let wide = octets.get(at).is_some_and(|first| [0, 0xff].contains(first))
                    && octets.get(..2) == Some(&[0, 1])
                    && at == 2;
                set(octets, at, u8::from(!wide));
                if wide {
                    set(octets, at + 1, 1);
                }
            })
        }),
    ),
    (
        "wire-reserved-proposals-are-empty",
        "takes a reserved proposal type for one without a body",
        "the default branch of a switch does what looks harmless",
        Answers(DECODE, |input, answer| {
            mended("wire-unknown-proposal-type", input, answer, |octets, at| {
                if octets.get(at..at + 2) == Some(&[0, 0]) {
                    set(octets, at + 1, 10);
                }
            })
        }),
    ),
    (
        "any-message-is-sequenced",
        "takes every MLSMessage where one of the group belongs",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("not-a-group-message", answer)),
    ),
    (
        "any-message-is-a-welcome",
        "takes every MLSMessage for a Welcome",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("not-a-welcome", answer)),
    ),
    (
        "any-message-is-a-group-info",
        "takes every MLSMessage for a GroupInfo",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("not-a-group-info", answer)),
    ),
    (
        "external-joins-may-be-encrypted",
        "takes every MLSMessage for an external join",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("not-a-public-message", answer)),
    ),
    (
        "external-joins-need-no-commit",
        "takes every PublicMessage for an external join",
        UNCHECKED,
        Answers(DECODE, |_, answer| taken("not-an-external-commit", answer)),
    ),
    (
        "providers-not-counted",
        "does not hold the number of providers against that of the secrets",
        "two lists are walked side by side, up to the end of the shorter",
        Answers(DECODE, |_, answer| taken("service-provider-count", answer)),
    ),
    (
        "hints-not-compared",
        "takes two hints of one epoch",
        "a map in which the last entry of a key wins",
        Answers(DECODE, |_, answer| taken("duplicate-epoch", answer)),
    ),
];

fn set(octets: &mut [u8], at: usize, octet: u8) {
    if let Some(place) = octets.get_mut(at) {
        *place = octet;
    }
}

/// Writes the length at this place in as few octets as it needs.
fn shorten(octets: &mut Vec<u8>, at: usize) {
    let width = if octets.get(at).is_some_and(|first| first >> 6 == 1) { 2 } else { 4 };
    let Some(head) = octets.get(at..at + width) else { return };
    let length = head.iter().fold(0_u32, |sum, octet| sum << 8 | u32::from(*octet))
        & if width == 2 { 0x3fff } else { 0x3fff_ffff };
    let [.., high, low] = length.to_be_bytes();
    let short = if length < 64 { vec![low] } else { vec![high | 0x40, low] };
    octets.splice(at..at + width, short);
}
