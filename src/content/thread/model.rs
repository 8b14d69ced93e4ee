use crate::content::MessageId;
use crate::reason::Reason;
use std::collections::BTreeSet;

/// A message as it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received<'a> {
    /// Its octets, verified or not.
    pub octets: &'a [u8],
    /// The sender as MLS authenticated it.
    pub sender_uri: &'a str,
    /// The hub's accepted timestamp, milliseconds since the UNIX epoch.
    pub accepted_ms: u64,
    /// When this side read it, milliseconds since the UNIX epoch; `None`: not yet.
    pub read_ms: Option<u64>,
}

/// Users that may replace what others sent (section 9.3), by URI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy<'a> {
    /// May edit.
    pub editors: BTreeSet<&'a str>,
    /// May delete.
    pub deleters: BTreeSet<&'a str>,
}

/// What a sequence of messages amounts to. Every list but `topics` is in processing order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread<'a> {
    /// First instances, with what became of them.
    pub messages: Vec<ThreadMessage<'a>>,
    /// Replacements of messages that were unknown when they were processed.
    pub unresolved: Vec<Unresolved>,
    /// Messages that changed nothing, and why.
    pub ignored: Vec<Ignored>,
    /// Topics in the order of their ids.
    pub topics: Vec<Topic<'a>>,
}

/// A message through all its versions. Topic, reply and expiry are those of the first instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadMessage<'a> {
    /// Id of the first instance.
    pub id: MessageId,
    /// Message or reaction.
    pub kind: Kind,
    /// Who sent the first instance.
    pub sender_uri: &'a str,
    /// What it is now.
    pub state: State,
    /// Id of the version to show, `None` unless live.
    pub current: Option<MessageId>,
    /// Ids of all versions, first instance first.
    pub versions: Vec<MessageId>,
    /// Empty for none.
    pub topic_id: &'a [u8],
    /// What it answers.
    pub in_reply_to: Option<Reply>,
    /// First instances of the live reactions to any of its versions.
    pub reactions: Vec<MessageId>,
}

/// What a first instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any message but a reaction.
    Message,
    /// Its first instance's root part has the disposition `reaction`.
    Reaction,
}

/// What a message is now. A delete outlasts an expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be shown.
    Live,
    /// Retracted.
    Deleted,
    /// To be deleted locally.
    Expired,
}

/// A reference to a specific version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The version it names.
    pub id: MessageId,
    /// First instance of the message with this version, when known.
    pub target: Option<MessageId>,
    /// What that version is now.
    pub status: ReplyStatus,
}

/// What a referenced version is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyStatus {
    /// The one to show.
    Current,
    /// A later version took its place.
    Superseded,
    /// Its message was deleted.
    Deleted,
    /// Its message expired.
    Expired,
    /// Not known here.
    Unknown,
}

/// A replacement of an unknown message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// The replacement.
    pub id: MessageId,
    /// What it replaces.
    pub replaces: MessageId,
}

/// A message that changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Its id; `None` when it has none, as it could not be decoded.
    pub id: Option<MessageId>,
    /// Why.
    pub reason: Reason,
}

/// The messages of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic<'a> {
    /// Not empty.
    pub topic_id: &'a [u8],
    /// First instances.
    pub ids: Vec<MessageId>,
}
