//! Understands a message otherwise than it is.

use crate::faulty::bug::Fault::Shows;
use crate::faulty::bug::Row;
use crate::faulty::item::Item;
use mimicheck::wire::hex;
use serde_json::{Value, json};

const WRAPS: &str = "a number is kept in a type that is too small";
const TIDY: &str = "values are tidied up that are to be kept as they are";

pub(in crate::faulty) const SHOWS: &[Row] = &[
    (
        "dispositions-clamped",
        "shows dispositions above 127 as 1",
        "what an unknown value means is taken for what it is",
        Shows(|message| {
            each_part(message, &mut |part| {
                if part.get("disposition").and_then(Value::as_u64).is_some_and(|d| d > 127) {
                    set(part, "disposition", json!(1));
                }
            });
        }),
    ),
    (
        "size-of-32-bits",
        "shows a size without its upper 32 bits",
        WRAPS,
        Shows(|message| each_size(message, |size| size & 0xffff_ffff)),
    ),
    (
        "size-of-53-bits",
        "shows a size cut to 53 bits",
        "numbers of languages with one number type",
        Shows(|message| {
            each_size(message, |size| {
                let dropped = 11_u32.saturating_sub(size.leading_zeros());
                let unit = 1_u64 << dropped;
                size / unit * unit
            });
        }),
    ),
    (
        "expiry-of-31-bits-signed",
        "shows an expiry of 2^31 seconds and more as negative",
        WRAPS,
        Shows(|message| {
            if let Some(time) = message.pointer_mut("/expires/time") {
                let seconds = time.as_i64().unwrap_or_default();
                *time = json!(if seconds >> 31 > 0 { seconds - (1 << 32) } else { seconds });
            }
        }),
    ),
    (
        "text-extensions-lost",
        "loses extensions with text keys",
        "a map of integers is filled, and the rest is dropped",
        Shows(|message| extensions(message, |list| list.retain(|e| e.get("key").is_some_and(Value::is_number)))),
    ),
    (
        "unknown-extensions-lost",
        "loses all extensions but the two that it knows",
        "fields without a name in the program are dropped",
        Shows(|message| {
            extensions(message, |list| {
                list.retain(|e| e.get("key").and_then(Value::as_u64).is_some_and(|key| matches!(key, 1 | 2)));
            });
        }),
    ),
    (
        "negative-keys-off-by-one",
        "shows the key -1 as -0",
        "a negative integer is -1 minus its argument",
        Shows(|message| {
            extensions(message, |list| {
                for extension in list {
                    if let Some(key) = extension.get("key").and_then(Value::as_i64).filter(|key| *key < 0) {
                        set(extension, "key", json!(key + 1));
                    }
                }
            });
        }),
    ),
    (
        "negative-zero-lost",
        "shows -0.0 in an extension as 0.0",
        "a comparison takes both zeros for equal",
        Shows(|message| {
            extensions(message, |list| {
                for extension in list {
                    if let Some(value) = extension.get("value").and_then(Value::as_str).map(str::to_owned) {
                        set(extension, "value", json!(value.replace("f98000", "f90000")));
                    }
                }
            });
        }),
    ),
    (
        "undefined-shown-as-null",
        "shows an extension with the value undefined as null",
        "many languages have one word for both",
        Shows(|message| {
            extensions(message, |list| {
                for extension in list.iter_mut().filter(|e| e.get("value") == Some(&json!("f7"))) {
                    set(extension, "value", json!("f6"));
                }
            });
        }),
    ),
    ("languages-lower-cased", "shows languages in lower case", TIDY, Shows(|message| lower_case(message, "language"))),
    (
        "content-types-lower-cased",
        "shows media types in lower case",
        TIDY,
        Shows(|message| lower_case(message, "content_type")),
    ),
    (
        "content-types-cut",
        "shows media types without their parameters",
        TIDY,
        Shows(|message| {
            each_text(message, "content_type", |text| text.split(';').next().unwrap_or_default().to_owned());
        }),
    ),
    (
        "text-ends-at-nul",
        "ends an extension's text key, a language or a file name at a zero octet",
        "strings that end with a zero octet",
        Shows(|message| {
            let cut = |text: &str| text.split('\0').next().unwrap_or_default().to_owned();
            ["language", "content_type", "url", "description", "filename"]
                .into_iter()
                .for_each(|name| each_text(message, name, cut));
            extensions(message, |list| {
                for extension in list {
                    if let Some(key) = extension.get("key").and_then(Value::as_str).map(cut) {
                        set(extension, "key", json!(key));
                    }
                }
            });
        }),
    ),
    (
        "byte-order-mark-lost",
        "drops a byte order mark at the start of a text",
        "text decoders drop it unless told otherwise",
        Shows(|message| {
            let cut = |text: &str| text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
            ["language", "content_type", "url", "description", "filename"]
                .into_iter()
                .for_each(|name| each_text(message, name, cut));
        }),
    ),
    (
        "zero-topic-lost",
        "shows a topic of one zero octet as empty",
        "a test for truth where one for presence is needed",
        Shows(|message| {
            if message.get("topic_id") == Some(&json!("00")) {
                set(message, "topic_id", json!(""));
            }
        }),
    ),
    (
        "relative-inverted",
        "shows relative expiry as absolute, and absolute as relative",
        "a flag that is read the wrong way round",
        Shows(|message| {
            if let Some(relative) = message.pointer_mut("/expires/relative") {
                *relative = json!(relative == &json!(false));
            }
        }),
    ),
    (
        "expiry-of-zero-is-none",
        "shows an expiry of 0 seconds as none",
        "a test for truth where one for presence is needed",
        Shows(|message| {
            if message.pointer("/expires/time") == Some(&json!(0)) {
                set(message, "expires", Value::Null);
            }
        }),
    ),
    (
        "references-swapped",
        "shows the message replaced as the one answered, and the other way round",
        "two fields of one type in the wrong order",
        Shows(|message| {
            let of = |name: &str| message.get(name).cloned().unwrap_or_default();
            let (replaces, answered) = (of("replaces"), of("in_reply_to"));
            set(message, "replaces", answered);
            set(message, "in_reply_to", replaces);
        }),
    ),
    (
        "key-and-nonce-swapped",
        "shows the key of an external part as its nonce, and the other way round",
        "two fields of one type in the wrong order",
        Shows(|message| {
            each_part(message, &mut |part| {
                if let (Some(key), Some(nonce)) = (part.get("key").cloned(), part.get("nonce").cloned()) {
                    set(part, "key", nonce);
                    set(part, "nonce", key);
                }
            });
        }),
    ),
    (
        "semantics-off-by-one",
        "counts part semantics from 1",
        "an enumeration that begins elsewhere",
        Shows(|message| {
            each_text(message, "semantics", |name| match name {
                "choose-one" => "process-all".to_owned(),
                "single-unit" => "choose-one".to_owned(),
                _ => "single-unit".to_owned(),
            });
        }),
    ),
    (
        "content-as-text",
        "shows content with what is not UTF-8 replaced",
        "content is taken for text",
        Shows(|message| {
            each_text(message, "content", |content| {
                let octets = hex::decode(content).unwrap_or_default();
                hex::encode(String::from_utf8_lossy(&octets).as_bytes())
            });
        }),
    ),
    (
        "extension-values-unwrapped",
        "shows texts and byte strings of extensions without their heads",
        "a value is handed on decoded where its encoding is asked for",
        Shows(|message| {
            extensions(message, |list| {
                for extension in list {
                    let octets = extension.get("value").and_then(Value::as_str).and_then(|v| hex::decode(v).ok());
                    let content = octets.and_then(|octets| Item::parse(&octets)?.0.string_octets());
                    if let Some(content) = content {
                        set(extension, "value", json!(hex::encode(&content)));
                    }
                }
            });
        }),
    ),
    (
        "extensions-reversed",
        "shows the extensions from last to first",
        "a stack turns the order round",
        Shows(|message| extensions(message, |list| list.reverse())),
    ),
    (
        "enc-alg-of-8-bits",
        "shows an AEAD algorithm without its upper octet",
        WRAPS,
        Shows(|message| {
            each_part(message, &mut |part| {
                if let Some(algorithm) = part.get("enc_alg").and_then(Value::as_u64) {
                    set(part, "enc_alg", json!(algorithm & 0xff));
                }
            });
        }),
    ),
    (
        "single-unit-is-process-all",
        "shows single-unit as process-all",
        "two kinds of groups that look alike are one",
        Shows(|message| {
            each_text(message, "semantics", |name| name.replace("single-unit", "process-all"));
        }),
    ),
];

fn set(holder: &mut Value, name: &str, value: Value) {
    if let Some(slot) = holder.get_mut(name) {
        *slot = value;
    }
}

fn extensions(message: &mut Value, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(list) = message.get_mut("extensions").and_then(Value::as_array_mut) {
        change(list);
    }
}

/// Calls `change` for every part of a message.
fn each_part(message: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    fn below(part: &mut Value, change: &mut dyn FnMut(&mut Value)) {
        change(part);
        if let Some(parts) = part.get_mut("parts").and_then(Value::as_array_mut) {
            parts.iter_mut().for_each(|inner| below(inner, change));
        }
    }
    if let Some(body) = message.get_mut("body") {
        below(body, change);
    }
}

fn each_text(message: &mut Value, name: &str, change: impl Fn(&str) -> String) {
    each_part(message, &mut |part| {
        if let Some(text) = part.get(name).and_then(Value::as_str).map(&change) {
            set(part, name, json!(text));
        }
    });
}

fn lower_case(message: &mut Value, name: &str) {
    each_text(message, name, |text| text.to_lowercase());
}

fn each_size(message: &mut Value, change: impl Fn(u64) -> u64) {
    each_text(message, "size", |size| size.parse().map_or_else(|_| size.to_owned(), |n| change(n).to_string()));
}
