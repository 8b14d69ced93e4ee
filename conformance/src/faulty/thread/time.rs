//! Expiry and topics.

use super::talk::{OP, changed, entries, entries_mut, id, is, known, live_or_expired, messages, number, set};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const EXPIRY: &str = "when a message expires depends on the kind of its expiry";

pub(in crate::faulty) const TIME_AND_TOPICS: &[Row] = &[
    (
        "expiry-ignored",
        "keeps messages that have expired",
        "a hint is not followed",
        Reads(OP, |input| set(input, "now_ms", json!(0))),
    ),
    (
        "relative-expiry-from-acceptance",
        "counts a relative expiry from when the message was accepted",
        EXPIRY,
        Reads(OP, |input| {
            for message in input.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten() {
                let accepted = message.get("accepted_ms").cloned().unwrap_or_default();
                set(message, "read_ms", accepted);
            }
        }),
    ),
    (
        "unread-messages-do-not-expire",
        "keeps an unread message beyond its absolute expiry",
        EXPIRY,
        Answers(OP, |input, answer| {
            let unread: BTreeSet<String> = messages(input)
                .into_iter()
                .filter(|(message, _)| message.get("read_ms").is_none_or(Value::is_null))
                .filter_map(|(message, room)| id(message, &room))
                .collect();
            changed(answer, |out| {
                for entry in entries_mut(out)
                    .iter_mut()
                    .filter(|e| e.get("id").and_then(Value::as_str).is_some_and(|id| unread.contains(id)))
                {
                    live_or_expired(entry, false);
                }
            })
        }),
    ),
    (
        "absolute-expiry-from-reading",
        "counts an absolute expiry from the reading",
        EXPIRY,
        Answers(OP, |input, answer| {
            let read: BTreeMap<String, u64> = messages(input)
                .into_iter()
                .filter_map(|(message, room)| Some((id(message, &room)?, message.get("read_ms")?.as_u64()?)))
                .collect();
            let now_ms = number(input, "now_ms");
            let known = known(input);
            changed(answer, |out| {
                for entry in entries_mut(out) {
                    let id = entry.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
                    let time = known.get(&id).and_then(|m| m.pointer("/expires/time")).and_then(Value::as_u64);
                    if let (Some(read), Some(time)) = (read.get(&id), time) {
                        live_or_expired(entry, now_ms >= read + time * 1000);
                    }
                }
            })
        }),
    ),
    (
        "thread-expiry-in-milliseconds",
        "takes an absolute expiry as milliseconds",
        "seconds and milliseconds confused",
        Answers(OP, |input, answer| {
            let known = known(input);
            changed(answer, |out| {
                for entry in entries_mut(out) {
                    let expires = entry.get("id").and_then(Value::as_str).and_then(|id| known.get(id)?.get("expires"));
                    if expires.is_some_and(|e| e.get("relative") == Some(&json!(false))) {
                        live_or_expired(entry, true);
                    }
                }
            })
        }),
    ),
    (
        "empty-topic-listed",
        "lists the messages without a topic as those of an empty topic",
        "no topic is a topic like any other",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let without: Vec<Value> = entries(out)
                    .iter()
                    .filter(|e| is(e, "topic_id", ""))
                    .filter_map(|e| e.get("id").cloned())
                    .collect();
                if let Some(topics) =
                    out.get_mut("topics").and_then(Value::as_array_mut).filter(|_| !without.is_empty())
                {
                    topics.insert(0, json!({"topic_id": "", "ids": without}));
                }
            })
        }),
    ),
    (
        "topics-compared-by-their-start",
        "takes topics for one when one begins with the other",
        "a comparison up to the length of the shorter",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let Some(topics) = out.get_mut("topics").and_then(Value::as_array_mut) else { return };
                let text = |topic: &Value| topic.get("topic_id").and_then(Value::as_str).unwrap_or_default().to_owned();
                let mut merged: Vec<Value> = vec![];
                for topic in std::mem::take(topics) {
                    match merged.last_mut().filter(|last| text(&topic).starts_with(&text(last))) {
                        None => merged.push(topic),
                        Some(last) => {
                            let more = topic.get("ids").and_then(Value::as_array).cloned().unwrap_or_default();
                            if let Some(ids) = last.get_mut("ids").and_then(Value::as_array_mut) {
                                ids.extend(more);
                            }
                        }
                    }
                }
                *topics = merged;
            })
        }),
    ),
    (
        "topics-by-appearance",
        "lists topics in the order in which they appear",
        "a map that remembers insertion",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let order: Vec<Value> = entries(out).iter().filter_map(|e| e.get("topic_id").cloned()).collect();
                if let Some(topics) = out.get_mut("topics").and_then(Value::as_array_mut) {
                    topics.sort_by_key(|topic| order.iter().position(|known| Some(known) == topic.get("topic_id")));
                }
            })
        }),
    ),
    (
        "edits-in-topics",
        "lists the versions of a message in its topic",
        "every message received is filed under its topic",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let versions: BTreeMap<String, Value> = entries(out)
                    .iter()
                    .filter_map(|e| Some((e.get("id")?.as_str()?.to_owned(), e.get("versions")?.clone())))
                    .collect();
                for ids in out
                    .get_mut("topics")
                    .and_then(Value::as_array_mut)
                    .into_iter()
                    .flatten()
                    .filter_map(|t| t.get_mut("ids")?.as_array_mut())
                {
                    let all = ids.iter().filter_map(|id| versions.get(id.as_str()?)?.as_array()).flatten().cloned();
                    *ids = all.collect();
                }
            })
        }),
    ),
    (
        "unread-messages-expire",
        "counts the relative expiry of an unread message from 1970",
        EXPIRY,
        Reads(OP, |input| {
            for message in input.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten() {
                if message.get("read_ms").is_none_or(Value::is_null) {
                    set(message, "read_ms", json!(0));
                }
            }
        }),
    ),
];
