//! What is in it.

use super::facts::{OP, YEAR, digits, expiry, field, forgiven, limit, number, set_limit};
use crate::faulty::adapter::{document, refused};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use crate::faulty::item::Item;
use crate::faulty::message::{CONTENT_TYPE, DISPOSITION, TOPIC, children, part_depth, parts};
use mimicheck::adapter::Answer;
use mimicheck::reason::content as reason;
use serde_json::json;

const MISSING: &str = "one rule of a list is forgotten";
const EXCLUSIVE: &str = "a limit that excludes its own value";
const UNITS: &str = "seconds and milliseconds confused";
const EAGER: &str = "what a receiver has not heard of is taken for nonsense";

pub(in crate::faulty) const VALUES: &[Row] = &[
    (
        "topics-of-any-length",
        "processes messages with a topic of any length",
        MISSING,
        Answers(OP, |_, answer| forgiven(answer, reason::TOPIC_TOO_LONG)),
    ),
    (
        "topic-limit-excluded",
        "refuses a topic of exactly 4096 octets",
        EXCLUSIVE,
        Answers(
            OP,
            |input, answer| {
                if field(input, TOPIC).is_some_and(|topic| topic.arg == 4096) { refused("topic") } else { answer }
            },
        ),
    ),
    (
        "topic-limit-plus-one",
        "takes a topic of 4097 octets",
        "an off-by-one error at a limit",
        Answers(OP, |input, answer| {
            if field(input, TOPIC).is_some_and(|topic| topic.arg == 4097) {
                forgiven(answer, reason::TOPIC_TOO_LONG)
            } else {
                answer
            }
        }),
    ),
    (
        "long-expired-processed",
        "processes messages that expired years ago",
        MISSING,
        Answers(OP, |_, answer| forgiven(answer, reason::EXPIRES_LONG_AGO)),
    ),
    (
        "expired-refused",
        "takes every message that has expired for nonsense",
        EAGER,
        Answers(OP, |input, answer| match expiry(input) {
            Some((false, time)) if time.saturating_mul(1000) < number(input, "now_ms") => refused("expired"),
            _ => answer,
        }),
    ),
    (
        "past-limit-excluded",
        "refuses an expiry exactly at the limit for the past",
        EXCLUSIVE,
        Answers(OP, |input, answer| match expiry(input) {
            Some((false, time))
                if (time + limit(input, "past_s").unwrap_or(YEAR)) * 1000 == number(input, "now_ms") =>
            {
                refused("past")
            }
            _ => answer,
        }),
    ),
    (
        "horizon-excluded",
        "refuses an absolute expiry exactly at the horizon",
        EXCLUSIVE,
        Answers(OP, |input, answer| match expiry(input) {
            Some((false, time))
                if time * 1000 == number(input, "now_ms") + limit(input, "horizon_s").unwrap_or(YEAR) * 1000 =>
            {
                refused("horizon")
            }
            _ => answer,
        }),
    ),
    (
        "relative-horizon-excluded",
        "refuses a relative expiry of exactly the horizon",
        EXCLUSIVE,
        Answers(OP, |input, answer| match expiry(input) {
            Some((true, time)) if time == limit(input, "horizon_s").unwrap_or(YEAR) => refused("horizon"),
            _ => answer,
        }),
    ),
    (
        "expiry-in-milliseconds",
        "takes an absolute expiry as milliseconds",
        UNITS,
        Answers(OP, |input, answer| match expiry(input) {
            Some((false, time)) if time + limit(input, "past_s").unwrap_or(YEAR) * 1000 < number(input, "now_ms") => {
                refused("past")
            }
            _ => answer,
        }),
    ),
    (
        "horizon-in-milliseconds",
        "takes the horizon as milliseconds",
        UNITS,
        Reads(OP, |input| {
            let horizon = limit(input, "horizon_s").unwrap_or(YEAR);
            set_limit(input, "horizon_s", horizon / 1000);
        }),
    ),
    (
        "year-of-thirty-days",
        "takes a month for a year in both directions",
        "a constant that belongs to something else",
        Reads(OP, |input| {
            for name in ["horizon_s", "past_s"] {
                if limit(input, name).is_none() {
                    set_limit(input, name, 30 * 86_400);
                }
            }
        }),
    ),
    (
        "far-expiry-processed",
        "processes messages that expire in years",
        MISSING,
        Answers(OP, |input, answer| {
            if expiry(input).is_some_and(|e| !e.0) { forgiven(answer, reason::EXPIRES_FAR_AHEAD) } else { answer }
        }),
    ),
    (
        "relative-expiry-not-checked",
        "holds only absolute expiries against the horizon",
        MISSING,
        Answers(OP, |input, answer| {
            if expiry(input).is_some_and(|e| e.0) { forgiven(answer, reason::EXPIRES_FAR_AHEAD) } else { answer }
        }),
    ),
    (
        "relative-expiry-as-absolute",
        "takes a relative expiry for one of 1970",
        "a flag that nobody looks at",
        Answers(OP, |input, answer| match expiry(input) {
            Some((true, time)) if (time + limit(input, "past_s").unwrap_or(YEAR)) * 1000 < number(input, "now_ms") => {
                refused("past")
            }
            _ => answer,
        }),
    ),
    (
        "any-number-of-parts",
        "processes messages of any number of parts",
        MISSING,
        Answers(OP, |_, answer| forgiven(answer, reason::TOO_MANY_PARTS)),
    ),
    (
        "only-outer-parts-counted",
        "counts only the parts right inside the root",
        "a length where a walk is needed",
        Answers(OP, |input, answer| {
            let outer = document(input).is_some_and(|root| {
                root.at(crate::faulty::message::BODY).is_some_and(|body| children(body).len() <= 1023)
            });
            if outer { forgiven(answer, reason::TOO_MANY_PARTS) } else { answer }
        }),
    ),
    (
        "part-limit-of-1000",
        "refuses more than 1000 parts",
        "a power of ten for a power of two",
        Answers(OP, |input, answer| {
            if document(input).is_some_and(|root| parts(&root).len() > 1000) { refused("parts") } else { answer }
        }),
    ),
    (
        "three-levels-are-nonsense",
        "refuses four levels of parts",
        "an off-by-one error at a limit",
        Answers(
            OP,
            |input, answer| {
                if document(input).is_some_and(|root| part_depth(&root) > 3) { refused("depth") } else { answer }
            },
        ),
    ),
    (
        "messages-of-any-size",
        "processes messages of any size",
        MISSING,
        Answers(OP, |_, answer| forgiven(answer, reason::MESSAGE_TOO_LARGE)),
    ),
    (
        "size-limit-excluded",
        "refuses a message of exactly the largest size",
        EXCLUSIVE,
        Answers(
            OP,
            |input, answer| {
                if limit(input, "max_octets") == Some(digits(input) / 2) { refused("size") } else { answer }
            },
        ),
    ),
    (
        "size-in-digits",
        "counts the hexadecimal digits of a message as its octets",
        "a string is measured where octets are meant",
        Answers(OP, |input, answer| {
            if limit(input, "max_octets").is_some_and(|most| digits(input) > most) { refused("size") } else { answer }
        }),
    ),
    (
        "unknown-dispositions-are-nonsense",
        "refuses dispositions above 8",
        EAGER,
        Answers(OP, |input, answer| {
            let unknown = |root: Item| parts(&root).iter().any(|part| part.at(DISPOSITION).is_some_and(|d| d.arg > 8));
            if document(input).is_some_and(unknown) { refused("disposition") } else { answer }
        }),
    ),
    (
        "unknown-content-types-are-nonsense",
        "refuses content types but those of text and images",
        EAGER,
        Answers(OP, |input, answer| {
            let odd = |part: &&Item| {
                let name = part
                    .at(CONTENT_TYPE)
                    .filter(|t| t.major == crate::faulty::item::TEXT)
                    .and_then(Item::string_octets);
                name.is_some_and(|name| !name.starts_with(b"text/") && !name.starts_with(b"image/"))
            };
            if document(input).is_some_and(|root| parts(&root).iter().any(odd)) { refused("type") } else { answer }
        }),
    ),
    (
        "undecodable-processed",
        "processes what is no message at all",
        "an error of decoding is logged and forgotten",
        Answers(OP, |_, answer| match answer {
            Answer::Reject(rejection) if rejection.offset.is_some() => Answer::Ok(json!({})),
            answer => answer,
        }),
    ),
];
