use mimicheck::adapter::{Answer, Hello, Implementation, Rejection};
use mimicheck::fuzzing::oracles::slow;
use mimicheck::wire::hex;
use serde_json::{Value, json};

/// Version of the `ciborium` crate that is built in.
const VERSION: &str = "0.2.2";

type Result<T> = std::result::Result<T, String>;
type Operation = fn(&Value) -> Result<Value>;

const OPERATIONS: &[(&str, Operation)] = &[
    ("content/decode", |input| Ok(json!({"message": slow::decode(&octets(input)?)?}))),
    ("content/encode", |input| Ok(json!({"cbor": hex::encode(&slow::encode(member(input, "message")?)?)}))),
    ("content/message-id", message_id),
    ("content/part-index", |input| Ok(json!({"parts": parts(&octets(input)?)?}))),
    ("content/resolve-cid", resolve_cid),
];

/// The slow checker behind the adapter contract. It refuses in words, without codes or offsets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ciborium;

impl Implementation for Ciborium {
    fn hello(&self) -> Hello {
        Hello {
            name: "slow-ciborium".into(),
            version: VERSION.into(),
            language: "Rust".into(),
            ops: OPERATIONS.iter().map(|(name, _)| (*name).to_owned()).collect(),
            reasons: false,
            offsets: false,
        }
    }

    fn answer(&mut self, op: &str, input: &Value) -> Answer {
        match OPERATIONS.iter().find(|(name, _)| *name == op) {
            None => Answer::Unsupported(format!("the slow checker has no operation {op}")),
            Some((_, operation)) => operation(input)
                .map_or_else(|e| Answer::Reject(Rejection { message: Some(e), ..Rejection::default() }), Answer::Ok),
        }
    }
}

fn member<'a>(input: &'a Value, name: &str) -> Result<&'a Value> {
    input.get(name).ok_or_else(|| format!("no \"{name}\" in the input"))
}

fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str> {
    member(input, name)?.as_str().ok_or_else(|| format!("\"{name}\" is not a text"))
}

fn octets(input: &Value) -> Result<Vec<u8>> {
    hex::decode(text(input, "cbor")?).map_err(|e| format!("\"cbor\": {e}"))
}

fn message_id(input: &Value) -> Result<Value> {
    let uri = |name| input.get(name).map(|_| text(input, name)).transpose();
    let id = slow::message_id(&octets(input)?, uri("sender_uri")?, uri("room_uri")?)?;
    Ok(json!({"message_id": id}))
}

/// The parts of a message in index order, as `content/part-index` gives them.
fn parts(octets: &[u8]) -> Result<Vec<Value>> {
    let mut found = vec![];
    walk(member(&slow::decode(octets)?, "body")?, None, 1, &mut found);
    Ok(found)
}

fn walk(part: &Value, parent: Option<usize>, depth: usize, found: &mut Vec<Value>) {
    let index = found.len();
    let cardinality = part.get("cardinality");
    found.push(json!({"index": index, "parent": parent, "depth": depth, "cardinality": cardinality}));
    for child in part.get("parts").and_then(Value::as_array).into_iter().flatten() {
        walk(child, Some(index), depth + 1, found);
    }
}

/// The form of section 4.4 has one spelling of each index, so it is looked for among the parts that there are.
fn resolve_cid(input: &Value) -> Result<Value> {
    let (parts, uri) = (parts(&octets(input)?)?, text(input, "uri")?);
    let named = parts.iter().enumerate().find(|(index, _)| format!("cid:{index}@local.invalid") == uri);
    let (index, part) = named.ok_or_else(|| format!("{uri} is the content id of no part"))?;
    match part.get("cardinality").and_then(Value::as_str) {
        Some("single" | "external") => Ok(json!({"index": index})),
        _ => Err(format!("part {index} is neither single nor external")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_in_the_lock_file() {
        let lock = include_str!("../../../Cargo.lock").replace("\r\n", "\n");
        assert!(lock.contains(&format!("name = \"ciborium\"\nversion = \"{VERSION}\"\n")));
    }

    #[test]
    fn input_that_is_none_is_refused() {
        for (op, _) in OPERATIONS {
            assert!(matches!(Ciborium.answer(op, &json!({"cbor": "zz", "uri": 7})), Answer::Reject(_)), "{op}");
        }
        assert!(matches!(Ciborium.answer("content/thread", &json!({})), Answer::Unsupported(_)));
    }
}
