//! Bugs of receivers.

use super::input::{change, lets, octets, put, refuses, text};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};

const OP: &str = "room/verify-frank";
const UNCHECKED: &str = "a check that is left to somebody else";
const PARTS: &str = "a text is looked for in another";

/// Whether the agent's octets hold this text.
fn agent_holds(input: &Value, what: &str) -> bool {
    octets(input, "franking_agent").windows(what.len().max(1)).any(|window| window == what.as_bytes())
}

fn agent_ends(input: &Value, what: &str) -> bool {
    octets(input, "franking_agent").ends_with(what.as_bytes())
}

/// The signature of a frank that has one of less than 16384 octets.
fn signature(input: &Value) -> Vec<u8> {
    let frank = octets(input, "frank");
    super::input::opaque(frank.get(34..).unwrap_or_default()).map(|(found, _)| found.to_vec()).unwrap_or_default()
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "franks-unsigned",
        "does not verify the signature of a frank",
        UNCHECKED,
        Answers(OP, |input, answer| lets("frank-signature-wrong", |_| true, input, answer)),
    ),
    (
        "franks-signature-when-present",
        "does not verify a signature that is empty",
        "what is missing is not wrong",
        Answers(OP, |input, answer| lets("frank-signature-wrong", |input| signature(input).is_empty(), input, answer)),
    ),
    (
        "franks-signature-cut-to-fit",
        "ignores what follows a signature of 64 octets",
        "a buffer of fixed size",
        Reads(OP, |input| {
            if signature(input).len() == 65 && input.get("cipher_suite") == Some(&json!(1)) {
                change(input, "frank", |mut frank| {
                    frank.truncate(frank.len().saturating_sub(1));
                    if let Some(length) = frank.get_mut(35) {
                        *length = 64;
                    }
                    frank
                });
            }
        }),
    ),
    (
        "franks-ecdsa-without-der",
        "takes an ECDSA signature of two bare numbers",
        "libraries have two forms",
        Answers(OP, |input, answer| {
            let such = |input: &Value| input.get("cipher_suite") == Some(&json!(2)) && signature(input).len() == 64;
            lets("frank-signature-wrong", such, input, answer)
        }),
    ),
    (
        "franks-tag-unchecked",
        "does not compute the tag again",
        UNCHECKED,
        Answers(OP, |input, answer| lets("franking-tag-differs", |_| true, input, answer)),
    ),
    (
        "franks-tag-zero-unchecked",
        "takes a tag of zeros for none, and none for right",
        "zero is thought to mean nothing",
        Answers(OP, |input, answer| {
            let such = |input: &Value| octets(input, "authenticated_data").ends_with(&[0; 32]);
            lets("franking-tag-differs", such, input, answer)
        }),
    ),
    (
        "franks-sender-unchecked",
        "does not hold the sender in a message against its credential",
        UNCHECKED,
        Answers(OP, |input, answer| lets("franked-sender-differs", |_| true, input, answer)),
    ),
    (
        "franks-sender-in-any-case",
        "compares senders in lower case",
        "names that are tidied before they are compared",
        Answers(OP, |input, answer| {
            let such = |input: &Value| text(input, "sender_uri").eq_ignore_ascii_case("mimi://b.example/u/alice");
            lets("franked-sender-differs", such, input, answer)
        }),
    ),
    (
        "franks-sender-begins-alike",
        "takes a credential whose URI begins as the sender's",
        PARTS,
        Answers(OP, |input, answer| {
            let such = |input: &Value| text(input, "sender_uri").starts_with("mimi://b.example/u/alice");
            lets("franked-sender-differs", such, input, answer)
        }),
    ),
    (
        "franks-sender-by-path",
        "compares the path of the senders' URIs only",
        "users are known by their names alone",
        Answers(OP, |input, answer| {
            let such = |input: &Value| text(input, "sender_uri").ends_with("/u/alice");
            lets("franked-sender-differs", such, input, answer)
        }),
    ),
    (
        "franks-room-unchecked",
        "does not hold the room in a message against the one it came in",
        UNCHECKED,
        Answers(OP, |input, answer| lets("franked-room-differs", |_| true, input, answer)),
    ),
    (
        "franks-room-begins-alike",
        "takes a room whose URI begins as the message's",
        PARTS,
        Answers(OP, |input, answer| {
            let such = |input: &Value| text(input, "room_uri").starts_with("mimi://hub.example/r/clubhouse");
            lets("franked-room-differs", such, input, answer)
        }),
    ),
    (
        "franks-context-of-credential",
        "checks a frank for the credential's sender, and not what the message says",
        "a value that is known twice is read once",
        Answers(OP, |_, answer| match super::input::refusal(&answer) {
            Some("franked-without-sender" | "franked-without-room") => Answer::Ok(json!({"context": ""})),
            _ => answer,
        }),
    ),
    (
        "franks-suite-of-frank",
        "verifies with the frank's cipher suite, whatever the group's",
        "a number in the message is believed",
        Reads(OP, |input| {
            let frank = octets(input, "frank");
            if let Some([high, low]) = frank.get(32..34) {
                put(input, "cipher_suite", u16::from_be_bytes([*high, *low]));
            }
        }),
    ),
    (
        "franks-suite-of-group",
        "verifies with the group's cipher suite, whatever the frank's",
        "a field that is not looked at",
        Reads(OP, |input| {
            let suite = input.get("cipher_suite").and_then(Value::as_u64).and_then(|n| u16::try_from(n).ok());
            change(input, "frank", |mut frank| {
                if let (Some(place), Some(suite)) = (frank.get_mut(32..34), suite) {
                    place.copy_from_slice(&suite.to_be_bytes());
                }
                frank
            });
        }),
    ),
    (
        "franks-suite-1-only",
        "refuses franks of other suites than 1",
        "what is optional is not built",
        Answers(OP, |input, answer| refuses(|input| input.get("cipher_suite") != Some(&json!(1)), input, answer)),
    ),
    (
        "franks-domain-unchecked",
        "takes a franking agent of any domain",
        UNCHECKED,
        Answers(OP, |input, answer| lets("agent-of-another-domain", |_| true, input, answer)),
    ),
    (
        "franks-domain-contained",
        "takes an agent whose credential holds the hub's domain somewhere",
        PARTS,
        Answers(OP, |input, answer| {
            let such = |input: &Value| agent_holds(input, &text(input, "hub_domain"));
            lets("agent-of-another-domain", such, input, answer)
        }),
    ),
    (
        "franks-domain-ends-alike",
        "takes an agent of every domain that ends as the hub's",
        "a rule for cookies",
        Answers(OP, |input, answer| {
            let such = |input: &Value| agent_ends(input, &text(input, "hub_domain"));
            lets("agent-of-another-domain", such, input, answer)
        }),
    ),
    (
        "franks-domain-begins-alike",
        "takes an agent of every domain that begins as the hub's",
        PARTS,
        Answers(OP, |input, answer| {
            let such = |input: &Value| agent_holds(input, &format!("mimi://{}", text(input, "hub_domain")));
            lets("agent-of-another-domain", such, input, answer)
        }),
    ),
    (
        "franks-domain-of-parents",
        "takes an agent of a domain above the hub's",
        "trust goes down a tree",
        Answers(OP, |input, answer| {
            let above = |input: &Value| {
                let domain = text(input, "hub_domain");
                domain.split_once('.').is_some_and(|(_, parent)| agent_ends(input, &format!("//{parent}")))
            };
            lets("agent-of-another-domain", above, input, answer)
        }),
    ),
    (
        "franks-domain-in-one-case",
        "compares domains octet by octet",
        "a text is compared as it is written",
        Answers(OP, |input, answer| refuses(|input| !agent_holds(input, &text(input, "hub_domain")), input, answer)),
    ),
    (
        "franks-any-credential",
        "takes a credential that it does not understand",
        "what can not be read is not checked",
        Answers(OP, |input, answer| lets("agent-without-domain", |_| true, input, answer)),
    ),
    (
        "franks-without-agent",
        "takes a frank in a group that has no agent",
        "nobody to ask is nobody to object",
        Answers(OP, |input, answer| lets("no-franking-agent", |_| true, input, answer)),
    ),
    (
        "franks-without-frank",
        "takes a message without a frank for one that is franked",
        "what is missing is not wrong",
        Answers(OP, |input, answer| lets("no-frank", |_| true, input, answer)),
    ),
    (
        "franks-without-tag",
        "takes a frank beside a message without a tag",
        "the tag can be computed, so it is not looked for",
        Answers(OP, |input, answer| lets("no-franking-tag", |_| true, input, answer)),
    ),
    (
        "franks-tag-of-33-octets",
        "ignores what follows a tag of 32 octets",
        "a buffer of fixed size",
        Reads(OP, |input| {
            change(input, "authenticated_data", |aad| match aad.get(..4) {
                Some([36, 0, 0x20, 33]) => [&[35, 0, 0x20, 32], aad.get(4..36).unwrap_or_default()].concat(),
                _ => aad,
            });
        }),
    ),
    (
        "franks-tag-at-octet-4",
        "takes octets 4 to 35 of the authenticated data for the tag",
        "octets are taken from a fixed place",
        Reads(OP, |input| {
            change(input, "authenticated_data", |aad| {
                [&[35, 0, 0x20, 32], aad.get(4..36).unwrap_or_default()].concat()
            });
        }),
    ),
    (
        "franks-with-more",
        "ignores what follows a frank",
        "a parser that is asked whether it succeeded, not whether it is done",
        Answers(OP, |input, answer| lets("wire-trailing", |_| true, input, answer)),
    ),
    (
        "franks-cut",
        "takes structures that end too soon",
        "a buffer of fixed size that is filled as far as it goes",
        Answers(OP, |input, answer| lets("wire-truncated", |_| true, input, answer)),
    ),
    (
        "franks-any-suite",
        "takes a frank of a suite that nobody has",
        "what is not understood is passed on",
        Answers(OP, |input, answer| {
            let unknown = |input: &Value| !matches!(octets(input, "frank").get(32..34), Some([0, 1..=7 | 79]));
            lets("frank-suite-differs", unknown, input, answer)
        }),
    ),
    (
        "franks-any-key",
        "takes a frank when the agent's key can not be read",
        "an error is not handled",
        Answers(OP, |input, answer| lets("agent-key-malformed", |_| true, input, answer)),
    ),
    (
        "franks-salts-of-any-length",
        "takes a salt of any length",
        "the key of an HMAC may have any",
        Answers(OP, |input, answer| lets("salt-length", |_| true, input, answer)),
    ),
    (
        "franks-framing-unknown",
        "refuses franks in groups that frame their application data",
        "what is optional is not built",
        Answers(OP, |input, answer| refuses(|input| input.get("framed") == Some(&json!(true)), input, answer)),
    ),
    (
        "franks-context-without-lengths",
        "keeps the context without the lengths of its URIs",
        "texts that are put one behind the other",
        Answers(OP, |_, answer| {
            let Answer::Ok(mut out) = answer else { return answer };
            let context = octets(&out, "context");
            let bare = super::input::opaque(&context).and_then(|(sender, rest)| {
                let (room, time) = super::input::opaque(rest)?;
                Some([sender, room, time].concat())
            });
            put(&mut out, "context", hex::encode(&bare.unwrap_or_default()));
            Answer::Ok(out)
        }),
    ),
];
