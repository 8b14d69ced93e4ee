//! Nonsensical values (section 9.1): messages to be logged and discarded. A pure function; what the
//! draft leaves vague ("a few minutes", "a year") is a [`Limits`].
//!
//! Depth and part semantics, also on the draft's list, never get here: no [`Document`] breaks them.

use super::document::Document;
use super::message_id::{MessageId, SHA_256};
use crate::reason::{Reason, content as reason};
use std::collections::BTreeSet;

/// Most octets of a topic id.
pub const MAX_TOPIC: usize = 4096;
/// Most body parts. Every part with a part index counts, the root and multiparts included; the draft
/// does not say whether those do.
pub const MAX_PARTS: usize = 1024;

/// What a year is taken for, in seconds: 365 days.
const YEAR_S: u64 = 365 * 24 * 60 * 60;

/// Limits that the draft leaves to the receiver. A value equal to its limit is still accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Milliseconds that an accepted timestamp may lie ahead of now.
    pub future_ms: u64,
    /// Milliseconds since the UNIX epoch before which no message can exist.
    pub floor_ms: Option<u64>,
    /// Seconds that an expiry may lie in the past.
    pub past_s: u64,
    /// Seconds that an expiry may lie in the future.
    pub horizon_s: u64,
    /// Octets of the largest document.
    pub max_octets: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { future_ms: 300_000, floor_ms: None, past_s: YEAR_S, horizon_s: YEAR_S, max_octets: None }
    }
}

/// What a receiver knows when a message arrives. Times are milliseconds since the UNIX epoch.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The sender as MLS authenticated it; otherwise that of the message.
    pub sender_uri: Option<&'a str>,
    /// The room; otherwise that of the message.
    pub room_uri: Option<&'a str>,
    /// Whether the sender is a member of the group.
    pub sender_is_member: bool,
    /// The hub's accepted timestamp.
    pub accepted_ms: u64,
    /// The receiver's clock.
    pub now_ms: u64,
    /// When the room was created.
    pub room_created_ms: u64,
    /// Message ids already encountered.
    pub seen: &'a BTreeSet<MessageId>,
    /// What the draft leaves vague.
    pub limits: Limits,
}

/// Whether a message is to be processed. Dates of expiry are held against the receiver's clock, as a
/// client that was away for long would hold them; the draft names no clock. A relative expiry is taken
/// to start now, the earliest moment at which the message can be read.
///
/// # Errors
/// The first finding, in the order of the draft's list, for a message to be logged and discarded; or
/// `uri-too-long`, when no id can be computed from the URIs.
pub fn judge(document: &Document<'_>, context: &Context<'_>) -> Result<(), Reason> {
    if !context.sender_is_member {
        return Err(reason::SENDER_NOT_MEMBER);
    }
    message_ids(document, context)?;
    timestamps(context)?;
    if document.message().topic_id.len() > MAX_TOPIC {
        return Err(reason::TOPIC_TOO_LONG);
    }
    expires(document, context)?;
    body(document, &context.limits)
}

/// A message's own id is computed, so that only references can name an unknown hash algorithm.
fn message_ids(document: &Document<'_>, context: &Context<'_>) -> Result<(), Reason> {
    // Without both URIs there is no id, and nothing that could have been seen.
    let nameless = [reason::MISSING_SENDER_URI, reason::MISSING_ROOM_URI];
    match document.message_id(context.sender_uri, context.room_uri) {
        Ok(id) if context.seen.contains(&id) => return Err(reason::DUPLICATE_MESSAGE_ID),
        Err(e) if !nameless.contains(&e.0) => return Err(e.0),
        Ok(_) | Err(_) => {}
    }
    let message = document.message();
    let mut named = [message.replaces, message.in_reply_to].into_iter().flatten();
    if named.any(|id| id.0.first() != Some(&SHA_256)) {
        return Err(reason::MESSAGE_ID_HASH_ALG);
    }
    Ok(())
}

fn timestamps(context: &Context<'_>) -> Result<(), Reason> {
    let accepted = context.accepted_ms;
    if accepted > context.now_ms.saturating_add(context.limits.future_ms) {
        return Err(reason::TIMESTAMP_IN_FUTURE);
    }
    if context.limits.floor_ms.is_some_and(|floor| accepted < floor) {
        return Err(reason::TIMESTAMP_BEFORE_SYNTAX);
    }
    if accepted < context.room_created_ms {
        return Err(reason::TIMESTAMP_BEFORE_ROOM);
    }
    Ok(())
}

fn expires(document: &Document<'_>, context: &Context<'_>) -> Result<(), Reason> {
    let Some(expires) = document.message().expires else { return Ok(()) };
    // In 128 bits no sum of these can overflow.
    let ms = |seconds: u64| u128::from(seconds) * 1000;
    let now = u128::from(context.now_ms);
    let date = ms(u64::from(expires.time)) + if expires.relative { now } else { 0 };
    if date + ms(context.limits.past_s) < now {
        return Err(reason::EXPIRES_LONG_AGO);
    }
    if date > now + ms(context.limits.horizon_s) {
        return Err(reason::EXPIRES_FAR_AHEAD);
    }
    Ok(())
}

fn body(document: &Document<'_>, limits: &Limits) -> Result<(), Reason> {
    if document.message().parts().len() > MAX_PARTS {
        return Err(reason::TOO_MANY_PARTS);
    }
    let octets = u64::try_from(document.octets().len()).unwrap_or(u64::MAX);
    if limits.max_octets.is_some_and(|most| octets > most) {
        return Err(reason::MESSAGE_TOO_LARGE);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
