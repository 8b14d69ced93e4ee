use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use mimicheck::wire::hex;
use serde_json::{Value, json};

pub(super) const DECODE: &str = "delivery/decode";
pub(super) const ENCODE: &str = "delivery/encode";

/// The octets of an input or an output.
pub(in crate::faulty) fn octets(holder: &Value) -> Vec<u8> {
    holder.get("octets").and_then(Value::as_str).and_then(|text| hex::decode(text).ok()).unwrap_or_default()
}

/// Of a refusal: its reason and its offset.
fn refusal(answer: &Answer) -> Option<(&str, usize)> {
    let Answer::Reject(no) = answer else { return None };
    Some((no.reason.as_deref()?, usize::try_from(no.offset?).ok()?))
}

/// How often octets are mended before a bug gives up.
const PATIENCE: usize = 32;

/// The reference's answer to octets that are mended wherever it refuses them for this reason.
pub(super) fn mended(reason: &str, input: &Value, answer: Answer, mend: fn(&mut Vec<u8>, usize)) -> Answer {
    mended_by(DECODE, reason, input, answer, mend)
}

/// The same of this operation.
pub(in crate::faulty) fn mended_by(
    op: &str,
    reason: &str,
    input: &Value,
    answer: Answer,
    mend: fn(&mut Vec<u8>, usize),
) -> Answer {
    let (mut input, mut answer) = (input.clone(), answer);
    for _ in 0..PATIENCE {
        let Some((_, at)) = refusal(&answer).filter(|(why, _)| *why == reason) else { break };
        let mut octets = octets(&input);
        mend(&mut octets, at);
        put(&mut input, "octets", hex::encode(&octets).into());
        answer = Reference.answer(op, &input);
    }
    answer
}

/// Says yes where the reference refuses for this reason.
pub(in crate::faulty) fn taken(reason: &str, answer: Answer) -> Answer {
    match &answer {
        Answer::Reject(no) if no.reason.as_deref() == Some(reason) => Answer::Ok(json!({"value": {}})),
        _ => answer,
    }
}

/// Sets a member.
pub(super) fn put(holder: &mut Value, member: &str, value: Value) {
    if let Some(place) = holder.get_mut(member) {
        *place = value;
    }
}

/// An output with another value.
pub(in crate::faulty) fn shown(answer: Answer, change: fn(&mut Value)) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    if let Some(value) = out.get_mut("value") {
        change(value);
    }
    Answer::Ok(out)
}

/// Whether an input or a value is of this structure.
pub(in crate::faulty) fn is(input: &Value, structure: &str) -> bool {
    input.get("structure").and_then(Value::as_str) == Some(structure)
}

/// The octets of the message in an accepted value.
pub(super) fn message(answer: &Answer) -> Option<Vec<u8>> {
    let Answer::Ok(out) = answer else { return None };
    hex::decode(out.get("value")?.get("message")?.as_str()?).ok()
}

/// The type of the sender of a PublicMessage whose group id has less than 64 octets.
pub(super) fn sender(message: &[u8]) -> Option<u8> {
    let public = message.get(..4)? == [0, 1, 0, 1];
    let group = usize::from(*message.get(4)?);
    message.get(5 + group + 8).copied().filter(|_| public)
}
