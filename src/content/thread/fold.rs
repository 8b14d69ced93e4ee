use super::view::{Ignored, Unresolved};
use crate::content::{Document, Expiration, MessageId, PartBody};
use crate::reason::{Reason, content as reason};
use std::collections::{BTreeMap, BTreeSet};

/// A verified message as it reached this client.
#[derive(Clone, Debug)]
pub struct Received<'a> {
    /// Its message id.
    pub id: MessageId,
    /// The message.
    pub document: Document<'a>,
    /// The sender, as MLS authenticated it.
    pub sender_uri: &'a str,
    /// When the hub accepted it, in milliseconds since the UNIX epoch.
    pub accepted_ms: u64,
    /// When the user read it, in milliseconds since the UNIX epoch.
    pub read_ms: Option<u64>,
}

/// Who may change other people's messages (section 9.3: a specific, concrete authorization).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy<'a> {
    /// May edit.
    pub editors: BTreeSet<&'a str>,
    /// May delete.
    pub deleters: BTreeSet<&'a str>,
}

/// A first instance and what became of it; its own fields are never changed by a replacement.
#[derive(Clone, Debug)]
pub(super) struct Folded<'a> {
    pub id: MessageId,
    pub sender_uri: &'a str,
    pub read_ms: Option<u64>,
    pub expires: Option<Expiration>,
    pub topic_id: &'a [u8],
    pub in_reply_to: Option<MessageId>,
    pub reaction: bool,
    pub versions: Vec<MessageId>,
    pub deleted: bool,
}

/// All that the fold finds, in processing order.
#[derive(Clone, Debug, Default)]
pub(super) struct Fold<'a> {
    pub entries: Vec<Folded<'a>>,
    /// Every version's id → its entry.
    pub versions: BTreeMap<MessageId, usize>,
    pub unresolved: Vec<Unresolved>,
    pub ignored: Vec<Ignored>,
}

/// Value of the `reaction` disposition.
const REACTION: u8 = 2;

/// Processes messages by accepted timestamp, then message id, whatever the order in which they came.
pub(super) fn fold<'a>(mut messages: Vec<Received<'a>>, policy: &Policy<'_>) -> Fold<'a> {
    messages.sort_by_key(|m| (m.accepted_ms, m.id));
    let mut fold = Fold::default();
    let mut seen = BTreeSet::new();
    for message in messages {
        let (id, accepted_ms) = (message.id, message.accepted_ms);
        let refused =
            if seen.insert(id) { fold.add(message, policy).err() } else { Some(reason::DUPLICATE_MESSAGE_ID) };
        fold.ignored.extend(refused.map(|reason| Ignored { id, accepted_ms, reason }));
    }
    fold
}

impl<'a> Fold<'a> {
    fn add(&mut self, received: Received<'a>, policy: &Policy<'_>) -> Result<(), Reason> {
        match received.document.message().replaces {
            None => {
                self.versions.insert(received.id, self.entries.len());
                self.entries.push(Folded::first(received));
                Ok(())
            }
            Some(replaced) => match self.versions.get(&replaced) {
                None => {
                    self.unresolved.push(Unresolved { id: received.id, replaces: replaced });
                    Ok(())
                }
                Some(&index) => self.replace(index, replaced, &received, policy),
            },
        }
    }

    fn replace(
        &mut self,
        index: usize,
        replaced: MessageId,
        received: &Received<'_>,
        policy: &Policy<'_>,
    ) -> Result<(), Reason> {
        let Some(entry) = self.entries.get_mut(index) else { return Ok(()) };
        let deletes = received.document.message().body.body == PartBody::Null;
        let own = entry.sender_uri == received.sender_uri;
        let (others, refusal) = if deletes {
            (&policy.deleters, reason::DELETE_NOT_AUTHORIZED)
        } else {
            (&policy.editors, reason::EDIT_NOT_AUTHORIZED)
        };
        if !own && !others.contains(received.sender_uri) {
            return Err(refusal);
        }
        if replaced != entry.id {
            return Err(reason::REPLACES_NOT_FIRST);
        }
        if deletes {
            entry.deleted = true;
        } else if entry.deleted {
            return Err(reason::EDIT_AFTER_DELETE);
        } else {
            entry.versions.push(received.id);
            self.versions.insert(received.id, index);
        }
        Ok(())
    }
}

impl<'a> Folded<'a> {
    fn first(received: Received<'a>) -> Self {
        let message = received.document.into_message();
        Self {
            id: received.id,
            sender_uri: received.sender_uri,
            read_ms: received.read_ms,
            expires: message.expires,
            topic_id: message.topic_id,
            in_reply_to: message.in_reply_to,
            reaction: message.body.disposition == REACTION,
            versions: vec![received.id],
            deleted: false,
        }
    }

    /// Whether its time has come (section 5.8); a relative one counts from the reading.
    pub(super) fn expired(&self, now_ms: u64) -> bool {
        let Some(expires) = self.expires else { return false };
        let start = if expires.relative { self.read_ms } else { Some(0) };
        start.is_some_and(|start| now_ms >= start.saturating_add(u64::from(expires.time) * 1000))
    }
}
