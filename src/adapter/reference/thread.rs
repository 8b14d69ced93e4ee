//! What a sequence of messages amounts to.

use crate::adapter::Answer;
use crate::adapter::input::{Result, array, bad, octets, optional, optional_uint, text, texts, uint};
use crate::content::MessageId;
use crate::content::thread::{self, Kind, Policy, Received, Reply, ReplyStatus, State, Thread, ThreadMessage};
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) fn thread(input: &Value) -> Result<Answer> {
    let (room_uri, now_ms) = (text(input, "room_uri")?, uint(input, "now_ms")?);
    let policy = policy(input)?;
    let messages = array(input, "messages")?;
    let documents = messages.iter().map(|m| octets(m, "cbor")).collect::<Result<Vec<_>>>()?;
    let received =
        messages.iter().zip(&documents).map(|(m, octets)| received(m, octets)).collect::<Result<Vec<_>>>()?;
    Ok(Answer::Ok(output(&thread::thread(room_uri, now_ms, &policy, &received))))
}

fn policy(input: &Value) -> Result<Policy<'_>> {
    let Some(policy) = optional(input, "policy") else { return Ok(Policy::default()) };
    if !policy.is_object() {
        return bad("policy", "is not an object");
    }
    Ok(Policy { editors: texts(policy, "editors")?, deleters: texts(policy, "deleters")? })
}

fn received<'a>(m: &'a Value, octets: &'a [u8]) -> Result<Received<'a>> {
    Ok(Received {
        octets,
        sender_uri: text(m, "sender_uri")?,
        accepted_ms: uint(m, "accepted_ms")?,
        read_ms: optional_uint(m, "read_ms")?,
    })
}

fn output(t: &Thread<'_>) -> Value {
    json!({
        "messages": t.messages.iter().map(message).collect::<Vec<_>>(),
        "unresolved": t.unresolved.iter()
            .map(|u| json!({"id": u.id.to_string(), "replaces": u.replaces.to_string()})).collect::<Vec<_>>(),
        "ignored": t.ignored.iter()
            .map(|i| json!({"id": id(i.id), "reason": i.reason.code()})).collect::<Vec<_>>(),
        "topics": t.topics.iter()
            .map(|t| json!({"topic_id": hex::encode(t.topic_id), "ids": ids(&t.ids)})).collect::<Vec<_>>(),
    })
}

fn message(m: &ThreadMessage<'_>) -> Value {
    let kind = match m.kind {
        Kind::Message => "message",
        Kind::Reaction => "reaction",
    };
    let state = match m.state {
        State::Live => "live",
        State::Deleted => "deleted",
        State::Expired => "expired",
    };
    json!({
        "id": m.id.to_string(), "kind": kind, "sender_uri": m.sender_uri, "state": state, "current": id(m.current),
        "versions": ids(&m.versions), "topic_id": hex::encode(m.topic_id), "in_reply_to": m.in_reply_to.map(reply),
        "reactions": ids(&m.reactions),
    })
}

fn reply(r: Reply) -> Value {
    let status = match r.status {
        ReplyStatus::Current => "current",
        ReplyStatus::Superseded => "superseded",
        ReplyStatus::Deleted => "deleted",
        ReplyStatus::Expired => "expired",
        ReplyStatus::Unknown => "unknown",
    };
    json!({"id": r.id.to_string(), "target": id(r.target), "status": status})
}

fn id(id: Option<MessageId>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
}

fn ids(ids: &[MessageId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
