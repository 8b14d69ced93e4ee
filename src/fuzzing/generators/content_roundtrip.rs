use crate::vector::forge::{
    Body, Expiration, Extension, External, Item, Key, Message, Part, Semantics, array, boolean, bytes, double, half,
    int, map, null, octets, simple, single, tag, text, uint,
};
use arbitrary::{Arbitrary, Result, Unstructured};

/// A message out of any octets, mostly one that a conforming document can carry: sizes are wrong in one of 32,
/// parts and extensions may be a level too deep, and an extension's value now and then is anything.
#[must_use]
pub fn content_roundtrip(octets: &[u8]) -> Message {
    message(&mut Unstructured::new(octets)).unwrap_or_else(|_| Message::new([0; 16], Part::null()))
}

pub(super) fn message(u: &mut Unstructured<'_>) -> Result<Message> {
    Ok(Message {
        salt: sized(u, 16)?,
        replaces: optional(u, |u| sized(u, 32))?,
        topic_id: some_octets(u)?,
        expires: optional(u, |u| Ok(Expiration { relative: u.arbitrary()?, time: number(u, u32::MAX.into())? }))?,
        in_reply_to: optional(u, |u| sized(u, 32))?,
        extensions: several(u, extension)?,
        body: part(u, 1)?,
    })
}

fn rarely(u: &mut Unstructured<'_>) -> Result<bool> {
    Ok(!u.is_empty() && u.ratio(1, 32)?)
}

fn optional<T>(u: &mut Unstructured<'_>, make: impl FnOnce(&mut Unstructured<'_>) -> Result<T>) -> Result<Option<T>> {
    if u.arbitrary()? { make(u).map(Some) } else { Ok(None) }
}

fn several<T>(u: &mut Unstructured<'_>, make: impl Fn(&mut Unstructured<'_>) -> Result<T>) -> Result<Vec<T>> {
    (0..u.int_in_range(0..=4)?).map(|_| make(u)).collect()
}

fn sized(u: &mut Unstructured<'_>, length: usize) -> Result<Vec<u8>> {
    let length = if rarely(u)? { u.int_in_range(0..=2 * length)? } else { length };
    let mut found = vec![0; length];
    u.fill_buffer(&mut found)?;
    Ok(found)
}

fn some_octets(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length = u.int_in_range(0..=40)?;
    sized(u, length)
}

fn some_text(u: &mut Unstructured<'_>) -> Result<String> {
    <&str>::arbitrary(u).map(str::to_owned)
}

/// Up to `largest`, small or close to a boundary; rarely any.
fn number(u: &mut Unstructured<'_>, largest: u64) -> Result<u64> {
    if rarely(u)? {
        return u.arbitrary();
    }
    Ok(match u.int_in_range(0..=3)? {
        0 => u.int_in_range(0..=25)?,
        1 => u.int_in_range(0..=largest)?,
        2 if rarely(u)? => largest.saturating_add(1),
        2 => return Ok(largest),
        _ => 1 << u.int_in_range(0..=63)?,
    }
    .min(largest))
}

fn extension(u: &mut Unstructured<'_>) -> Result<Extension> {
    let key = match u.int_in_range(0..=4)? {
        0 => Key::Int(u.int_in_range(-3..=3)?),
        1 => Key::Int(at_limit(u)?),
        2 => Key::Int(u.arbitrary()?),
        3 => Key::Text("k".repeat(*u.choose(&[0, 1, 2, 23, 24, 254, 255, 256])?)),
        _ => Key::Text(some_text(u)?),
    };
    let value = match &key {
        Key::Int(1 | 2) if !rarely(u)? => text(some_text(u)?),
        _ if rarely(u)? => octets(some_octets(u)?),
        _ => item(u, 1)?,
    };
    Ok(Extension { key, value })
}

/// On one side or the other of the largest and the least integer key.
fn at_limit(u: &mut Unstructured<'_>) -> Result<i64> {
    Ok(*u.choose(&[-(1 << 53) - 1, -(1 << 53), 1 - (1 << 53), (1 << 53) - 1, 1 << 53, (1 << 53) + 1])?)
}

/// Any item inside a container at `level`; containers one level deeper than allowed occur.
fn item(u: &mut Unstructured<'_>, level: usize) -> Result<Item> {
    Ok(match u.int_in_range(0..=if level < 5 { 14 } else { 10 })? {
        0 => uint(number(u, u64::MAX)?),
        1 => int(u.arbitrary()?),
        2 => bytes(some_octets(u)?),
        3 => text(some_text(u)?),
        4 => boolean(u.arbitrary()?),
        5 => null(),
        6 => simple(*u.choose(&[0, 19, 20, 23, 24, 31, 32, 255])?),
        7 => half(u.arbitrary()?),
        // Mostly such that few fraction bits are left: those are near the limits of the shorter forms.
        8 => single(u.arbitrary::<u32>()? >> 12 << u.int_in_range(0..=12)?),
        9 => double(u.arbitrary::<u64>()? >> 41 << u.int_in_range(0..=41)?),
        10 => tag(2 + u.int_in_range(0..=1)?, bytes(bignum(u)?)),
        11 => tag(number(u, u64::MAX)?, item(u, level + 1)?),
        12 => array(several(u, |u| item(u, level + 1))?),
        _ => {
            let mut entries = several(u, |u| Ok((inner_key(u)?, item(u, level + 1)?)))?;
            if !rarely(u)? {
                entries.sort_by_key(|(key, _)| key.octets());
                entries.dedup_by_key(|(key, _)| key.octets());
            }
            map(entries)
        }
    })
}

fn bignum(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length = if u.ratio(1, 8)? { u.int_in_range(0..=8)? } else { u.int_in_range(9..=18)? };
    let mut found = sized(u, length)?;
    if let (Some(first), false) = (found.first_mut(), rarely(u)?) {
        *first |= 1;
    }
    Ok(found)
}

fn inner_key(u: &mut Unstructured<'_>) -> Result<Item> {
    Ok(match u.int_in_range(0..=4)? {
        0 => uint(number(u, (1 << 53) - 1)?),
        1 => int(u.int_in_range(-3..=-1)?),
        2 => bytes(some_octets(u)?),
        3 => text(some_text(u)?),
        _ if rarely(u)? => item(u, 5)?,
        _ if rarely(u)? => int(at_limit(u)?),
        _ => uint(0),
    })
}

fn part(u: &mut Unstructured<'_>, level: usize) -> Result<Part> {
    let body = match u.int_in_range(0..=if level < 5 { 5 } else { 2 })? {
        0 => Body::Null,
        1 => Body::Single(some_text(u)?, some_octets(u)?),
        2 => Body::External(Box::new(external(u)?)),
        _ => {
            let semantics = *u.choose(&[Semantics::ChooseOne, Semantics::SingleUnit, Semantics::ProcessAll])?;
            let mut parts = several(u, |u| part(u, level + 1))?;
            while parts.len() < 2 && !rarely(u)? {
                parts.push(Part::null());
            }
            Body::Multi(semantics, parts)
        }
    };
    Ok(Part { disposition: number(u, 255)?, language: some_text(u)?, body })
}

fn external(u: &mut Unstructured<'_>) -> Result<External> {
    Ok(External {
        content_type: some_text(u)?,
        url: some_text(u)?,
        expires: number(u, u32::MAX.into())?,
        size: u128::from(number(u, u64::MAX)?) << if rarely(u)? { 1 } else { 0 },
        enc_alg: number(u, u16::MAX.into())?,
        key: some_octets(u)?,
        nonce: some_octets(u)?,
        aad: some_octets(u)?,
        hash_alg: number(u, u8::MAX.into())?,
        content_hash: some_octets(u)?,
        description: some_text(u)?,
        filename: some_text(u)?,
    })
}
