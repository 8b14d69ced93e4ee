//! Bugs of code that was written for SHA-256 and AES-128, and got further suites later.

use super::{number, octets};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::reason::tree as reason;
use mimicheck::vector::forge::suite::Suite;
use mimicheck::vector::forge::tree::{Wrapped, additional, content};
use mimicheck::wire::hex;
use serde_json::{Value, json};

const KEYS: &str = "tree/keys";
const WRAP: &str = "tree/wrap";
const UNWRAP: &str = "tree/unwrap";
const FIXED: &str = "a length that is a constant because it was one";

fn suite(input: &Value) -> Suite {
    Suite::of(u16::try_from(number(input, "cipher_suite")).unwrap_or_default())
}

/// Says yes to a child's secret of another length, in suites with a longer hash alone.
fn of_32(input: &Value, answer: Answer) -> Answer {
    match answer {
        Answer::Reject(no)
            if suite(input) != Suite::Sha256
                && no.reason.as_deref() == Some(reason::TREE_CHILD_SECRET_LENGTH.code()) =>
        {
            Answer::Ok(json!({}))
        }
        answer => answer,
    }
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "tree-keys-of-16-octets",
        "cuts a node's key to the 16 octets of AES-128 in every suite",
        FIXED,
        Answers(KEYS, |_, answer| match answer {
            Answer::Ok(mut out) => {
                let key = octets(&out, "node_key");
                if let Some(member) = out.get_mut("node_key") {
                    *member = hex::encode(key.get(..16).unwrap_or_default()).into();
                }
                Answer::Ok(out)
            }
            no => no,
        }),
    ),
    (
        "tree-keys-sha-512-of-p-384",
        "has SHA-512 for every suite with AES-256",
        "a table of two rows",
        Reads(KEYS, |input| {
            if number(input, "cipher_suite") == 7 {
                let mut secret = octets(input, "ert_secret");
                secret.resize(64, 0);
                *input = json!({
                    "cipher_suite": 5, "ert_secret": hex::encode(&secret),
                    "node_index": input["node_index"], "content": input["content"],
                });
            }
        }),
    ),
    (
        "tree-wrap-with-aes-128",
        "wraps with AES-128-GCM in every suite",
        FIXED,
        Answers(WRAP, |input, answer| {
            let Answer::Ok(out) = answer else { return answer };
            if suite(input) == Suite::Sha256 {
                return Answer::Ok(out);
            }
            let label = if input.get("payload") == Some(&json!("link-keys")) { "mimi link 0" } else { "mimi ert 0" };
            let (epoch, place) = (number(input, "epoch"), number(input, "node_index"));
            let index = u32::try_from(place).unwrap_or_default();
            let sides = input.get("left_secret").map(|_| (octets(input, "left_secret"), octets(input, "right_secret")));
            let text = content(&octets(input, "node"), sides.as_ref().map(|(l, r)| (l.as_slice(), r.as_slice())));
            let aad = additional(label, &octets(input, "group_id"), epoch, index);
            let ciphertext = Suite::Sha256.seal(&octets(&out, "node_secret"), &aad, &text);
            let node = Wrapped { index, epoch, ciphertext }.octets();
            Answer::Ok(json!({"encrypted_node": hex::encode(&node), "node_secret": out.get("node_secret")}))
        }),
    ),
    (
        "tree-wrap-secrets-of-32",
        "wraps a child's secret of 32 octets in suites with a longer hash",
        FIXED,
        Answers(WRAP, of_32),
    ),
    (
        "tree-open-secrets-of-32",
        "takes a child's secret of 32 octets in suites with a longer hash",
        FIXED,
        Answers(UNWRAP, of_32),
    ),
];
