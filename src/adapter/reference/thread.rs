//! Sequences of messages.

use super::codec::settled;
use super::input::{Result, array, octets, optional, optional_uint, text, texts, uint};
use crate::adapter::Answer;
use crate::content::thread::{Entry, Policy, Received, Reply, ReplyStatus, State, Thread};
use crate::content::{Document, MessageId};
use crate::reason::Reason;
use crate::wire::hex;
use serde_json::{Value, json};

/// A message that cannot take part: when it was accepted, its id if it has one, why.
type Left = (u64, Option<MessageId>, Reason);

pub(super) fn thread(input: &Value) -> Result<Answer> {
    let (room_uri, now_ms) = (text(input, "room_uri")?, uint(input, "now_ms")?);
    let policy = policy(input)?;
    let given = array(input, "messages")?;
    let octets = given.iter().map(|m| octets(m, "cbor")).collect::<Result<Vec<_>>>()?;
    let mut received = vec![];
    let mut left: Vec<Left> = vec![];
    for (message, octets) in given.iter().zip(&octets) {
        let (sender_uri, accepted_ms) = (text(message, "sender_uri")?, uint(message, "accepted_ms")?);
        let read_ms = optional_uint(message, "read_ms")?;
        match verified(octets, sender_uri, room_uri) {
            Ok((id, document)) => received.push(Received { id, document, sender_uri, accepted_ms, read_ms }),
            Err(reason) => left.push((accepted_ms, None, reason)),
        }
    }
    let thread = Thread::new(received, &policy, now_ms);
    left.extend(thread.ignored.iter().map(|i| (i.accepted_ms, Some(i.id), i.reason)));
    left.sort_by_key(|(accepted_ms, id, _)| (*accepted_ms, *id));
    Ok(settled(Ok(view(&thread, &left))))
}

fn verified<'a>(
    octets: &'a [u8],
    sender_uri: &str,
    room_uri: &str,
) -> std::result::Result<(MessageId, Document<'a>), Reason> {
    let document = Document::decode(octets).map_err(|e| e.reason)?;
    let id = document.message_id(Some(sender_uri), Some(room_uri)).map_err(|e| e.0)?;
    Ok((id, document))
}

fn policy(input: &Value) -> Result<Policy<'_>> {
    let Some(given) = optional(input, "policy") else { return Ok(Policy::default()) };
    let users = |name| match optional(given, name) {
        None => Ok(vec![]),
        Some(_) => texts(given, name),
    };
    Ok(Policy { editors: users("editors")?.into_iter().collect(), deleters: users("deleters")?.into_iter().collect() })
}

fn view(thread: &Thread<'_>, left: &[Left]) -> Value {
    let unresolved = thread.unresolved.iter().map(|u| json!({"id": id(u.id), "replaces": id(u.replaces)}));
    let ignored = left.iter().map(|(_, i, reason)| json!({"id": i.map(id), "reason": reason.code()}));
    let topics = thread.topics.iter().map(|t| json!({"topic_id": hex::encode(t.topic_id), "ids": ids(&t.ids)}));
    json!({
        "messages": thread.entries.iter().map(entry).collect::<Vec<_>>(),
        "unresolved": unresolved.collect::<Vec<_>>(),
        "ignored": ignored.collect::<Vec<_>>(),
        "topics": topics.collect::<Vec<_>>(),
    })
}

fn id(id: MessageId) -> String {
    id.to_string()
}

fn ids(list: &[MessageId]) -> Vec<String> {
    list.iter().map(|i| id(*i)).collect()
}

fn entry(e: &Entry<'_>) -> Value {
    json!({
        "id": id(e.id),
        "kind": if e.reaction { "reaction" } else { "message" },
        "sender_uri": e.sender_uri,
        "state": match e.state {
            State::Live => "live",
            State::Deleted => "deleted",
            State::Expired => "expired",
        },
        "current": e.current.map(id),
        "versions": ids(&e.versions),
        "topic_id": hex::encode(e.topic_id),
        "in_reply_to": e.in_reply_to.map(|r| reply(&r)),
        "reactions": ids(&e.reactions),
    })
}

fn reply(r: &Reply) -> Value {
    let status = match r.status {
        ReplyStatus::Current => "current",
        ReplyStatus::Superseded => "superseded",
        ReplyStatus::Deleted => "deleted",
        ReplyStatus::Expired => "expired",
        ReplyStatus::Unknown => "unknown",
    };
    json!({"id": id(r.id), "target": r.target.map(id), "status": status})
}
