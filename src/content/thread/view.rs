use super::fold::{Fold, Folded, Policy, Received, fold};
use crate::content::MessageId;
use crate::reason::Reason;
use std::collections::BTreeMap;

/// What a client shows of a sequence of messages at a point in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread<'a> {
    /// One a first instance, in processing order.
    pub entries: Vec<Entry<'a>>,
    /// Replacements of messages that this client never saw: legitimate, and waiting.
    pub unresolved: Vec<Unresolved>,
    /// Messages without effect, and why.
    pub ignored: Vec<Ignored>,
    /// Non-empty topics, by their octets.
    pub topics: Vec<Topic<'a>>,
}

/// A message with its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Id of the first instance.
    pub id: MessageId,
    /// Whether it is a reaction to another message.
    pub reaction: bool,
    /// Who sent the first instance.
    pub sender_uri: &'a str,
    /// What became of it.
    pub state: State,
    /// Id of the version to show, none once it is gone.
    pub current: Option<MessageId>,
    /// Ids of all versions, the first instance first.
    pub versions: Vec<MessageId>,
    /// Topic of the first instance; empty for none.
    pub topic_id: &'a [u8],
    /// What the first instance answers.
    pub in_reply_to: Option<Reply>,
    /// Ids of the live reactions to any version of it.
    pub reactions: Vec<MessageId>,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is shown.
    Live,
    /// Its sender, or somebody authorized, deleted it.
    Deleted,
    /// Its time has come.
    Expired,
}

/// A reply's reference to a specific version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The version that it names.
    pub id: MessageId,
    /// First instance of that version, if this client knows it.
    pub target: Option<MessageId>,
    /// What became of it.
    pub status: ReplyStatus,
}

/// What became of the version that a reply names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyStatus {
    /// It is the version to show.
    Current,
    /// It was edited since.
    Superseded,
    /// It was deleted.
    Deleted,
    /// It has expired.
    Expired,
    /// This client never saw it.
    Unknown,
}

/// A replacement of a message that this client never saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// The replacement.
    pub id: MessageId,
    /// What it replaces.
    pub replaces: MessageId,
}

/// A message without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The message.
    pub id: MessageId,
    /// When the hub accepted it, in milliseconds since the UNIX epoch.
    pub accepted_ms: u64,
    /// Why.
    pub reason: Reason,
}

/// A topic and the messages in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic<'a> {
    /// Opaque octets.
    pub topic_id: &'a [u8],
    /// First instances, by accepted timestamp, then id.
    pub ids: Vec<MessageId>,
}

impl<'a> Thread<'a> {
    /// Folds messages, in any order, into what a client shows at `now_ms` milliseconds since the UNIX epoch.
    #[must_use]
    pub fn new(messages: Vec<Received<'a>>, policy: &Policy<'_>, now_ms: u64) -> Self {
        let fold = fold(messages, policy);
        let mut topics = BTreeMap::<&[u8], Vec<MessageId>>::new();
        for entry in fold.entries.iter().filter(|e| !e.topic_id.is_empty()) {
            topics.entry(entry.topic_id).or_default().push(entry.id);
        }
        let mut entries: Vec<_> = fold.entries.iter().map(|e| entry(e, &fold, now_ms)).collect();
        for (target, reaction) in reactions(&fold, now_ms) {
            if let Some(entry) = entries.get_mut(target) {
                entry.reactions.push(reaction);
            }
        }
        let topics = topics.into_iter().map(|(topic_id, ids)| Topic { topic_id, ids }).collect();
        Self { entries, unresolved: fold.unresolved, ignored: fold.ignored, topics }
    }
}

fn entry<'a>(folded: &Folded<'a>, fold: &Fold<'a>, now_ms: u64) -> Entry<'a> {
    let state = state(folded, now_ms);
    Entry {
        id: folded.id,
        reaction: folded.reaction,
        sender_uri: folded.sender_uri,
        state,
        current: folded.versions.last().copied().filter(|_| state == State::Live),
        versions: folded.versions.clone(),
        topic_id: folded.topic_id,
        in_reply_to: folded.in_reply_to.map(|id| reply(id, fold, now_ms)),
        reactions: vec![],
    }
}

/// Deleted says more than expired.
fn state(folded: &Folded<'_>, now_ms: u64) -> State {
    if folded.deleted {
        State::Deleted
    } else if folded.expired(now_ms) {
        State::Expired
    } else {
        State::Live
    }
}

fn reply(id: MessageId, fold: &Fold<'_>, now_ms: u64) -> Reply {
    let Some(target) = fold.versions.get(&id).and_then(|i| fold.entries.get(*i)) else {
        return Reply { id, target: None, status: ReplyStatus::Unknown };
    };
    let status = match state(target, now_ms) {
        State::Deleted => ReplyStatus::Deleted,
        State::Expired => ReplyStatus::Expired,
        State::Live if target.versions.last() == Some(&id) => ReplyStatus::Current,
        State::Live => ReplyStatus::Superseded,
    };
    Reply { id, target: Some(target.id), status }
}

/// Each live reaction with the entry it is about.
fn reactions(fold: &Fold<'_>, now_ms: u64) -> Vec<(usize, MessageId)> {
    let live = fold.entries.iter().filter(|e| e.reaction && state(e, now_ms) == State::Live);
    live.filter_map(|e| Some((*fold.versions.get(&e.in_reply_to?)?, e.id))).collect()
}
