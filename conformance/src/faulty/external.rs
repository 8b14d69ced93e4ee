//! Careless handling of external parts (section 4.5).

use super::bug::{Asked, Bug, bug, output, set};
use super::tree::Node;
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};

const KIND: &str = "external";

/// Places of an external part's fields in its array.
const EXPIRES: usize = 5;
const SIZE: usize = 6;
const ENC_ALG: usize = 7;
const KEY: usize = 8;
const NONCE: usize = 9;
const AAD: usize = 10;
const HASH_ALG: usize = 11;
const CONTENT_HASH: usize = 12;

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "external-no-hash", "does not check the content hash", |a, r| {
        mended(a, r, &["content-hash-mismatch", "hash-alg-unsupported"], no_hash)
    }),
    bug(KIND, "external-no-expiry", "uses content that has expired", |a, r| {
        mended(a, r, &["external-expired"], |p| field(p, EXPIRES, |n| n.set(0)))
    }),
    bug(KIND, "external-expiry-in-milliseconds", "takes the expiry for milliseconds", |a, r| {
        mended(a, r, &["external-expired"], |p| field(p, EXPIRES, |n| n.set(0xffff_ffff)))
    }),
    bug(KIND, "external-zero-expires", "takes expiry 0 for 1970", |a, r| {
        spoilt(a, r, |p| {
            field(p, EXPIRES, |n| {
                if n.arg == 0 {
                    n.set(1)
                }
            })
        })
    }),
    bug(KIND, "external-zero-size", "takes size 0 for an empty file", |a, r| {
        let empty = a.input.get("fetched").is_some_and(|f| f == "");
        if empty {
            r
        } else {
            spoilt(a, r, |p| {
                field(p, SIZE, |n| {
                    if n.arg == 0 {
                        n.set(0xffff)
                    }
                })
            })
        }
    }),
    bug(KIND, "external-no-tag", "decrypts without checking the tag", |a, r| {
        if a.op == OP && a.refused(&r, &["aead-open-failed"]) { Answer::Ok(json!({"plaintext": "00"})) } else { r }
    }),
    bug(KIND, "external-no-aad", "does not pass the additional data on", |a, r| spoilt(a, r, |p| field(p, AAD, empty))),
    bug(KIND, "external-any-nonce", "fills up or cuts the nonce", |a, r| {
        mended(a, r, &["aead-nonce-length"], |p| {
            no_hash(p);
            field(p, ENC_ALG, |n| n.set(0));
            for place in [KEY, NONCE, AAD] {
                field(p, place, empty);
            }
        })
    }),
    bug(KIND, "external-any-key", "fills up or cuts the key", |a, r| {
        mended(a, r, &["aead-key-length"], |p| {
            no_hash(p);
            field(p, ENC_ALG, |n| n.set(0));
            for place in [KEY, NONCE, AAD] {
                field(p, place, empty);
            }
        })
    }),
    bug(KIND, "external-encrypted-as-plain", "hands on ciphertext that it cannot decrypt", |a, r| {
        if a.op == OP && a.refused(&r, &["enc-alg-unsupported", "aead-open-failed"]) {
            Answer::Ok(json!({"plaintext": a.input.get("fetched").cloned().unwrap_or(Value::Null)}))
        } else {
            r
        }
    }),
    bug(KIND, "external-keeps-tag", "leaves the tag at the end of the plaintext", |a, r| {
        if a.op != OP {
            return r;
        }
        output(r, |out| {
            if let Some(plain) = out.get("plaintext").and_then(Value::as_str) {
                let longer = format!("{plain}{}", "00".repeat(16));
                set(out, "plaintext", json!(longer));
            }
        })
    }),
    bug(KIND, "external-of-any-part", "takes a single part for an external one", |a, r| {
        if a.op == OP && a.refused(&r, &["not-external-part"]) { Answer::Ok(json!({"plaintext": ""})) } else { r }
    }),
    bug(KIND, "external-index-wraps", "counts part indexes round", |a, r| {
        if a.op == OP && a.refused(&r, &["part-index-out-of-range"]) { a.with("index", json!(0)) } else { r }
    }),
];

const OP: &str = "content/external";

fn field(part: &mut Node, place: usize, change: impl FnOnce(&mut Node)) {
    if let Some(node) = part.child(place) {
        change(node);
    }
}

fn empty(node: &mut Node) {
    node.string.clear();
    node.resize();
}

fn no_hash(part: &mut Node) {
    field(part, HASH_ALG, |n| n.set(0));
    field(part, CONTENT_HASH, empty);
}

fn spoilt(asked: Asked<'_>, right: Answer, change: impl Fn(&mut Node)) -> Answer {
    if asked.op != OP {
        return right;
    }
    let Some((mut root, _)) = asked.cbor().as_deref().and_then(|o| Node::parse(o).map(|(n, r)| (n, r.len()))) else {
        return right;
    };
    root.visit(&mut |node| {
        if node.major == 4 && node.children.len() == 15 {
            change(node);
        }
    });
    asked.with("cbor", json!(hex::encode(&root.octets())))
}

fn mended(asked: Asked<'_>, right: Answer, reasons: &[&str], change: impl Fn(&mut Node)) -> Answer {
    if asked.refused(&right, reasons) { spoilt(asked, right, change) } else { right }
}
