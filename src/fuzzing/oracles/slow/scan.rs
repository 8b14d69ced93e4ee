//! The scan before `ciborium`: what is well-formed, and the four things that its value would hide.
//!
//! | hidden | decided here |
//! |---|---|
//! | which NaN it was | only f97e00 passes |
//! | that a bignum was one, when it fits 128 bits | shortest, then disguised as tag 4 or 5, which means nothing here |
//! | simple values: `undefined` reads as `null`, others are refused | never a map key, then disguised as a negative integer of the same length, which fits nowhere in the schema either |
//! | indefinite lengths | refused: section 6.1 |

/// More than the deepest conforming document has: message, then four parts and three arrays of parts.
const MAX_NESTING: usize = 16;

/// What is open: how many items it still takes, and whether they are keys and values.
struct Open {
    left: u64,
    map: bool,
}

/// Checks that `octets` are one well-formed item, and returns them with bignums and simple values disguised.
pub(super) fn one_item(octets: &[u8]) -> Result<Vec<u8>, String> {
    let mut disguised = octets.to_vec();
    let mut open = vec![Open { left: 1, map: false }];
    let mut pos = 0;
    let mut bignum = false;
    while let Some(innermost) = open.last_mut() {
        let Some(left) = innermost.left.checked_sub(1) else {
            open.pop();
            continue;
        };
        let is_key = innermost.map && innermost.left.is_multiple_of(2);
        innermost.left = left;
        let start = pos;
        let (major, info, arg) = head(octets, &mut pos)?;
        let in_bignum = std::mem::take(&mut bignum);
        match major {
            0 | 1 => {}
            2 | 3 => {
                let content = take(octets, &mut pos, arg)?;
                let shortest = content.len() > 8 && content.first() != Some(&0);
                if in_bignum && major == 2 && !shortest {
                    return Err("a bignum that fits an integer or starts with a zero".into());
                }
            }
            4 => open.push(Open { left: arg, map: false }),
            5 => open.push(Open { left: arg.checked_mul(2).ok_or("a map larger than the input")?, map: true }),
            6 => {
                bignum = arg == 2 || arg == 3;
                if bignum && let Some(number) = disguised.get_mut(pos - 1) {
                    *number += 2;
                }
                open.push(Open { left: 1, map: false });
            }
            _ => match (info, arg) {
                (20..=22, _) => {}
                (25, 0x7e00) => {}
                (25, _) if arg & 0x7fff > 0x7c00 => return Err("a NaN with a payload".into()),
                (26, _) if u32::try_from(arg).is_ok_and(|bits| f32::from_bits(bits).is_nan()) => {
                    return Err("a NaN in four octets".into());
                }
                (27, _) if f64::from_bits(arg).is_nan() => return Err("a NaN in eight octets".into()),
                (25..=27, _) => {}
                _ if is_key => return Err("a simple value as a map key".into()),
                (24, 0..32) => return Err("a two-octet simple value below 32".into()),
                _ => {
                    // Major type 7 becomes 1; the argument stays.
                    if let Some(initial) = disguised.get_mut(start) {
                        *initial = 1 << 5 | info;
                    }
                }
            },
        }
        if open.len() > MAX_NESTING {
            return Err("nested deeper than any message".into());
        }
    }
    if pos == octets.len() { Ok(disguised) } else { Err("octets follow the item".into()) }
}

/// Major type, additional information, argument.
fn head(octets: &[u8], pos: &mut usize) -> Result<(u8, u8, u64), String> {
    let initial = take(octets, pos, 1)?.first().copied().unwrap_or_default();
    let (major, info) = (initial >> 5, initial & 31);
    let width = match info {
        0..24 => return Ok((major, info, u64::from(info))),
        24..28 => 1 << (info - 24),
        31 => return Err("an indefinite length, or a break".into()),
        _ => return Err("reserved additional information".into()),
    };
    let arg = take(octets, pos, width)?.iter().fold(0, |arg, octet| arg << 8 | u64::from(*octet));
    Ok((major, info, arg))
}

fn take<'a>(octets: &'a [u8], pos: &mut usize, length: u64) -> Result<&'a [u8], String> {
    let end = usize::try_from(length).ok().and_then(|n| pos.checked_add(n));
    let taken = end.and_then(|end| octets.get(*pos..end)).ok_or("the input ends inside an item")?;
    *pos += taken.len();
    Ok(taken)
}
