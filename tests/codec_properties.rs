//! Properties of the content codec, over messages of any content.
#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::content::{Document, Part};
use mimicheck::fuzzing::generators;
use mimicheck::reason::content as reason;
use proptest::prelude::*;

/// The octets of a conforming message.
fn conforming() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..600).prop_filter_map("no conforming message", |octets| {
        let octets = generators::content_roundtrip(&octets).item().octets();
        Document::decode(&octets).is_ok().then_some(octets)
    })
}

/// Levels of parts.
fn depth(part: &Part<'_>) -> usize {
    1 + part.children().iter().map(depth).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn encode_inverts_decode(octets in conforming()) {
        let document = Document::decode(&octets).unwrap();
        prop_assert_eq!(document.octets(), &octets);
        let again = document.message().encode().unwrap();
        prop_assert_eq!(&again, &octets);
        prop_assert!(depth(&document.message().body) <= 4);
    }

    #[test]
    fn the_order_of_extensions_does_not_matter(octets in conforming(), turn in 0usize..8) {
        let document = Document::decode(&octets).unwrap();
        let mut message = document.message().clone();
        let count = message.extensions.len().max(1);
        message.extensions.rotate_left(turn % count);
        prop_assert_eq!(message.encode().unwrap(), octets);
    }

    #[test]
    fn an_extension_twice_is_refused(octets in conforming()) {
        let document = Document::decode(&octets).unwrap();
        let mut message = document.message().clone();
        if let Some(first) = message.extensions.first().cloned() {
            message.extensions.push(first);
            prop_assert_eq!(message.encode().unwrap_err().reason, reason::DUPLICATE_MAP_KEY);
        }
    }

    #[test]
    fn every_cut_is_truncated_at_its_end(octets in conforming()) {
        for end in 0..octets.len() {
            let e = Document::decode(&octets[..end]).unwrap_err();
            prop_assert_eq!((e.reason, e.offset), (reason::TRUNCATED, end), "{}", e);
        }
    }

    #[test]
    fn what_follows_is_refused_where_it_begins(octets in conforming(), more in prop::collection::vec(any::<u8>(), 1..20)) {
        let longer = [octets.clone(), more].concat();
        let e = Document::decode(&longer).unwrap_err();
        prop_assert_eq!((e.reason, e.offset), (reason::TRAILING_BYTES, octets.len()));
    }

    #[test]
    fn the_id_covers_every_octet(octets in conforming(), at in any::<prop::sample::Index>()) {
        let id = Document::decode(&octets).unwrap().message_id(Some("a"), Some("b")).unwrap();
        let mut changed = octets.clone();
        *at.get_mut(&mut changed) ^= 1;
        if let Ok(document) = Document::decode(&changed) {
            prop_assert_ne!(document.message_id(Some("a"), Some("b")).unwrap(), id);
        }
        let other = Document::decode(&octets).unwrap().message_id(Some("ab"), Some("")).unwrap();
        prop_assert_ne!(other, id, "lengths are part of what is hashed");
    }

    #[test]
    fn any_octets_are_decoded_or_refused_within(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Err(e) = Document::decode(&octets) {
            prop_assert!(e.offset <= octets.len());
        }
    }
}
