//! One pass over the octets, following the schema of appendix A.1.

use super::cursor::{ARRAY, Cursor, Head};
use super::error::DecodeError;
use super::extension;
use super::message::{Expiration, External, MAX_PART_DEPTH, Message, Part, PartBody, Semantics};
use super::message_id::MessageId;
use crate::reason::content as reason;

type Result<T> = std::result::Result<T, DecodeError>;

pub(super) fn message(octets: &[u8]) -> Result<Message<'_>> {
    let mut c = Cursor::new(octets);
    c.array_of(7)?;
    c.field = "salt";
    let salt = c.bytes_exact(reason::SALT_LENGTH)?;
    c.field = "replaces";
    let replaces = message_id(&mut c)?;
    c.field = "topicId";
    let topic_id = c.bytes()?;
    c.field = "expires";
    let expires = expiration(&mut c)?;
    c.field = "inReplyTo";
    let in_reply_to = message_id(&mut c)?;
    c.field = "mimiExtensions";
    let extensions = extension::map(&mut c)?;
    c.field = "nestedPart";
    let body = part(&mut c, 1)?;
    c.field = "message";
    c.finish()?;
    let [replaces, in_reply_to] = [replaces, in_reply_to].map(|id| id.copied().map(MessageId));
    Ok(Message { salt: *salt, replaces, topic_id, expires, in_reply_to, extensions, body })
}

/// Items to reserve for an array or map: whatever it claims, few; more make room as they really come.
pub(super) fn reserve(head: Head) -> usize {
    const MOST: u64 = 16;
    usize::try_from(head.arg.min(MOST)).unwrap_or(0)
}

fn message_id<'a>(c: &mut Cursor<'a>) -> Result<Option<&'a [u8; 32]>> {
    c.nullable_exact(reason::MESSAGE_ID_LENGTH)
}

fn expiration(c: &mut Cursor<'_>) -> Result<Option<Expiration>> {
    let head = c.head()?;
    match head {
        Head { major: 7, info: 22, .. } => Ok(None),
        Head { major: ARRAY, .. } => {
            c.arity(head, 2)?;
            Ok(Some(Expiration { relative: c.boolean()?, time: c.uint(reason::INTEGER_OUT_OF_RANGE)? }))
        }
        _ => Err(c.error(reason::WRONG_TYPE, head.at)),
    }
}

/// `level` is 1 for the root (section 6.3).
fn part<'a>(c: &mut Cursor<'a>, level: usize) -> Result<Part<'a>> {
    let array = c.array_head()?;
    if level > MAX_PART_DEPTH {
        return Err(c.error(reason::PART_TOO_DEEP, array.at));
    }
    if array.arg < 3 {
        return Err(c.error(reason::WRONG_ARRAY_LENGTH, array.at));
    }
    let disposition = c.uint(reason::DISPOSITION_OUT_OF_RANGE)?;
    let language = c.text()?;
    let at = c.position();
    let cardinality: u64 = c.uint(reason::UNKNOWN_CARDINALITY)?;
    let body = match cardinality {
        0 => {
            c.arity(array, 3)?;
            PartBody::Null
        }
        1 => {
            c.arity(array, 5)?;
            PartBody::Single { content_type: c.text()?, content: c.bytes()? }
        }
        2 => {
            c.arity(array, 15)?;
            PartBody::External(Box::new(external(c)?))
        }
        3 => {
            c.arity(array, 5)?;
            multi(c, level)?
        }
        _ => return Err(c.error(reason::UNKNOWN_CARDINALITY, at)),
    };
    Ok(Part { disposition, language, body })
}

fn external<'a>(c: &mut Cursor<'a>) -> Result<External<'a>> {
    Ok(External {
        content_type: c.text()?,
        url: c.text()?,
        expires: c.uint(reason::INTEGER_OUT_OF_RANGE)?,
        size: c.uint(reason::INTEGER_OUT_OF_RANGE)?,
        enc_alg: c.uint(reason::INTEGER_OUT_OF_RANGE)?,
        key: c.bytes()?,
        nonce: c.bytes()?,
        aad: c.bytes()?,
        hash_alg: c.uint(reason::INTEGER_OUT_OF_RANGE)?,
        content_hash: c.bytes()?,
        description: c.text()?,
        filename: c.text()?,
    })
}

fn multi<'a>(c: &mut Cursor<'a>, level: usize) -> Result<PartBody<'a>> {
    let at = c.position();
    let semantics = match c.uint::<u64>(reason::UNKNOWN_PART_SEMANTICS)? {
        0 => Semantics::ChooseOne,
        1 => Semantics::SingleUnit,
        2 => Semantics::ProcessAll,
        _ => return Err(c.error(reason::UNKNOWN_PART_SEMANTICS, at)),
    };
    let array = c.array_head()?;
    if array.arg < 2 {
        return Err(c.error(reason::TOO_FEW_PARTS, array.at));
    }
    let mut parts = Vec::with_capacity(reserve(array));
    for _ in 0..array.arg {
        parts.push(part(c, level + 1)?);
    }
    Ok(PartBody::Multi { semantics, parts })
}
