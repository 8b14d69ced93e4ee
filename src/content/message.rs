use super::MessageId;

/// Levels of body parts, the root being level 1 (section 6.3; the origin is implied by appendix B.3).
pub const MAX_PART_DEPTH: usize = 4;
/// Levels of tags, maps and arrays in the extensions, the extensions map being level 1 (section 6.3).
pub const MAX_EXTENSION_DEPTH: usize = 4;
/// Largest absolute value of an integer map key: 2^53 - 1 (section 6.2).
pub const MAX_KEY: u64 = (1 << 53) - 1;

/// A MIMI content message (section 4.1, appendix A.1). Plain data: anyone can build one;
/// [`Message::encode`] verifies, and [`super::Document`] holds one that came from verified octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// Random, 16 octets.
    pub salt: [u8; 16],
    /// The first instance of the message that this one edits or deletes.
    pub replaces: Option<MessageId>,
    /// Opaque topic, empty for none.
    pub topic_id: &'a [u8],
    /// When to delete it, as a hint.
    pub expires: Option<Expiration>,
    /// The specific version of a message that this one answers.
    pub in_reply_to: Option<MessageId>,
    /// Extensions; in the order of their encoded keys when decoded.
    pub extensions: Vec<Extension<'a>>,
    /// The body, part index 0.
    pub body: Part<'a>,
}

/// Expiration of a message (section 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiration {
    /// `true`: seconds after the receiver read it. `false`: seconds since the UNIX epoch.
    pub relative: bool,
    /// Seconds.
    pub time: u32,
}

/// One extension field (section 4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Its map key.
    pub key: Key<'a>,
    /// Deterministic CBOR of its value, one item.
    pub value: &'a [u8],
}

/// Key of an extension (sections 4.3 and 6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key<'a> {
    /// Registered (positive) or private (negative), within plus or minus [`MAX_KEY`].
    Int(i64),
    /// Private, 1 to 255 octets.
    Text(&'a str),
}

/// A body part (section 4.4, `NestedPart`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Registered in the disposition registry; unknown values mean `render` (section 9.1).
    pub disposition: u8,
    /// Empty, or a comma-separated list of language tags.
    pub language: &'a str,
    /// What it holds.
    pub body: PartBody<'a>,
}

/// The four cardinalities of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartBody<'a> {
    /// `nullpart`: nothing, as in a delete.
    Null,
    /// `single`: content inside the message.
    Single {
        /// IANA media type with parameters.
        content_type: &'a str,
        /// The octets of that type.
        content: &'a [u8],
    },
    /// `external`: content behind a URL.
    External(Box<External<'a>>),
    /// `multi`: two or more parts.
    Multi {
        /// How they belong together.
        semantics: Semantics,
        /// The parts, at least two.
        parts: Vec<Part<'a>>,
    },
}

/// How the parts of a multipart belong together (section 4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Semantics {
    /// The receiver picks exactly one.
    ChooseOne,
    /// All or none.
    SingleUnit,
    /// As many as possible, each on its own.
    ProcessAll,
}

/// Content behind a URL (section 4.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External<'a> {
    /// IANA media type of the decrypted content.
    pub content_type: &'a str,
    /// Where to fetch it.
    pub url: &'a str,
    /// Seconds since the UNIX epoch after which it is invalid; 0 for never.
    pub expires: u32,
    /// Octets; 0 when not provided.
    pub size: u64,
    /// IANA AEAD algorithm, 0 for none.
    pub enc_alg: u16,
    /// AEAD key.
    pub key: &'a [u8],
    /// AEAD nonce.
    pub nonce: &'a [u8],
    /// AEAD additional authenticated data.
    pub aad: &'a [u8],
    /// IANA named information hash algorithm, 0 for none.
    pub hash_alg: u8,
    /// Hash of the content at the URL.
    pub content_hash: &'a [u8],
    /// Optional text for people.
    pub description: &'a str,
    /// Optional suggested file name; not safe to use as a path.
    pub filename: &'a str,
}

impl Message<'_> {
    /// The extension with this integer key, if there is one.
    #[must_use]
    pub fn extension(&self, key: i64) -> Option<&Extension<'_>> {
        self.extensions.iter().find(|e| e.key == Key::Int(key))
    }
}
