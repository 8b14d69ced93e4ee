//! Keys and values of extensions (sections 4.3, 6.2 and 8.2.1).

use super::rows::{PRIVATE, decodes, extended, private, refuses};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{
    Extension, Item, array, boolean, bytes, half, int, map, negative, null, octets, tag, text, uint,
};
use crate::vector::{Case, Group, Verdict};

/// 2^53 - 1.
const GREATEST: i64 = 9_007_199_254_740_991;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("kinds of extension keys", key_kinds()),
        group("sizes of text keys", key_sizes()),
        group("range of integer keys", key_range()),
        group("keys of maps in extensions", nested_keys()),
        group("extensions known and unknown", known()),
    ]
}

fn keyed(key: Item) -> Item {
    map([(key, null())])
}

fn key_kinds() -> Vec<Case> {
    let wrong = |name: &str, comment: &str, key: Item| {
        let (rule, reason) = ("6.2:extension-key-kinds 4.3:key-kinds", reason::EXTENSION_KEY_TYPE);
        refuses(name, comment, "key-type", rule, reason, |m| m.extensions = keyed(key.mark())).conformance()
    };
    vec![
        wrong("extension-key-bytes", "A byte string as an extension's key.", bytes("a")),
        wrong("extension-key-array", "An array as an extension's key.", array([uint(1)])),
        wrong("extension-key-map", "A map as an extension's key.", map([])),
        wrong("extension-key-tag", "A tagged text as an extension's key.", tag(32, text("a:b"))),
        wrong("extension-key-bignum", "A bignum as an extension's key.", tag(2, bytes([1, 0, 0, 0, 0, 0, 0, 0, 0]))),
        wrong("extension-key-true", "True as an extension's key.", boolean(true)),
        wrong("extension-key-null", "Null as an extension's key.", null()),
        wrong("extension-key-undefined", "Undefined as an extension's key.", octets([0xf7])),
        wrong("extension-key-float", "1.0 as an extension's key.", half(0x3c00)),
        decodes(
            "extension-key-zero",
            "Zero as an extension's key.",
            "key-zero",
            "4.3:key-zero 8.2.1:key-zero-reserved",
            |m| {
                m.extensions = vec![Extension::new(0, null())];
            },
        )
        .contested(&[
            (Verdict::Accept, "The schema's name is any int, and 6.2 begins the permitted keys with 0."),
            (Verdict::Reject, "4.3 permits positive and negative integers and text, and 8.2.1 reserves 0."),
        ]),
    ]
}

fn key_sizes() -> Vec<Case> {
    const LEAST: &str = "4.3:text-key-min";
    const MOST: &str = "4.3:text-key-max 6.2:extension-text-key-255";
    const OCTETS: &str = "4.3:text-key-octets";
    let good =
        |name: &str, comment: &str, rules: &str, key: &str| extended(name, comment, "key-size", rules, key, null());
    let long = |name: &str, comment: &str, rules: &str, key: &str| {
        let (reason, key) = (reason::EXTENSION_KEY_TOO_LONG, text(key).mark());
        refuses(name, comment, "key-size", rules, reason, |m| m.extensions = keyed(key)).conformance()
    };
    let empty = |name: &str, comment: &str, extensions: Item| {
        refuses(name, comment, "key-size", LEAST, reason::EXTENSION_KEY_EMPTY, |m| m.extensions = extensions)
            .conformance()
    };
    vec![
        empty("text-key-0-octets", "An empty text key.", keyed(text("").mark())),
        empty(
            "text-key-0-octets-second",
            "An empty text key behind another one.",
            map([(uint(9), null()), (text("").mark(), text("x"))]),
        ),
        good("text-key-1-octet", "A text key of one octet.", LEAST, "a"),
        good("text-key-255-octets", "A text key of 255 octets.", MOST, &"k".repeat(255)),
        good(
            "text-key-255-octets-multibyte",
            "A text key of 128 characters and 255 octets.",
            OCTETS,
            &format!("k{}", "ü".repeat(127)),
        ),
        long("text-key-256-octets", "A text key of 256 octets.", MOST, &"k".repeat(256)),
        long(
            "text-key-256-octets-multibyte",
            "A text key of 128 characters, but 256 octets.",
            OCTETS,
            &"ü".repeat(128),
        ),
        long(
            "text-key-256-octets-astral",
            "A text key of 64 characters of four octets each.",
            OCTETS,
            &"😀".repeat(64),
        ),
        long("text-key-1000-octets", "A text key of 1000 octets.", MOST, &"k".repeat(1000)),
    ]
}

fn key_range() -> Vec<Case> {
    const MOST: &str = "6.2:integer-key-max";
    const LEAST: &str = "6.2:integer-key-min";
    let good =
        |name: &str, comment: &str, rule: &str, key: i64| extended(name, comment, "key-range", rule, key, null());
    let wrong = |name: &str, comment: &str, rule: &str, key: Item| {
        refuses(name, comment, "key-range", rule, reason::MAP_KEY_RANGE, |m| m.extensions = keyed(key.mark()))
            .conformance()
    };
    vec![
        good("integer-key-greatest", "The key 2^53 - 1.", MOST, GREATEST),
        wrong(
            "integer-key-2-to-53",
            "The key 2^53: a double holds it, but the text excludes it.",
            MOST,
            int(GREATEST + 1),
        ),
        wrong("integer-key-2-to-53-plus-1", "The key 2^53 + 1: a double does not hold it.", MOST, int(GREATEST + 2)),
        wrong("integer-key-2-to-63", "The key 2^63: beyond signed 64-bit integers.", MOST, uint(1 << 63)),
        wrong("integer-key-2-to-64-minus-1", "The key 2^64 - 1.", MOST, uint(u64::MAX)),
        good("integer-key-least", "The key -(2^53 - 1).", LEAST, -GREATEST),
        wrong("integer-key-minus-2-to-53", "The key -2^53, whose argument is 2^53 - 1.", LEAST, int(-GREATEST - 1)),
        wrong(
            "integer-key-minus-2-to-63-minus-1",
            "The key -2^63 - 1: beyond signed 64-bit integers.",
            LEAST,
            negative(1 << 63),
        ),
        wrong("integer-key-minus-2-to-64", "The key -2^64.", LEAST, negative(u64::MAX)),
    ]
}

fn nested_keys() -> Vec<Case> {
    const KINDS: &str = "6.2:nested-key-kinds";
    let wrong = |name: &str, comment: &str, value: Item| {
        let reason = reason::NESTED_MAP_KEY_TYPE;
        refuses(name, comment, "nested-key", KINDS, reason, |m| m.extensions = private(value)).conformance()
    };
    let good = |name: &str, comment: &str, value: Item| extended(name, comment, "nested-key", KINDS, PRIVATE, value);
    let range = |name: &str, comment: &str, key: Item| {
        let (rule, value) = ("6.2:integer-key-scope", private(keyed(key.mark())));
        refuses(name, comment, "nested-key", rule, reason::MAP_KEY_RANGE, |m| m.extensions = value)
            .conformance()
            .contested(&[
                (
                    Verdict::Reject,
                    "The bullet says \"integer keys\" without exception, behind one on maps at any level.",
                ),
                (
                    Verdict::Accept,
                    "The range restates what extension keys are; nested maps are restricted to kinds only.",
                ),
            ])
    };
    vec![
        good("nested-key-bytes", "A byte string as a key in an extension.", keyed(bytes([1, 2]))),
        good("nested-key-empty-text", "An empty text as a key in an extension.", keyed(text(""))),
        good(
            "nested-key-text-256-octets",
            "A text of 256 octets as a key in an extension.",
            keyed(text("k".repeat(256))),
        ),
        good("nested-key-zero", "Zero as a key in an extension.", keyed(uint(0))),
        good("nested-key-greatest", "2^53 - 1 as a key in an extension.", keyed(int(GREATEST))),
        wrong("nested-key-array", "An array as a key in an extension.", keyed(array([]).mark())),
        wrong("nested-key-map", "A map as a key in an extension.", keyed(map([]).mark())),
        wrong("nested-key-tag", "A tagged text as a key in an extension.", keyed(tag(32, text("a:b")).mark())),
        wrong(
            "nested-key-bignum",
            "A bignum as a key in an extension.",
            keyed(tag(2, bytes([1, 0, 0, 0, 0, 0, 0, 0, 0])).mark()),
        ),
        wrong("nested-key-false", "False as a key in an extension.", keyed(boolean(false).mark())),
        wrong("nested-key-null", "Null as a key in an extension.", keyed(null().mark())),
        wrong("nested-key-float", "1.5 as a key in an extension.", keyed(half(0x3e00).mark())),
        wrong(
            "nested-key-second",
            "A good key and then a simple value as a key.",
            map([(uint(1), null()), (octets([0xf0]).mark(), null())]),
        ),
        wrong("nested-key-in-inner-map", "A bad key in a map in a map.", map([(uint(1), keyed(boolean(true).mark()))])),
        range("nested-key-2-to-53", "2^53 as a key in an extension.", int(GREATEST + 1)),
        range("nested-key-minus-2-to-53", "-2^53 as a key in an extension.", int(-GREATEST - 1)),
    ]
}

fn known() -> Vec<Case> {
    const SENDER: &str = "4.3:sender-uri-text 8.2.1:key-one-sender-uri";
    const ROOM: &str = "4.3:room-uri-text 8.2.1:key-two-room-uri";
    let value = |name: &str, comment: &str, key: u64, value: Item| {
        let rule = if key == 1 { SENDER } else { ROOM };
        let reason = reason::EXTENSION_VALUE_TYPE;
        refuses(name, comment, "known-extension", rule, reason, |m| m.extensions = map([(uint(key), value.mark())]))
    };
    let alice = || Extension::new(1, text("mimi://example.com/u/alice-smith"));
    let room = || Extension::new(2, text("mimi://example.com/r/engineering_team"));
    let good = |name: &str, comment: &str, rules: &str, extensions: Vec<Extension>| {
        decodes(name, comment, "known-extension", rules, |m| m.extensions = extensions)
    };
    let mut cases = vec![
        value("sender-uri-bytes", "The sender URI is a byte string.", 1, bytes("im:alice@example.com")),
        value("sender-uri-null", "The sender URI is null.", 1, null()),
        value("sender-uri-tag-32", "The sender URI is in tag 32.", 1, tag(32, text("im:alice@example.com"))),
        value("sender-uri-integer", "The sender URI is an integer.", 1, uint(1)),
        value("room-uri-array", "The room URI is an array of texts.", 2, array([text("mimi://example.com/r/a")])),
        value("room-uri-bytes", "The room URI is a byte string.", 2, bytes("mimi://example.com/r/a")),
        value("room-uri-undefined", "The room URI is undefined.", 2, octets([0xf7])),
        good("no-extensions", "There are no extensions.", "4.3:uri-extensions-optional 4.1:extensions-is-map", vec![]),
        good("sender-uri-only", "There is a sender URI and no room URI.", "4.3:uri-extensions-optional", vec![alice()]),
        good("room-uri-only", "There is a room URI and no sender URI.", "4.3:uri-extensions-optional", vec![room()]),
        good("both-uris", "There are a sender URI and a room URI.", &format!("{SENDER} {ROOM}"), vec![alice(), room()]),
        good(
            "sender-uri-empty",
            "The sender URI is an empty text.",
            "4.3:sender-uri-text",
            vec![Extension::new(1, text(""))],
        ),
        good(
            "sender-uri-other-scheme",
            "The sender URI has a scheme of its own.",
            "3.2:any-uri-scheme",
            vec![Extension::new(1, text("xmpp:alice@example.com"))],
        ),
    ];
    let unknown = [
        ("unknown-key-3", "The least key without a meaning, with a map.", 3, map([(text("a"), array([uint(1)]))])),
        ("unknown-key-255", "A key in the range of IETF review.", 255, boolean(true)),
        ("unknown-key-256", "A key in the range of expert review.", 256, text("x")),
        (
            "unknown-key-minus-1",
            "A negative key is for private use; its value is no text although -1 resembles 1.",
            -1,
            bytes([1]),
        ),
        ("unknown-key-minus-2", "A negative key with an integer.", -2, uint(2)),
    ];
    cases.extend(unknown.map(|(name, comment, key, value)| {
        extended(name, comment, "unknown-extension", "4.3:unknown-kept 4.3:private-keys", key, value)
    }));
    cases.extend([
        extended(
            "text-key-looks-like-1",
            "The text key \"1\" is not the key 1: its value is no URI.",
            "unknown-extension",
            "4.3:private-keys",
            "1",
            uint(7),
        ),
        extended(
            "text-key-sender-uri",
            "The text key \"senderUri\" is private; its value is no text.",
            "unknown-extension",
            "4.3:private-keys",
            "senderUri",
            uint(7),
        ),
        extended(
            "value-4095-octets",
            "A value of 4095 octets.",
            "value-size",
            "4.3:value-size",
            PRIVATE,
            bytes([0x56; 4092]),
        ),
        extended(
            "value-4096-octets",
            "A value of 4096 octets.",
            "value-size",
            "4.3:value-size",
            PRIVATE,
            bytes([0x56; 4093]),
        )
        .contested(&[
            (Verdict::Accept, "The full schema of appendix A.1 lets a value be anything."),
            (Verdict::Reject, "The schema printed in 4.3 limits a value to 4095 octets."),
        ]),
    ]);
    cases
}
