//! Octets where there are none to write, other values than given, and refusals where there are octets.

use super::rewrite::{OP, as_reference, each_key_of, each_part_of, set, unchecked};
use crate::faulty::adapter::refused;
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const UNCHECKED: &str = "an encoder that writes whatever it is given";
const WRAPS: &str = "an integer is cut to the type of its field";

pub(in crate::faulty) const VALUES: &[Row] =
    &[
        (
            "disposition-cut-to-8-bits",
            "writes a disposition of 256 as 0",
            WRAPS,
            Reads(OP, |input| {
                each_part_of(input, &mut |part| {
                    if let Some(disposition) = part.get("disposition").and_then(Value::as_u64) {
                        set(part, "disposition", json!(disposition & 0xff));
                    }
                });
            }),
        ),
        (
            "expiry-cut-to-32-bits",
            "writes an expiry of 2^32 seconds as 0",
            WRAPS,
            Reads(OP, |input| {
                if let Some(time) = input.pointer_mut("/message/expires/time") {
                    *time = json!(time.as_u64().unwrap_or_default() & 0xffff_ffff);
                }
            }),
        ),
        (
            "salt-of-any-length",
            "writes a salt of any length",
            UNCHECKED,
            Answers(OP, |input, answer| unchecked(input, answer, "/message/salt", 32, crate::faulty::message::SALT)),
        ),
        (
            "replaced-id-of-any-length",
            "writes a message id of any length as the one replaced",
            UNCHECKED,
            Answers(OP, |input, answer| {
                unchecked(input, answer, "/message/replaces", 64, crate::faulty::message::REPLACES)
            }),
        ),
        (
            "small-multiparts-written",
            "writes multiparts of fewer than two parts",
            UNCHECKED,
            Reads(OP, |input| {
                each_part_of(input, &mut |part| {
                    if let Some(parts) = part.get_mut("parts").and_then(Value::as_array_mut) {
                        let null = json!({"cardinality": "null", "disposition": 0, "language": ""});
                        while parts.len() < 2 {
                            parts.push(null.clone());
                        }
                    }
                });
            }),
        ),
        (
            "deep-parts-written",
            "writes parts of any depth",
            UNCHECKED,
            Reads(OP, |input| {
                fn flatten(part: &mut Value, level: usize) {
                    if level == 4 && part.get("parts").is_some() {
                        *part = json!({"cardinality": "null", "disposition": 0, "language": ""});
                    }
                    for inner in part.get_mut("parts").and_then(Value::as_array_mut).into_iter().flatten() {
                        flatten(inner, level + 1);
                    }
                }
                if let Some(body) = input.pointer_mut("/message/body") {
                    flatten(body, 1);
                }
            }),
        ),
        (
            "last-of-equal-keys-written",
            "writes the last of two extensions with one key",
            "a map is filled from a list",
            Reads(OP, |input| {
                let Some(list) = input.pointer_mut("/message/extensions").and_then(Value::as_array_mut) else { return };
                let all = std::mem::take(list);
                for (i, extension) in all.iter().enumerate() {
                    let again = all.iter().skip(i + 1).any(|later| later.get("key") == extension.get("key"));
                    list.extend((!again).then(|| extension.clone()));
                }
            }),
        ),
        (
            "empty-keys-written",
            "writes extensions with an empty text key",
            UNCHECKED,
            Reads(OP, |input| each_key_of(input, |key| (key == &json!("")).then(|| json!("\0")))),
        ),
        (
            "long-keys-written",
            "writes extensions with text keys of more than 255 octets",
            UNCHECKED,
            Reads(OP, |input| {
                each_key_of(input, |key| key.as_str().filter(|key| key.len() > 255).map(|_| json!("long")));
            }),
        ),
        (
            "large-keys-written",
            "writes extensions with integer keys beyond 2^53 - 1",
            UNCHECKED,
            Reads(OP, |input| {
                let beyond = |key: &i64| key.unsigned_abs() >> 53 > 0;
                each_key_of(input, |key| key.as_i64().filter(beyond).map(|_| json!(77)));
            }),
        ),
        (
            "extension-values-unchecked",
            "writes whatever octets it is given as an extension's value",
            UNCHECKED,
            Answers(OP, |input, answer| {
                let mut other = input.clone();
                if let Some(list) = other.pointer_mut("/message/extensions").and_then(Value::as_array_mut) {
                    list.iter_mut().for_each(|extension| set(extension, "value", json!("60")));
                }
                match answer {
                    // Only that which is refused for a value alone is written.
                    Answer::Reject(_) => as_reference(&other),
                    written => written,
                }
            }),
        ),
        (
            "text-normalised",
            "writes texts in lower case",
            "values are tidied up that are to be kept as they are",
            Reads(OP, |input| {
                each_part_of(input, &mut |part| {
                    for name in ["language", "content_type"] {
                        if let Some(text) = part.get(name).and_then(Value::as_str).map(str::to_lowercase) {
                            set(part, name, json!(text));
                        }
                    }
                });
            }),
        ),
        (
            "empty-topic-refused",
            "refuses a message without a topic",
            "a test for truth where one for presence is needed",
            Answers(OP, |input, answer| {
                if input.pointer("/message/topic_id") == Some(&json!("")) { refused("no topic") } else { answer }
            }),
        ),
        (
            "answered-id-of-any-length",
            "writes a message id of any length as the one answered",
            UNCHECKED,
            Answers(OP, |input, answer| {
                unchecked(input, answer, "/message/in_reply_to", 64, crate::faulty::message::IN_REPLY_TO)
            }),
        ),
        (
            "external-integers-cut",
            "writes the integers of an external part without their upper bits",
            WRAPS,
            Reads(OP, |input| {
                each_part_of(input, &mut |part| {
                    for (name, bits) in [("expires", 32), ("enc_alg", 16), ("hash_alg", 8)] {
                        if let Some(value) = part.get(name).and_then(Value::as_u64) {
                            set(part, name, json!(value & ((1 << bits) - 1)));
                        }
                    }
                });
            }),
        ),
        (
            "large-sizes-saturate",
            "writes a size of 2^64 as 2^64 - 1",
            "a conversion that ends at the greatest value",
            Reads(OP, |input| {
                each_part_of(input, &mut |part| {
                    let size = part.get("size").and_then(Value::as_str).and_then(|size| size.parse::<u128>().ok());
                    if let Some(size) = size {
                        set(part, "size", json!(u64::try_from(size).unwrap_or(u64::MAX).to_string()));
                    }
                });
            }),
        ),
    ];
