//! The tag in authenticated data is found where OpenMLS finds it, and where OpenMLS refuses it is refused.
//!
//! With debug assertions tls_codec panics at a vector that is cut instead of refusing it; here that is a refusal.
#![cfg(feature = "mls")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::entropy::{Seed, Stream};
use mimicheck::franking::{authenticated_data, tag_in};
use mimicheck::vector::forge::franking::{Component, safe_aad};
use openmls::framing::SafeAad;
use tls_codec::DeserializeBytes;

fn any(stream: &mut Stream, below: u8) -> u8 {
    stream.array::<1>()[0] % below
}

/// Components in any order, among them often a tag, with a bit changed in one of four, or octets behind them.
fn data(stream: &mut Stream) -> Vec<u8> {
    let count = any(stream, 4);
    let mut components: Vec<(u16, Vec<u8>)> = vec![];
    for _ in 0..count {
        let number = [0x001f, 0x0020, 0x0021, 0x2000, 0xffff][usize::from(any(stream, 5))];
        let length = [0, 31, 32, 32, 32, 33, 70][usize::from(any(stream, 7))];
        components.push((number, vec![any(stream, 255); length]));
    }
    if any(stream, 4) > 0 {
        components.sort();
    }
    let borrowed: Vec<Component<'_>> = components.iter().map(|(number, data)| (*number, data.as_slice())).collect();
    let mut octets = safe_aad(&borrowed);
    match any(stream, 4) {
        0 => {
            let at = usize::from(any(stream, 255)) % octets.len();
            octets[at] ^= 1 << any(stream, 8);
        }
        1 => octets.extend(stream.array::<7>()),
        _ => {}
    }
    octets
}

const TAG: u16 = 0x0020;

/// What OpenMLS says: nothing when it refuses, else the data of the tag's component.
type Theirs = Option<Option<Vec<u8>>>;

/// The answers of OpenMLS, with its panics and without their messages.
fn theirs(inputs: &[Vec<u8>]) -> Vec<Theirs> {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let read = |octets: &Vec<u8>| {
        let parsed = std::panic::catch_unwind(|| {
            SafeAad::tls_deserialize_bytes(octets).map(|(aad, _)| aad.get(TAG).map(<[u8]>::to_vec))
        });
        parsed.ok().and_then(Result::ok)
    };
    let answers = inputs.iter().map(read).collect();
    std::panic::set_hook(usual);
    answers
}

#[test]
fn tags_are_found_where_openmls_finds_them() {
    let mut stream = Seed::new("safe aad").stream("openmls");
    let inputs: Vec<Vec<u8>> = (0..20_000).map(|_| data(&mut stream)).collect();
    let (mut found, mut without, mut refused) = (0, 0, 0);
    for (octets, theirs) in inputs.iter().zip(theirs(&inputs)) {
        let ours = tag_in(octets);
        match theirs {
            Some(None) => {
                without += 1;
                assert_eq!(ours, Ok(None), "{octets:02x?}");
            }
            Some(Some(tag)) if tag.len() == 32 => {
                found += 1;
                assert_eq!(ours.unwrap().unwrap().as_slice(), tag, "{octets:02x?}");
            }
            Some(Some(_)) | None => {
                refused += 1;
                assert!(ours.is_err(), "{octets:02x?}");
            }
        }
    }
    assert!(found > 1_000 && without > 2_000 && refused > 2_000, "{found} found, {without} without, {refused} refused");
    let (aad, rest) = SafeAad::tls_deserialize_bytes(&authenticated_data([5; 32])).map(|(a, r)| (a, r.len())).unwrap();
    assert_eq!((aad.len(), aad.get(TAG), rest), (1, Some(&[5; 32][..]), 0));
}
