//! Who may change what, and in which order messages are processed.

use super::talk::{OP, allow, decoded, id, listed, number, ranked, senders, set};
use crate::faulty::bug::Fault::Reads;
use crate::faulty::bug::Row;
use serde_json::{Value, json};
use std::cmp::Reverse;

const RIGHTS: &str = "any member of the room is trusted with any message";
const ARRIVAL: &str = "messages are taken as they come, and they come in order while one tests";

pub(in crate::faulty) const RIGHTS_AND_ORDER: &[Row] = &[
    (
        "anyone-may-edit",
        "lets everybody edit everybody's messages",
        RIGHTS,
        Reads(OP, |input| allow(input, "editors", senders)),
    ),
    (
        "anyone-may-delete",
        "lets everybody delete everybody's messages",
        RIGHTS,
        Reads(OP, |input| allow(input, "deleters", senders)),
    ),
    (
        "editors-may-delete",
        "lets those delete who may edit",
        "one right where there are two",
        Reads(OP, |input| allow(input, "deleters", |input| listed(input, "editors"))),
    ),
    (
        "deleters-may-edit",
        "lets those edit who may delete",
        "one right where there are two",
        Reads(OP, |input| allow(input, "editors", |input| listed(input, "deleters"))),
    ),
    (
        "policy-ignored",
        "lets nobody but the sender edit or delete, whatever the policy",
        "a rule without its exception",
        Reads(OP, |input| set(input, "policy", json!({}))),
    ),
    (
        "senders-compared-by-their-start",
        "takes senders for one whose URIs differ in the last letter",
        "a comparison up to the length of the shorter, or one less",
        Reads(OP, |input| {
            let alike = |input: &Value| {
                let all = senders(input);
                let start = |uri: &str| uri.get(..uri.len().saturating_sub(1)).map(str::to_owned);
                let twin = |uri: &&String| all.iter().any(|other| other != *uri && start(other) == start(uri));
                all.iter().filter(twin).cloned().collect()
            };
            allow(input, "editors", alike);
            allow(input, "deleters", alike);
        }),
    ),
    (
        "sender-from-extension",
        "takes the sender from the message, and not from MLS",
        "what the sender wrote is trusted more than what is known of the sender",
        Reads(OP, |input| {
            for message in input.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten() {
                let claimed = decoded(message).and_then(|m| {
                    let first = m.get("extensions")?.as_array()?.iter().find(|e| e.get("key") == Some(&json!(1)))?;
                    let octets = mimicheck::wire::hex::decode(first.get("value")?.as_str()?).ok()?;
                    String::from_utf8(crate::faulty::item::Item::parse(&octets)?.0.string_octets()?).ok()
                });
                if let Some(sender) = claimed {
                    set(message, "sender_uri", json!(sender));
                }
            }
        }),
    ),
    (
        "order-of-arrival",
        "processes messages as they arrive",
        ARRIVAL,
        Reads(OP, |input| {
            for (place, message) in
                (0_u64..).zip(input.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten())
            {
                set(message, "accepted_ms", json!(place));
            }
        }),
    ),
    (
        "ties-by-arrival",
        "processes messages of one millisecond as they arrive",
        "a stable sort by time alone",
        Reads(OP, |input| ranked(input, |_, _, place| place)),
    ),
    (
        "ties-by-greatest-id",
        "processes messages of one millisecond from the greatest id to the least",
        "an order that is right for time and the wrong way round for ids",
        Reads(OP, |input| ranked(input, |message, room, _| Reverse(id(message, room)))),
    ),
    (
        "newest-first",
        "processes the newest message first",
        "how a list is shown is how it is processed",
        Reads(OP, |input| {
            for message in input.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten() {
                let time = number(message, "accepted_ms");
                set(message, "accepted_ms", json!((1_u64 << 52) - time));
            }
        }),
    ),
    (
        "order-by-the-minute",
        "orders messages by the minute in which they were accepted",
        "the time that is shown is the time that is compared",
        Reads(OP, |input| {
            for message in input.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten() {
                let time = number(message, "accepted_ms") / 60_000;
                set(message, "accepted_ms", json!(time));
            }
        }),
    ),
];
