//! Bugs of content ids (section 4.4).

use super::bug::Fault::{Answers, Reads};
use super::bug::Row;
use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use serde_json::{Value, json};

const OP: &str = "content/part-index";
const RESOLVE: &str = "content/resolve-cid";
const LENIENT: &str = "a URI parser that is liberal in what it accepts";
const NUMBERS: &str = "a number parser takes more than digits";

pub(super) const BUGS: &[Row] = &[
    (
        "cid-of-a-multipart",
        "resolves a content id to a multipart",
        "the index is checked, the kind of part is not",
        Answers(RESOLVE, |input, answer| any_kind(input, answer, "multi")),
    ),
    (
        "cid-of-a-null-part",
        "resolves a content id to a null part",
        "the index is checked, the kind of part is not",
        Answers(RESOLVE, |input, answer| any_kind(input, answer, "null")),
    ),
    (
        "cid-of-an-external-part-refused",
        "resolves no content id to an external part",
        "only what is in the message seems to have an id",
        Answers(RESOLVE, |input, answer| match answer.clone() {
            Answer::Ok(out)
                if cardinality(input, out.get("index").and_then(Value::as_u64)) == Some("external".into()) =>
            {
                super::adapter::refused("external")
            }
            _ => answer,
        }),
    ),
    (
        "cid-index-unchecked",
        "resolves a content id to a part that is not there",
        "an index that nobody checked",
        Answers(RESOLVE, |input, answer| match (answer, index_of(input)) {
            (Answer::Reject(_), Some(index)) if cardinality(input, Some(index)).is_none() => found(index),
            (answer, _) => answer,
        }),
    ),
    (
        "cid-from-one",
        "counts from 1 in content ids",
        "an index that begins elsewhere",
        Reads(RESOLVE, |input| {
            uri(input, |uri| with_index(uri, |index| Some(index.parse::<u64>().ok()?.checked_sub(1)?.to_string())))
        }),
    ),
    (
        "cid-plus",
        "takes a plus sign before an index",
        NUMBERS,
        Reads(RESOLVE, |input| uri(input, |uri| with_index(uri, |index| index.strip_prefix('+').map(str::to_owned)))),
    ),
    (
        "cid-minus",
        "takes a minus sign before an index, and ignores it",
        NUMBERS,
        Reads(RESOLVE, |input| uri(input, |uri| with_index(uri, |index| index.strip_prefix('-').map(str::to_owned)))),
    ),
    (
        "cid-hexadecimal",
        "takes an index with 0x in front as hexadecimal",
        NUMBERS,
        Reads(RESOLVE, |input| {
            uri(input, |uri| {
                with_index(uri, |index| Some(u64::from_str_radix(index.strip_prefix("0x")?, 16).ok()?.to_string()))
            });
        }),
    ),
    (
        "cid-number-ends-early",
        "reads an index up to the first character that is no digit",
        "a number parser stops where the number does",
        Reads(RESOLVE, |input| {
            uri(input, |uri| {
                with_index(uri, |index| {
                    let digits: String = index.chars().take_while(char::is_ascii_digit).collect();
                    (!digits.is_empty()).then_some(digits)
                })
            });
        }),
    ),
    (
        "cid-any-digits",
        "takes digits of other scripts",
        "a character class that is wider than ASCII",
        Reads(RESOLVE, |input| {
            uri(input, |uri| {
                with_index(uri, |index| {
                    let value = |c: char| match u32::from(c) {
                        n @ (0x660..=0x669 | 0xff10..=0xff19) => char::from_digit((n & 0xf) % 10, 10),
                        n @ 0x966..=0x96f => char::from_digit(n - 0x966, 10),
                        _ => Some(c),
                    };
                    index.chars().map(value).collect()
                })
            });
        }),
    ),
    (
        "cid-index-of-32-bits",
        "reads an index of 2^32 as 0",
        "an integer is cut to the type of its field",
        Reads(RESOLVE, |input| uri(input, |uri| with_index(uri, |index| wrapped(index, 32)))),
    ),
    (
        "cid-index-of-64-bits",
        "reads an index of 2^64 as 0",
        "an integer is cut to the type of its field",
        Reads(RESOLVE, |input| uri(input, |uri| with_index(uri, |index| wrapped(index, 64)))),
    ),
    (
        "cid-trimmed",
        "ignores white space around a content id",
        LENIENT,
        Reads(RESOLVE, |input| uri(input, |uri| Some(uri.trim().to_owned()))),
    ),
    (
        "cid-ends-at-nul",
        "reads a content id up to a zero octet",
        "strings that end with a zero octet",
        Reads(RESOLVE, |input| uri(input, |uri| uri.split('\0').next().map(str::to_owned))),
    ),
    (
        "cid-any-scheme",
        "does not look at the scheme",
        LENIENT,
        Reads(RESOLVE, |input| {
            uri(input, |uri| uri.split_once(':').map(|(_, rest)| format!("cid:{rest}")));
        }),
    ),
    (
        "cid-any-host",
        "does not look at what is behind the @",
        LENIENT,
        Reads(RESOLVE, |input| {
            uri(input, |uri| uri.split_once('@').map(|(rest, _)| format!("{rest}@local.invalid")));
        }),
    ),
    (
        "cid-host-begins-so",
        "takes a host that only begins with local.invalid",
        "a test for a beginning where one for equality is needed",
        Reads(RESOLVE, |input| {
            uri(input, |uri| {
                uri.find("@local.invalid").and_then(|at| uri.get(..at + "@local.invalid".len()).map(str::to_owned))
            });
        }),
    ),
    (
        "cid-without-host",
        "takes a content id without a host",
        LENIENT,
        Reads(RESOLVE, |input| uri(input, |uri| (!uri.contains('@')).then(|| format!("{uri}@local.invalid")))),
    ),
    (
        "cid-in-brackets",
        "takes <3@local.invalid> for cid:3@local.invalid",
        "how mail writes it in a header",
        Reads(RESOLVE, |input| {
            uri(input, |uri| Some(format!("cid:{}", uri.strip_prefix('<')?.strip_suffix('>')?)));
        }),
    ),
    (
        "cid-query-and-fragment",
        "ignores a query or a fragment",
        LENIENT,
        Reads(RESOLVE, |input| uri(input, |uri| uri.split(['?', '#']).next().map(str::to_owned))),
    ),
    (
        "cid-underscores",
        "ignores underscores in an index",
        NUMBERS,
        Reads(RESOLVE, |input| {
            uri(input, |uri| with_index(uri, |index| Some(index.replace('_', "").parse::<u64>().ok()?.to_string())))
        }),
    ),
    (
        "cid-spaces-before-the-index",
        "ignores white space before an index",
        NUMBERS,
        Reads(RESOLVE, |input| uri(input, |uri| with_index(uri, |index| Some(index.trim_start().to_owned())))),
    ),
    (
        "cid-slashes",
        "takes cid://3@local.invalid for cid:3@local.invalid",
        LENIENT,
        Reads(RESOLVE, |input| {
            uri(input, |uri| uri.strip_prefix("cid://").map(|rest| format!("cid:{rest}")));
        }),
    ),
    (
        "cid-without-scheme",
        "takes 3@local.invalid for cid:3@local.invalid",
        LENIENT,
        Reads(RESOLVE, |input| {
            uri(input, |uri| (!uri.contains(':')).then(|| format!("cid:{uri}")));
        }),
    ),
];

fn set(part: &mut Value, name: &str, value: Value) {
    if let Some(slot) = part.get_mut(name) {
        *slot = value;
    }
}

fn found(index: u64) -> Answer {
    Answer::Ok(json!({"index": index}))
}

/// The index in a well-formed content id.
fn index_of(input: &Value) -> Option<u64> {
    let uri = input.get("uri")?.as_str()?;
    let index = uri.strip_prefix("cid:")?.strip_suffix("@local.invalid")?;
    index.parse().ok().filter(|number: &u64| number.to_string() == index)
}

/// The cardinality of the part with this index.
fn cardinality(input: &Value, index: Option<u64>) -> Option<String> {
    let Answer::Ok(out) = Reference.answer(OP, input) else { return None };
    let part = out.get("parts")?.get(usize::try_from(index?).ok()?)?;
    Some(part.get("cardinality")?.as_str()?.to_owned())
}

fn any_kind(input: &Value, answer: Answer, kind: &str) -> Answer {
    let index = index_of(input);
    match (&answer, index) {
        (Answer::Reject(_), Some(number)) if cardinality(input, index).as_deref() == Some(kind) => found(number),
        _ => answer,
    }
}

fn uri(input: &mut Value, change: impl FnOnce(&str) -> Option<String>) {
    if let Some(uri) = input.get("uri").and_then(Value::as_str).and_then(change) {
        set(input, "uri", json!(uri));
    }
}

/// Changes what is between `cid:` and the `@`.
fn with_index(uri: &str, change: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    let (index, host) = uri.strip_prefix("cid:")?.split_once('@')?;
    Some(format!("cid:{}@{host}", change(index)?))
}

fn wrapped(index: &str, bits: u32) -> Option<String> {
    let number: u128 = index.parse().ok().filter(|_| index.bytes().all(|b| b.is_ascii_digit()))?;
    Some((number & ((1 << bits) - 1)).to_string())
}
