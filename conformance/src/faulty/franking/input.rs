use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use mimicheck::wire::hex;
use serde_json::{Value, json};

/// The octets of a member; none where it is absent.
pub(super) fn octets(input: &Value, name: &str) -> Vec<u8> {
    input.get(name).and_then(Value::as_str).and_then(|text| hex::decode(text).ok()).unwrap_or_default()
}

/// The text of a member.
pub(super) fn text(input: &Value, name: &str) -> String {
    input.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Changes the octets of a member that is there.
pub(super) fn change(input: &mut Value, name: &str, with: impl Fn(Vec<u8>) -> Vec<u8>) {
    let changed = with(octets(input, name));
    if let Some(place) = input.get_mut(name).filter(|place| !place.is_null()) {
        *place = hex::encode(&changed).into();
    }
}

/// Sets a member that is there.
pub(super) fn put(input: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(place) = input.get_mut(name) {
        *place = value.into();
    }
}

/// What the reference says to a changed input.
pub(super) fn asked(op: &str, input: &Value, with: impl FnOnce(&mut Value)) -> Answer {
    let mut input = input.clone();
    with(&mut input);
    Reference.answer(op, &input)
}

/// Why the reference refuses.
pub(super) fn refusal(answer: &Answer) -> Option<&str> {
    if let Answer::Reject(no) = answer { no.reason.as_deref() } else { None }
}

/// Says yes where the reference refuses for this reason, and it is such an input.
pub(super) fn lets(reason: &str, such: impl FnOnce(&Value) -> bool, input: &Value, answer: Answer) -> Answer {
    if refusal(&answer) == Some(reason) && such(input) { Answer::Ok(json!({"context": ""})) } else { answer }
}

/// Says no where the reference says yes, and it is such an input.
pub(super) fn refuses(such: impl FnOnce(&Value) -> bool, input: &Value, answer: Answer) -> Answer {
    if matches!(answer, Answer::Ok(_)) && such(input) {
        crate::faulty::adapter::refused("not supported")
    } else {
        answer
    }
}

/// Content of an ApplicationFraming.
pub(super) fn unframed(octets: &[u8]) -> Option<Vec<u8>> {
    let (_, rest) = opaque(octets)?;
    opaque(rest).map(|(content, _)| content.to_vec())
}

/// An `opaque<V>` at the front, and what follows it.
pub(super) fn opaque(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let first = usize::from(*octets.first()?);
    let (length, rest) = match first >> 6 {
        0 => (first, octets.get(1..)?),
        1 => (((first & 0x3f) << 8) | usize::from(*octets.get(1)?), octets.get(2..)?),
        _ => {
            let more = octets.get(1..4)?.iter().fold(first & 0x3f, |n, octet| (n << 8) | usize::from(*octet));
            (more, octets.get(4..)?)
        }
    };
    Some((rest.get(..length)?, rest.get(length..)?))
}
