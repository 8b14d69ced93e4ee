//! The items of a message, each of which can be replaced by any other.

use super::item::{Item, array};

/// The seven items of a message, in order (appendix A.1).
#[derive(Clone, Debug)]
pub struct RawMessage {
    /// `salt`.
    pub salt: Item,
    /// `replaces`.
    pub replaces: Item,
    /// `topicId`.
    pub topic_id: Item,
    /// `expires`.
    pub expires: Item,
    /// `inReplyTo`.
    pub in_reply_to: Item,
    /// `mimiExtensions`.
    pub extensions: Item,
    /// `nestedPart`.
    pub body: Item,
}

impl RawMessage {
    /// The array of the seven.
    #[must_use]
    pub fn item(self) -> Item {
        array(self.items())
    }

    /// The seven, one by one.
    #[must_use]
    pub fn items(self) -> [Item; 7] {
        [self.salt, self.replaces, self.topic_id, self.expires, self.in_reply_to, self.extensions, self.body]
    }
}

/// The fifteen items of an external part, in order.
#[derive(Clone, Debug)]
pub struct RawExternal {
    /// `disposition`.
    pub disposition: Item,
    /// `language`.
    pub language: Item,
    /// `cardinality`.
    pub cardinality: Item,
    /// `contentType`.
    pub content_type: Item,
    /// `url`.
    pub url: Item,
    /// `expires`.
    pub expires: Item,
    /// `size`.
    pub size: Item,
    /// `encAlg`.
    pub enc_alg: Item,
    /// `key`.
    pub key: Item,
    /// `nonce`.
    pub nonce: Item,
    /// `aad`.
    pub aad: Item,
    /// `hashAlg`.
    pub hash_alg: Item,
    /// `contentHash`.
    pub content_hash: Item,
    /// `description`.
    pub description: Item,
    /// `filename`.
    pub filename: Item,
}

impl RawExternal {
    /// The array of the fifteen.
    #[must_use]
    pub fn item(self) -> Item {
        array(self.items())
    }

    /// The fifteen, one by one.
    #[must_use]
    pub fn items(self) -> [Item; 15] {
        [
            self.disposition,
            self.language,
            self.cardinality,
            self.content_type,
            self.url,
            self.expires,
            self.size,
            self.enc_alg,
            self.key,
            self.nonce,
            self.aad,
            self.hash_alg,
            self.content_hash,
            self.description,
            self.filename,
        ]
    }
}
