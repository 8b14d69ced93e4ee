//! Bugs that refuse or misread what is a structure.

use super::takes::DECODE;
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use crate::faulty::delivery::octets::shown;
use mimicheck::adapter::{Answer, Rejection};
use serde_json::{Value, json};

fn refused(why: &str) -> Answer {
    Answer::Reject(Rejection { reason: None, message: Some(why.to_owned()), offset: None })
}

/// Refuses what is accepted with such a value.
fn refuses(answer: Answer, such: fn(&Value) -> bool) -> Answer {
    match &answer {
        Answer::Ok(out) if out.get("value").is_some_and(such) => refused("not supported"),
        _ => answer,
    }
}

/// Changes the member at this pointer into a value.
fn changed(answer: Answer, pointer: &'static str, change: impl Fn(&Value) -> Value) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    if let Some(place) = out.get_mut("value").and_then(|value| value.pointer_mut(pointer)) {
        *place = change(place);
    }
    Answer::Ok(out)
}

fn swap(value: &mut Value, a: &str, b: &str) {
    let (first, second) = (value.get(a).cloned(), value.get(b).cloned());
    if let (Some(first), Some(second), Some(object)) = (first, second, value.as_object_mut()) {
        object.insert(a.to_owned(), second);
        object.insert(b.to_owned(), first);
    }
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "room-partial-group-info-refused",
        "refuses a PartialGroupInfo",
        "what is optional is not built",
        Answers(DECODE, |_, answer| {
            refuses(answer, |value| value.pointer("/group_info_option/representation") == Some(&json!(2)))
        }),
    ),
    (
        "room-trees-inline-only",
        "refuses a tree that is not inline",
        "what is optional is not built",
        Answers(DECODE, |_, answer| {
            refuses(answer, |value| {
                value.pointer("/ratchet_tree_option/representation").is_some_and(|form| *form != json!(1))
            })
        }),
    ),
    (
        "room-stapled-proposals-refused",
        "refuses proposals stapled to an external commit",
        "what is optional is not built",
        Answers(DECODE, |_, answer| {
            refuses(answer, |value| {
                value.get("external_proposals").and_then(Value::as_array).is_some_and(|list| !list.is_empty())
            })
        }),
    ),
    (
        "room-franks-dropped",
        "does not pass on the frank of a message",
        "a field that one does not use is not kept",
        Answers(DECODE, |_, answer| changed(answer, "/frank", |_| Value::Null)),
    ),
    (
        "room-times-in-seconds",
        "reads times in seconds",
        "milliseconds in one place and seconds in another",
        Answers(DECODE, |_, answer| {
            let seconds = |time: &Value| json!(time.as_u64().unwrap_or_default() / 1000);
            changed(changed(answer, "/accepted_timestamp", seconds), "/timestamp", seconds)
        }),
    ),
    (
        "room-epochs-of-32-bits",
        "reads 32 bits of an epoch",
        "numbers of a language that has no others",
        Answers(DECODE, |_, answer| {
            changed(answer, "/current_epoch", |epoch| json!(epoch.as_u64().unwrap_or_default() & 0xffff_ffff))
        }),
    ),
    (
        "room-first-fan-out-only",
        "reads the first message of a request to notify and no other",
        "one structure a request",
        Answers(DECODE, |_, answer| {
            changed(answer, "/messages", |list| {
                list.as_array().map_or(Value::Null, |list| list.iter().take(1).cloned().collect())
            })
        }),
    ),
    (
        "room-pending-proposals-lost",
        "does not read the pending proposals beside a GroupInfo",
        "a field that one does not use is not kept",
        Answers(DECODE, |_, answer| changed(answer, "/pending_proposals", |_| json!([]))),
    ),
    (
        "room-participants-sorted",
        "shows participants in the order of their names",
        "a map where a list is needed",
        Answers(DECODE, |_, answer| {
            changed(answer, "/participants", |list| {
                let mut list = list.as_array().cloned().unwrap_or_default();
                list.sort_by_key(|pair| std::cmp::Reverse(pair.get("user").map(ToString::to_string)));
                list.into()
            })
        }),
    ),
    (
        "room-added-before-removed",
        "reads the lists of an update of participants in another order",
        "the order of add, remove and change in the draft's text",
        Answers(DECODE, |_, answer| {
            shown(answer, |value| swap(value, "changed_role_participants", "added_participants"))
        }),
    ),
    (
        "room-subject-and-mood-swapped",
        "takes the mood of a room for its subject",
        "two fields of one type",
        Answers(DECODE, |_, answer| shown(answer, |value| swap(value, "room_subject", "room_mood"))),
    ),
    (
        "room-status-kinds-merged",
        "takes every status but success for noConsent",
        "one error for all",
        Answers(DECODE, |_, answer| {
            changed(answer, "/user_status", |code| if *code == json!(0) { json!(0) } else { json!(5) })
        }),
    ),
];
