//! Message ⇄ JSON as in `vectors/README.md`.

use crate::adapter::input::{BadInput, Result, array, boolean, member, octets, text, uint};
use crate::content::{
    EncodeError, Expiration, Extension, External, Key, Message, MessageId, Part, PartBody, Semantics,
};
use crate::reason::{Reason, content as reason};
use crate::wire::hex;
use serde_json::{Value, json};

const SEMANTICS: [(&str, Semantics); 3] = [
    ("choose-one", Semantics::ChooseOne),
    ("single-unit", Semantics::SingleUnit),
    ("process-all", Semantics::ProcessAll),
];

pub(super) fn message(m: &Message<'_>) -> Value {
    json!({
        "salt": hex::encode(&m.salt),
        "replaces": m.replaces.map(|id| id.to_string()),
        "topic_id": hex::encode(m.topic_id),
        "expires": m.expires.map(|e| json!({"relative": e.relative, "time": e.time})),
        "in_reply_to": m.in_reply_to.map(|id| id.to_string()),
        "extensions": m.extensions.iter().map(extension).collect::<Vec<_>>(),
        "body": part(&m.body),
    })
}

fn extension(e: &Extension<'_>) -> Value {
    let key = match e.key {
        Key::Int(n) => json!(n),
        Key::Text(t) => json!(t),
    };
    json!({"key": key, "value": hex::encode(e.value)})
}

fn part(p: &Part<'_>) -> Value {
    let mut value = match &p.body {
        PartBody::Null => json!({"cardinality": "null"}),
        PartBody::Single { content_type, content } => {
            json!({"cardinality": "single", "content_type": content_type, "content": hex::encode(content)})
        }
        PartBody::External(e) => external(e),
        PartBody::Multi { semantics, parts } => json!({
            "cardinality": "multi",
            "semantics": SEMANTICS.iter().find(|(_, s)| s == semantics).map(|(name, _)| *name),
            "parts": parts.iter().map(part).collect::<Vec<_>>(),
        }),
    };
    if let Some(object) = value.as_object_mut() {
        object.insert("disposition".into(), json!(p.disposition));
        object.insert("language".into(), json!(p.language));
    }
    value
}

fn external(e: &External<'_>) -> Value {
    json!({
        "cardinality": "external", "content_type": e.content_type, "url": e.url, "expires": e.expires,
        "size": e.size.to_string(), "enc_alg": e.enc_alg, "key": hex::encode(e.key), "nonce": hex::encode(e.nonce),
        "aad": hex::encode(e.aad), "hash_alg": e.hash_alg, "content_hash": hex::encode(e.content_hash),
        "description": e.description, "filename": e.filename,
    })
}

/// A message whose octets it owns: JSON carries hex, [`Message`] borrows octets.
#[derive(Debug)]
pub(super) struct Owned {
    salt: [u8; 16],
    replaces: Option<MessageId>,
    topic_id: Vec<u8>,
    expires: Option<Expiration>,
    in_reply_to: Option<MessageId>,
    extensions: Vec<(OwnedKey, Vec<u8>)>,
    body: OwnedPart,
}

#[derive(Debug)]
enum OwnedKey {
    Int(i64),
    Text(String),
}

#[derive(Debug)]
struct OwnedPart {
    disposition: u8,
    language: String,
    body: OwnedBody,
}

#[derive(Debug)]
enum OwnedBody {
    Null,
    Single { content_type: String, content: Vec<u8> },
    External(Box<OwnedExternal>),
    Multi { semantics: Semantics, parts: Vec<OwnedPart> },
}

#[derive(Debug)]
struct OwnedExternal {
    texts: [String; 4],
    numbers: (u32, u64, u16, u8),
    octets: [Vec<u8>; 4],
}

/// What a well-shaped JSON message that no document can carry is refused with.
type Refused<T> = std::result::Result<T, EncodeError>;

fn fits<T>(value: impl TryInto<T>, reason: Reason, field: &'static str) -> Refused<T> {
    value.try_into().map_err(|_| EncodeError { reason, field })
}

/// Two layers: a shape that is not the documented one, and values that no document can carry.
pub(super) fn read(v: &Value) -> Result<Refused<Owned>> {
    let salt = octets(v, "salt")?;
    let ids = (id(v, "replaces")?, id(v, "in_reply_to")?);
    let topic_id = octets(v, "topic_id")?;
    let expires = match v.get("expires").filter(|e| !e.is_null()) {
        None => None,
        Some(e) => Some((boolean(e, "relative")?, uint(e, "time")?)),
    };
    let extensions = array(v, "extensions")?.iter().map(read_extension).collect::<Result<Vec<_>>>()?;
    let body = read_part(member(v, "body")?, 1)?;
    Ok((|| {
        Ok(Owned {
            salt: fits(salt, reason::SALT_LENGTH, "salt")?,
            replaces: ids.0.map(|i| fits(i, reason::MESSAGE_ID_LENGTH, "replaces").map(MessageId)).transpose()?,
            topic_id,
            expires: expires
                .map(|(relative, time)| {
                    fits(time, reason::INTEGER_OUT_OF_RANGE, "expires").map(|time| Expiration { relative, time })
                })
                .transpose()?,
            in_reply_to: ids.1.map(|i| fits(i, reason::MESSAGE_ID_LENGTH, "inReplyTo").map(MessageId)).transpose()?,
            extensions: extensions.into_iter().collect::<Refused<Vec<_>>>()?,
            body: body?,
        })
    })())
}

fn id(v: &Value, name: &str) -> Result<Option<Vec<u8>>> {
    v.get(name).filter(|i| !i.is_null()).map(|_| octets(v, name)).transpose()
}

fn read_extension(v: &Value) -> Result<Refused<(OwnedKey, Vec<u8>)>> {
    let value = octets(v, "value")?;
    let key = match member(v, "key")? {
        Value::String(t) => OwnedKey::Text(t.clone()),
        Value::Number(n) => match n.as_i64() {
            Some(n) => OwnedKey::Int(n),
            None => return Ok(Err(EncodeError { reason: reason::MAP_KEY_RANGE, field: "mimiExtensions" })),
        },
        _ => return Err(BadInput("an extension's \"key\" is neither a number nor a text".into())),
    };
    Ok(Ok((key, value)))
}

/// Deeper than any message may be, and shallow enough for every stack.
const MAX_JSON_PARTS: usize = 32;

fn read_part(v: &Value, level: usize) -> Result<Refused<OwnedPart>> {
    const FIELD: &str = "nestedPart";
    if level > MAX_JSON_PARTS {
        return Ok(Err(EncodeError { reason: reason::PART_TOO_DEEP, field: FIELD }));
    }
    let disposition = uint(v, "disposition")?;
    let language = text(v, "language")?.to_owned();
    let body = match text(v, "cardinality")? {
        "null" => Ok(OwnedBody::Null),
        "single" => {
            Ok(OwnedBody::Single { content_type: text(v, "content_type")?.to_owned(), content: octets(v, "content")? })
        }
        "external" => read_external(v)?,
        "multi" => {
            let name = text(v, "semantics")?;
            let parts = array(v, "parts")?.iter().map(|p| read_part(p, level + 1)).collect::<Result<Vec<_>>>()?;
            match SEMANTICS.iter().find(|(n, _)| *n == name) {
                None => Err(EncodeError { reason: reason::UNKNOWN_PART_SEMANTICS, field: FIELD }),
                Some((_, semantics)) => parts
                    .into_iter()
                    .collect::<Refused<Vec<_>>>()
                    .map(|parts| OwnedBody::Multi { semantics: *semantics, parts }),
            }
        }
        _ => Err(EncodeError { reason: reason::UNKNOWN_CARDINALITY, field: FIELD }),
    };
    Ok((|| {
        let disposition = fits(disposition, reason::DISPOSITION_OUT_OF_RANGE, FIELD)?;
        Ok(OwnedPart { disposition, language, body: body? })
    })())
}

fn read_external(v: &Value) -> Result<Refused<OwnedBody>> {
    const FIELD: &str = "nestedPart";
    let own = |name| text(v, name).map(str::to_owned);
    let texts = [own("content_type")?, own("url")?, own("description")?, own("filename")?];
    let octets = [octets(v, "key")?, octets(v, "nonce")?, octets(v, "aad")?, octets(v, "content_hash")?];
    let (expires, enc_alg, hash_alg) = (uint(v, "expires")?, uint(v, "enc_alg")?, uint(v, "hash_alg")?);
    let size = text(v, "size")?;
    if size.is_empty() || !size.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BadInput("\"size\" is not a decimal text".into()));
    }
    let range = reason::INTEGER_OUT_OF_RANGE;
    Ok((|| {
        let size = size.parse().map_err(|_| EncodeError { reason: range, field: FIELD })?;
        let numbers = (fits(expires, range, FIELD)?, size, fits(enc_alg, range, FIELD)?, fits(hash_alg, range, FIELD)?);
        Ok(OwnedBody::External(Box::new(OwnedExternal { texts, numbers, octets })))
    })())
}

impl Owned {
    /// The deterministic encoding.
    pub(super) fn encode(&self) -> Refused<Vec<u8>> {
        let extensions = self.extensions.iter().map(|(key, value)| Extension {
            key: match key {
                OwnedKey::Int(n) => Key::Int(*n),
                OwnedKey::Text(t) => Key::Text(t),
            },
            value,
        });
        Message {
            salt: self.salt,
            replaces: self.replaces,
            topic_id: &self.topic_id,
            expires: self.expires,
            in_reply_to: self.in_reply_to,
            extensions: extensions.collect(),
            body: self.body.borrow(),
        }
        .encode()
    }
}

impl OwnedPart {
    fn borrow(&self) -> Part<'_> {
        let body = match &self.body {
            OwnedBody::Null => PartBody::Null,
            OwnedBody::Single { content_type, content } => PartBody::Single { content_type, content },
            OwnedBody::External(e) => PartBody::External(Box::new(e.borrow())),
            OwnedBody::Multi { semantics, parts } => {
                PartBody::Multi { semantics: *semantics, parts: parts.iter().map(Self::borrow).collect() }
            }
        };
        Part { disposition: self.disposition, language: &self.language, body }
    }
}

impl OwnedExternal {
    fn borrow(&self) -> External<'_> {
        let [content_type, url, description, filename] = &self.texts;
        let [key, nonce, aad, content_hash] = &self.octets;
        let (expires, size, enc_alg, hash_alg) = self.numbers;
        External {
            content_type,
            url,
            expires,
            size,
            enc_alg,
            key,
            nonce,
            aad,
            hash_alg,
            content_hash,
            description,
            filename,
        }
    }
}
