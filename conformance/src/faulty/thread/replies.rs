//! Replies and reactions.

use super::talk::{OP, changed, entries, entries_mut, is, known, reacting, restated, set, with_replies};
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const FIRST: &str = "a reference is looked up among the messages, and not among their versions";

pub(in crate::faulty) const REPLIES: &[Row] = &[
    (
        "reply-to-the-first-version",
        "shows every reply as one to the first version",
        "a reply refers to a message, it seems, and not to its wording",
        Answers(OP, |_, answer| {
            with_replies(answer, |reply| {
                if let Some(target) = reply.get("target").filter(|target| !target.is_null()).cloned() {
                    set(reply, "id", target);
                }
            })
        }),
    ),
    (
        "reply-target-is-the-version",
        "names the version, and not its first instance, as the target of a reply",
        FIRST,
        Answers(OP, |_, answer| {
            with_replies(answer, |reply| {
                if reply.get("target").is_some_and(|target| !target.is_null()) {
                    let id = reply.get("id").cloned().unwrap_or_default();
                    set(reply, "target", id);
                }
            })
        }),
    ),
    (
        "replies-to-versions-unknown",
        "knows no reply target but first instances",
        FIRST,
        Answers(OP, |_, answer| {
            with_replies(answer, |reply| {
                if reply.get("target").is_some_and(|target| !target.is_null()) && reply.get("target") != reply.get("id")
                {
                    set(reply, "target", Value::Null);
                    set(reply, "status", json!("unknown"));
                }
            })
        }),
    ),
    (
        "superseded-not-shown",
        "does not tell that the version answered was edited since",
        "the status is that of the message",
        Answers(OP, |_, answer| restated(answer, "superseded", "current")),
    ),
    (
        "deleted-targets-unknown",
        "shows a reply to a deleted message as one to an unknown message",
        "what is deleted is forgotten",
        Answers(OP, |_, answer| restated(answer, "deleted", "unknown")),
    ),
    (
        "deleted-targets-current",
        "shows a reply to a deleted message as if it were still there",
        "the status is taken when the reply arrives",
        Answers(OP, |_, answer| restated(answer, "deleted", "current")),
    ),
    (
        "expired-targets-current",
        "shows a reply to an expired message as if it were still there",
        "the status is taken when the reply arrives",
        Answers(OP, |_, answer| restated(answer, "expired", "current")),
    ),
    (
        "unlike-ignored",
        "keeps a reaction that was taken back",
        "reactions are collected once and never looked at again",
        Answers(OP, |_, answer| {
            reacting(answer, |entry| entry.get("state") != Some(&json!("expired")) && is(entry, "kind", "reaction"))
        }),
    ),
    (
        "replies-are-reactions",
        "counts every reply as a reaction",
        "a reaction is known by what it refers to, and not by its disposition",
        Answers(OP, |_, answer| reacting(answer, |entry| is(entry, "state", "live"))),
    ),
    (
        "reactions-to-old-versions-lost",
        "drops the reactions to a message when it is edited",
        FIRST,
        Answers(OP, |_, answer| {
            reacting(answer, |entry| {
                is(entry, "state", "live")
                    && is(entry, "kind", "reaction")
                    && entry.pointer("/in_reply_to/status") != Some(&json!("superseded"))
            })
        }),
    ),
    (
        "one-reaction-a-sender",
        "keeps one reaction of each sender",
        "a set of senders where a list of reactions is needed",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let of = |id: &Value, out: &Value| {
                    entries(out).iter().find(|e| e.get("id") == Some(id)).and_then(|e| e.get("sender_uri").cloned())
                };
                let before = out.clone();
                for entry in entries_mut(out) {
                    let mut known = vec![];
                    if let Some(reactions) = entry.get_mut("reactions").and_then(Value::as_array_mut) {
                        reactions.retain(|id| {
                            let sender = of(id, &before);
                            let new = !known.contains(&sender);
                            known.push(sender);
                            new
                        });
                    }
                }
            })
        }),
    ),
    (
        "reactions-by-latest-version",
        "names the latest version of an edited reaction",
        "an id is replaced where it should stay",
        Answers(OP, |_, answer| {
            changed(answer, |out| {
                let current: BTreeMap<String, Value> = entries(out)
                    .iter()
                    .filter_map(|e| Some((e.get("id")?.as_str()?.to_owned(), e.get("current")?.clone())))
                    .collect();
                for id in entries_mut(out).iter_mut().filter_map(|e| e.get_mut("reactions")?.as_array_mut()).flatten() {
                    if let Some(latest) = id.as_str().and_then(|id| current.get(id)).cloned() {
                        *id = latest;
                    }
                }
            })
        }),
    ),
    (
        "hang-on-reply-loop",
        "follows replies up for ever when edits have made them a loop",
        "references are followed until one leads nowhere",
        Answers(OP, |input, answer| {
            let known = known(input);
            let Answer::Ok(out) = &answer else { return answer };
            let mut up: BTreeMap<&str, &str> = BTreeMap::new();
            for entry in entries(out) {
                let latest = entry.get("current").and_then(Value::as_str).and_then(|id| known.get(id));
                let first = |id: &str| {
                    entries(out)
                        .iter()
                        .find(|e| e.get("versions").and_then(Value::as_array).is_some_and(|v| v.contains(&json!(id))))
                };
                let target = latest.and_then(|m| m.get("in_reply_to")?.as_str()).and_then(first);
                if let (Some(id), Some(target)) =
                    (entry.get("id").and_then(Value::as_str), target.and_then(|t| t.get("id")?.as_str()))
                {
                    up.insert(id, target);
                }
            }
            for start in up.keys() {
                let mut at = *start;
                // More steps than there are messages: a loop, that has no end.
                for _ in 0..=up.len() {
                    at = up.get(at).copied().unwrap_or_default();
                }
                while !at.is_empty() {
                    std::thread::park();
                }
            }
            answer
        }),
    ),
];
