//! What edits and deletes do to a message, and what becomes of messages without effect.

use super::talk::{OP, changed, decoded, entries_mut, is, known, live_or_expired, messages, number, set, with_latest};
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use serde_json::{Value, json};

const LATEST: &str = "an edit replaces the whole message, with all its fields";
const SILENT: &str = "what has no effect is dropped without a word";

pub(in crate::faulty) const VERSIONS: &[Row] = &[
    (
        "edits-change-the-topic",
        "takes the topic of the latest version",
        LATEST,
        Answers(OP, |input, answer| {
            with_latest(input, answer, |entry, latest| {
                set(entry, "topic_id", latest.get("topic_id").cloned().unwrap_or_default());
            })
        }),
    ),
    (
        "edits-change-the-reply",
        "takes the reply target of the latest version",
        LATEST,
        Answers(OP, |input, answer| {
            with_latest(input, answer, |entry, latest| {
                if latest.get("in_reply_to").is_none_or(Value::is_null) {
                    set(entry, "in_reply_to", Value::Null);
                } else if let Some(id) = entry.get_mut("in_reply_to").and_then(|reply| reply.get_mut("id")) {
                    *id = latest.get("in_reply_to").cloned().unwrap_or_default();
                }
            })
        }),
    ),
    (
        "edits-change-the-expiry",
        "takes the expiry of the latest version",
        LATEST,
        Answers(OP, |input, answer| {
            let now_ms = number(input, "now_ms");
            with_latest(input, answer, |entry, latest| {
                let time = latest.pointer("/expires/time").and_then(Value::as_u64);
                let relative = latest.pointer("/expires/relative") == Some(&json!(true));
                let gone = !relative && time.is_some_and(|time| now_ms >= time * 1000);
                live_or_expired(entry, gone);
            })
        }),
    ),
    (
        "deletes-remove-the-message",
        "forgets a deleted message altogether",
        "a delete is taken literally",
        Answers(OP, |_, answer| changed(answer, |out| entries_mut(out).retain(|entry| !is(entry, "state", "deleted")))),
    ),
    (
        "deletes-are-versions",
        "counts a delete as a version",
        "a delete is an edit with an empty body",
        Answers(OP, |input, answer| {
            let deletes: Vec<(Value, String)> = known(input)
                .into_iter()
                .filter(|(_, message)| message.pointer("/body/cardinality") == Some(&json!("null")))
                .filter_map(|(id, message)| Some((message.get("replaces").filter(|r| !r.is_null())?.clone(), id)))
                .collect();
            changed(answer, |out| {
                for entry in entries_mut(out).iter_mut().filter(|entry| is(entry, "state", "deleted")) {
                    let more = deletes
                        .iter()
                        .filter(|(replaced, _)| entry.get("id") == Some(replaced))
                        .map(|(_, id)| json!(id));
                    let more: Vec<Value> = more.collect();
                    if let Some(versions) = entry.get_mut("versions").and_then(Value::as_array_mut) {
                        versions.extend(more);
                    }
                }
            })
        }),
    ),
    (
        "first-version-shown",
        "keeps showing the first version of an edited message",
        "an edit is stored and the view is not told",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                for entry in entries_mut(out).iter_mut().filter(|entry| is(entry, "state", "live")) {
                    let first = entry.get("id").cloned().unwrap_or_default();
                    set(entry, "current", first);
                }
            })
        }),
    ),
    (
        "edits-are-messages",
        "shows an edit as a message of its own",
        "a client that does not know edits",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let mut more = vec![];
                for entry in entries_mut(out) {
                    let versions = entry.get("versions").and_then(Value::as_array).cloned().unwrap_or_default();
                    for version in versions.into_iter().skip(1) {
                        let mut copy = entry.clone();
                        set(&mut copy, "id", version.clone());
                        set(&mut copy, "versions", json!([version]));
                        more.push(copy);
                    }
                }
                entries_mut(out).extend(more);
            })
        }),
    ),
    (
        "unresolved-dropped",
        "forgets edits of messages that it has not seen",
        SILENT,
        Answers(OP, |_, answer| changed(answer, |out| set(out, "unresolved", json!([])))),
    ),
    (
        "one-unresolved-a-message",
        "keeps one edit of each message that it has not seen",
        "a map from the message replaced where a list is needed",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                if let Some(list) = out.get_mut("unresolved").and_then(Value::as_array_mut) {
                    list.dedup_by(|one, other| one.get("replaces") == other.get("replaces"));
                }
            })
        }),
    ),
    (
        "unresolved-ignored",
        "counts edits of messages that it has not seen as without effect",
        "a reference that leads nowhere is an error",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let list = out.get("unresolved").and_then(Value::as_array).cloned().unwrap_or_default();
                set(out, "unresolved", json!([]));
                if let Some(ignored) = out.get_mut("ignored").and_then(Value::as_array_mut) {
                    ignored.extend(
                        list.iter().map(|u| json!({"id": u.get("id"), "reason": "replaces-not-first-instance"})),
                    );
                }
            })
        }),
    ),
    (
        "ignored-not-told",
        "does not tell which messages are without effect",
        SILENT,
        Answers(OP, |_, answer| changed(answer, |out| set(out, "ignored", json!([])))),
    ),
    (
        "one-bad-message-spoils-all",
        "refuses a sequence that holds an undecodable message",
        "an error is passed up further than it should",
        Answers(OP, |input, answer| {
            if messages(input).iter().any(|(message, _)| decoded(message).is_none()) {
                crate::faulty::adapter::refused("undecodable")
            } else {
                answer
            }
        }),
    ),
];
