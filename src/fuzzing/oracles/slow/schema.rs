//! Data model (6.2), depth (6.3) and schema (A.1), from the value; and what is in it, as JSON.

use super::writer::{deterministic, head};
use crate::wire::hex;
use ciborium::Value;
use serde_json::{Map, Value as Json, json};

type Result<T> = std::result::Result<T, String>;

/// Largest absolute value of an integer key.
const MAX_KEY: i128 = 9_007_199_254_740_991;

/// A message. `octets` are the value's deterministic encoding, out of which extension values are cut.
pub(super) fn message(value: &Value, octets: &[u8]) -> Result<Json> {
    let fields = array(value)?;
    let [salt, replaces, topic_id, expires, in_reply_to, extensions, body] = fields else {
        return Err(format!("a message of {} fields", fields.len()));
    };
    let mut before = head(4, 7).len();
    for field in [salt, replaces, topic_id, expires, in_reply_to] {
        before += deterministic(field)?.len();
    }
    Ok(json!({
        "salt": octets_of_length(salt, 16)?,
        "replaces": message_id(replaces)?,
        "topic_id": bytes(topic_id)?,
        "expires": expiration(expires)?,
        "in_reply_to": message_id(in_reply_to)?,
        "extensions": self::extensions(extensions, octets.get(before..).unwrap_or_default())?,
        "body": part(body, 1)?,
    }))
}

/// The text of an extension with an integer key.
pub(super) fn text_extension(fields: &[Value], key: i64) -> Option<String> {
    let entries = fields.get(5)?.as_map()?;
    let (_, value) = entries.iter().find(|(k, _)| *k == Value::from(key))?;
    value.as_text().map(str::to_owned)
}

fn array(value: &Value) -> Result<&[Value]> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| "not an array".into())
}

fn text(value: &Value) -> Result<&str> {
    value.as_text().ok_or_else(|| "not a text string".into())
}

fn bytes(value: &Value) -> Result<String> {
    value.as_bytes().map(|b| hex::encode(b)).ok_or_else(|| "not a byte string".into())
}

fn octets_of_length(value: &Value, length: usize) -> Result<String> {
    let text = bytes(value)?;
    if text.len() == 2 * length { Ok(text) } else { Err(format!("not {length} octets but {}", text.len() / 2)) }
}

fn uint(value: &Value, largest: u64) -> Result<u64> {
    let number = value.as_integer().and_then(|n| u64::try_from(n).ok()).ok_or("not an unsigned integer")?;
    if number <= largest { Ok(number) } else { Err(format!("{number} is above {largest}")) }
}

fn message_id(value: &Value) -> Result<Option<String>> {
    if value.is_null() { Ok(None) } else { octets_of_length(value, 32).map(Some) }
}

fn expiration(value: &Value) -> Result<Json> {
    if value.is_null() {
        return Ok(Json::Null);
    }
    let [relative, time] = array(value)? else { return Err("an expiration not of two fields".into()) };
    let relative = relative.as_bool().ok_or("neither true nor false")?;
    Ok(json!({"relative": relative, "time": uint(time, u64::from(u32::MAX))?}))
}

/// `rest` starts with the map's octets.
fn extensions(value: &Value, rest: &[u8]) -> Result<Vec<Json>> {
    let entries = value.as_map().ok_or("the extensions are no map")?;
    let mut position = head(5, entries.len()).len();
    let mut found = vec![];
    for (key, value) in entries {
        let name = extension_key(key)?;
        if (name == json!(1) || name == json!(2)) && !value.is_text() {
            return Err(format!("extension {name} is no text string"));
        }
        data_model(value, 1)?;
        let start = position + deterministic(key)?.len();
        position = start + deterministic(value)?.len();
        let raw = rest.get(start..position).ok_or("an extension beyond the message")?;
        found.push(json!({"key": name, "value": hex::encode(raw)}));
    }
    Ok(found)
}

fn extension_key(key: &Value) -> Result<Json> {
    match key {
        Value::Integer(_) => integer_key(key),
        Value::Text(t) if (1..=255).contains(&t.len()) => Ok(json!(t)),
        Value::Text(t) => Err(format!("an extension key of {} octets", t.len())),
        _ => Err("an extension key that is neither an integer nor a text string".into()),
    }
}

fn integer_key(key: &Value) -> Result<Json> {
    let number = key.as_integer().map(i128::from).ok_or("no integer")?;
    match i64::try_from(number) {
        Ok(small) if number.abs() <= MAX_KEY => Ok(json!(small)),
        _ => Err(format!("the integer key {number} is beyond 2^53 - 1")),
    }
}

/// Section 6.2 for what is inside an extension, and section 6.3: `level` is that of the container around it,
/// 1 for the extensions map.
fn data_model(value: &Value, level: usize) -> Result<()> {
    if matches!(value, Value::Array(_) | Value::Map(_) | Value::Tag(..)) && level >= 4 {
        return Err("an extension of more than four levels".into());
    }
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| data_model(item, level + 1)),
        Value::Tag(_, content) => data_model(content, level + 1),
        Value::Map(entries) => entries.iter().try_for_each(|(key, value)| {
            match key {
                Value::Integer(_) => integer_key(key).map(|_| ())?,
                Value::Text(_) | Value::Bytes(_) => {}
                _ => return Err("a key that is neither an integer, a text string nor a byte string".into()),
            }
            data_model(value, level + 1)
        }),
        _ => Ok(()),
    }
}

/// A part at a level, 1 for the root (section 6.3).
fn part(value: &Value, level: usize) -> Result<Json> {
    if level > 4 {
        return Err("parts nested more than four levels deep".into());
    }
    let [disposition, language, cardinality, rest @ ..] = array(value)? else {
        return Err("a part of fewer than three fields".into());
    };
    let mut json = Map::new();
    json.insert("disposition".into(), uint(disposition, 255)?.into());
    json.insert("language".into(), text(language)?.into());
    let body = match (uint(cardinality, 3)?, rest) {
        (0, []) => json!({"cardinality": "null"}),
        (1, [content_type, content]) => {
            json!({"cardinality": "single", "content_type": text(content_type)?, "content": bytes(content)?})
        }
        (2, rest) => external(rest)?,
        (3, [semantics, parts]) => multi(semantics, parts, level)?,
        (cardinality, rest) => {
            return Err(format!("cardinality {cardinality} with {} fields after it", rest.len()));
        }
    };
    json.extend(body.as_object().cloned().unwrap_or_default());
    Ok(json.into())
}

fn external(fields: &[Value]) -> Result<Json> {
    let [content_type, url, expires, size, enc_alg, key, nonce, aad, hash_alg, content_hash, description, filename] =
        fields
    else {
        return Err(format!("an external part of {} fields", fields.len()));
    };
    Ok(json!({
        "cardinality": "external",
        "content_type": text(content_type)?,
        "url": text(url)?,
        "expires": uint(expires, u64::from(u32::MAX))?,
        "size": uint(size, u64::MAX)?.to_string(),
        "enc_alg": uint(enc_alg, u64::from(u16::MAX))?,
        "key": bytes(key)?,
        "nonce": bytes(nonce)?,
        "aad": bytes(aad)?,
        "hash_alg": uint(hash_alg, u64::from(u8::MAX))?,
        "content_hash": bytes(content_hash)?,
        "description": text(description)?,
        "filename": text(filename)?,
    }))
}

fn multi(semantics: &Value, parts: &Value, level: usize) -> Result<Json> {
    let semantics = match uint(semantics, 2)? {
        0 => "choose-one",
        1 => "single-unit",
        _ => "process-all",
    };
    let parts = array(parts)?;
    if parts.len() < 2 {
        return Err("a multipart of fewer than two parts".into());
    }
    let parts = parts.iter().map(|p| part(p, level + 1)).collect::<Result<Vec<_>>>()?;
    Ok(json!({"cardinality": "multi", "semantics": semantics, "parts": parts}))
}
