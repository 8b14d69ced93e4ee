//! A typed `minicbor` decode: borrowed strings, and no check but types and what `minicbor` itself checks. Nothing of
//! deterministic encoding, key order, ranges of keys, depth, or what is inside an extension.

#![allow(dead_code, reason = "fields are decoded, not read")]

use minicbor::data::Type;
use minicbor::decode::Error;
use minicbor::{Decode, Decoder};

pub struct Message<'a> {
    salt: &'a [u8],
    replaces: Option<&'a [u8]>,
    topic_id: &'a [u8],
    expires: Option<(bool, u32)>,
    in_reply_to: Option<&'a [u8]>,
    extensions: Vec<(Key<'a>, &'a [u8])>,
    body: Part<'a>,
}

enum Key<'a> {
    Int(i64),
    Text(&'a str),
}

struct Part<'a> {
    disposition: u8,
    language: &'a str,
    body: Body<'a>,
}

enum Body<'a> {
    Null,
    Single { content_type: &'a str, content: &'a [u8] },
    External(Box<External<'a>>),
    Multi { semantics: u8, parts: Vec<Part<'a>> },
}

struct External<'a> {
    content_type: &'a str,
    url: &'a str,
    expires: u32,
    size: u64,
    enc_alg: u16,
    key: &'a [u8],
    nonce: &'a [u8],
    aad: &'a [u8],
    hash_alg: u8,
    content_hash: &'a [u8],
    description: &'a str,
    filename: &'a str,
}

/// Decodes one message.
pub fn decode(octets: &[u8]) -> Result<Message<'_>, Error> {
    Decoder::new(octets).decode()
}

fn nullable<'b, T>(
    d: &mut Decoder<'b>,
    read: impl FnOnce(&mut Decoder<'b>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    if d.datatype()? == Type::Null {
        d.null()?;
        return Ok(None);
    }
    read(d).map(Some)
}

fn length(length: Option<u64>) -> Result<u64, Error> {
    length.ok_or_else(|| Error::message("indefinite"))
}

impl<'b, C> Decode<'b, C> for Message<'b> {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
        d.array()?;
        let salt = d.bytes()?;
        let replaces = nullable(d, Decoder::bytes)?;
        let topic_id = d.bytes()?;
        let expires = nullable(d, |d| {
            d.array()?;
            Ok((d.bool()?, d.u32()?))
        })?;
        let in_reply_to = nullable(d, Decoder::bytes)?;
        let count = length(d.map()?)?;
        let mut extensions = Vec::with_capacity(count.min(16) as usize);
        for _ in 0..count {
            let key = if d.datatype()? == Type::String { Key::Text(d.str()?) } else { Key::Int(d.i64()?) };
            let start = d.position();
            d.skip()?;
            extensions.push((key, &d.input()[start..d.position()]));
        }
        Ok(Self { salt, replaces, topic_id, expires, in_reply_to, extensions, body: d.decode()? })
    }
}

impl<'b, C> Decode<'b, C> for Part<'b> {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
        d.array()?;
        let (disposition, language) = (d.u8()?, d.str()?);
        let body = match d.u8()? {
            0 => Body::Null,
            1 => Body::Single { content_type: d.str()?, content: d.bytes()? },
            2 => Body::External(Box::new(External {
                content_type: d.str()?,
                url: d.str()?,
                expires: d.u32()?,
                size: d.u64()?,
                enc_alg: d.u16()?,
                key: d.bytes()?,
                nonce: d.bytes()?,
                aad: d.bytes()?,
                hash_alg: d.u8()?,
                content_hash: d.bytes()?,
                description: d.str()?,
                filename: d.str()?,
            })),
            _ => {
                let semantics = d.u8()?;
                let count = length(d.array()?)?;
                let mut parts = Vec::with_capacity(count.min(16) as usize);
                for _ in 0..count {
                    parts.push(d.decode()?);
                }
                Body::Multi { semantics, parts }
            }
        };
        Ok(Self { disposition, language, body })
    }
}
