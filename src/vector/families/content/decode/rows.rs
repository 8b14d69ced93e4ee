//! What the tables of this family are written with.

use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::{accept, reject, stream};
use crate::vector::forge::{Extension, External, Item, Key, Message, Part, RawMessage, int, map};
use crate::wire::hex;
use serde_json::json;

pub(in crate::vector::families) const NAME: &str = "content/decode";

/// A small message with a salt of its own for each case.
pub(super) fn sample(name: &str) -> Message {
    Message::new(stream(&format!("{NAME}/{name}")).octets(16), Part::single("text/plain", "Hi"))
}

/// The sample with a change that keeps it sound: it decodes to what it says. `requirements` are divided by spaces.
pub(super) fn decodes(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &str,
    change: impl FnOnce(&mut Message),
) -> Case {
    let mut message = sample(name);
    change(&mut message);
    decoded(name, comment, flag, requirements, &message)
}

/// A message that decodes to what it says.
pub(super) fn decoded(name: &str, comment: &str, flag: &str, requirements: &str, message: &Message) -> Case {
    let requirements: Vec<&str> = requirements.split(' ').collect();
    let input = json!({"cbor": hex::encode(&message.item().octets())});
    accept(name, comment, &[flag], &requirements, NAME, input, json!({"message": message.json()}))
}

/// The sample with one of its items replaced; the mark is where it is refused.
pub(super) fn refuses(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &str,
    reason: Reason,
    change: impl FnOnce(&mut RawMessage),
) -> Case {
    refuses_item(name, comment, flag, requirements, reason, |message| {
        let mut raw = message.raw();
        change(&mut raw);
        raw.item()
    })
}

/// Whatever is built from the sample; the mark is where it is refused.
pub(super) fn refuses_item(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &str,
    reason: Reason,
    build: impl FnOnce(Message) -> Item,
) -> Case {
    let item = build(sample(name));
    let requirements: Vec<&str> = requirements.split(' ').collect();
    let input = json!({"cbor": hex::encode(&item.octets())});
    reject(name, comment, &[flag], &requirements, NAME, input, reason).at(item.offset())
}

/// The sample with this extension, which nobody knows.
pub(super) fn extended(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &str,
    key: impl Into<Key>,
    value: Item,
) -> Case {
    decodes(name, comment, flag, requirements, |m| m.extensions = vec![Extension::new(key, value)])
}

/// The sample with one private extension that a sender must not write; the mark is inside it.
pub(super) fn extended_wrong(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &str,
    reason: Reason,
    value: Item,
) -> Case {
    refuses(name, comment, flag, requirements, reason, |m| m.extensions = private(value)).conformance()
}

/// An extensions map with one private extension.
pub(super) fn private(value: Item) -> Item {
    map([(int(PRIVATE), value)])
}

/// A key for private use (section 8.2.1).
pub(super) const PRIVATE: i64 = -7;

/// A message as a whole conforms to the complete schema.
pub(super) const SCHEMA: &str = "A.1:cddl-whole-message";

/// An external part with little in it.
pub(super) fn external() -> External {
    External { content_type: "image/png".into(), url: "https://example.com/a".into(), ..External::default() }
}
