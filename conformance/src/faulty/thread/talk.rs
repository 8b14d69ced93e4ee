//! What the tables share: inputs, outputs, and the messages in them.

use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) const OP: &str = "content/thread";

pub(super) fn set(holder: &mut Value, name: &str, value: Value) {
    if let Some(object) = holder.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

pub(super) fn is(holder: &Value, name: &str, text: &str) -> bool {
    holder.get(name).and_then(Value::as_str) == Some(text)
}

pub(super) fn number(holder: &Value, name: &str) -> u64 {
    holder.get(name).and_then(Value::as_u64).unwrap_or_default()
}

/// Every message received, with the room's URI.
pub(super) fn messages(input: &Value) -> Vec<(&Value, String)> {
    let room = input.get("room_uri").and_then(Value::as_str).unwrap_or_default();
    let messages = input.get("messages").and_then(Value::as_array).into_iter().flatten();
    messages.map(|message| (message, room.to_owned())).collect()
}

pub(super) fn senders(input: &Value) -> Vec<String> {
    messages(input).iter().filter_map(|(message, _)| message.get("sender_uri")?.as_str().map(str::to_owned)).collect()
}

pub(super) fn listed(input: &Value, right: &str) -> Vec<String> {
    let list = input.get("policy").and_then(|policy| policy.get(right)).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|uri| uri.as_str().map(str::to_owned)).collect()
}

/// Gives these users a right, beside those who have it.
pub(super) fn allow(input: &mut Value, right: &str, users: impl Fn(&Value) -> Vec<String>) {
    let all = [listed(input, right), users(input)].concat();
    let mut policy =
        input.get("policy").filter(|policy| policy.is_object()).cloned().unwrap_or_else(|| Value::Object(Map::new()));
    set(&mut policy, right, json!(all));
    set(input, "policy", policy);
}

/// Gives every message its rank for a timestamp: by time, then by what `tie` makes of message, room and arrival.
pub(super) fn ranked<T: Ord>(input: &mut Value, tie: impl Fn(&Value, &str, usize) -> T) {
    let order = messages(input).into_iter().enumerate();
    let mut order: Vec<_> =
        order.map(|(place, (m, room))| (number(m, "accepted_ms"), tie(m, &room, place), place)).collect();
    order.sort_unstable();
    let Some(messages) = input.get_mut("messages").and_then(Value::as_array_mut) else { return };
    for (rank, (_, _, place)) in (0_u64..).zip(order) {
        if let Some(message) = messages.get_mut(place) {
            set(message, "accepted_ms", json!(rank));
        }
    }
}

pub(super) fn decoded(message: &Value) -> Option<Value> {
    let Answer::Ok(mut out) = Reference.answer("content/decode", message) else { return None };
    out.get_mut("message").map(Value::take)
}

pub(super) fn id(message: &Value, room: &str) -> Option<String> {
    let mut input = message.clone();
    set(&mut input, "room_uri", json!(room));
    let Answer::Ok(out) = Reference.answer("content/message-id", &input) else { return None };
    Some(out.get("message_id")?.as_str()?.to_owned())
}

/// Every message that decodes, by its id.
pub(super) fn known(input: &Value) -> BTreeMap<String, Value> {
    messages(input).into_iter().filter_map(|(message, room)| Some((id(message, &room)?, decoded(message)?))).collect()
}

pub(super) fn changed(answer: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    change(&mut out);
    Answer::Ok(out)
}

pub(super) fn entries(out: &Value) -> &[Value] {
    out.get("messages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The entries, to be changed; an output always has some place for them.
pub(super) fn entries_mut(out: &mut Value) -> &mut Vec<Value> {
    if !out.get("messages").is_some_and(Value::is_array) {
        *out = json!({"messages": []});
    }
    match out.get_mut("messages") {
        Some(Value::Array(list)) => list,
        _ => unreachable!("made an array above"),
    }
}

/// Calls `change` for every entry that was edited, with its latest version.
pub(super) fn with_latest(input: &Value, answer: Answer, change: impl Fn(&mut Value, &Value)) -> Answer {
    let known = known(input);
    changed(answer, |out| {
        for entry in entries_mut(out) {
            let versions = entry.get("versions").and_then(Value::as_array).filter(|versions| versions.len() > 1);
            let latest = versions.and_then(|versions| versions.last()?.as_str()).and_then(|id| known.get(id));
            if let Some(latest) = latest {
                change(entry, latest);
            }
        }
    })
}

pub(super) fn with_replies(answer: Answer, change: impl Fn(&mut Value)) -> Answer {
    changed(answer, |out| {
        for entry in entries_mut(out) {
            if let Some(reply) = entry.get_mut("in_reply_to").filter(|reply| reply.is_object()) {
                change(reply);
            }
        }
    })
}

pub(super) fn restated(answer: Answer, from: &str, to: &str) -> Answer {
    with_replies(answer, |reply| {
        if is(reply, "status", from) {
            set(reply, "status", json!(to));
        }
    })
}

/// Lists as reactions all entries that are such.
pub(super) fn reacting(answer: Answer, such: impl Fn(&Value) -> bool) -> Answer {
    changed(answer, |out| {
        let mut reactions: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for entry in entries(out).iter().filter(|entry| such(entry)) {
            let target = entry.pointer("/in_reply_to/target").and_then(Value::as_str);
            if let (Some(target), Some(id)) = (target, entry.get("id")) {
                reactions.entry(target.to_owned()).or_default().push(id.clone());
            }
        }
        for entry in entries_mut(out) {
            let own = entry.get("id").and_then(Value::as_str).and_then(|id| reactions.remove(id)).unwrap_or_default();
            set(entry, "reactions", json!(own));
        }
    })
}

pub(super) fn live_or_expired(entry: &mut Value, gone: bool) {
    if is(entry, "state", "deleted") {
        return;
    }
    let latest = entry.get("versions").and_then(Value::as_array).and_then(|v| v.last().cloned()).unwrap_or_default();
    set(entry, "state", json!(if gone { "expired" } else { "live" }));
    set(entry, "current", if gone { Value::Null } else { latest });
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::vector::families;

    /// Doing anew what is right changes nothing: so each bug is only its own.
    #[test]
    fn what_is_right_stays() {
        for family in families::ALL.iter().filter(|family| family.name == OP) {
            for case in (family.generate)().cases() {
                let answer = Reference.answer(OP, &case.input);
                let right = |entry: &Value| is(entry, "state", "live") && is(entry, "kind", "reaction");
                assert_eq!(reacting(answer.clone(), right), answer, "{}", case.id);
                let known = known(&case.input);
                let Answer::Ok(out) = &answer else { continue };
                for entry in entries(out) {
                    assert!(known.contains_key(entry["id"].as_str().unwrap()), "{}", case.id);
                }
            }
        }
    }
}
