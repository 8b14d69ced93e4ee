//! What replies, reactions, expiry and topics mean once every replacement is known.

use super::fold::{Entry, Fold};
use super::model::{Kind, Reply, ReplyStatus, State, Thread, ThreadMessage, Topic};
use crate::content::MessageId;
use std::collections::BTreeMap;

pub(super) fn resolve(fold: Fold<'_>, now_ms: u64) -> Thread<'_> {
    let Fold { entries, owner, mut thread } = fold;
    let mut messages: Vec<_> = entries.into_iter().map(|entry| standing(entry, now_ms)).collect();
    let replies: Vec<_> = messages.iter().map(|m| m.in_reply_to.map(|r| reply(r.id, &messages, &owner))).collect();
    let mut reactions = Vec::new();
    for (message, reply) in messages.iter_mut().zip(replies) {
        message.in_reply_to = reply;
        if let (Kind::Reaction, State::Live, Some(reply)) = (message.kind, message.state, reply) {
            reactions.push((message.id, reply.id));
        }
    }
    for (reaction, version) in reactions {
        if let Some(target) = owner.get(&version).and_then(|at| messages.get_mut(*at)) {
            target.reactions.push(reaction);
        }
    }
    thread.topics = topics(&messages);
    thread.messages = messages;
    thread
}

/// A message on its own; what it answers is not looked up yet.
fn standing(entry: Entry<'_>, now_ms: u64) -> ThreadMessage<'_> {
    let state = match () {
        () if entry.deleted => State::Deleted,
        () if expired(&entry, now_ms) => State::Expired,
        () => State::Live,
    };
    let Entry { first, versions, .. } = entry;
    ThreadMessage {
        id: first.id,
        kind: if first.is_reaction { Kind::Reaction } else { Kind::Message },
        sender_uri: first.received.sender_uri,
        state,
        current: versions.last().copied().filter(|_| state == State::Live),
        versions,
        topic_id: first.topic_id,
        in_reply_to: first.in_reply_to.map(|id| Reply { id, target: None, status: ReplyStatus::Unknown }),
        reactions: vec![],
    }
}

/// A message goes at the very millisecond of its expiry. A relative one runs from the reading of the
/// first instance, and not at all before that.
fn expired(entry: &Entry<'_>, now_ms: u64) -> bool {
    let Some(expires) = entry.first.expires else { return false };
    let from = if expires.relative { entry.first.received.read_ms } else { Some(0) };
    let lifetime = u64::from(expires.time) * 1000;
    from.and_then(|from| from.checked_add(lifetime)).is_some_and(|end| now_ms >= end)
}

fn reply(id: MessageId, messages: &[ThreadMessage<'_>], owner: &BTreeMap<MessageId, usize>) -> Reply {
    let Some(target) = owner.get(&id).and_then(|at| messages.get(*at)) else {
        return Reply { id, target: None, status: ReplyStatus::Unknown };
    };
    let status = match target.state {
        State::Deleted => ReplyStatus::Deleted,
        State::Expired => ReplyStatus::Expired,
        State::Live if target.current == Some(id) => ReplyStatus::Current,
        State::Live => ReplyStatus::Superseded,
    };
    Reply { id, target: Some(target.id), status }
}

fn topics<'a>(messages: &[ThreadMessage<'a>]) -> Vec<Topic<'a>> {
    let mut topics: BTreeMap<&[u8], Vec<MessageId>> = BTreeMap::new();
    for m in messages.iter().filter(|m| !m.topic_id.is_empty()) {
        topics.entry(m.topic_id).or_default().push(m.id);
    }
    topics.into_iter().map(|(topic_id, ids)| Topic { topic_id, ids }).collect()
}
