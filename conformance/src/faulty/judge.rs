//! Wrong judgements of nonsensical values (section 9.1). Most are made by asking about a world in which
//! the check that is missing could not fail.

use super::bug::{Asked, Bug, bug, refuse, set};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const KIND: &str = "judge";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "judge-no-membership", "does not ask whether the sender is a member", |a, r| {
        world(a, r, |w| set(w, "sender_is_member", json!(true)))
    }),
    bug(KIND, "judge-no-duplicates", "does not remember message ids", |a, r| {
        world(a, r, |w| set(w, "seen", json!([])))
    }),
    bug(KIND, "judge-no-future", "takes timestamps of any time ahead", |a, r| {
        limit(a, r, "future_ms", |_| json!(u64::MAX))
    }),
    bug(KIND, "judge-no-floor", "takes timestamps from before any message could exist", |a, r| {
        limit(a, r, "floor_ms", |_| Value::Null)
    }),
    bug(KIND, "judge-no-room", "does not ask when the room was created", |a, r| {
        world(a, r, |w| set(w, "room_created_ms", json!(0)))
    }),
    bug(KIND, "judge-no-past", "takes messages that expired at any time", |a, r| {
        limit(a, r, "past_s", |_| json!(u64::MAX))
    }),
    bug(KIND, "judge-no-horizon", "takes messages that expire at any time", |a, r| {
        limit(a, r, "horizon_s", |_| json!(u64::MAX))
    }),
    bug(KIND, "judge-any-size", "takes documents of any size", |a, r| limit(a, r, "max_octets", |_| Value::Null)),
    bug(KIND, "judge-any-topic", "takes topics of any length", |a, r| accepts(a, r, "topic-too-long")),
    bug(KIND, "judge-any-number-of-parts", "takes any number of parts", |a, r| accepts(a, r, "too-many-parts")),
    bug(KIND, "judge-no-relative-expiry", "holds absolute expiries against the limits only", |a, r| {
        let relative = a.cbor().is_some_and(|o| o.windows(2).any(|w| w == [0x82, 0xf5]));
        if relative { accepts(a, r, "expires-far-ahead") } else { r }
    }),
    bug(KIND, "judge-no-absolute-expiry", "holds relative expiries against the limits only", |a, r| {
        let absolute = a.cbor().is_some_and(|o| o.windows(2).any(|w| w == [0x82, 0xf4]));
        if absolute { accepts(a, accepts(a, r, "expires-far-ahead"), "expires-long-ago") } else { r }
    }),
    bug(KIND, "judge-future-exclusive", "refuses what lies at the limit of the future", |a, r| {
        limit(a, r, "future_ms", less)
    }),
    bug(KIND, "judge-past-exclusive", "refuses what lies at the limit of the past", |a, r| limit(a, r, "past_s", less)),
    bug(KIND, "judge-horizon-exclusive", "refuses what lies at the horizon", |a, r| limit(a, r, "horizon_s", less)),
    bug(KIND, "judge-floor-exclusive", "refuses what was accepted at the floor", |a, r| limit(a, r, "floor_ms", more)),
    bug(KIND, "judge-size-exclusive", "refuses the largest document", |a, r| limit(a, r, "max_octets", less)),
    bug(KIND, "judge-room-exclusive", "refuses what was accepted when the room was created", |a, r| {
        world(a, r, |w| {
            let later = w.get("room_created_ms").map(more).unwrap_or(Value::Null);
            set(w, "room_created_ms", later);
        })
    }),
    bug(KIND, "judge-seconds-for-milliseconds", "reads the limit of the future as seconds", |a, r| {
        limit(a, r, "future_ms", |v| json!(v.as_u64().unwrap_or(300_000).saturating_mul(1000)))
    }),
    bug(KIND, "judge-milliseconds-for-seconds", "reads the horizon as milliseconds", |a, r| {
        limit(a, r, "horizon_s", |v| json!(v.as_u64().unwrap_or(31_536_000) / 1000))
    }),
    bug(KIND, "judge-refuses-unknown-references", "discards what refers to a message it never saw", |a, r| {
        let refers = a.cbor().is_some_and(|o| o.windows(3).any(|w| w == [0x58, 0x20, 0x01]));
        if a.op == OP && refers && matches!(r, Answer::Ok(_)) { refuse("seeded: unknown reference") } else { r }
    }),
    bug(KIND, "judge-refuses-unknown-dispositions", "discards unknown dispositions", |a, r| {
        let Answer::Ok(_) = r else { return r };
        if a.op != OP {
            return r;
        }
        let decode = Asked { op: "content/decode", input: a.input };
        match decode.changed(|_| {}) {
            Answer::Ok(out) if out.pointer("/message/body/disposition").and_then(Value::as_u64) > Some(8) => {
                refuse("seeded")
            }
            _ => r,
        }
    }),
    bug(KIND, "judge-topic-of-1024", "limits topics to 1024 octets", |a, r| {
        let long = a.cbor().is_some_and(|o| o.windows(3).any(|w| matches!(w, [0x59, 0x04..=0x10, _])));
        if a.op == OP && long { refuse("seeded: topic") } else { r }
    }),
    bug(KIND, "judge-parts-of-1023", "refuses 1024 parts", |a, r| {
        let many = a.cbor().is_some_and(|o| o.len() > 4096 && !o.windows(2).any(|w| w == [0x59, 0x10]));
        if a.op == OP && many { refuse("seeded: parts") } else { r }
    }),
];

const OP: &str = "content/judge";

fn world(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    if asked.op == OP { asked.changed(change) } else { right }
}

/// Changes one limit, given or not.
fn limit(asked: Asked<'_>, right: Answer, name: &str, change: impl FnOnce(&Value) -> Value) -> Answer {
    world(asked, right, |input| {
        let mut limits = input.get("limits").filter(|l| l.is_object()).cloned().unwrap_or_else(|| json!({}));
        let changed = change(limits.get(name).unwrap_or(&Value::Null));
        set(&mut limits, name, changed);
        set(input, "limits", limits);
    })
}

fn less(value: &Value) -> Value {
    value.as_u64().map_or(Value::Null, |n| json!(n.saturating_sub(1)))
}

fn more(value: &Value) -> Value {
    value.as_u64().map_or(Value::Null, |n| json!(n.saturating_add(1)))
}

fn accepts(asked: Asked<'_>, right: Answer, reason: &str) -> Answer {
    if asked.op == OP && asked.refused(&right, &[reason]) { Answer::Ok(json!({})) } else { right }
}
