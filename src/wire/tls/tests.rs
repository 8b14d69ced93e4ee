#![allow(clippy::unwrap_used, clippy::as_conversions)]

use super::{Reader, Writer};
use crate::reason::wire as reason;

fn refusal(octets: &[u8]) -> (&'static str, usize) {
    let error = Reader::new(octets).opaque("x").unwrap_err();
    (error.reason.code(), error.offset)
}

#[test]
fn lengths_at_their_borders() {
    for (length, head) in [
        (0, vec![0x00]),
        (63, vec![0x3f]),
        (64, vec![0x40, 0x40]),
        (16383, vec![0x7f, 0xff]),
        (16384, vec![0x80, 0x00, 0x40, 0x00]),
    ] {
        let content = vec![7; length];
        let mut w = Writer::new();
        w.opaque(&content, "x").unwrap();
        let octets = w.into_octets();
        assert_eq!(octets[..head.len()], head);
        let mut r = Reader::new(&octets);
        assert_eq!(r.opaque("x").unwrap(), content);
        r.finish("x").unwrap();
    }
}

#[test]
fn every_other_length_is_refused() {
    assert_eq!(refusal(&[]), ("wire-truncated", 0));
    assert_eq!(refusal(&[0x40]), ("wire-truncated", 1));
    assert_eq!(refusal(&[0x80, 0, 0x40]), ("wire-truncated", 3));
    assert_eq!(refusal(&[0x02, 9]), ("wire-truncated", 2));
    assert_eq!(refusal(&[0x40, 0x3f]), ("wire-length-not-minimal", 0));
    assert_eq!(refusal(&[0x80, 0, 0x3f, 0xff]), ("wire-length-not-minimal", 0));
    assert_eq!(refusal(&[0xc0, 0, 0, 0, 0, 0, 0, 1, 9]), ("wire-length-prefix", 0));
    assert_eq!(refusal(&[0xbf, 0xff, 0xff, 0xff, 1]), ("wire-truncated", 5));
}

#[test]
fn offsets_count_from_the_whole_input_and_a_refusal_moves_nothing() {
    let octets = [0x03, 0x02, 0xaa, 0xbb, 0x05];
    let mut r = Reader::new(&octets);
    let mut content = r.vector("outer").unwrap();
    assert_eq!((content.offset(), r.offset()), (1, 4));
    let before = content.offset();
    assert_eq!(content.u32("x").unwrap_err().offset, 4);
    assert_eq!(content.offset(), before);
    assert_eq!(content.opaque("inner").unwrap(), [0xaa, 0xbb]);
    assert_eq!(r.finish("x").unwrap_err().reason, reason::WIRE_TRAILING);
    assert_eq!(r.optional("x").unwrap_err().reason, reason::WIRE_BAD_OPTIONAL);
    assert_eq!(r.u8("x").unwrap(), 5);
}
