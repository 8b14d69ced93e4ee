//! What appendix A.1 calls an item, from its place among its parents.

/// What a container is, as far as its children's names depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Outside everything.
    Top,
    /// The message array.
    Message,
    /// `expires`.
    Expiration,
    /// `mimiExtensions`.
    Extensions,
    /// A body part, with its cardinality once that was read.
    Part(Option<u64>),
    /// The parts of a multipart.
    Parts,
    /// Anything else.
    Other,
}

const EXTERNAL: [&str; 12] = [
    "contentType",
    "url",
    "expires",
    "size",
    "encAlg",
    "key",
    "nonce",
    "aad",
    "hashAlg",
    "contentHash",
    "description",
    "filename",
];

impl Role {
    /// This role if a container of that major type can have it: only the extensions are a map.
    pub(super) fn of_major(self, major: u8) -> Self {
        let fits = if self == Self::Extensions { major == 5 } else { major == 4 };
        if fits { self } else { Self::Other }
    }

    /// Name and role of the child at `index`; in a map, even indexes are keys.
    pub(super) fn child(self, index: u64) -> (&'static str, Self) {
        let name = |n| (n, Self::Other);
        match (self, index) {
            (Self::Top, 0) => ("message", Self::Message),
            (Self::Message, 0) => name("salt"),
            (Self::Message, 1) => name("replaces"),
            (Self::Message, 2) => name("topicId"),
            (Self::Message, 3) => ("expires", Self::Expiration),
            (Self::Message, 4) => name("inReplyTo"),
            (Self::Message, 5) => ("mimiExtensions", Self::Extensions),
            (Self::Message, 6) => ("nestedPart", Self::Part(None)),
            (Self::Expiration, 0) => name("relative"),
            (Self::Expiration, 1) => name("time"),
            (Self::Extensions, i) => name(if i % 2 == 0 { "key" } else { "value" }),
            (Self::Parts, _) => ("part", Self::Part(None)),
            (Self::Part(_), 0) => name("disposition"),
            (Self::Part(_), 1) => name("language"),
            (Self::Part(_), 2) => name("cardinality"),
            (Self::Part(Some(1)), 3) => name("contentType"),
            (Self::Part(Some(1)), 4) => name("content"),
            (Self::Part(Some(2)), i) => {
                let field = i.checked_sub(3).and_then(|i| EXTERNAL.get(usize::try_from(i).ok()?));
                name(field.copied().unwrap_or(""))
            }
            (Self::Part(Some(3)), 3) => name("partSemantics"),
            (Self::Part(Some(3)), 4) => ("parts", Self::Parts),
            _ => name(""),
        }
    }
}

/// The word for a number in one of the schema's enumerations.
pub(super) fn word(label: &str, value: u64) -> Option<&'static str> {
    const CARDINALITY: [&str; 4] = ["null part", "single", "external", "multi"];
    const SEMANTICS: [&str; 3] = ["choose one", "single unit", "process all"];
    const DISPOSITION: [&str; 9] =
        ["unspecified", "render", "reaction", "profile", "inline", "icon", "attachment", "session", "preview"];
    let words: &[&str] = match label {
        "cardinality" => &CARDINALITY,
        "partSemantics" => &SEMANTICS,
        "disposition" => &DISPOSITION,
        _ => return None,
    };
    words.get(usize::try_from(value).ok()?).copied()
}
