//! A message in plain words. Its JSON (`vectors/README.md`) and its items are written side by side, each
//! by code of its own; numbers and octet strings may have any size, right or wrong.

use super::item::{Item, array, boolean, bytes, int, map, null, text, uint};
use super::raw::{RawExternal, RawMessage};
use crate::wire::hex;
use serde_json::{Value, json};

/// A message (section 4.1).
#[derive(Clone, Debug)]
pub struct Message {
    /// 16 octets when right.
    pub salt: Vec<u8>,
    /// 32 octets when right.
    pub replaces: Option<Vec<u8>>,
    /// Any octets.
    pub topic_id: Vec<u8>,
    /// When to delete it.
    pub expires: Option<Expiration>,
    /// 32 octets when right.
    pub in_reply_to: Option<Vec<u8>>,
    /// In the order written.
    pub extensions: Vec<Extension>,
    /// The body.
    pub body: Part,
}

/// Expiration of a message.
#[derive(Clone, Copy, Debug)]
pub struct Expiration {
    /// Counted from when it was read.
    pub relative: bool,
    /// Seconds.
    pub time: u64,
}

/// An extension field (section 4.3).
#[derive(Clone, Debug)]
pub struct Extension {
    /// Its map key.
    pub key: Key,
    /// Its value.
    pub value: Item,
}

/// The key of an extension.
#[derive(Clone, Debug)]
pub enum Key {
    /// An integer.
    Int(i64),
    /// A text string.
    Text(String),
}

/// A body part (section 4.4).
#[derive(Clone, Debug)]
pub struct Part {
    /// 0 to 255 when right.
    pub disposition: u64,
    /// Language tags.
    pub language: String,
    /// What it holds.
    pub body: Body,
}

/// What a part holds.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing.
    Null,
    /// Content type and content.
    Single(String, Vec<u8>),
    /// Content elsewhere.
    External(Box<External>),
    /// Two or more parts when right.
    Multi(Semantics, Vec<Part>),
}

/// How the parts of a multipart belong together.
#[derive(Clone, Copy, Debug)]
pub enum Semantics {
    /// 0.
    ChooseOne,
    /// 1.
    SingleUnit,
    /// 2.
    ProcessAll,
}

/// Content elsewhere (section 4.5).
#[derive(Clone, Debug, Default)]
pub struct External {
    /// Media type.
    pub content_type: String,
    /// Where it is.
    pub url: String,
    /// Seconds since the epoch, 32 bits when right.
    pub expires: u64,
    /// Octets, 64 bits when right.
    pub size: u128,
    /// AEAD algorithm, 16 bits when right.
    pub enc_alg: u64,
    /// AEAD key.
    pub key: Vec<u8>,
    /// AEAD nonce.
    pub nonce: Vec<u8>,
    /// AEAD additional data.
    pub aad: Vec<u8>,
    /// Hash algorithm, 8 bits when right.
    pub hash_alg: u64,
    /// Hash of what is there.
    pub content_hash: Vec<u8>,
    /// For people.
    pub description: String,
    /// Suggested file name.
    pub filename: String,
}

impl From<i64> for Key {
    fn from(key: i64) -> Self {
        Self::Int(key)
    }
}

impl From<&str> for Key {
    fn from(key: &str) -> Self {
        Self::Text(key.to_owned())
    }
}

impl Extension {
    /// From key and value.
    #[must_use]
    pub fn new(key: impl Into<Key>, value: Item) -> Self {
        Self { key: key.into(), value }
    }

    fn json(&self) -> Value {
        let key = match &self.key {
            Key::Int(n) => json!(n),
            Key::Text(t) => json!(t),
        };
        json!({"key": key, "value": hex::encode(&self.value.octets())})
    }

    fn entry(&self) -> (Item, Item) {
        let key = match &self.key {
            Key::Int(n) => int(*n),
            Key::Text(t) => text(t),
        };
        (key, self.value.clone())
    }
}

impl Semantics {
    const fn number(self) -> u64 {
        match self {
            Self::ChooseOne => 0,
            Self::SingleUnit => 1,
            Self::ProcessAll => 2,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::ChooseOne => "choose-one",
            Self::SingleUnit => "single-unit",
            Self::ProcessAll => "process-all",
        }
    }
}

impl Message {
    /// A message of this salt and body, and nothing else.
    #[must_use]
    pub fn new(salt: impl AsRef<[u8]>, body: Part) -> Self {
        Self {
            salt: salt.as_ref().to_vec(),
            replaces: None,
            topic_id: vec![],
            expires: None,
            in_reply_to: None,
            extensions: vec![],
            body,
        }
    }

    /// Its JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "salt": hex::encode(&self.salt),
            "replaces": self.replaces.as_deref().map(hex::encode),
            "topic_id": hex::encode(&self.topic_id),
            "expires": self.expires.map(|e| json!({"relative": e.relative, "time": e.time})),
            "in_reply_to": self.in_reply_to.as_deref().map(hex::encode),
            "extensions": self.extensions.iter().map(Extension::json).collect::<Vec<_>>(),
            "body": self.body.json(),
        })
    }

    /// Its items.
    #[must_use]
    pub fn raw(&self) -> RawMessage {
        RawMessage {
            salt: bytes(&self.salt),
            replaces: self.replaces.as_ref().map_or_else(null, bytes),
            topic_id: bytes(&self.topic_id),
            expires: self.expires.map_or_else(null, |e| array([boolean(e.relative), uint(e.time)])),
            in_reply_to: self.in_reply_to.as_ref().map_or_else(null, bytes),
            extensions: map(self.extensions.iter().map(Extension::entry)),
            body: self.body.item(),
        }
    }

    /// The whole of it.
    #[must_use]
    pub fn item(&self) -> Item {
        self.raw().item()
    }
}

impl Part {
    /// A part of this disposition, without a language.
    #[must_use]
    pub const fn new(disposition: u64, body: Body) -> Self {
        Self { disposition, language: String::new(), body }
    }

    /// A null part with disposition render.
    #[must_use]
    pub const fn null() -> Self {
        Self::new(1, Body::Null)
    }

    /// A single part with disposition render.
    #[must_use]
    pub fn single(content_type: &str, content: impl AsRef<[u8]>) -> Self {
        Self::new(1, Body::Single(content_type.to_owned(), content.as_ref().to_vec()))
    }

    /// A multipart with disposition render.
    #[must_use]
    pub fn multi(semantics: Semantics, parts: impl IntoIterator<Item = Self>) -> Self {
        Self::new(1, Body::Multi(semantics, parts.into_iter().collect()))
    }

    /// An external part with disposition render.
    #[must_use]
    pub fn external(external: External) -> Self {
        Self::new(1, Body::External(Box::new(external)))
    }

    /// With another disposition.
    #[must_use]
    pub const fn disposition(mut self, disposition: u64) -> Self {
        self.disposition = disposition;
        self
    }

    /// With a language.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// Its JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let (disposition, language) = (self.disposition, &self.language);
        match &self.body {
            Body::Null => json!({"disposition": disposition, "language": language, "cardinality": "null"}),
            Body::Single(content_type, content) => json!({
                "disposition": disposition, "language": language, "cardinality": "single",
                "content_type": content_type, "content": hex::encode(content),
            }),
            Body::External(e) => json!({
                "disposition": disposition, "language": language, "cardinality": "external",
                "content_type": e.content_type, "url": e.url, "expires": e.expires, "size": e.size.to_string(),
                "enc_alg": e.enc_alg, "key": hex::encode(&e.key), "nonce": hex::encode(&e.nonce),
                "aad": hex::encode(&e.aad), "hash_alg": e.hash_alg, "content_hash": hex::encode(&e.content_hash),
                "description": e.description, "filename": e.filename,
            }),
            Body::Multi(semantics, parts) => json!({
                "disposition": disposition, "language": language, "cardinality": "multi",
                "semantics": semantics.name(), "parts": parts.iter().map(Self::json).collect::<Vec<_>>(),
            }),
        }
    }

    /// Its array.
    #[must_use]
    pub fn item(&self) -> Item {
        let (disposition, language) = (uint(self.disposition), text(&self.language));
        match &self.body {
            Body::Null => array([disposition, language, uint(0)]),
            Body::Single(content_type, content) => {
                array([disposition, language, uint(1), text(content_type), bytes(content)])
            }
            Body::External(external) => RawExternal { disposition, language, ..external.raw() }.item(),
            Body::Multi(semantics, parts) => {
                let parts = array(parts.iter().map(Self::item));
                array([disposition, language, uint(3), uint(semantics.number()), parts])
            }
        }
    }
}

impl External {
    /// The items of a part that holds it, with disposition render and no language.
    #[must_use]
    pub fn raw(&self) -> RawExternal {
        RawExternal {
            disposition: uint(1),
            language: text(""),
            cardinality: uint(2),
            content_type: text(&self.content_type),
            url: text(&self.url),
            expires: uint(self.expires),
            size: uint(u64::try_from(self.size).unwrap_or(u64::MAX)),
            enc_alg: uint(self.enc_alg),
            key: bytes(&self.key),
            nonce: bytes(&self.nonce),
            aad: bytes(&self.aad),
            hash_alg: uint(self.hash_alg),
            content_hash: bytes(&self.content_hash),
            description: text(&self.description),
            filename: text(&self.filename),
        }
    }
}
