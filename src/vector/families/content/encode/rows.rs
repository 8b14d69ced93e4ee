//! What the tables of this family are written with.

use super::NAME;
use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::{accept, reject, stream};
use crate::vector::forge::{Extension, Message, Part};
use crate::wire::hex;
use serde_json::json;

pub(super) fn sample(name: &str) -> Message {
    Message::new(stream(&format!("{NAME}/{name}")).octets(16), Part::single("text/plain", "Hi"))
}

/// `given` is encoded as the octets of `document`.
pub(super) fn written(name: &str, comment: &str, flag: &str, rules: &str, given: &Message, document: &Message) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let out = json!({"cbor": hex::encode(&document.item().octets())});
    accept(name, comment, &[flag], &rules, NAME, json!({"message": given.json()}), out)
}

pub(super) fn encodes(name: &str, comment: &str, flag: &str, rules: &str, change: impl FnOnce(&mut Message)) -> Case {
    let mut message = sample(name);
    change(&mut message);
    written(name, comment, flag, rules, &message, &message)
}

/// The extensions are given in one order and written in another.
pub(super) fn reorders(name: &str, comment: &str, rules: &str, given: Vec<Extension>, sorted: Vec<Extension>) -> Case {
    let message = |extensions| Message { extensions, ..sample(name) };
    written(name, comment, "extension-order", rules, &message(given), &message(sorted))
}

pub(super) fn cannot(
    name: &str,
    comment: &str,
    flag: &str,
    rules: &str,
    reason: Reason,
    change: impl FnOnce(&mut Message),
) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let mut message = sample(name);
    change(&mut message);
    reject(name, comment, &[flag], &rules, NAME, json!({"message": message.json()}), reason)
}
