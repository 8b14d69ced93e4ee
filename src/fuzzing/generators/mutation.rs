use crate::entropy::Stream;

/// Heads that a decoder may trip over: breaks, indefinite, reserved and huge lengths, tags, floats, NaN.
const TOKENS: [&[u8]; 20] = [
    &[0xff],
    &[0x5f],
    &[0x7f],
    &[0x9f],
    &[0xbf],
    &[0x1c],
    &[0xf7],
    &[0xf8, 0xff],
    &[0xf9, 0x7e, 0x00],
    &[0xf9, 0x7c, 0x01],
    &[0xfa, 0x3f, 0x80, 0, 0],
    &[0xc2, 0x41, 0x01],
    &[0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    &[0x18, 0x17],
    &[0x38, 0xff],
    &[0x81],
    &[0xa1, 0x01, 0x60],
    &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0],
    &[0x61, 0xff],
];

/// `octets` with one to four changes: flipped bits, cuts, insertions, octets put over others.
#[must_use]
pub fn mutated(octets: &[u8], stream: &mut Stream) -> Vec<u8> {
    let mut found = octets.to_vec();
    for _ in 0..=stream.below(4) {
        let at = place(stream, found.len());
        match stream.below(6) {
            0 => found.truncate(at),
            1 => drop(found.drain(at..found.len().min(at + 1 + place(stream, 8)))),
            2 => found.insert(at, stream.array::<1>().first().copied().unwrap_or_default()),
            3 => {
                let token = TOKENS.get(place(stream, TOKENS.len() - 1)).copied().unwrap_or_default();
                let end = if stream.below(2) == 0 { at } else { found.len().min(at + token.len()) };
                found.splice(at..end, token.iter().copied());
            }
            4 => {
                let copied: Vec<u8> = found.iter().skip(place(stream, found.len())).take(40).copied().collect();
                found.splice(at..at, copied);
            }
            _ => {
                if let Some(octet) = found.get_mut(at) {
                    *octet ^= 1 << stream.below(8);
                }
            }
        }
    }
    found
}

/// A number up to and including `last`.
fn place(stream: &mut Stream, last: usize) -> usize {
    let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
    usize::try_from(stream.below(bound)).unwrap_or(last)
}
