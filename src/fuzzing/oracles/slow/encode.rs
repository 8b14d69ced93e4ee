//! Message JSON → octets. Everything is written down as it stands; whether that conforms, decoding says.

use super::decode;
use super::writer::{deterministic, head};
use crate::wire::hex;
use ciborium::Value;
use serde_json::Value as Json;

type Result<T> = std::result::Result<T, String>;

/// The deterministic encoding of a message as in `vectors/README.md`; its extensions may come in any order.
///
/// # Errors
/// In words: not a message's JSON, or a message that no conforming octets hold.
pub fn encode(message: &Json) -> Result<Vec<u8>> {
    let mut octets = head(4, 7);
    for field in [
        bytes(message, "salt")?,
        nullable(message, "replaces")?,
        bytes(message, "topic_id")?,
        expiration(message)?,
        nullable(message, "in_reply_to")?,
    ] {
        octets.extend(deterministic(&field)?);
    }
    let extensions = list(message, "extensions")?.iter().map(extension).collect::<Result<Vec<_>>>()?;
    let sorted = in_order(extensions);
    octets.extend(head(5, sorted.len()));
    for (key, value, _) in &sorted {
        octets.extend(key.iter().chain(value));
    }
    octets.extend(deterministic(&part(member(message, "body")?, 1)?)?);
    let mut same = message.clone();
    if let Some(object) = same.as_object_mut() {
        object.insert("extensions".into(), sorted.into_iter().map(|(_, _, json)| json).collect());
    }
    // Octets of one extension's value might otherwise pass for another's, or for the body's.
    if decode(&octets)? == same { Ok(octets) } else { Err("not what its octets say".into()) }
}

/// Encoded key, value, and both as they came.
type Extension = (Vec<u8>, Vec<u8>, Json);

fn extension(json: &Json) -> Result<Extension> {
    let key = match member(json, "key")? {
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(n) => Value::from(n.as_i64().ok_or("a key of more than 64 bits")?),
        _ => return Err("a key that is neither a number nor a text".into()),
    };
    Ok((deterministic(&key)?, octets(json, "value")?, json.clone()))
}

fn in_order(mut extensions: Vec<Extension>) -> Vec<Extension> {
    extensions.sort_by(|one, other| one.0.cmp(&other.0));
    extensions
}

fn member<'a>(json: &'a Json, name: &str) -> Result<&'a Json> {
    json.get(name).ok_or_else(|| format!("no \"{name}\""))
}

fn list<'a>(json: &'a Json, name: &str) -> Result<&'a [Json]> {
    member(json, name)?.as_array().map(Vec::as_slice).ok_or_else(|| format!("\"{name}\" is no array"))
}

fn text<'a>(json: &'a Json, name: &str) -> Result<&'a str> {
    member(json, name)?.as_str().ok_or_else(|| format!("\"{name}\" is no text"))
}

fn octets(json: &Json, name: &str) -> Result<Vec<u8>> {
    hex::decode(text(json, name)?).map_err(|e| format!("\"{name}\" is {e}"))
}

fn bytes(json: &Json, name: &str) -> Result<Value> {
    octets(json, name).map(Value::Bytes)
}

fn nullable(json: &Json, name: &str) -> Result<Value> {
    if member(json, name)?.is_null() { Ok(Value::Null) } else { bytes(json, name) }
}

fn number(json: &Json, name: &str) -> Result<Value> {
    let number = member(json, name)?.as_u64().ok_or_else(|| format!("\"{name}\" is no unsigned integer"))?;
    Ok(Value::from(number))
}

fn expiration(message: &Json) -> Result<Value> {
    let expires = member(message, "expires")?;
    if expires.is_null() {
        return Ok(Value::Null);
    }
    let relative = member(expires, "relative")?.as_bool().ok_or("\"relative\" is neither true nor false")?;
    Ok(Value::Array(vec![Value::Bool(relative), number(expires, "time")?]))
}

fn part(json: &Json, level: usize) -> Result<Value> {
    if level > 4 {
        return Err("parts nested more than four levels deep".into());
    }
    let string = |name: &str| text(json, name).map(Value::from);
    let mut fields = vec![number(json, "disposition")?, string("language")?];
    match text(json, "cardinality")? {
        "null" => fields.push(Value::from(0)),
        "single" => fields.extend([Value::from(1), string("content_type")?, bytes(json, "content")?]),
        "external" => fields.extend([
            Value::from(2),
            string("content_type")?,
            string("url")?,
            number(json, "expires")?,
            Value::from(text(json, "size")?.parse::<u64>().map_err(|e| format!("\"size\": {e}"))?),
            number(json, "enc_alg")?,
            bytes(json, "key")?,
            bytes(json, "nonce")?,
            bytes(json, "aad")?,
            number(json, "hash_alg")?,
            bytes(json, "content_hash")?,
            string("description")?,
            string("filename")?,
        ]),
        "multi" => {
            let semantics = match text(json, "semantics")? {
                "choose-one" => 0,
                "single-unit" => 1,
                "process-all" => 2,
                other => return Err(format!("unknown semantics {other}")),
            };
            let parts = list(json, "parts")?.iter().map(|p| part(p, level + 1)).collect::<Result<_>>()?;
            fields.extend([Value::from(3), Value::from(semantics), Value::Array(parts)]);
        }
        other => return Err(format!("unknown cardinality {other}")),
    }
    Ok(Value::Array(fields))
}
