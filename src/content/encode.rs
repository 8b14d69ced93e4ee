//! The deterministic encoding (section 6.1) of a message that a conforming document can carry.

use super::cursor::{ARRAY, BYTES, FALSE, MAP, NINT, NULL, TEXT, TRUE, UINT};
use super::document::verify_extension_value;
use super::error::EncodeError;
use super::extension::MAX_TEXT_KEY;
use super::message::{Extension, External, Key, MAX_KEY, MAX_PART_DEPTH, Message, Part, PartBody, Semantics};
use crate::reason::{Reason, content as reason};

type Result<T> = std::result::Result<T, EncodeError>;

const fn refused(reason: Reason, field: &'static str) -> EncodeError {
    EncodeError { reason, field }
}

impl Message<'_> {
    /// The deterministic encoding; extensions are sorted by their encoded keys.
    ///
    /// # Errors
    /// [`EncodeError`] when no conforming document can carry this message.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(512);
        head(&mut out, ARRAY, 7);
        bytes(&mut out, &self.salt);
        nullable(&mut out, self.replaces.map(|id| id.0));
        bytes(&mut out, self.topic_id);
        match self.expires {
            None => simple(&mut out, NULL),
            Some(expires) => {
                head(&mut out, ARRAY, 2);
                simple(&mut out, if expires.relative { TRUE } else { FALSE });
                head(&mut out, UINT, u64::from(expires.time));
            }
        }
        nullable(&mut out, self.in_reply_to.map(|id| id.0));
        extensions(&mut out, &self.extensions)?;
        part(&mut out, &self.body, 1)?;
        Ok(out)
    }
}

/// A head in the fewest octets.
#[inline]
fn head(out: &mut Vec<u8>, major: u8, arg: u64) {
    let initial = major << 5;
    if let Ok(arg) = u8::try_from(arg) {
        if arg < 24 {
            out.push(initial | arg);
        } else {
            out.extend_from_slice(&[initial | 24, arg]);
        }
    } else if let Ok(arg) = u16::try_from(arg) {
        out.push(initial | 25);
        out.extend_from_slice(&arg.to_be_bytes());
    } else if let Ok(arg) = u32::try_from(arg) {
        out.push(initial | 26);
        out.extend_from_slice(&arg.to_be_bytes());
    } else {
        out.push(initial | 27);
        out.extend_from_slice(&arg.to_be_bytes());
    }
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn simple(out: &mut Vec<u8>, value: u64) {
    head(out, 7, value);
}

#[inline]
fn bytes(out: &mut Vec<u8>, octets: &[u8]) {
    head(out, BYTES, length(octets.len()));
    out.extend_from_slice(octets);
}

#[inline]
fn text(out: &mut Vec<u8>, text: &str) {
    head(out, TEXT, length(text.len()));
    out.extend_from_slice(text.as_bytes());
}

fn nullable(out: &mut Vec<u8>, id: Option<[u8; 32]>) {
    match id {
        None => simple(out, NULL),
        Some(id) => bytes(out, &id),
    }
}

fn extensions(out: &mut Vec<u8>, extensions: &[Extension<'_>]) -> Result<()> {
    const FIELD: &str = "mimiExtensions";
    let mut sorted: Vec<(Vec<u8>, &[u8])> = Vec::with_capacity(extensions.len());
    for extension in extensions {
        let mut encoded = Vec::new();
        match extension.key {
            Key::Int(n) if n.unsigned_abs() > MAX_KEY => return Err(refused(reason::MAP_KEY_RANGE, FIELD)),
            Key::Int(n @ 0..) => head(&mut encoded, UINT, n.unsigned_abs()),
            Key::Int(n) => head(&mut encoded, NINT, n.unsigned_abs().saturating_sub(1)),
            Key::Text("") => return Err(refused(reason::EXTENSION_KEY_EMPTY, FIELD)),
            Key::Text(t) if t.len() > MAX_TEXT_KEY => return Err(refused(reason::EXTENSION_KEY_TOO_LONG, FIELD)),
            Key::Text(t) => text(&mut encoded, t),
        }
        verify_extension_value(extension.key, extension.value).map_err(|e| refused(e.reason, FIELD))?;
        sorted.push((encoded, extension.value));
    }
    sorted.sort();
    head(out, MAP, length(sorted.len()));
    let mut previous: &[u8] = &[];
    for (key, value) in &sorted {
        if key == previous {
            return Err(refused(reason::DUPLICATE_MAP_KEY, FIELD));
        }
        out.extend_from_slice(key);
        out.extend_from_slice(value);
        previous = key;
    }
    Ok(())
}

fn part(out: &mut Vec<u8>, part_: &Part<'_>, level: usize) -> Result<()> {
    if level > MAX_PART_DEPTH {
        return Err(refused(reason::PART_TOO_DEEP, "nestedPart"));
    }
    let (arity, cardinality) = match part_.body {
        PartBody::Null => (3, 0),
        PartBody::Single { .. } => (5, 1),
        PartBody::External(_) => (15, 2),
        PartBody::Multi { .. } => (5, 3),
    };
    head(out, ARRAY, arity);
    head(out, UINT, u64::from(part_.disposition));
    text(out, part_.language);
    head(out, UINT, cardinality);
    match &part_.body {
        PartBody::Null => {}
        PartBody::Single { content_type, content } => {
            text(out, content_type);
            bytes(out, content);
        }
        PartBody::External(external_) => external(out, external_),
        PartBody::Multi { semantics, parts } => {
            let semantics = match semantics {
                Semantics::ChooseOne => 0,
                Semantics::SingleUnit => 1,
                Semantics::ProcessAll => 2,
            };
            if parts.len() < 2 {
                return Err(refused(reason::TOO_FEW_PARTS, "nestedPart"));
            }
            head(out, UINT, semantics);
            head(out, ARRAY, length(parts.len()));
            for inner in parts {
                part(out, inner, level + 1)?;
            }
        }
    }
    Ok(())
}

fn external(out: &mut Vec<u8>, e: &External<'_>) {
    text(out, e.content_type);
    text(out, e.url);
    head(out, UINT, u64::from(e.expires));
    head(out, UINT, e.size);
    head(out, UINT, u64::from(e.enc_alg));
    bytes(out, e.key);
    bytes(out, e.nonce);
    bytes(out, e.aad);
    head(out, UINT, u64::from(e.hash_alg));
    bytes(out, e.content_hash);
    text(out, e.description);
    text(out, e.filename);
}
