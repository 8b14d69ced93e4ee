//! Encoders with one fault each.

use super::bug::{Asked, Bug, bug, output, set};
use super::tree::Node;
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};

const KIND: &str = "encode";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "encode-length-first-order", "sorts keys by length first, as RFC 7049 did", |a, r| {
        written(a, r, |n| extensions(n, |e| e.sort_by_key(|(k, _)| (k.octets().len(), k.octets()))))
    }),
    bug(KIND, "encode-input-order", "does not sort keys", |a, r| {
        let given = a.input.pointer("/message/extensions").and_then(Value::as_array).cloned().unwrap_or_default();
        written(a, r, |n| {
            extensions(n, |entries| {
                let place = |k: &Node| {
                    let text = String::from_utf8(k.string.clone()).unwrap_or_default();
                    given.iter().position(|e| {
                        e.get("key").is_some_and(|g| if k.major == 3 { *g == text } else { integer(k) == g.as_i64() })
                    })
                };
                entries.sort_by_key(|(k, _)| place(k));
            });
        })
    }),
    bug(KIND, "encode-wide-integers", "writes every integer in four octets", |a, r| {
        written(a, r, |n| {
            n.visit(&mut |n| {
                if n.major == 0 && n.width < 4 {
                    n.width = 4
                }
            })
        })
    }),
    bug(KIND, "encode-wide-lengths", "writes every string's length in two octets", |a, r| {
        written(a, r, |n| {
            n.visit(&mut |n| {
                if matches!(n.major, 2 | 3) && n.width < 2 {
                    n.width = 2
                }
            })
        })
    }),
    bug(KIND, "encode-indefinite-parts", "writes parts as an array of indefinite length", |a, r| {
        written(a, r, |n| {
            if let Some(parts) = n.child(6).and_then(|b| b.child(4)).filter(|p| p.major == 4) {
                parts.indefinite = true;
            }
        })
    }),
    bug(KIND, "encode-empty-for-null", "writes an empty byte string for null", |a, r| {
        written(a, r, |n| {
            if let Some(replaces) = n.child(1).filter(|r| r.major == 7) {
                *replaces = Node { major: 2, ..Node::uint(0) };
            }
        })
    }),
    bug(KIND, "encode-size-of-32-bits", "writes 32 bits of an external part's size", |a, r| {
        written(a, r, |n| {
            if let Some(size) = n.child(6).and_then(|b| b.child(6)) {
                size.set(size.arg & 0xffff_ffff);
            }
        })
    }),
    bug(KIND, "encode-content-as-text", "writes content that is UTF-8 as a text string", |a, r| {
        written(a, r, |n| {
            if let Some(content) = n.child(6).and_then(|b| b.child(4)).filter(|c| c.major == 2) {
                content.major = 3;
            }
        })
    }),
    bug(KIND, "encode-wraps-disposition", "cuts a disposition to 8 bits", |a, r| {
        if !a.refused(&r, &["disposition-out-of-range"]) {
            return r;
        }
        a.changed(|input| {
            if let Some(body) = input.pointer_mut("/message/body") {
                set(body, "disposition", json!(0));
            }
        })
    }),
    bug(KIND, "encode-last-duplicate-wins", "keeps the last of extensions with one key", |a, r| {
        if !a.refused(&r, &["duplicate-map-key"]) {
            return r;
        }
        a.changed(|input| {
            if let Some(extensions) = input.pointer_mut("/message/extensions").and_then(Value::as_array_mut) {
                let all = extensions.clone();
                let later = |i: usize, e: &Value| all.iter().skip(i + 1).any(|l| l.get("key") == e.get("key"));
                *extensions = all.iter().enumerate().filter(|(i, e)| !later(*i, e)).map(|(_, e)| e.clone()).collect();
            }
        })
    }),
    bug(KIND, "encode-lonely-parts", "writes a multipart with fewer than two parts", |a, r| {
        blind(a, r, "too-few-parts")
    }),
    bug(KIND, "encode-any-salt", "writes a salt of any length", |a, r| blind(a, r, "salt-length")),
    bug(KIND, "encode-any-id", "writes message ids of any length", |a, r| blind(a, r, "message-id-length")),
    bug(KIND, "encode-any-key", "writes integer keys of any size", |a, r| blind(a, r, "map-key-range")),
    bug(KIND, "encode-empty-key", "writes an empty text key", |a, r| blind(a, r, "extension-key-empty")),
    bug(KIND, "encode-long-key", "writes text keys of any length", |a, r| blind(a, r, "extension-key-too-long")),
    bug(KIND, "encode-any-depth", "writes parts at any depth", |a, r| blind(a, r, "part-too-deep")),
    bug(KIND, "encode-any-value", "copies extension values without a look", |a, r| {
        let reasons = [
            "indefinite-length",
            "non-shortest-integer",
            "map-key-order",
            "nan-payload",
            "truncated",
            "trailing-bytes",
        ];
        reasons.into_iter().fold(r, |r, reason| blind(a, r, reason))
    }),
];

/// Changes what was written.
fn written(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Node)) -> Answer {
    if asked.op != "content/encode" {
        return right;
    }
    output(right, |out| {
        let octets = out.get("cbor").and_then(Value::as_str).and_then(|h| hex::decode(h).ok()).unwrap_or_default();
        if let Some((mut node, _)) = Node::parse(&octets) {
            change(&mut node);
            set(out, "cbor", json!(hex::encode(&node.octets())));
        }
    })
}

/// Writes something where it must refuse.
fn blind(asked: Asked<'_>, right: Answer, reason: &str) -> Answer {
    if asked.op == "content/encode" && asked.refused(&right, &[reason]) {
        return Answer::Ok(json!({"cbor": "87"}));
    }
    right
}

fn extensions(message: &mut Node, change: impl FnOnce(&mut Vec<(Node, Node)>)) {
    if let Some(map) = message.child(5) {
        let mut entries = map.entries();
        change(&mut entries);
        map.set_entries(entries);
    }
}

fn integer(key: &Node) -> Option<i64> {
    let value = i64::try_from(key.arg).ok()?;
    match key.major {
        0 => Some(value),
        1 => Some(-1 - value),
        _ => None,
    }
}
