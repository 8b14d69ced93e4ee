//! Who sent it, whether it was seen, and when it was accepted.

use super::facts::{OP, field, forgiven, id_from, limit, number, own_id, references, seen, set, set_limit, unseen};
use crate::faulty::adapter::refused;
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use crate::faulty::message::{IN_REPLY_TO, REPLACES};
use mimicheck::reason::content as reason;
use serde_json::{Value, json};

const MISSING: &str = "one rule of a list is forgotten";
const EXCLUSIVE: &str = "a limit that excludes its own value";
const UNITS: &str = "seconds and milliseconds confused";
const EAGER: &str = "what a receiver has not heard of is taken for nonsense";

pub(in crate::faulty) const ORIGIN: &[Row] =
    &[
        (
            "strangers-heard",
            "processes messages of senders that are no members",
            MISSING,
            Answers(OP, |_, answer| forgiven(answer, reason::SENDER_NOT_MEMBER)),
        ),
        (
            "strangers-may-delete",
            "asks for membership only where a message does not replace another",
            "a check that was written for one kind of message and not for all",
            Answers(OP, |input, answer| {
                if field(input, REPLACES).is_some() { forgiven(answer, reason::SENDER_NOT_MEMBER) } else { answer }
            }),
        ),
        (
            "duplicates-processed",
            "processes a message that was seen before",
            MISSING,
            Answers(OP, |_, answer| forgiven(answer, reason::DUPLICATE_MESSAGE_ID)),
        ),
        (
            "only-the-last-message-remembered",
            "compares a message id only with the last one seen",
            "a duplicate is expected right behind its original",
            Reads(OP, |input| {
                if let Some(seen) = input.get_mut("seen").and_then(Value::as_array_mut) {
                    seen.drain(..seen.len().saturating_sub(1));
                }
            }),
        ),
        (
            "ids-compared-by-their-start",
            "compares message ids without their last octet",
            "ids are cut for a table of fixed width",
            Answers(OP, |input, answer| {
                let start = |id: &str| id.get(..62).map(str::to_owned);
                let id = own_id(input).as_deref().and_then(start);
                let known = seen(input).iter().any(|other| start(other) == id);
                if known && id.is_some() { refused("seen") } else { answer }
            }),
        ),
        (
            "references-taken-for-duplicates",
            "takes a message for a duplicate when the one it replies to was seen",
            "every id in a message is looked up in one table",
            Answers(OP, |input, answer| {
                if references(input).iter().any(|id| seen(input).contains(id)) { refused("seen") } else { answer }
            }),
        ),
        (
            "duplicates-by-octets",
            "takes the same octets from another sender for a duplicate",
            "the sender is not part of what is compared",
            Answers(OP, |input, answer| {
                // Those that the vectors know; a real one would compare a hash of the octets.
                let known = ["alice-smith", "bob-jones", "cathy-washington"].iter().any(|name| {
                    let uri = input.get("sender_uri").and_then(Value::as_str).unwrap_or_default();
                    let other = uri.rsplit_once('/').map(|(start, _)| format!("{start}/{name}"));
                    other.and_then(|uri| id_from(input, &uri)).is_some_and(|id| seen(input).contains(&id))
                });
                if known { refused("seen") } else { answer }
            }),
        ),
        (
            "future-not-checked",
            "processes messages accepted in the future",
            MISSING,
            Answers(OP, |_, answer| forgiven(answer, reason::TIMESTAMP_IN_FUTURE)),
        ),
        (
            "future-limit-excluded",
            "refuses a timestamp exactly at the limit for the future",
            EXCLUSIVE,
            Answers(OP, |input, answer| {
                let latest = number(input, "now_ms").saturating_add(limit(input, "future_ms").unwrap_or(300_000));
                if number(input, "accepted_ms") == latest { refused("future") } else { answer }
            }),
        ),
        (
            "no-tolerance-for-the-future",
            "refuses every timestamp after the local clock",
            "clocks are expected to agree",
            Answers(OP, |input, answer| {
                if number(input, "accepted_ms") > number(input, "now_ms") { refused("future") } else { answer }
            }),
        ),
        (
            "future-limit-in-seconds",
            "takes the limit for the future as seconds",
            UNITS,
            Reads(OP, |input| {
                let limit = limit(input, "future_ms").unwrap_or(300_000);
                set_limit(input, "future_ms", limit.saturating_mul(1000));
            }),
        ),
        (
            "floor-not-checked",
            "processes messages from before the first message could exist",
            MISSING,
            Answers(OP, |_, answer| forgiven(answer, reason::TIMESTAMP_BEFORE_SYNTAX)),
        ),
        (
            "floor-excluded",
            "refuses a timestamp exactly at the floor",
            EXCLUSIVE,
            Answers(OP, |input, answer| {
                if limit(input, "floor_ms") == Some(number(input, "accepted_ms")) { refused("floor") } else { answer }
            }),
        ),
        (
            "room-creation-not-checked",
            "processes messages from before the room was created",
            MISSING,
            Answers(OP, |_, answer| forgiven(answer, reason::TIMESTAMP_BEFORE_ROOM)),
        ),
        (
            "room-creation-excluded",
            "refuses a message of the millisecond in which the room was created",
            EXCLUSIVE,
            Answers(OP, |input, answer| {
                if number(input, "accepted_ms") == number(input, "room_created_ms") { refused("room") } else { answer }
            }),
        ),
        (
            "room-creation-in-seconds",
            "compares the second of a message with that of the room",
            UNITS,
            Reads(OP, |input| {
                let seconds = number(input, "room_created_ms") / 1000;
                set(input, "room_created_ms", json!(seconds * 1000));
            }),
        ),
        (
            "room-creation-against-the-clock",
            "compares the local clock, and not the timestamp, with the room's creation",
            "two times of one type confused",
            Answers(OP, |input, answer| {
                if number(input, "now_ms") >= number(input, "room_created_ms") {
                    forgiven(answer, reason::TIMESTAMP_BEFORE_ROOM)
                } else {
                    answer
                }
            }),
        ),
        (
            "unknown-reply-targets-refused",
            "refuses a reply to a message that it has not seen",
            EAGER,
            Answers(OP, |input, answer| unseen(input, answer, IN_REPLY_TO)),
        ),
        (
            "unknown-edit-targets-refused",
            "refuses an edit or a delete of a message that it has not seen",
            EAGER,
            Answers(OP, |input, answer| unseen(input, answer, REPLACES)),
        ),
    ];
