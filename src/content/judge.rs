//! Nonsensical values (section 9.1): what is to be logged and discarded. A judgement of its own, after
//! decoding, that takes everything it needs to know of the world as arguments.

use super::document::Document;
use super::message_id::{MessageId, SHA_256};
use crate::reason::{Reason, content as reason};
use std::collections::BTreeSet;

/// Most body parts, multiparts counted.
const MAX_PARTS: usize = 1024;
/// Most octets of a topic id.
const MAX_TOPIC: usize = 4096;

/// What the draft leaves vague, made exact. A value equal to its limit is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How far ahead of the local clock a message may have been accepted, in milliseconds.
    pub future_ms: u64,
    /// No message can have been accepted before this, in milliseconds since the UNIX epoch.
    pub floor_ms: Option<u64>,
    /// How long ago an absolute expiry may lie, in seconds.
    pub past_s: u64,
    /// How far ahead an expiry may lie, in seconds.
    pub horizon_s: u64,
    /// Most octets of a document.
    pub max_octets: Option<u64>,
}

impl Default for Limits {
    /// Five minutes; no floor, as any would condemn the draft's own examples; 365 days; any size.
    fn default() -> Self {
        const YEAR_S: u64 = 365 * 86_400;
        Self { future_ms: 300_000, floor_ms: None, past_s: YEAR_S, horizon_s: YEAR_S, max_octets: None }
    }
}

/// What a receiver knows beside the document.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Whether the sender is a member of the MLS group.
    pub sender_is_member: bool,
    /// The document's message id, if it is known.
    pub id: Option<MessageId>,
    /// Message ids encountered before.
    pub seen: &'a BTreeSet<MessageId>,
    /// When the hub accepted the message, in milliseconds since the UNIX epoch.
    pub accepted_ms: u64,
    /// The local clock, in milliseconds since the UNIX epoch.
    pub now_ms: u64,
    /// When the room was created, in milliseconds since the UNIX epoch.
    pub room_created_ms: u64,
    /// The exact limits.
    pub limits: Limits,
}

/// Every nonsensical value, in the order of section 9.1; empty for a message to be processed.
///
/// An expiry is held against the local clock, since it is the local clock that will delete the message.
#[must_use]
pub fn nonsense(document: &Document<'_>, context: &Context<'_>) -> Vec<Reason> {
    let message = document.message();
    let limits = &context.limits;
    let mut found = vec![];
    let mut check = |nonsensical: bool, reason: Reason| {
        if nonsensical {
            found.push(reason);
        }
    };
    check(!context.sender_is_member, reason::SENDER_NOT_MEMBER);
    check(context.id.is_some_and(|id| context.seen.contains(&id)), reason::DUPLICATE_MESSAGE_ID);
    let unknown_algorithm = |id: MessageId| id.0.first() != Some(&SHA_256);
    let references = [message.replaces, message.in_reply_to];
    check(references.into_iter().flatten().any(unknown_algorithm), reason::MESSAGE_ID_HASH_ALG);
    check(context.accepted_ms > context.now_ms.saturating_add(limits.future_ms), reason::TIMESTAMP_IN_FUTURE);
    check(limits.floor_ms.is_some_and(|floor| context.accepted_ms < floor), reason::TIMESTAMP_BEFORE_SYNTAX);
    check(context.accepted_ms < context.room_created_ms, reason::TIMESTAMP_BEFORE_ROOM);
    check(message.topic_id.len() > MAX_TOPIC, reason::TOPIC_TOO_LONG);
    if let Some(expires) = message.expires {
        // Milliseconds of a 32-bit number of seconds cannot overflow 64 bits.
        let (now, time) = (context.now_ms, u64::from(expires.time) * 1000);
        let (past, horizon) = (limits.past_s.saturating_mul(1000), limits.horizon_s.saturating_mul(1000));
        let start = if expires.relative { 0 } else { now };
        check(!expires.relative && time.saturating_add(past) < now, reason::EXPIRES_LONG_AGO);
        check(time > start.saturating_add(horizon), reason::EXPIRES_FAR_AHEAD);
    }
    check(message.parts().len() > MAX_PARTS, reason::TOO_MANY_PARTS);
    let octets = u64::try_from(document.octets().len()).unwrap_or(u64::MAX);
    check(limits.max_octets.is_some_and(|most| octets > most), reason::MESSAGE_TOO_LARGE);
    found
}
