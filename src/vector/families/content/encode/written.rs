//! What is written: every field, the order of extensions, their values.

use super::rows::{encodes, reorders};
use crate::vector::families::build::group;
use crate::vector::forge::{
    Expiration, Extension, External, Item, Key, Part, Semantics, array, bytes, double, half, map, null, octets, tag,
    text, uint,
};
use crate::vector::{Case, Group};

pub(super) fn groups() -> Vec<Group> {
    vec![group("every field", fields()), group("order of extensions", order()), group("values of extensions", values())]
}

fn fields() -> Vec<Case> {
    const FORM: &str = "shortest-form";
    let topic = |n: usize| {
        let comment = format!("A topic of {n} octets.");
        encodes(&format!("topic-{n}-octets"), &comment, FORM, "6.1:shortest-byte-string-length", |m| {
            m.topic_id = vec![0x54; n];
        })
    };
    let expires = |name: &str, relative: bool, time: u64| {
        let comment = format!("An expiry of {time} seconds.");
        encodes(name, &comment, FORM, "6.1:shortest-integer", |m| m.expires = Some(Expiration { relative, time }))
    };
    let size = |name: &str, size: u128| {
        let comment = format!("An external part of {size} octets.");
        encodes(name, &comment, FORM, "6.1:shortest-integer 4.5:size-u64", |m| {
            m.body = Part::external(External { size, ..External::default() });
        })
    };
    let mut cases: Vec<Case> = [0, 1, 23, 24, 255, 256, 4097].map(topic).into();
    cases.extend([
        expires("expires-0", false, 0),
        expires("expires-23", true, 23),
        expires("expires-24", true, 24),
        expires("expires-256", true, 256),
        expires("expires-65536", true, 65536),
        expires("expires-greatest", false, 0xffff_ffff),
        size("size-255", 255),
        size("size-65535", 65535),
        size("size-2-to-32-minus-1", 0xffff_ffff),
        size("size-2-to-32", 1 << 32),
        size("size-2-to-53-plus-1", (1 << 53) + 1),
        size("size-greatest", u64::MAX.into()),
        encodes("disposition-255", "The greatest disposition.", FORM, "4.4:disposition-range", |m| {
            m.body.disposition = 255
        }),
        encodes(
            "text-not-ascii",
            "Texts whose length in octets is not that in characters.",
            FORM,
            "6.1:shortest-text-string-length",
            |m| {
                let (description, filename) = ("ü".repeat(12), "水.png".to_owned());
                m.body = Part::external(External { description, filename, ..External::default() });
            },
        ),
        encodes("multipart-24-parts", "A multipart of 24 parts.", FORM, "6.1:shortest-array-length", |m| {
            m.body = Part::multi(Semantics::SingleUnit, vec![Part::null(); 24]);
        }),
        encodes(
            "every-field",
            "Every field holds something.",
            FORM,
            "4.1:array-of-seven 6.1:deterministic-encoding",
            |m| {
                m.replaces = Some(vec![1; 32]);
                m.in_reply_to = Some(vec![2; 32]);
                m.topic_id = vec![0];
                m.expires = Some(Expiration { relative: true, time: 60 });
                m.extensions = vec![Extension::new(1, text("im:a@example.com"))];
            },
        ),
        encodes(
            "external-greatest",
            "Every integer of an external part has its greatest value.",
            FORM,
            "4.5:enc-alg-u16 4.5:hash-alg-u8",
            |m| {
                let external =
                    External { expires: 0xffff_ffff, enc_alg: 0xffff, hash_alg: 0xff, ..External::default() };
                m.body = Part::external(external);
            },
        ),
    ]);
    cases
}

fn order() -> Vec<Case> {
    const RULE: &str = "6.1:map-key-order";
    let keys = |keys: &[Key]| -> Vec<Extension> { keys.iter().map(|k| Extension::new(k.clone(), null())).collect() };
    let uris = || (Extension::new(1, text("im:a@example.com")), Extension::new(2, text("im:r@example.com")));
    let ((sender, room), (sender_again, room_again)) = (uris(), uris());
    vec![
        reorders(
            "extensions-reversed",
            "The URIs are given in the wrong order.",
            RULE,
            vec![room, sender],
            vec![sender_again, room_again],
        ),
        reorders(
            "extensions-negative-first",
            "By value -1 is less than 5; its encoding is greater.",
            RULE,
            keys(&[(-1).into(), 5.into()]),
            keys(&[5.into(), (-1).into()]),
        ),
        reorders(
            "extensions-negative",
            "-1 has a lesser encoding than -2.",
            RULE,
            keys(&[(-2).into(), (-1).into()]),
            keys(&[(-1).into(), (-2).into()]),
        ),
        reorders(
            "extensions-length-first",
            "Given in the older length-first order.",
            "6.1:no-length-first-order 6.1:map-key-order",
            keys(&[10.into(), (-1).into(), 100.into(), "z".into(), "aa".into()]),
            keys(&[10.into(), 100.into(), (-1).into(), "z".into(), "aa".into()]),
        ),
        reorders(
            "extensions-alphabetical",
            "\"b\" comes before \"aa\": the length is part of the encoding.",
            RULE,
            keys(&["aa".into(), "b".into()]),
            keys(&["b".into(), "aa".into()]),
        ),
        reorders(
            "extensions-text-24-octets",
            "A key of 24 octets comes behind one of 23 although it is lesser as a text.",
            RULE,
            keys(&["a".repeat(24).as_str().into(), "b".repeat(23).as_str().into()]),
            keys(&["b".repeat(23).as_str().into(), "a".repeat(24).as_str().into()]),
        ),
        reorders(
            "extensions-utf-16-order",
            "By octets U+FFFF comes before U+10000, by UTF-16 code units behind it.",
            RULE,
            keys(&["\u{10000}a".into(), "\u{ffff}ab".into()]),
            keys(&["\u{ffff}ab".into(), "\u{10000}a".into()]),
        ),
        reorders(
            "extensions-text-before-integer",
            "A text key is given before an integer key.",
            RULE,
            keys(&["a".into(), 1000.into()]),
            keys(&[1000.into(), "a".into()]),
        ),
        reorders(
            "extensions-greatest-keys",
            "The greatest and the least integer key.",
            "6.1:map-key-order 6.2:integer-key-max 6.2:integer-key-min",
            keys(&[(-9_007_199_254_740_991).into(), 9_007_199_254_740_991.into()]),
            keys(&[9_007_199_254_740_991.into(), (-9_007_199_254_740_991).into()]),
        ),
    ]
}

fn values() -> Vec<Case> {
    let kept = |name: &str, comment: &str, value: Item| {
        encodes(name, comment, "value-as-given", "4.3:value-any", |m| m.extensions = vec![Extension::new(-7, value)])
    };
    vec![
        kept("value-undefined", "Undefined stays undefined.", octets([0xf7])),
        kept("value-half", "1.5 stays a float.", half(0x3e00)),
        kept("value-half-1", "1.0 stays a float.", half(0x3c00)),
        kept("value-negative-zero", "-0.0 keeps its sign.", half(0x8000)),
        kept("value-nan", "The one NaN that is permitted.", half(0x7e00)),
        kept("value-double", "1.1 stays a double.", double(0x3ff1_9999_9999_999a)),
        kept("value-bignum", "2^64 stays a bignum.", tag(2, bytes([1, 0, 0, 0, 0, 0, 0, 0, 0]))),
        kept("value-greatest-integer", "2^64 - 1 stays an integer.", uint(u64::MAX)),
        kept("value-tag", "An unknown tag stays.", tag(40_000, bytes([1]))),
        kept("value-map", "A map keeps its keys.", map([(uint(1), null()), (bytes([1]), null()), (text("a"), null())])),
        kept("value-depth-4", "Three arrays: four levels with the map.", array([array([array([])])])),
    ]
}
