//! The extensions map: keys (sections 4.3 and 6.2), and values of any CBOR under the data model,
//! encoding and depth restrictions of chapter 6.

use super::cursor::{ARRAY, BYTES, Cursor, Head, MAP, NINT, TAG, TEXT, UINT};
use super::decode::reserve;
use super::error::DecodeError;
use super::message::{Extension, Key, MAX_EXTENSION_DEPTH, MAX_KEY};
use crate::reason::content as reason;
use std::cmp::Ordering;

type Result<T> = std::result::Result<T, DecodeError>;

/// Key of the sender's URI; its value is a text string.
pub(super) const SENDER_URI: i64 = 1;
/// Key of the room's URI; its value is a text string.
pub(super) const ROOM_URI: i64 = 2;
/// Longest text key in octets.
pub(super) const MAX_TEXT_KEY: usize = 255;

pub(super) fn map<'a>(c: &mut Cursor<'a>) -> Result<Vec<Extension<'a>>> {
    let head = c.map_head()?;
    let mut extensions = Vec::with_capacity(reserve(head));
    let mut previous: &[u8] = &[];
    for _ in 0..head.arg {
        let at = c.position();
        let key = key(c)?;
        previous = in_order(c, previous, at)?;
        let start = c.position();
        let value = c.head()?;
        let known = matches!(key, Key::Int(SENDER_URI | ROOM_URI));
        if known && value.major != TEXT {
            return Err(c.error(reason::EXTENSION_VALUE_TYPE, start));
        }
        item(c, value, 1)?;
        extensions.push(Extension { key, value: c.since(start) });
    }
    Ok(extensions)
}

/// One extension value that is alone in `octets`, of which `text_only` says whether its key demands text.
pub(super) fn value(octets: &[u8], text_only: bool) -> Result<()> {
    let mut c = Cursor::new(octets);
    c.field = "mimiExtensions";
    let head = c.head()?;
    if text_only && head.major != TEXT {
        return Err(c.error(reason::EXTENSION_VALUE_TYPE, head.at));
    }
    item(&mut c, head, 1)?;
    c.finish()
}

fn key<'a>(c: &mut Cursor<'a>) -> Result<Key<'a>> {
    let head = c.head()?;
    match head.major {
        UINT | NINT => integer_key(c, head).map(Key::Int),
        TEXT => {
            let text = c.take_text(head)?;
            match text.len() {
                0 => Err(c.error(reason::EXTENSION_KEY_EMPTY, head.at)),
                1..=MAX_TEXT_KEY => Ok(Key::Text(text)),
                _ => Err(c.error(reason::EXTENSION_KEY_TOO_LONG, head.at)),
            }
        }
        _ => Err(c.error(reason::EXTENSION_KEY_TYPE, head.at)),
    }
}

/// Major type 1 with argument n is -1 - n, so the least key, -(2^53 - 1), has argument 2^53 - 2.
fn integer_key(c: &Cursor<'_>, head: Head) -> Result<i64> {
    let magnitude = if head.major == NINT { head.arg.checked_add(1) } else { Some(head.arg) };
    let Some(Ok(magnitude)) = magnitude.filter(|m| *m <= MAX_KEY).map(i64::try_from) else {
        return Err(c.error(reason::MAP_KEY_RANGE, head.at));
    };
    Ok(if head.major == NINT { -magnitude } else { magnitude })
}

/// Holds the key that starts at `at` and ends here against the key before it, bytewise as encoded.
fn in_order<'a>(c: &Cursor<'a>, previous: &[u8], at: usize) -> Result<&'a [u8]> {
    let encoded = c.since(at);
    // Most neighbours differ in their first octet, which spares the call that compares the rest.
    match previous.first().cmp(&encoded.first()).then_with(|| previous.cmp(encoded)) {
        Ordering::Less => Ok(encoded),
        Ordering::Equal => Err(c.error(reason::DUPLICATE_MAP_KEY, at)),
        Ordering::Greater => Err(c.error(reason::MAP_KEY_ORDER, at)),
    }
}

/// The rest of an item inside a container at `level`. The recursion is as deep as the depth limit.
fn item(c: &mut Cursor<'_>, head: Head, level: usize) -> Result<()> {
    match head.major {
        UINT | NINT => return Ok(()),
        BYTES => return c.take(head.arg).map(|_| ()),
        TEXT => return c.take_text(head).map(|_| ()),
        ARRAY | MAP | TAG => {}
        _ => return simple_or_float(c, head),
    }
    let level = level + 1;
    if level > MAX_EXTENSION_DEPTH {
        return Err(c.error(reason::EXTENSION_TOO_DEEP, head.at));
    }
    match head.major {
        ARRAY => {
            for _ in 0..head.arg {
                let child = c.head()?;
                item(c, child, level)?;
            }
            Ok(())
        }
        MAP => nested_map(c, head, level),
        _ => {
            let content = c.head()?;
            if matches!(head.arg, 2 | 3) && content.major == BYTES {
                return bignum(c, head, content);
            }
            item(c, content, level)
        }
    }
}

fn nested_map(c: &mut Cursor<'_>, map: Head, level: usize) -> Result<()> {
    let mut previous: &[u8] = &[];
    for _ in 0..map.arg {
        let key = c.head()?;
        match key.major {
            UINT | NINT => integer_key(c, key).map(|_| ())?,
            BYTES => c.take(key.arg).map(|_| ())?,
            TEXT => c.take_text(key).map(|_| ())?,
            _ => return Err(c.error(reason::NESTED_MAP_KEY_TYPE, key.at)),
        }
        previous = in_order(c, previous, key.at)?;
        let value = c.head()?;
        item(c, value, level)?;
    }
    Ok(())
}

/// Preferred serialization of bignums (RFC 8949 section 3.4.3): none that fits major type 0 or 1.
fn bignum(c: &mut Cursor<'_>, tag: Head, content: Head) -> Result<()> {
    let octets = c.take(content.arg)?;
    match octets {
        [0, ..] => Err(c.error(reason::BIGNUM_LEADING_ZERO, tag.at)),
        _ if octets.len() <= 8 => Err(c.error(reason::BIGNUM_FITS_INTEGER, tag.at)),
        _ => Ok(()),
    }
}

fn simple_or_float(c: &Cursor<'_>, head: Head) -> Result<()> {
    match head.info {
        25 => {
            let exponent_and_fraction = head.arg & 0x7fff;
            let nan = exponent_and_fraction > 0x7c00;
            if nan && head.arg != 0x7e00 { Err(c.error(reason::NAN_PAYLOAD, head.at)) } else { Ok(()) }
        }
        26 => {
            let value = f32::from_bits(u32::try_from(head.arg).unwrap_or(u32::MAX));
            float(c, head, value.is_nan(), fits_half(value))
        }
        27 => {
            let value = f64::from_bits(head.arg);
            float(c, head, value.is_nan(), fits_single(value))
        }
        _ => Ok(()),
    }
}

fn float(c: &Cursor<'_>, head: Head, nan: bool, shorter: bool) -> Result<()> {
    if nan {
        Err(c.error(reason::NAN_PAYLOAD, head.at))
    } else if shorter {
        Err(c.error(reason::NON_SHORTEST_FLOAT, head.at))
    } else {
        Ok(())
    }
}

/// Whether a double that is not a NaN is exactly a single: 23 fraction bits, and the exponent's range.
fn fits_single(value: f64) -> bool {
    fits(value.to_bits(), 52, 1023, 23, 127)
}

/// Whether a single that is not a NaN is exactly a half: 10 fraction bits, and the exponent's range.
fn fits_half(value: f32) -> bool {
    fits(u64::from(value.to_bits()), 23, 127, 10, 15)
}

/// Whether IEEE 754 `bits` with `fraction_bits` and exponent `bias` are exactly representable with fewer.
fn fits(bits: u64, fraction_bits: u32, bias: u64, to_fraction_bits: u32, to_bias: u64) -> bool {
    let exponent = (bits >> fraction_bits) & (bias * 2 + 1);
    let fraction = bits & ((1 << fraction_bits) - 1);
    if exponent == bias * 2 + 1 {
        return true; // an infinity
    }
    if exponent == 0 {
        return fraction == 0; // a subnormal of the wider format is below the narrower one's least
    }
    // e = exponent - bias, kept unsigned; normal for 1 - to_bias <= e <= to_bias.
    let dropped = fraction_bits - to_fraction_bits;
    if exponent > bias + to_bias {
        return false;
    }
    let lost = if exponent + to_bias > bias {
        dropped
    } else {
        // Subnormal there: one more fraction bit is lost for each step below the least normal exponent.
        let below = bias + 1 - to_bias - exponent;
        match u32::try_from(below) {
            Ok(below) if below <= to_fraction_bits => dropped + below,
            _ => return false,
        }
    };
    fraction.trailing_zeros() >= lost
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every half and a sample of singles around each: exactly the halves fit.
    #[test]
    fn halves_are_exactly_what_fits() {
        for bits in 0u16..=0xffff {
            let half = half_to_f64(bits);
            if half.is_nan() {
                continue;
            }
            #[allow(clippy::cast_possible_truncation, clippy::as_conversions)]
            let single = half as f32;
            assert!(fits_half(single), "{bits:04x}");
            assert!(fits_single(half), "{bits:04x}");
            if single.is_finite() && single != 0.0 {
                assert!(!fits_half(f32::from_bits(single.to_bits() ^ 1)), "{bits:04x}");
                assert!(!fits_single(f64::from_bits(half.to_bits() ^ 1)), "{bits:04x}");
            }
        }
        assert!(!fits_half(65536.0));
        assert!(!fits_single(1e300));
        assert!(!fits_single(f64::MIN_POSITIVE));
        assert!(fits_single(f64::from(f32::from_bits(1))), "the least subnormal single");
        assert!(!fits_single(f64::from(f32::from_bits(1)) / 2.0));
    }

    /// The definition of binary16, spelled out.
    fn half_to_f64(bits: u16) -> f64 {
        let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
        let exponent = i32::from((bits >> 10) & 0x1f);
        let fraction = f64::from(bits & 0x3ff);
        sign * match exponent {
            0 => fraction * 2f64.powi(-24),
            31 if fraction == 0.0 => f64::INFINITY,
            31 => f64::NAN,
            e => (1024.0 + fraction) * 2f64.powi(e - 25),
        }
    }
}
