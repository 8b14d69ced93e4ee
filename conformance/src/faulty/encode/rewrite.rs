//! Changes octets that the reference wrote, and messages that it is to write.

use crate::faulty::item::{BYTES, Item, NINT};
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};

pub(super) const OP: &str = "content/encode";

pub(super) fn as_reference(input: &Value) -> Answer {
    use mimicheck::adapter::Implementation;
    mimicheck::adapter::reference::Reference.answer(OP, input)
}

/// The octets that the reference wrote, changed.
pub(super) fn rewritten(answer: Answer, change: impl FnOnce(&mut Item)) -> Answer {
    let Answer::Ok(out) = &answer else { return answer };
    let octets = out.get("cbor").and_then(Value::as_str).and_then(|cbor| hex::decode(cbor).ok()).unwrap_or_default();
    let Some((mut root, _)) = Item::parse(&octets) else { return answer };
    change(&mut root);
    Answer::Ok(json!({"cbor": hex::encode(&root.octets())}))
}

/// Writes the octets at `pointer` whatever their number, where the reference wants `digits` hex digits.
pub(super) fn unchecked(input: &Value, answer: Answer, pointer: &str, digits: usize, place: usize) -> Answer {
    let given = input.pointer(pointer).and_then(Value::as_str).map(hex::decode);
    let (Answer::Reject(_), Some(Ok(octets))) = (&answer, given) else { return answer };
    let mut other = input.clone();
    if let Some(field) = other.pointer_mut(pointer) {
        *field = json!("1".repeat(digits));
    }
    rewritten(as_reference(&other), |root| {
        if let Some(field) = root.at_mut(place) {
            *field = Item::string(BYTES, octets);
        }
    })
}

pub(super) fn key(json: &Value) -> Option<Item> {
    match (json.as_i64(), json.as_str()) {
        (Some(n @ 0..), _) => Some(Item::uint(n.unsigned_abs())),
        (Some(n), _) => Some(Item { major: NINT, ..Item::uint(n.unsigned_abs() - 1) }),
        (_, Some(text)) => Some(Item::text(text)),
        _ => None,
    }
}

pub(super) fn set(holder: &mut Value, name: &str, value: Value) {
    if let Some(slot) = holder.get_mut(name) {
        *slot = value;
    }
}

pub(super) fn each_part_of(input: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    fn below(part: &mut Value, change: &mut dyn FnMut(&mut Value)) {
        change(part);
        for inner in part.get_mut("parts").and_then(Value::as_array_mut).into_iter().flatten() {
            below(inner, change);
        }
    }
    if let Some(body) = input.pointer_mut("/message/body") {
        below(body, change);
    }
}

pub(super) fn each_key_of(input: &mut Value, change: impl Fn(&Value) -> Option<Value>) {
    for extension in input.pointer_mut("/message/extensions").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(key) = extension.get("key").and_then(&change) {
            set(extension, "key", key);
        }
    }
}
