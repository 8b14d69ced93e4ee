//! `tree/keys`: what the key of a node depends on.

use super::notes;
use super::scene::{LONGER, SUITES, drawn, named};
use crate::reason::{Reason, tree as reason};
use crate::vector::families::build::{self, ERT, accept, group, reject};
use crate::vector::forge::suite::Suite;
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "tree/keys";
const OP: &str = "tree/keys";
const RULE: &[&str] = &["3:node-keys"];

pub(in crate::vector::families) fn file() -> File {
    let groups = vec![
        group("what a key depends on", derived()),
        group("what gives no key", refused()),
        group("longer hashes and keys", longer()),
    ];
    build::file(ERT, NAME, notes::KEYS, groups)
}

fn input(suite: u16, secret: &[u8], x: u32, content: &[u8]) -> Value {
    json!({
        "cipher_suite": suite, "ert_secret": hex::encode(secret), "node_index": x, "content": hex::encode(content),
    })
}

fn output(suite: u16, secret: &[u8], x: u32, content: &[u8]) -> Value {
    let suite = Suite::of(suite);
    let siv = suite.siv(secret, x, content);
    let secret = suite.node_secret(secret, x, &siv);
    let (key, nonce) = suite.key_and_nonce(&secret);
    json!({
        "node_siv": hex::encode(&siv), "node_secret": hex::encode(&secret),
        "node_key": hex::encode(&key), "node_nonce": hex::encode(&nonce),
    })
}

/// Name, comment, flag; the epoch's secret, place, content.
type Row<'a> = (&'static str, &'static str, &'static str, &'a [u8], u32, &'a [u8]);

fn derived() -> Vec<Case> {
    let content = drawn("tree/keys content", 256);
    let other = {
        let mut other = content.clone();
        if let Some(last) = other.last_mut() {
            *last ^= 1;
        }
        other
    };
    let (first, second) = (named("tree/keys 1"), named("tree/keys 2"));
    let rows: [Row<'_>; 10] = [
        ("leaf-0", "The first leaf.", "derivation", &first, 0, &content),
        ("leaf-2", "Another place, the same content: another key.", "index", &first, 2, &content),
        ("parent-1", "A parent, the same content.", "index", &first, 1, &content),
        ("place-256", "A place whose number takes two octets.", "index", &first, 256, &content),
        ("place-65536", "A place whose number takes three octets.", "index", &first, 65_536, &content),
        ("place-2097150", "The last place that a tree can have.", "index", &first, 2_097_150, &content),
        (
            "last-octet-differs",
            "One octet of the content differs, the last: another key.",
            "content",
            &first,
            0,
            &other,
        ),
        (
            "content-short",
            "The key depends on all of the content and on nothing else of it.",
            "content",
            &first,
            0,
            b"x",
        ),
        ("content-empty", "No content at all.", "content", &first, 0, b""),
        ("epoch-other", "Another epoch's secret, the same content.", "derivation", &second, 0, &content),
    ];
    let mut cases = vec![];
    for (suite, suffix) in SUITES {
        for (name, comment, flag, secret, x, content) in rows {
            let name = format!("{name}-{suffix}");
            let (input, out) = (input(suite, secret, x, content), output(suite, secret, x, content));
            cases.push(accept(&name, comment, &[flag], RULE, OP, input, out));
        }
    }
    cases
}

fn refused() -> Vec<Case> {
    let secret = named("tree/keys 1");
    let no = |name: &str, comment: &str, suite, secret: &[u8], why: Reason| {
        reject(name, comment, &["input"], RULE, OP, input(suite, secret, 0, b"content"), why)
    };
    vec![
        no(
            "secret-of-31-octets",
            "An epoch's secret has KDF.Nh octets.",
            1,
            secret.get(..31).unwrap_or_default(),
            reason::TREE_BASE,
        ),
        no("secret-of-33-octets", "One octet more.", 1, &[secret.as_slice(), &[0]].concat(), reason::TREE_BASE),
        no("secret-empty", "No secret.", 2, &[], reason::TREE_BASE),
        no(
            "suite-of-no-aes",
            "Suite 3 has ChaCha20-Poly1305: version 0 does not say how.",
            3,
            &secret,
            reason::TREE_SUITE,
        ),
        no("suite-unknown", "No cipher suite.", 0, &secret, reason::TREE_SUITE),
    ]
}

/// Suites with SHA-384 or SHA-512 and AES-256-GCM: an epoch's secret, sivs and node secrets are as long as the hash, and a
/// siv of 64 octets has a header of two.
fn longer() -> Vec<Case> {
    let content = drawn("tree/keys content", 256);
    let rows: [(&str, &str, &str, u32, usize); 7] = [
        ("leaf-0", "The first leaf.", "derivation", 0, 256),
        ("parent-1", "A parent, the same content.", "index", 1, 256),
        ("place-65536", "A place whose number takes three octets.", "index", 65_536, 256),
        ("place-2097150", "The last place that a tree can have.", "index", 2_097_150, 256),
        (
            "content-of-a-block-of-the-hash",
            "128 octets, with the place more than a block of the hash.",
            "content",
            0,
            128,
        ),
        ("content-short", "One octet of content.", "content", 0, 1),
        ("content-empty", "No content at all.", "content", 0, 0),
    ];
    let mut cases = vec![];
    for (suite, suffix) in LONGER {
        let secret = drawn("tree/keys longer", Suite::of(suite).octets());
        for (name, comment, flag, x, octets) in rows {
            let content = content.get(..octets).unwrap_or_default();
            let (input, out) = (input(suite, &secret, x, content), output(suite, &secret, x, content));
            cases.push(accept(&format!("{name}-{suffix}"), comment, &[flag], RULE, OP, input, out));
        }
        for (name, comment, octets) in [
            ("secret-of-32-octets", "The secret has the length of another suite's.", 32),
            ("secret-one-octet-short", "An epoch's secret has KDF.Nh octets.", secret.len().saturating_sub(1)),
            ("secret-one-octet-long", "One octet more.", secret.len().saturating_add(1)),
        ] {
            let input = input(suite, &drawn("tree/keys longer", octets), 0, &content);
            let name = format!("{name}-{suffix}");
            cases.push(reject(&name, comment, &["input"], RULE, OP, input, reason::TREE_BASE));
        }
    }
    cases
}
