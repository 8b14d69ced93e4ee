//! The deterministic encoding (section 6.1, RFC 8949 section 4.2.1): shortest heads, definite lengths, key order.

use super::rows::{PRIVATE, decodes, extended, private, refuses, refuses_item};
use crate::reason::{Reason, content as reason};
use crate::vector::families::build::group;
use crate::vector::forge::{
    Extension, Item, Key, Message, Part, RawMessage, Semantics, Width, array, boolean, bytes, chunks, int, map,
    negative, null, tag, text, uint,
};
use crate::vector::{Case, Group};

const LONGER: [(Width, &str); 4] = [(Width::One, "1"), (Width::Two, "2"), (Width::Four, "4"), (Width::Eight, "8")];

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("lengths and integers in every longer form", longer_heads()),
        group("the least argument of each width", boundaries()),
        group("indefinite lengths", indefinite()),
        group("order of keys", order()),
        group("keys that occur twice", duplicates()),
    ]
}

/// What has a head, where it stands, and what puts it there.
struct Place {
    slug: &'static str,
    what: &'static str,
    flag: &'static str,
    rule: &'static str,
    reason: Reason,
    put: fn(&mut RawMessage, Widen, Width),
}

/// Gives an item's head a width.
type Widen = fn(Item, Width) -> Item;

fn longer_heads() -> Vec<Case> {
    let place = |slug, what, kind, put| {
        let (flag, rule, reason) = match kind {
            2 => ("shortest-length", "6.1:shortest-byte-string-length", reason::NON_SHORTEST_LENGTH),
            3 => ("shortest-length", "6.1:shortest-text-string-length", reason::NON_SHORTEST_LENGTH),
            4 => ("shortest-length", "6.1:shortest-array-length", reason::NON_SHORTEST_LENGTH),
            5 => ("shortest-length", "6.1:shortest-map-length", reason::NON_SHORTEST_LENGTH),
            6 => ("shortest-tag", "6.1:shortest-tag", reason::NON_SHORTEST_TAG),
            _ => ("shortest-integer", "6.1:shortest-integer", reason::NON_SHORTEST_INTEGER),
        };
        Place { slug, what, flag, rule, reason, put }
    };
    let places = [
        place("salt", "The length of the salt", 2, |m, wide, w| m.salt = wide(m.salt.clone(), w)),
        place("empty-topic", "The length of an empty topic", 2, |m, wide, w| m.topic_id = wide(bytes([]), w)),
        place("language", "The length of a language", 3, |m, wide, w| {
            m.body = array([uint(1), wide(text("en"), w), uint(0)]);
        }),
        place("text-key", "The length of a text key", 3, |m, wide, w| {
            m.extensions = map([(wide(text("a"), w), null())]);
        }),
        place("body", "The length of the body's array", 4, |m, wide, w| m.body = wide(m.body.clone(), w)),
        place("expiration", "The length of an expiration", 4, |m, wide, w| {
            m.expires = wide(array([boolean(true), uint(60)]), w);
        }),
        place("empty-extensions", "The length of empty extensions", 5, |m, wide, w| m.extensions = wide(map([]), w)),
        place("nested-map", "The length of a map in an extension", 5, |m, wide, w| {
            m.extensions = private(wide(map([(uint(1), uint(2))]), w));
        }),
        place("disposition", "A disposition", 0, |m, wide, w| m.body = array([wide(uint(1), w), text(""), uint(0)])),
        place("extension-key", "The key of an extension", 0, |m, wide, w| {
            m.extensions = map([(wide(uint(9), w), null())]);
        }),
        place("negative-key", "A negative key", 0, |m, wide, w| m.extensions = map([(wide(int(-9), w), null())])),
        place("tag", "A tag number", 6, |m, wide, w| m.extensions = private(wide(tag(1, uint(0)), w))),
    ];
    let mut cases = vec![];
    for place in &places {
        for (width, octets) in LONGER {
            let name = format!("{}-in-{octets}-more", place.slug);
            let plural = if octets == "1" { "" } else { "s" };
            let comment = format!("{} takes {octets} octet{plural} although it fits the initial one.", place.what);
            let change = |m: &mut RawMessage| (place.put)(m, |item, width| item.width(width).mark(), width);
            cases.push(refuses(&name, &comment, place.flag, place.rule, place.reason, change).conformance());
        }
    }
    let whole = |name: &str, comment: &str, build: fn(Message) -> Item| {
        let (rule, reason) = ("6.1:shortest-array-length", reason::NON_SHORTEST_LENGTH);
        refuses_item(name, comment, "shortest-length", rule, reason, build).conformance()
    };
    cases.extend([
        whole("message-in-1-more", "The length of the message's array takes an octet of its own.", |m| {
            m.item().width(Width::One).mark()
        }),
        whole("parts-in-2-more", "The length of the array of parts takes two octets of its own.", |m| {
            let parts = array([Part::null().item(), Part::null().item()]).width(Width::Two).mark();
            RawMessage { body: array([uint(1), text(""), uint(3), uint(0), parts]), ..m.raw() }.item()
        }),
    ]);
    cases
}

/// For each width its least argument is accepted, and the greatest of the width below is refused in it.
fn boundaries() -> Vec<Case> {
    const EDGES: [(&str, u64, Width); 4] = [
        ("24", 24, Width::One),
        ("256", 1 << 8, Width::Two),
        ("65536", 1 << 16, Width::Four),
        ("4294967296", 1 << 32, Width::Eight),
    ];
    type Kind = ((&'static str, &'static str), &'static str, &'static str, Reason, fn(u64) -> Item);
    let kinds: [Kind; 3] = [
        (
            ("unsigned", "An unsigned integer"),
            "shortest-integer",
            "6.1:shortest-integer",
            reason::NON_SHORTEST_INTEGER,
            uint,
        ),
        (
            ("negative", "A negative integer"),
            "shortest-integer",
            "6.1:shortest-integer",
            reason::NON_SHORTEST_INTEGER,
            negative,
        ),
        (("tag", "A tag"), "shortest-tag", "6.1:shortest-tag", reason::NON_SHORTEST_TAG, |n| tag(n, null())),
    ];
    let mut cases = vec![];
    for ((kind, what), flag, rule, reason, make) in kinds {
        for (edge, least, width) in EDGES {
            let name = format!("{kind}-argument-{edge}");
            let comment = format!("{what} with argument {edge}, the least that needs its width.");
            cases.push(extended(&name, &comment, flag, rule, PRIVATE, make(least)));
            let name = format!("{kind}-argument-below-{edge}-too-wide");
            let comment = format!("{what} with argument {edge} - 1 in the width that {edge} needs.");
            let wide = make(least - 1).width(width).mark();
            cases.push(refuses(&name, &comment, flag, rule, reason, |m| m.extensions = private(wide)).conformance());
        }
    }
    cases.extend([
        extended(
            "unsigned-argument-greatest",
            "The integer 2^64 - 1.",
            "shortest-integer",
            "6.1:shortest-integer",
            PRIVATE,
            uint(u64::MAX),
        ),
        extended(
            "negative-argument-greatest",
            "The integer -2^64.",
            "shortest-integer",
            "6.1:shortest-integer",
            PRIVATE,
            negative(u64::MAX),
        ),
    ]);
    cases.extend([23, 24, 255, 256, 4097].map(|n: usize| {
        let comment = format!("A topic of {n} octets; its length is in the shortest form.");
        let rules = "6.1:shortest-byte-string-length 4.1:topic-bytes";
        decodes(&format!("topic-{n}-octets"), &comment, "shortest-length", rules, |m| m.topic_id = vec![0x54; n])
    }));
    cases.extend([23, 24, 255, 256].map(|n: usize| {
        let comment = format!("A content type of {n} octets; its length is in the shortest form.");
        let rules = "6.1:shortest-text-string-length 4.4:single-content-type-text";
        decodes(&format!("content-type-{n}-octets"), &comment, "shortest-length", rules, |m| {
            m.body = Part::single(&"t".repeat(n), "Hi");
        })
    }));
    cases.extend([2, 23, 24, 256].map(|n: usize| {
        let comment = format!("A multipart of {n} parts; the array's length is in the shortest form.");
        let rules = "6.1:shortest-array-length 4.4:multi-parts-array";
        decodes(&format!("multipart-{n}-parts"), &comment, "shortest-length", rules, |m| {
            m.body = Part::multi(Semantics::ProcessAll, vec![Part::null(); n]);
        })
    }));
    cases.extend([23u8, 24].map(|n| {
        let comment = format!("{n} extensions; the map's length is in the shortest form.");
        decodes(&format!("extensions-{n}-entries"), &comment, "shortest-length", "6.1:shortest-map-length", |m| {
            m.extensions = (3..3 + i64::from(n)).map(|key| Extension::new(key, null())).collect();
        })
    }));
    let (rule, reason) = ("6.1:shortest-byte-string-length", reason::NON_SHORTEST_LENGTH);
    let comment = "A topic of 255 octets whose length is in two octets.";
    let topic = bytes([0x54; 255]).width(Width::Two).mark();
    let wide = |m: &mut RawMessage| m.topic_id = topic;
    cases.push(refuses("topic-255-octets-too-wide", comment, "shortest-length", rule, reason, wide).conformance());
    cases
}

fn indefinite() -> Vec<Case> {
    let case = |name: &str, comment: &str, kind: &str, change: &dyn Fn(&mut RawMessage)| {
        let rule = format!("6.1:no-indefinite-{kind}");
        refuses(name, comment, "indefinite-length", &rule, reason::INDEFINITE_LENGTH, change).conformance()
    };
    let part = |content: Item| array([uint(1), text(""), uint(1), text("text/plain"), content]);
    vec![
        case("indefinite-salt", "The salt comes in one chunk of 16 octets.", "byte-string", &|m| {
            m.salt = chunks(&bytes([]), [m.salt.clone()]).mark();
        }),
        case("indefinite-salt-two-chunks", "The salt comes in two chunks of 8 octets.", "byte-string", &|m| {
            m.salt = chunks(&bytes([]), [bytes([7; 8]), bytes([8; 8])]).mark();
        }),
        case("indefinite-topic-no-chunks", "An empty topic comes in no chunks.", "byte-string", &|m| {
            m.topic_id = chunks(&bytes([]), []).mark();
        }),
        case("indefinite-replaces", "Replaces comes in two chunks.", "byte-string", &|m| {
            m.replaces = chunks(&bytes([]), [bytes([1; 16]), bytes([1; 16])]).mark();
        }),
        case("indefinite-content", "The content of a part comes in two chunks.", "byte-string", &|m| {
            m.body = part(chunks(&bytes([]), [bytes("H"), bytes("i")]).mark());
        }),
        case(
            "indefinite-content-never-ends",
            "The content of a part comes in chunks, and the break is missing.",
            "byte-string",
            &|m| m.body = part(bytes([]).info(31).then(bytes("Hi")).mark()),
        )
        .also(&[reason::TRUNCATED]),
        case("indefinite-language", "The language comes in chunks.", "text-string", &|m| {
            m.body = array([uint(1), chunks(&text(""), [text("e"), text("n")]).mark(), uint(0)]);
        }),
        case(
            "indefinite-text-split-character",
            "A text comes in chunks that split a character.",
            "text-string",
            &|m| {
                m.extensions = private(chunks(&text(""), [text(b"\xc3"), text(b"\xbc")]).mark());
            },
        ),
        case(
            "indefinite-text-wrong-chunk",
            "A text comes in chunks of which one is a byte string.",
            "text-string",
            &|m| {
                m.extensions = private(chunks(&text(""), [bytes("a")]).mark());
            },
        )
        .also(&[reason::WRONG_TYPE]),
        case("indefinite-sender-uri", "The sender URI comes in chunks.", "text-string", &|m| {
            m.extensions = map([(uint(1), chunks(&text(""), [text("im:"), text("a@example.com")]).mark())]);
        }),
        case("indefinite-text-key", "A text key comes in chunks.", "text-string", &|m| {
            m.extensions = map([(chunks(&text(""), [text("a")]).mark(), null())]);
        }),
        case("indefinite-body", "The array of the body has indefinite length.", "array", &|m| {
            m.body = m.body.clone().indefinite().mark();
        }),
        case("indefinite-expiration", "An expiration has indefinite length.", "array", &|m| {
            m.expires = array([boolean(true), uint(60)]).indefinite().mark();
        }),
        case("indefinite-parts", "The array of parts has indefinite length.", "array", &|m| {
            let parts = array([Part::null().item(), Part::null().item()]).indefinite().mark();
            m.body = array([uint(1), text(""), uint(3), uint(0), parts]);
        }),
        case("indefinite-nested-array", "An array in an extension has indefinite length.", "array", &|m| {
            m.extensions = private(array([uint(1)]).indefinite().mark());
        }),
        case("indefinite-extensions", "The extensions have indefinite length.", "map", &|m| {
            m.extensions = map([(int(PRIVATE), null())]).indefinite().mark();
        }),
        case("indefinite-empty-extensions", "The empty extensions have indefinite length.", "map", &|m| {
            m.extensions = map([]).indefinite().mark();
        }),
        case("indefinite-nested-map", "A map in an extension has indefinite length.", "map", &|m| {
            m.extensions = private(map([(uint(1), uint(2))]).indefinite().mark());
        }),
        refuses_item(
            "indefinite-message",
            "The message itself has indefinite length.",
            "indefinite-length",
            "6.1:no-indefinite-array",
            reason::INDEFINITE_LENGTH,
            |m| m.item().indefinite().mark(),
        )
        .conformance(),
    ]
}

fn keys(keys: impl IntoIterator<Item = Item>) -> Item {
    map(keys.into_iter().map(|key| (key, null())))
}

fn order() -> Vec<Case> {
    const RULE: &str = "6.1:map-key-order";
    const NESTED: &str = "6.1:nested-map-order";
    let wrong = |name: &str, comment: &str, rule: &str, extensions: Item| {
        refuses(name, comment, "key-order", rule, reason::MAP_KEY_ORDER, |m| m.extensions = extensions).conformance()
    };
    let sorted = |name: &str, comment: &str, keys: Vec<Key>| {
        decodes(name, comment, "key-order", RULE, |m| {
            m.extensions = keys.into_iter().map(|key| Extension::new(key, null())).collect();
        })
    };
    vec![
        sorted(
            "keys-of-every-kind-in-order",
            "The keys 10, 100, 1000, -1, -100, \"z\" and \"aa\" in bytewise order.",
            vec![10.into(), 100.into(), 1000.into(), (-1).into(), (-100).into(), "z".into(), "aa".into()],
        ),
        sorted(
            "keys-by-octets-not-characters",
            "Text keys are ordered by their octets: U+FFFF before U+10000.",
            vec!["\u{ffff}".into(), "\u{10000}".into()],
        ),
        wrong(
            "keys-length-first",
            "The keys 10, -1, 100: the older length-first order.",
            "6.1:no-length-first-order",
            keys([uint(10), int(-1), uint(100).mark()]),
        ),
        wrong(
            "keys-length-first-text",
            "The keys -1, \"a\", 1000: the older length-first order.",
            "6.1:no-length-first-order",
            keys([int(-1), text("a"), uint(1000).mark()]),
        ),
        wrong("keys-descending", "The keys 5, 4.", RULE, keys([uint(5), uint(4).mark()])),
        wrong("keys-by-value", "The keys -1, 5: ordered by value.", RULE, keys([int(-1), uint(5).mark()])),
        wrong("keys-negative-by-value", "The keys -2, -1: ordered by value.", RULE, keys([int(-2), int(-1).mark()])),
        wrong("keys-text-first", "A text key before an integer key.", RULE, keys([text("a"), uint(5).mark()])),
        wrong(
            "keys-text-alphabetical",
            "The keys \"aa\", \"b\": alphabetical, but the length comes first in the encoding.",
            RULE,
            keys([text("aa"), text("b").mark()]),
        ),
        wrong(
            "keys-known-last",
            "A private key before the sender URI.",
            RULE,
            map([(int(PRIVATE), null()), (uint(1).mark(), text("mimi://example.com/u/alice"))]),
        ),
        wrong(
            "keys-last-of-three",
            "Only the third key is out of order.",
            RULE,
            keys([uint(3), uint(5), uint(4).mark()]),
        ),
        extended(
            "nested-keys-in-order",
            "Keys of every kind in bytewise order in a nested map.",
            "key-order",
            NESTED,
            PRIVATE,
            keys([uint(10), uint(100), int(-1), bytes([9]), bytes([1, 1]), text("z"), text("aa")]),
        ),
        wrong(
            "nested-keys-descending",
            "A map in an extension has the keys 2, 1.",
            NESTED,
            private(keys([uint(2), uint(1).mark()])),
        ),
        wrong(
            "nested-keys-length-first",
            "A map in an extension has the keys -1, 24: length-first.",
            NESTED,
            private(keys([int(-1), uint(24).mark()])),
        ),
        wrong(
            "nested-keys-text-before-bytes",
            "A map in an extension has a text key before a byte string key.",
            NESTED,
            private(keys([text(""), bytes([]).mark()])),
        ),
        wrong(
            "nested-keys-in-array",
            "A map in an array in an extension has the keys \"b\", \"a\".",
            NESTED,
            private(array([keys([text("b"), text("a").mark()])])),
        ),
        wrong(
            "nested-keys-in-tag",
            "A map in a tag in an extension has the keys 1, 0.",
            NESTED,
            private(tag(259, keys([uint(1), uint(0).mark()]))),
        ),
    ]
}

fn duplicates() -> Vec<Case> {
    let twice = |name: &str, comment: &str, extensions: Item| {
        let (rule, reason) = ("4.3:no-duplicate-keys", reason::DUPLICATE_MAP_KEY);
        refuses(name, comment, "duplicate-key", rule, reason, |m| m.extensions = extensions).conformance()
    };
    let room = || text("mimi://example.com/r/engineering_team");
    vec![
        twice("key-twice-integer", "The key 5 occurs twice.", keys([uint(5), uint(5).mark()])),
        twice("key-twice-negative", "The key -7 occurs twice.", keys([int(-7), int(-7).mark()])),
        twice("key-twice-text", "The key \"a\" occurs twice.", keys([text("a"), text("a").mark()])),
        twice(
            "key-twice-sender-uri",
            "The sender URI occurs twice, with different values.",
            map([(uint(1), text("im:alice@example.com")), (uint(1).mark(), text("im:bob@example.com"))]),
        ),
        twice(
            "key-twice-room-uri",
            "The room URI occurs twice, with the same value.",
            map([(uint(2), room()), (uint(2).mark(), room())]),
        ),
        twice(
            "key-thrice",
            "The key 5 occurs three times; the second is refused.",
            keys([uint(5), uint(5).mark(), uint(5)]),
        ),
        twice(
            "nested-key-twice",
            "A key of a map in an extension occurs twice.",
            private(keys([uint(1), uint(1).mark()])),
        ),
        twice(
            "nested-key-twice-bytes",
            "A byte string key of a map in an extension occurs twice.",
            private(keys([bytes([1]), bytes([1]).mark()])),
        ),
        refuses(
            "key-twice-apart",
            "The key 5 occurs twice with another between: twice and out of order.",
            "duplicate-key",
            "4.3:no-duplicate-keys",
            reason::MAP_KEY_ORDER,
            |m| m.extensions = keys([uint(5), uint(6), uint(5).mark()]),
        )
        .conformance()
        .also(&[reason::DUPLICATE_MAP_KEY]),
        decodes(
            "keys-alike-but-different",
            "The keys 10, -11 and \"10\" are different keys.",
            "duplicate-key",
            "4.3:no-duplicate-keys",
            |m| {
                m.extensions =
                    vec![Extension::new(10, null()), Extension::new(-11, null()), Extension::new("10", null())];
            },
        ),
        extended(
            "nested-keys-alike-but-different",
            "The nested keys h'61' and \"a\" are different keys.",
            "duplicate-key",
            "4.3:no-duplicate-keys",
            PRIVATE,
            keys([bytes("a"), text("a")]),
        ),
    ]
}
