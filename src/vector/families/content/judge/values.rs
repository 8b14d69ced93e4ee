//! Topic and expiry.

use super::scene::{DAY_MS, DAY_S, NOW_MS, NOW_S, discarded, processed};
use crate::reason::{Reason, content as reason};
use crate::vector::families::build::group;
use crate::vector::forge::Expiration;
use crate::vector::{Case, Group, Verdict};
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("topics", topics()),
        group("absolute expiry", absolute()),
        group("relative expiry", relative()),
        group("expiry where a year is not defined", a_year()),
    ]
}

fn topics() -> Vec<Case> {
    const RULE: &str = "9.1:topic-too-long";
    let long = |name, comment, octets: usize, fill: u8| {
        discarded(name, comment, "topic-length", RULE, reason::TOPIC_TOO_LONG, move |s| {
            s.message.topic_id = vec![fill; octets];
        })
    };
    let fine = |name, comment, octets: usize| {
        processed(name, comment, "topic-length", RULE, move |s| s.message.topic_id = vec![0x74; octets])
    };
    vec![
        fine("topic-empty", "No topic.", 0),
        fine("topic-32", "A topic of 32 octets.", 32),
        fine("topic-4096", "A topic of 4096 octets.", 4096),
        long("topic-4097", "A topic of 4097 octets.", 4097, 0x74),
        long("topic-8192", "A topic of 8192 zeros.", 8192, 0),
    ]
}

const PAST: &str = "9.1:expires-year-past";
const AHEAD: &str = "9.1:expires-year-future-absolute";
const RELATIVE: &str = "9.1:expires-year-future-relative";

fn fine(name: &str, comment: &str, rule: &str, relative: bool, time: u64, limits: serde_json::Value) -> Case {
    processed(name, comment, "expiry", rule, |s| {
        s.message.expires = Some(Expiration { relative, time });
        s.limits = limits;
    })
}

fn wrong(name: &str, comment: &str, reason: Reason, relative: bool, time: u64, limits: serde_json::Value) -> Case {
    let rule = match (reason == reason::EXPIRES_LONG_AGO, relative) {
        (true, _) => PAST,
        (false, false) => AHEAD,
        (false, true) => RELATIVE,
    };
    discarded(name, comment, "expiry", rule, reason, |s| {
        s.message.expires = Some(Expiration { relative, time });
        s.limits = limits;
    })
}

fn absolute() -> Vec<Case> {
    let none = || serde_json::Value::Null;
    let (past, ahead) = (|| json!({"past_s": 100}), || json!({"horizon_s": 100}));
    let (long_ago, far) = (reason::EXPIRES_LONG_AGO, reason::EXPIRES_FAR_AHEAD);
    vec![
        fine("expires-in-an-hour", "Expires in an hour.", AHEAD, false, NOW_S + 3600, none()),
        fine("expires-in-300-days", "Expires in 300 days.", AHEAD, false, NOW_S + 300 * DAY_S, none()),
        wrong("expires-in-2-years", "Expires in two years.", far, false, NOW_S + 730 * DAY_S, none()),
        wrong("expires-in-2106", "Expires in the last second of 32 bits.", far, false, 0xffff_ffff, none()),
        fine("expires-at-horizon", "Expires exactly at the horizon given.", AHEAD, false, NOW_S + 100, ahead()),
        wrong("expires-over-horizon", "Expires a second after the horizon given.", far, false, NOW_S + 101, ahead()),
        fine("expired-an-hour-ago", "Expired an hour ago.", PAST, false, NOW_S - 3600, none()),
        fine("expired-300-days-ago", "Expired 300 days ago.", PAST, false, NOW_S - 300 * DAY_S, none()),
        wrong("expired-2-years-ago", "Expired two years ago.", long_ago, false, NOW_S - 730 * DAY_S, none()),
        wrong("expired-in-1970", "Expired at the start of the epoch.", long_ago, false, 0, none()),
        fine("expired-at-limit", "Expired exactly as long ago as the limit given.", PAST, false, NOW_S - 100, past()),
        wrong("expired-over-limit", "Expired a second before the limit given.", long_ago, false, NOW_S - 101, past()),
    ]
}

fn relative() -> Vec<Case> {
    let none = || serde_json::Value::Null;
    let ahead = || json!({"horizon_s": 100});
    let far = reason::EXPIRES_FAR_AHEAD;
    vec![
        fine("visible-0-seconds", "To be visible for 0 seconds: useless, and no malice.", RELATIVE, true, 0, none()),
        fine("visible-a-minute", "To be visible for a minute.", RELATIVE, true, 60, none()),
        fine("visible-300-days", "To be visible for 300 days.", RELATIVE, true, 300 * DAY_S, none()),
        wrong("visible-2-years", "To be visible for two years.", far, true, 730 * DAY_S, none()),
        wrong("visible-longest", "To be visible for 2^32 - 1 seconds.", far, true, 0xffff_ffff, none()),
        fine("visible-at-horizon", "To be visible as long as the horizon given.", RELATIVE, true, 100, ahead()),
        wrong("visible-over-horizon", "To be visible a second longer than the horizon given.", far, true, 101, ahead()),
        fine(
            "visible-small-number-is-no-date",
            "A relative time is no date in 1970, however short the past limit.",
            PAST,
            true,
            60,
            json!({"past_s": 0}),
        ),
    ]
}

/// 365 and a half days lie between the two lengths of a year.
fn a_year() -> Vec<Case> {
    let half_past_365 = 365 * DAY_S + DAY_S / 2;
    let none = || serde_json::Value::Null;
    let year = [
        (Verdict::Reject, "A year has 365 days."),
        (Verdict::Accept, "A year has 366 days, or is one of the calendar, and this is less."),
    ];
    vec![
        wrong(
            "expires-in-365-and-a-half-days",
            "Expires in 365 days and 12 hours.",
            reason::EXPIRES_FAR_AHEAD,
            false,
            NOW_S + half_past_365,
            none(),
        )
        .contested(&year),
        wrong(
            "expired-365-and-a-half-days-ago",
            "Expired 365 days and 12 hours ago.",
            reason::EXPIRES_LONG_AGO,
            false,
            NOW_S - half_past_365,
            none(),
        )
        .contested(&year),
        wrong(
            "visible-365-and-a-half-days",
            "To be visible for 365 days and 12 hours.",
            reason::EXPIRES_FAR_AHEAD,
            true,
            half_past_365,
            none(),
        )
        .contested(&year),
        discarded(
            "expired-long-ago-when-delivered",
            "Accepted 200 days ago, when its expiry was 200 days past; by the local clock it is 400 days past.",
            "expiry",
            PAST,
            reason::EXPIRES_LONG_AGO,
            |s| {
                (s.accepted_ms, s.room_created_ms) = (NOW_MS - 200 * DAY_MS, NOW_MS - 900 * DAY_MS);
                s.message.expires = Some(Expiration { relative: false, time: NOW_S - 400 * DAY_S });
            },
        )
        .contested(&[
            (Verdict::Reject, "The receiver's clock decides, as for timestamps."),
            (Verdict::Accept, "The accepted timestamp decides: a delayed message is no malice."),
        ]),
    ]
}
