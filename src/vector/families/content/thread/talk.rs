//! What the tables of this family are written with: a talk is what was said, and, written down by hand,
//! what it amounts to.

use crate::vector::families::build::{accept, stream};
use crate::vector::families::content::own;
use crate::vector::forge::{Expiration, Message, Part};
use crate::vector::{Case, Level};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "content/thread";
pub(super) const ALICE: &str = "mimi://example.com/u/alice-smith";
pub(super) const BOB: &str = "mimi://example.com/u/bob-jones";
pub(super) const CATHY: &str = "mimi://example.com/u/cathy-washington";
pub(super) const ROOM: &str = "mimi://example.com/r/engineering_team";
/// When the first message of a talk is accepted; each further one a second later.
pub(super) const START_MS: i64 = 1_750_000_000_000;
/// The same in seconds.
pub(super) const START_S: u64 = 1_750_000_000;

/// A message id.
pub(super) type Id = Vec<u8>;

/// What was said, and what it amounts to.
pub(super) struct Talk {
    name: String,
    pub now_ms: i64,
    pub policy: Option<Value>,
    said: Vec<Value>,
    pub messages: Vec<Entry>,
    pub unresolved: Vec<Value>,
    pub ignored: Vec<Value>,
    pub topics: Vec<Value>,
    /// Outputs that are just as good.
    or: Vec<Value>,
}

/// What one message amounts to.
#[derive(Clone)]
pub(super) struct Entry {
    id: Id,
    kind: &'static str,
    sender: String,
    state: &'static str,
    versions: Vec<Id>,
    topic: Vec<u8>,
    reply: Value,
    reactions: Vec<Id>,
}

/// A text.
pub(super) fn text(text: &str) -> Part {
    Part::single("text/plain;charset=utf-8", text)
}

/// A reaction.
pub(super) fn heart() -> Part {
    text("\u{2764}").disposition(2)
}

impl Talk {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            now_ms: START_MS + 3_600_000,
            policy: None,
            said: vec![],
            messages: vec![],
            unresolved: vec![],
            ignored: vec![],
            topics: vec![],
            or: vec![],
        }
    }

    /// Somebody says this, a second after what was said before.
    pub(super) fn say(&mut self, sender: &str, body: Part) -> Id {
        self.say_so(sender, body, |_| {})
    }

    /// With a change to the message.
    pub(super) fn say_so(&mut self, sender: &str, body: Part, change: impl FnOnce(&mut Message)) -> Id {
        let at = self.next_ms();
        self.say_at(sender, at, body, change)
    }

    /// When the next message is accepted, if nothing else is said.
    fn next_ms(&self) -> i64 {
        i64::try_from(self.said.len()).map_or(START_MS, |n| START_MS + 1000 * n)
    }

    /// Accepted at this time.
    pub(super) fn say_at(&mut self, sender: &str, at: i64, body: Part, change: impl FnOnce(&mut Message)) -> Id {
        let salt = stream(&format!("{NAME}/{}/{}", self.name, self.said.len())).octets(16);
        let mut message = Message::new(salt, body);
        change(&mut message);
        self.hear(sender, at, &message)
    }

    /// This very message.
    pub(super) fn hear(&mut self, sender: &str, at: i64, message: &Message) -> Id {
        let octets = message.item().octets();
        self.hear_octets(sender, at, &octets);
        own::message_id(&octets, &message.salt, sender, ROOM)
    }

    /// These octets, whatever they are.
    pub(super) fn hear_octets(&mut self, sender: &str, at: i64, octets: &[u8]) {
        let cbor = hex::encode(octets);
        self.said.push(json!({"cbor": cbor, "sender_uri": sender, "accepted_ms": at, "read_ms": null}));
    }

    /// An edit of `target`.
    pub(super) fn edit(&mut self, sender: &str, target: &Id, body: Part) -> Id {
        self.say_so(sender, body, |m| m.replaces = Some(target.clone()))
    }

    /// A delete of `target`.
    pub(super) fn delete(&mut self, sender: &str, target: &Id) -> Id {
        self.edit(sender, target, Part::null())
    }

    /// A reply, or a reaction, to `target`.
    pub(super) fn reply(&mut self, sender: &str, target: &Id, body: Part) -> Id {
        self.say_so(sender, body, |m| m.in_reply_to = Some(target.clone()))
    }

    /// This expiry for what is said with it.
    pub(super) fn expiring(&mut self, sender: &str, relative: bool, time: u64) -> Id {
        self.say_so(sender, text("soon gone"), |m| m.expires = Some(Expiration { relative, time }))
    }

    /// The message said last was read at this time.
    pub(super) fn read(&mut self, at: i64) {
        if let Some(last) = self.said.last_mut().and_then(Value::as_object_mut) {
            last.insert("read_ms".to_owned(), json!(at));
        }
    }

    /// Arrives in the opposite order.
    pub(super) fn reverse(&mut self) {
        self.said.reverse();
    }

    /// Amounts to these messages.
    pub(super) fn amounts_to(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.messages = entries.into_iter().collect();
    }

    /// This message has no effect, for this reason.
    pub(super) fn ignores(&mut self, id: &Id, reason: &str) {
        self.ignored.push(json!({"id": hex::encode(id), "reason": reason}));
    }

    /// This message replaces something unknown.
    pub(super) fn leaves(&mut self, id: &Id, replaces: &Id) {
        self.unresolved.push(json!({"id": hex::encode(id), "replaces": hex::encode(replaces)}));
    }

    /// These messages have this topic.
    pub(super) fn topic(&mut self, topic: &[u8], ids: &[&Id]) {
        let ids: Vec<String> = ids.iter().map(|id| hex::encode(id)).collect();
        self.topics.push(json!({"topic_id": hex::encode(topic), "ids": ids}));
    }

    /// Just as good: this edit has no effect at all, because it says more than its author may. To be said last.
    pub(super) fn or_refuses(&mut self, edit: &Id) {
        let messages: Vec<Value> = self.messages.iter().map(|entry| entry.without(edit).json()).collect();
        let mut ignored = self.ignored.clone();
        ignored.push(json!({"id": hex::encode(edit), "reason": "edit-not-authorized"}));
        let (unresolved, topics) = (&self.unresolved, &self.topics);
        self.or.push(json!({"messages": messages, "unresolved": unresolved, "ignored": ignored, "topics": topics}));
    }

    /// Just as good: the message that is ignored last is ignored for this reason.
    pub(super) fn or_ignores(&mut self, id: &Id, reason: &str) {
        let mut other = self.output();
        if let Some(last) = other.get_mut("ignored").and_then(Value::as_array_mut).and_then(|list| list.last_mut()) {
            *last = json!({"id": hex::encode(id), "reason": reason});
        }
        self.or.push(other);
    }

    fn input(&self) -> Value {
        let mut input = json!({"room_uri": ROOM, "now_ms": self.now_ms, "messages": self.said});
        if let (Some(policy), Some(members)) = (&self.policy, input.as_object_mut()) {
            members.insert("policy".to_owned(), policy.clone());
        }
        input
    }

    fn output(&self) -> Value {
        let messages: Vec<Value> = self.messages.iter().map(Entry::json).collect();
        json!({"messages": messages, "unresolved": self.unresolved, "ignored": self.ignored, "topics": self.topics})
    }
}

impl Entry {
    /// A live message of one version, without topic, reply and reactions.
    pub(super) fn new(sender: &str, id: &Id) -> Self {
        Self {
            id: id.clone(),
            kind: "message",
            sender: sender.to_owned(),
            state: "live",
            versions: vec![id.clone()],
            topic: vec![],
            reply: Value::Null,
            reactions: vec![],
        }
    }

    pub(super) const fn reaction(mut self) -> Self {
        self.kind = "reaction";
        self
    }

    pub(super) const fn deleted(mut self) -> Self {
        self.state = "deleted";
        self
    }

    pub(super) const fn expired(mut self) -> Self {
        self.state = "expired";
        self
    }

    /// With a further version, which is now current.
    pub(super) fn then(mut self, id: &Id) -> Self {
        self.versions.push(id.clone());
        self
    }

    pub(super) fn topic(mut self, topic: &[u8]) -> Self {
        self.topic = topic.to_vec();
        self
    }

    /// In reply to this version of this message, of which `status` is to be said.
    pub(super) fn to(mut self, id: &Id, target: Option<&Id>, status: &str) -> Self {
        self.reply = json!({"id": hex::encode(id), "target": target.map(|t| hex::encode(t)), "status": status});
        self
    }

    /// With these live reactions.
    pub(super) fn liked(mut self, ids: &[&Id]) -> Self {
        self.reactions = ids.iter().map(|id| (*id).clone()).collect();
        self
    }

    /// Before that version: replies to the one before it name the current one again.
    fn without(&self, version: &Id) -> Self {
        let mut before = self.clone();
        before.versions.retain(|v| v != version);
        if let Some(status) = before.reply.get_mut("status").filter(|s| **s == "superseded") {
            *status = json!("current");
        }
        before
    }

    fn json(&self) -> Value {
        let list = |ids: &[Id]| ids.iter().map(|id| hex::encode(id)).collect::<Vec<_>>();
        let current = if self.state == "live" { self.versions.last() } else { None };
        json!({
            "id": hex::encode(&self.id), "kind": self.kind, "sender_uri": self.sender, "state": self.state,
            "current": current.map(|id| hex::encode(id)), "versions": list(&self.versions),
            "topic_id": hex::encode(&self.topic), "in_reply_to": self.reply, "reactions": list(&self.reactions),
        })
    }
}

/// A talk as a case. `rules` are divided by spaces.
pub(super) fn talk(
    name: &str,
    comment: &str,
    flag: &str,
    rules: &str,
    level: Level,
    tell: impl FnOnce(&mut Talk),
) -> Case {
    let mut talk = Talk::new(name);
    tell(&mut talk);
    let rules: Vec<&str> = rules.split(' ').collect();
    accept(name, comment, &[flag], &rules, NAME, talk.input(), talk.output()).level(level).or(talk.or)
}
