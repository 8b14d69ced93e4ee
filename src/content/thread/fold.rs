//! Replacements. Messages are processed by accepted timestamp, then id; those without an id first among
//! their timestamp. Of duplicates the one that is processed first counts, with the earliest reading.

use super::model::{Ignored, Policy, Received, Thread, Unresolved};
use super::resolve::resolve;
use crate::content::{Document, Expiration, MessageId, PartBody};
use crate::reason::{Reason, content as reason};
use std::collections::{BTreeMap, BTreeSet};

/// The disposition `reaction` (section 4.4).
const REACTION: u8 = 2;

/// A message without its body: all that the fold needs.
pub(super) struct Envelope<'a> {
    pub id: MessageId,
    pub received: Received<'a>,
    pub replaces: Option<MessageId>,
    pub in_reply_to: Option<MessageId>,
    pub topic_id: &'a [u8],
    pub expires: Option<Expiration>,
    pub is_reaction: bool,
    is_null: bool,
}

/// A first instance and its later versions.
pub(super) struct Entry<'a> {
    pub first: Envelope<'a>,
    pub versions: Vec<MessageId>,
    pub deleted: bool,
}

/// First instances in processing order, and which of them each known id belongs to.
#[derive(Default)]
pub(super) struct Fold<'a> {
    pub entries: Vec<Entry<'a>>,
    pub owner: BTreeMap<MessageId, usize>,
    pub thread: Thread<'a>,
}

/// What the messages of a room amount to at `now_ms`, in whatever order they are given. Pure, and in
/// time n log n: an id is followed to its first instance and no further, so that no chain of replies is
/// ever walked.
///
/// A replacement is looked up among what was processed before it. It is checked in this order: known,
/// authorized, of the first instance, not an edit of a deleted message. A message that was ignored is as
/// unknown as one that never came; a delete is known, and belongs to what it deleted. A repeated delete
/// changes nothing.
#[must_use]
pub fn thread<'a>(room_uri: &str, now_ms: u64, policy: &Policy<'_>, received: &[Received<'a>]) -> Thread<'a> {
    let mut queue: Vec<_> = received.iter().map(|r| (r, envelope(room_uri, r))).collect();
    queue.sort_by_key(order);
    let mut fold = Fold::default();
    let mut seen = BTreeSet::new();
    for (_, opened) in queue {
        match opened {
            Err(reason) => fold.ignore(None, reason),
            Ok(e) if !seen.insert(e.id) => fold.ignore(Some(e.id), reason::DUPLICATE_MESSAGE_ID),
            Ok(e) => fold.message(e, policy),
        }
    }
    resolve(fold, now_ms)
}

type Opened<'a> = Result<Envelope<'a>, Reason>;

/// A total order up to messages that make no difference; no id comes before any id.
fn order(queued: &(&Received<'_>, Opened<'_>)) -> (u64, Option<MessageId>, Option<Reason>, u64) {
    let (received, opened) = queued;
    let (id, reason) = (opened.as_ref().ok().map(|e| e.id), opened.as_ref().err().copied());
    (received.accepted_ms, id, reason, received.read_ms.unwrap_or(u64::MAX))
}

fn envelope<'a>(room_uri: &str, received: &Received<'a>) -> Opened<'a> {
    let document = Document::decode(received.octets).map_err(|_| reason::UNDECODABLE)?;
    let id = document.message_id(Some(received.sender_uri), Some(room_uri)).map_err(|e| e.0)?;
    let m = document.message();
    Ok(Envelope {
        id,
        received: *received,
        replaces: m.replaces,
        in_reply_to: m.in_reply_to,
        topic_id: m.topic_id,
        expires: m.expires,
        is_reaction: m.body.disposition == REACTION,
        is_null: matches!(m.body.body, PartBody::Null),
    })
}

impl<'a> Fold<'a> {
    fn ignore(&mut self, id: Option<MessageId>, reason: Reason) {
        self.thread.ignored.push(Ignored { id, reason });
    }

    fn message(&mut self, e: Envelope<'a>, policy: &Policy<'_>) {
        let Some(replaces) = e.replaces else {
            self.owner.insert(e.id, self.entries.len());
            self.entries.push(Entry { versions: vec![e.id], deleted: false, first: e });
            return;
        };
        let Some(&owner) = self.owner.get(&replaces) else {
            self.thread.unresolved.push(Unresolved { id: e.id, replaces });
            return;
        };
        let Some(target) = self.entries.get_mut(owner) else { return };
        match target.replace(replaces, &e, policy) {
            Ok(()) => drop(self.owner.insert(e.id, owner)),
            Err(reason) => self.ignore(Some(e.id), reason),
        }
    }
}

impl Entry<'_> {
    fn replace(&mut self, replaces: MessageId, e: &Envelope<'_>, policy: &Policy<'_>) -> Result<(), Reason> {
        let (allowed, refusal) = if e.is_null {
            (&policy.deleters, reason::DELETE_NOT_AUTHORIZED)
        } else {
            (&policy.editors, reason::EDIT_NOT_AUTHORIZED)
        };
        let sender = e.received.sender_uri;
        if sender != self.first.received.sender_uri && !allowed.contains(sender) {
            return Err(refusal);
        }
        if replaces != self.first.id {
            return Err(reason::REPLACES_NOT_FIRST);
        }
        match (e.is_null, self.deleted) {
            (true, _) => self.deleted = true,
            (false, true) => return Err(reason::EDIT_AFTER_DELETE),
            (false, false) => self.versions.push(e.id),
        }
        Ok(())
    }
}
