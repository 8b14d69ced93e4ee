//! What no document can carry.

use super::rows::{cannot, encodes};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{
    Expiration, Extension, External, Item, Key, Part, Semantics, Width, array, bytes, chunks, double, half, int, map,
    null, octets, single, tag, text, uint,
};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("what no document can carry: fields", field_limits()),
        group("what no document can carry: keys", key_limits()),
        group("what no document can carry: values of extensions", value_limits()),
        group("what no document can carry: depth", depth_limits()),
    ]
}

fn field_limits() -> Vec<Case> {
    const FLAG: &str = "field-limits";
    let salt = |n: usize| {
        let (name, comment) = (format!("salt-{n}-octets"), format!("A salt of {n} octets."));
        cannot(&name, &comment, FLAG, "4.1:salt-16", reason::SALT_LENGTH, |m| m.salt = vec![0x5a; n])
    };
    let replaces = |n: usize| {
        let (name, comment) = (format!("replaces-{n}-octets"), format!("A message id of {n} octets in replaces."));
        cannot(&name, &comment, FLAG, "4.1:replaces-type", reason::MESSAGE_ID_LENGTH, |m| m.replaces = Some(vec![1; n]))
    };
    let reply = |n: usize| {
        let (name, comment) =
            (format!("in-reply-to-{n}-octets"), format!("A message id of {n} octets in in-reply-to."));
        cannot(&name, &comment, FLAG, "4.1:in-reply-to-type", reason::MESSAGE_ID_LENGTH, |m| {
            m.in_reply_to = Some(vec![1; n]);
        })
    };
    let external = |name: &str, comment: &str, rule: &str, external: External| {
        cannot(name, comment, FLAG, rule, reason::INTEGER_OUT_OF_RANGE, |m| m.body = Part::external(external))
    };
    let over = 1 << 32;
    let mut cases: Vec<Case> = [0, 15, 17].map(salt).into();
    cases.extend([0, 31, 33].map(replaces));
    cases.extend([31, 33].map(reply));
    cases.extend([
        cannot(
            "expires-2-to-32",
            "An absolute expiry of 2^32.",
            FLAG,
            "4.1:expiration-time-u32",
            reason::INTEGER_OUT_OF_RANGE,
            |m| m.expires = Some(Expiration { relative: false, time: over }),
        ),
        cannot(
            "expires-relative-2-to-32",
            "A relative expiry of 2^32 seconds.",
            FLAG,
            "4.1:expiration-time-u32",
            reason::INTEGER_OUT_OF_RANGE,
            |m| m.expires = Some(Expiration { relative: true, time: over }),
        ),
        external(
            "external-expires-2-to-32",
            "An external part that expires at 2^32.",
            "4.5:expires-u32",
            External { expires: over, ..External::default() },
        ),
        external(
            "external-size-2-to-64",
            "A size of 2^64.",
            "4.5:size-u64",
            External { size: 1 << 64, ..External::default() },
        ),
        external(
            "external-enc-alg-65536",
            "An AEAD algorithm of 65536.",
            "4.5:enc-alg-u16",
            External { enc_alg: 0x1_0000, ..External::default() },
        ),
        external(
            "external-hash-alg-256",
            "A hash algorithm of 256.",
            "4.5:hash-alg-u8",
            External { hash_alg: 256, ..External::default() },
        ),
        cannot(
            "disposition-256",
            "A disposition of 256.",
            FLAG,
            "4.4:disposition-range",
            reason::DISPOSITION_OUT_OF_RANGE,
            |m| m.body.disposition = 256,
        ),
        cannot(
            "inner-disposition-257",
            "A disposition of 257 in a multipart.",
            FLAG,
            "4.4:disposition-range",
            reason::DISPOSITION_OUT_OF_RANGE,
            |m| m.body = Part::multi(Semantics::ChooseOne, [Part::null(), Part::null().disposition(257)]),
        ),
        cannot(
            "multipart-0-parts",
            "A multipart of no parts.",
            FLAG,
            "4.4:multi-two-parts",
            reason::TOO_FEW_PARTS,
            |m| m.body = Part::multi(Semantics::ChooseOne, []),
        ),
        cannot(
            "multipart-1-part",
            "A multipart of one part.",
            FLAG,
            "4.4:multi-two-parts",
            reason::TOO_FEW_PARTS,
            |m| m.body = Part::multi(Semantics::ProcessAll, [Part::null()]),
        ),
        cannot(
            "inner-multipart-1-part",
            "A multipart of one part inside another one.",
            FLAG,
            "4.4:multi-two-parts",
            reason::TOO_FEW_PARTS,
            |m| {
                let inner = Part::multi(Semantics::ProcessAll, [Part::null()]);
                m.body = Part::multi(Semantics::ProcessAll, [Part::null(), inner]);
            },
        ),
    ]);
    cases
}

fn key_limits() -> Vec<Case> {
    let key = |name: &str, comment: &str, rule: &str, reason, keys: &[Key]| {
        let keys = keys.iter().map(|k| Extension::new(k.clone(), null())).collect();
        // Only the least length of a text key is a matter of the schema alone.
        let level = if rule == "4.3:text-key-min" { Level::Format } else { Level::Must };
        cannot(name, comment, "key-limits", rule, reason, |m| m.extensions = keys).level(level)
    };
    let (range, twice) = (reason::MAP_KEY_RANGE, reason::DUPLICATE_MAP_KEY);
    let duplicate = "4.3:no-duplicate-keys";
    vec![
        key("key-2-to-53", "The key 2^53.", "6.2:integer-key-max", range, &[(1 << 53).into()]),
        key("key-minus-2-to-53", "The key -2^53.", "6.2:integer-key-min", range, &[(-(1 << 53)).into()]),
        key("key-empty", "An empty text key.", "4.3:text-key-min", reason::EXTENSION_KEY_EMPTY, &["".into()]),
        key(
            "key-256-octets",
            "A text key of 256 octets.",
            "4.3:text-key-max",
            reason::EXTENSION_KEY_TOO_LONG,
            &["k".repeat(256).as_str().into()],
        ),
        key(
            "key-256-octets-multibyte",
            "A text key of 128 characters, but 256 octets.",
            "4.3:text-key-octets",
            reason::EXTENSION_KEY_TOO_LONG,
            &["ü".repeat(128).as_str().into()],
        ),
        key("key-twice", "The key 5 is given twice.", duplicate, twice, &[5.into(), 5.into()]),
        key(
            "key-twice-apart",
            "The key \"a\" is given twice with another between.",
            duplicate,
            twice,
            &["a".into(), 5.into(), "a".into()],
        ),
        encodes("key-255-octets", "A text key of 255 octets.", "key-limits", "4.3:text-key-max", |m| {
            m.extensions = vec![Extension::new("k".repeat(255).as_str(), null())];
        }),
        encodes("key-zero", "Zero as a key.", "key-limits", "4.3:key-zero", |m| {
            m.extensions = vec![Extension::new(0, null())]
        })
        .contested(&[
            (Verdict::Accept, "The schema's name is any int, and 6.2 begins the permitted keys with 0."),
            (Verdict::Reject, "4.3 permits positive and negative integers and text, and 8.2.1 reserves 0."),
        ]),
    ]
}

fn value_limits() -> Vec<Case> {
    let keyed = |name: &str, comment: &str, rule: &str, reason, key: i64, value: Item| {
        cannot(name, comment, "value-not-conforming", rule, reason, |m| m.extensions = vec![Extension::new(key, value)])
    };
    let value =
        |name: &str, comment: &str, rule: &str, reason, value: Item| keyed(name, comment, rule, reason, -7, value);
    let nan = "6.2:nan-half-quiet";
    vec![
        keyed(
            "sender-uri-bytes",
            "The sender URI is a byte string.",
            "4.3:sender-uri-text",
            reason::EXTENSION_VALUE_TYPE,
            1,
            bytes("im:a@example.com"),
        ),
        keyed("room-uri-null", "The room URI is null.", "4.3:room-uri-text", reason::EXTENSION_VALUE_TYPE, 2, null()),
        value(
            "value-integer-too-wide",
            "A value is an integer in two octets too many.",
            "6.1:shortest-integer",
            reason::NON_SHORTEST_INTEGER,
            uint(1).width(Width::Two),
        ),
        value(
            "value-length-too-wide",
            "A value is a text with a long length.",
            "6.1:shortest-text-string-length",
            reason::NON_SHORTEST_LENGTH,
            text("a").width(Width::One),
        ),
        value(
            "value-tag-too-wide",
            "A value is a tag in four octets too many.",
            "6.1:shortest-tag",
            reason::NON_SHORTEST_TAG,
            tag(1, uint(0)).width(Width::Four),
        ),
        value(
            "value-float-too-wide",
            "A value is 1.0 as a double.",
            "6.1:shortest-float",
            reason::NON_SHORTEST_FLOAT,
            double(0x3ff0_0000_0000_0000),
        ),
        value(
            "value-indefinite-array",
            "A value is an array of indefinite length.",
            "6.1:no-indefinite-array",
            reason::INDEFINITE_LENGTH,
            array([uint(1)]).indefinite(),
        ),
        value(
            "value-indefinite-text",
            "A value is a text in chunks.",
            "6.1:no-indefinite-text-string",
            reason::INDEFINITE_LENGTH,
            chunks(&text(""), [text("a")]),
        ),
        value(
            "value-keys-descending",
            "A value is a map with its keys in the wrong order.",
            "6.1:nested-map-order",
            reason::MAP_KEY_ORDER,
            map([(uint(2), null()), (uint(1), null())]),
        ),
        value(
            "value-key-twice",
            "A value is a map with a key twice.",
            "4.3:no-duplicate-keys",
            reason::DUPLICATE_MAP_KEY,
            map([(uint(1), null()), (uint(1), null())]),
        ),
        value(
            "value-key-type",
            "A value is a map with an array as a key.",
            "6.2:nested-key-kinds",
            reason::NESTED_MAP_KEY_TYPE,
            map([(array([]), null())]),
        ),
        value("value-nan-payload", "A value is a NaN with a payload.", nan, reason::NAN_PAYLOAD, half(0x7e01)),
        value(
            "value-nan-single",
            "A value is the quiet NaN as a single.",
            nan,
            reason::NAN_PAYLOAD,
            single(0x7fc0_0000),
        )
        .also(&[reason::NON_SHORTEST_FLOAT]),
        value(
            "value-bignum-fits",
            "A value is 1 as a bignum.",
            "6.1:bigint-reduced",
            reason::BIGNUM_FITS_INTEGER,
            tag(2, bytes([1])),
        ),
        value(
            "value-bignum-leading-zero",
            "A value is a bignum with a leading zero.",
            "6.1:bigint-reduced",
            reason::BIGNUM_LEADING_ZERO,
            tag(2, bytes([0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        ),
        value(
            "value-not-utf8",
            "A value is a text that is no UTF-8.",
            "6.2:text-valid-utf8",
            reason::INVALID_UTF8,
            text([0xff]),
        ),
        value("value-empty", "A value has no octets.", "3.1:well-formed-cbor", reason::TRUNCATED, octets([])),
        value(
            "value-truncated",
            "A value ends inside an item.",
            "3.1:well-formed-cbor",
            reason::TRUNCATED,
            bytes([1]).claim(2),
        ),
        value(
            "value-two-items",
            "A value has two items.",
            "3.1:well-formed-cbor",
            reason::TRAILING_BYTES,
            null().then(null()),
        ),
        value(
            "value-item-and-entry",
            "A value is followed by a key and a value of its own: an injected extension.",
            "3.1:well-formed-cbor",
            reason::TRAILING_BYTES,
            null().then(int(-8)).then(null()),
        ),
        value("value-break", "A value is a break.", "3.1:well-formed-cbor", reason::UNEXPECTED_BREAK, octets([0xff])),
        value(
            "value-reserved",
            "A value has reserved additional information.",
            "3.1:well-formed-cbor",
            reason::RESERVED_INFO,
            uint(0).info(28),
        ),
        value(
            "value-false-in-two-octets",
            "A value is a false in two octets.",
            "3.1:well-formed-cbor",
            reason::INVALID_SIMPLE,
            octets([0xf8, 20]),
        ),
    ]
}

fn depth_limits() -> Vec<Case> {
    const FLAG: &str = "depth-limits";
    let nested = |multiparts: usize| {
        let leaf = Part::single("text/plain", "Hi");
        (0..multiparts).fold(leaf, |inner, _| Part::multi(Semantics::ProcessAll, [Part::null(), inner]))
    };
    let value = |name: &str, comment: &str, value: Item| {
        cannot(name, comment, FLAG, "6.3:extension-depth-4", reason::EXTENSION_TOO_DEEP, |m| {
            m.extensions = vec![Extension::new(-7, value)];
        })
        .level(Level::Must)
    };
    vec![
        encodes("part-depth-4", "A part in three multiparts: four levels.", FLAG, "6.3:part-depth-4", |m| {
            m.body = nested(3)
        }),
        cannot(
            "part-depth-5",
            "A part in four multiparts: five levels.",
            FLAG,
            "6.3:part-depth-4",
            reason::PART_TOO_DEEP,
            |m| m.body = nested(4),
        )
        .contested(&[
            (Verdict::Reject, "The body is level 1, as the extensions map is in 6.3."),
            (Verdict::Accept, "A part that is in no other is not nested: the body is level 0."),
        ]),
        cannot(
            "part-depth-6",
            "A part in five multiparts: too deep by every count.",
            FLAG,
            "6.3:part-depth-4",
            reason::PART_TOO_DEEP,
            |m| m.body = nested(5),
        )
        .level(Level::Must),
        value("extension-depth-5-arrays", "Four arrays: five levels.", array([array([array([array([])])])])),
        value("extension-depth-5-tags", "Four tags: five levels.", tag(1, tag(1, tag(1, tag(1, uint(0)))))),
        value(
            "extension-depth-5-mixed",
            "A map, an array, a tag and a map: five levels.",
            map([(uint(1), array([tag(100, map([]))]))]),
        ),
    ]
}
