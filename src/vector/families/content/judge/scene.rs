//! What the tables of this family are written with.

use crate::reason::Reason;
use crate::vector::families::build::{accept, reject, stream};
use crate::vector::families::content::own;
use crate::vector::forge::{Message, Part};
use crate::vector::{Case, Level};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "content/judge";
pub(super) const ALICE: &str = "mimi://example.com/u/alice-smith";
pub(super) const BOB: &str = "mimi://example.com/u/bob-jones";
pub(super) const ROOM: &str = "mimi://example.com/r/engineering_team";
/// 2025-06-15T15:06:40Z, a whole second.
pub(super) const NOW_MS: i64 = 1_750_000_000_000;
/// The same in seconds.
pub(super) const NOW_S: u64 = 1_750_000_000;
/// A day in seconds and in milliseconds.
pub(super) const DAY_S: u64 = 86_400;
pub(super) const DAY_MS: i64 = 86_400_000;

/// A message and the circumstances in which it is judged. Harmless, until something is changed.
pub(super) struct Scene {
    pub message: Message,
    pub sender: &'static str,
    /// Whether the input says who that is.
    pub sender_given: bool,
    pub member: bool,
    pub accepted_ms: i64,
    pub now_ms: i64,
    pub room_created_ms: i64,
    /// Message ids seen before.
    pub seen: Vec<Vec<u8>>,
    /// Null, or the limits that the case makes exact.
    pub limits: Value,
    /// Octets in place of the message's own.
    pub octets: Option<Vec<u8>>,
}

impl Scene {
    fn new(name: &str) -> Self {
        let salt = stream(&format!("{NAME}/{name}")).octets(16);
        Self {
            message: Message::new(salt, Part::single("text/plain", "Hi")),
            sender: ALICE,
            sender_given: true,
            member: true,
            accepted_ms: NOW_MS,
            now_ms: NOW_MS,
            room_created_ms: NOW_MS - 30 * DAY_MS,
            seen: vec![],
            limits: Value::Null,
            octets: None,
        }
    }

    /// What is judged.
    pub(super) fn octets(&self) -> Vec<u8> {
        self.octets.clone().unwrap_or_else(|| self.message.item().octets())
    }

    /// Its message id, if this user sent it.
    pub(super) fn id_from(&self, sender: &str) -> Vec<u8> {
        own::message_id(&self.octets(), &self.message.salt, sender, ROOM)
    }

    fn input(&self) -> Value {
        let mut input = json!({
            "cbor": hex::encode(&self.octets()), "sender_uri": self.sender, "room_uri": ROOM,
            "sender_is_member": self.member, "accepted_ms": self.accepted_ms, "now_ms": self.now_ms,
            "room_created_ms": self.room_created_ms, "seen": self.seen.iter().map(|id| hex::encode(id)).collect::<Vec<_>>(),
        });
        if let (false, Some(members)) = (self.limits.is_null(), input.as_object_mut()) {
            members.insert("limits".to_owned(), self.limits.clone());
        }
        if let (false, Some(members)) = (self.sender_given, input.as_object_mut()) {
            members.remove("sender_uri");
        }
        input
    }
}

fn input(name: &str, change: impl FnOnce(&mut Scene)) -> Value {
    let mut scene = Scene::new(name);
    change(&mut scene);
    scene.input()
}

/// The scene with a change that keeps it harmless. `rules` are divided by spaces.
pub(super) fn processed(name: &str, comment: &str, flag: &str, rules: &str, change: impl FnOnce(&mut Scene)) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    accept(name, comment, &[flag], &rules, NAME, input(name, change), json!({})).level(Level::Should)
}

/// The scene with a change for which the message is discarded.
pub(super) fn discarded(
    name: &str,
    comment: &str,
    flag: &str,
    rules: &str,
    reason: Reason,
    change: impl FnOnce(&mut Scene),
) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    reject(name, comment, &[flag], &rules, NAME, input(name, change), reason).level(Level::Should)
}
