//! Decoders that take the right documents and hand on the wrong message.

use super::bug::{Asked, Bug, bug, output, set};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const KIND: &str = "decode";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "loses-text-keys", "drops extensions with text keys", |a, r| {
        message(a, r, |m| {
            if let Some(extensions) = m.get_mut("extensions").and_then(Value::as_array_mut) {
                extensions.retain(|e| !e.get("key").is_some_and(Value::is_string));
            }
        })
    }),
    bug(KIND, "reverses-extensions", "hands extensions on in another order", |a, r| {
        message(a, r, |m| {
            if let Some(extensions) = m.get_mut("extensions").and_then(Value::as_array_mut) {
                extensions.reverse();
            }
        })
    }),
    bug(KIND, "clamps-dispositions", "hands every unknown disposition on as render", |a, r| {
        parts(a, r, |p| {
            if p.get("disposition").and_then(Value::as_u64) > Some(8) {
                set(p, "disposition", json!(1));
            }
        })
    }),
    bug(KIND, "loses-language", "does not hand the language on", |a, r| parts(a, r, |p| set(p, "language", json!("")))),
    bug(KIND, "lower-case-content-type", "changes the case of content types", |a, r| {
        parts(a, r, |p| text(p, "content_type", str::to_lowercase))
    }),
    bug(KIND, "loses-content-type-parameters", "cuts a content type at its parameters", |a, r| {
        parts(a, r, |p| text(p, "content_type", |t| t.split(';').next().unwrap_or("").to_owned()))
    }),
    bug(KIND, "size-of-32-bits", "keeps 32 bits of an external part's size", |a, r| {
        parts(a, r, |p| text(p, "size", |t| (t.parse::<u64>().unwrap_or(0) & 0xffff_ffff).to_string()))
    }),
    bug(KIND, "size-as-double", "keeps an external part's size as a double", |a, r| {
        parts(a, r, |p| {
            text(p, "size", |t| t.parse::<f64>().map_or_else(|_| t.to_owned(), |size| format!("{size:.0}")));
        })
    }),
    bug(KIND, "algorithm-of-8-bits", "keeps 8 bits of the AEAD algorithm", |a, r| {
        parts(a, r, |p| {
            if let Some(n) = p.get("enc_alg").and_then(Value::as_u64) {
                set(p, "enc_alg", json!(n & 0xff));
            }
        })
    }),
    bug(KIND, "swaps-key-and-nonce", "mixes up key and nonce", |a, r| parts(a, r, |p| swap(p, "key", "nonce"))),
    bug(KIND, "swaps-aad-and-hash", "mixes up additional data and content hash", |a, r| {
        parts(a, r, |p| swap(p, "aad", "content_hash"))
    }),
    bug(KIND, "swaps-description-and-filename", "mixes up description and file name", |a, r| {
        parts(a, r, |p| swap(p, "description", "filename"))
    }),
    bug(KIND, "swaps-replaces-and-reply", "mixes up replaces and inReplyTo", |a, r| {
        message(a, r, |m| swap(m, "replaces", "in_reply_to"))
    }),
    bug(KIND, "relative-means-absolute", "reads the flag of an expiration the wrong way", |a, r| {
        message(a, r, |m| {
            if let Some(e) = m.get_mut("expires")
                && let Some(relative) = e.get("relative").and_then(Value::as_bool)
            {
                set(e, "relative", json!(!relative));
            }
        })
    }),
    bug(KIND, "time-is-signed", "reads times beyond 2038 as negative", |a, r| {
        message(a, r, |m| {
            if let Some(e) = m.get_mut("expires")
                && let Some(time) = e.get("time").and_then(Value::as_i64).filter(|t| *t >= 1 << 31)
            {
                set(e, "time", json!(time - (1 << 32)));
            }
        })
    }),
    bug(KIND, "single-unit-is-process-all", "does not tell singleUnit from processAll", |a, r| {
        parts(a, r, |p| text(p, "semantics", |t| t.replace("single-unit", "process-all")))
    }),
    bug(KIND, "loses-last-part", "stops before the last part of a multipart", |a, r| {
        parts(a, r, |p| {
            if let Some(inner) = p.get_mut("parts").and_then(Value::as_array_mut) {
                inner.pop();
            }
        })
    }),
    bug(KIND, "empties-topic", "hands no topic on", |a, r| message(a, r, |m| set(m, "topic_id", json!("")))),
];

fn message(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    if asked.op != "content/decode" {
        return right;
    }
    output(right, |out| {
        if let Some(message) = out.get_mut("message") {
            change(message);
        }
    })
}

fn parts(asked: Asked<'_>, right: Answer, change: impl Fn(&mut Value)) -> Answer {
    fn below(part: &mut Value, change: &impl Fn(&mut Value)) {
        change(part);
        for child in part.get_mut("parts").and_then(Value::as_array_mut).into_iter().flatten() {
            below(child, change);
        }
    }
    message(asked, right, |m| {
        if let Some(body) = m.get_mut("body") {
            below(body, &change);
        }
    })
}

fn text(value: &mut Value, member: &str, change: impl FnOnce(&str) -> String) {
    if let Some(Value::String(text)) = value.get_mut(member) {
        *text = change(text);
    }
}

fn swap(value: &mut Value, one: &str, other: &str) {
    let (Some(a), Some(b)) = (value.get(one).cloned(), value.get(other).cloned()) else { return };
    set(value, one, b);
    set(value, other, a);
}
