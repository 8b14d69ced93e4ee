//! A typed `ciborium` encode: a message as serde tuples.

use mimicheck::content::{self, Key, PartBody, Semantics};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Octets as a byte string.
struct Bytes<'a>(&'a [u8]);

/// A message and its extensions' values, read beforehand.
pub struct Message<'a>(pub &'a content::Message<'a>, Vec<ciborium::Value>);

struct Extensions<'a>(&'a [content::Extension<'a>], &'a [ciborium::Value]);

struct Part<'a>(&'a content::Part<'a>);

struct Parts<'a>(&'a [content::Part<'a>]);

impl<'a> Message<'a> {
    /// Reads the extensions' values.
    pub fn new(message: &'a content::Message<'a>) -> Self {
        let values = message.extensions.iter().map(|e| ciborium::from_reader(e.value).unwrap());
        Self(message, values.collect())
    }

    /// The octets.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        ciborium::into_writer(self, &mut out).unwrap();
        out
    }
}

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(self.0)
    }
}

impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let m = self.0;
        let replaces = m.replaces.as_ref().map(|i| Bytes(&i.0));
        let in_reply_to = m.in_reply_to.as_ref().map(|i| Bytes(&i.0));
        let expires = m.expires.map(|e| (e.relative, e.time));
        let extensions = Extensions(&m.extensions, &self.1);
        (Bytes(&m.salt), replaces, Bytes(m.topic_id), expires, in_reply_to, extensions, Part(&m.body)).serialize(s)
    }
}

impl Serialize for Extensions<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.0.len()))?;
        for (extension, value) in self.0.iter().zip(self.1) {
            match extension.key {
                Key::Int(n) => map.serialize_entry(&n, value)?,
                Key::Text(t) => map.serialize_entry(t, value)?,
            }
        }
        map.end()
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let (d, l) = (self.0.disposition, self.0.language);
        match &self.0.body {
            PartBody::Null => (d, l, 0).serialize(s),
            PartBody::Single { content_type, content } => (d, l, 1, content_type, Bytes(content)).serialize(s),
            PartBody::External(e) => {
                let (key, nonce, aad, hash) = (Bytes(e.key), Bytes(e.nonce), Bytes(e.aad), Bytes(e.content_hash));
                let fields = (
                    d,
                    l,
                    2,
                    e.content_type,
                    e.url,
                    e.expires,
                    e.size,
                    e.enc_alg,
                    key,
                    nonce,
                    aad,
                    e.hash_alg,
                    hash,
                    e.description,
                    e.filename,
                );
                fields.serialize(s)
            }
            PartBody::Multi { semantics, parts } => {
                let semantics = match semantics {
                    Semantics::ChooseOne => 0,
                    Semantics::SingleUnit => 1,
                    Semantics::ProcessAll => 2,
                };
                (d, l, 3, semantics, Parts(parts)).serialize(s)
            }
        }
    }
}

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.iter().map(Part))
    }
}
