//! Floating point numbers, NaN and bignums in extensions (sections 6.1 and 6.2).

use super::rows::{PRIVATE, extended, extended_wrong, refuses};
use crate::reason::{Reason, content as reason};
use crate::vector::families::build::group;
use crate::vector::forge::{
    Item, array, bytes, chunks, double, half, map, null, octets, simple, single, tag, text, uint,
};
use crate::vector::{Case, Group, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("floating point numbers in their shortest form", shortest()),
        group("floating point numbers in a longer form", longer()),
        group("NaN", nan()),
        group("bignums", bignums()),
        group("simple values and tags as values", other_values()),
    ]
}

const SHORTEST: &str = "6.1:shortest-float";

fn shortest() -> Vec<Case> {
    // Discouraged, but allowed: a receiver takes them.
    const RULES: &str = "6.1:shortest-float 6.2:float-discouraged";
    let float =
        |name: &str, comment: &str, value: Item| extended(name, comment, "shortest-float", RULES, PRIVATE, value);
    vec![
        float("half-1", "1.0 as a half.", half(0x3c00)),
        float("half-zero", "0.0 as a half: a float, not the integer 0.", half(0)),
        float("half-negative-zero", "-0.0 as a half.", half(0x8000)),
        float("half-infinity", "Infinity as a half.", half(0x7c00)),
        float("half-negative-infinity", "-Infinity as a half.", half(0xfc00)),
        float("half-least-subnormal", "2^-24, the least half.", half(1)),
        float("half-greatest", "65504.0, the greatest half.", half(0x7bff)),
        float("single-65536", "65536.0: beyond the halves.", single(0x4780_0000)),
        float("single-2049", "2049.0: one bit more than a half holds.", single(0x4500_1000)),
        float("single-2-to-minus-25", "2^-25: half of the least half.", single(0x3300_0000)),
        float("single-least-subnormal", "The least single.", single(1)),
        float("single-greatest", "The greatest single.", single(0x7f7f_ffff)),
        float("single-half-and-a-bit", "The single next to 1.0.", single(0x3f80_0001)),
        float("double-1-1", "1.1: no shorter form.", double(0x3ff1_9999_9999_999a)),
        float("double-1e300", "1e300: beyond the singles.", double(0x7e37_e43c_8800_759c)),
        float("double-2-to-128", "2^128: the least power of two beyond the singles.", double(0x47f0_0000_0000_0000)),
        float("double-2-to-minus-150", "2^-150: half of the least single.", double(0x3690_0000_0000_0000)),
        float("double-least-subnormal", "The least double.", double(1)),
        float("double-single-and-a-bit", "The double next to the single 1.0.", double(0x3ff0_0000_0000_0001)),
    ]
}

fn longer() -> Vec<Case> {
    let float = |name: &str, comment: &str, value: Item| {
        extended_wrong(name, comment, "shortest-float", SHORTEST, reason::NON_SHORTEST_FLOAT, value.mark())
    };
    vec![
        float("single-1", "1.0 as a single.", single(0x3f80_0000)),
        float("single-zero", "0.0 as a single.", single(0)),
        float("single-negative-zero", "-0.0 as a single.", single(0x8000_0000)),
        float("single-infinity", "Infinity as a single.", single(0x7f80_0000)),
        float("single-negative-infinity", "-Infinity as a single.", single(0xff80_0000)),
        float("single-65504", "65504.0, the greatest half, as a single.", single(0x477f_e000)),
        float("single-2-to-minus-24", "2^-24, the least half, as a single.", single(0x3380_0000)),
        float("single-half-subnormal", "A subnormal half with two bits as a single.", single(0x3440_0000)),
        float("double-1", "1.0, a half, as a double.", double(0x3ff0_0000_0000_0000)),
        float("double-zero", "0.0 as a double.", double(0)),
        float("double-negative-zero", "-0.0 as a double.", double(0x8000_0000_0000_0000)),
        float("double-infinity", "Infinity as a double.", double(0x7ff0_0000_0000_0000)),
        float("double-100000", "100000.0, a single, as a double.", double(0x40f8_6a00_0000_0000)),
        float("double-single-greatest", "The greatest single as a double.", double(0x47ef_ffff_e000_0000)),
        float("double-single-subnormal", "2^-149, the least single, as a double.", double(0x36a0_0000_0000_0000)),
        extended_wrong(
            "nested-single-2",
            "2.0 as a single in an array.",
            "shortest-float",
            SHORTEST,
            reason::NON_SHORTEST_FLOAT,
            array([half(0x4000), single(0x4000_0000).mark()]),
        ),
    ]
}

fn nan() -> Vec<Case> {
    const RULE: &str = "6.2:nan-half-quiet";
    let wrong =
        |name: &str, comment: &str, value: Item| extended_wrong(name, comment, "nan", RULE, reason::NAN_PAYLOAD, value);
    vec![
        extended("nan-half-quiet", "The one NaN that is permitted.", "nan", RULE, PRIVATE, half(0x7e00)),
        wrong("nan-half-payload", "A quiet half-width NaN with a payload.", half(0x7e01).mark()),
        wrong("nan-half-signalling", "A signalling half-width NaN.", half(0x7c01).mark()),
        wrong("nan-half-negative", "The half-width quiet NaN with its sign set.", half(0xfe00).mark()),
        wrong("nan-half-all-ones", "A half of ones.", half(0xffff).mark()),
        wrong("nan-single-quiet", "The quiet NaN as a single.", single(0x7fc0_0000).mark())
            .also(&[reason::NON_SHORTEST_FLOAT]),
        wrong(
            "nan-single-payload",
            "A single-width NaN with a payload that no half holds.",
            single(0x7fc0_0001).mark(),
        ),
        wrong("nan-double-quiet", "The quiet NaN as a double.", double(0x7ff8_0000_0000_0000).mark())
            .also(&[reason::NON_SHORTEST_FLOAT]),
        wrong("nan-double-signalling", "A signalling double-width NaN.", double(0x7ff0_0000_0000_0001).mark()),
        wrong("nan-nested", "A NaN with a payload in a map in an extension.", map([(uint(1), half(0x7e02).mark())])),
        extended(
            "nan-in-typed-array",
            "A typed array (tag 81) packs a NaN with a payload in its byte string.",
            "nan",
            "6.2:nan-typed-arrays",
            PRIVATE,
            tag(81, bytes([0x7f, 0xc0, 0, 1])),
        ),
        wrong(
            "nan-item-in-tag-80",
            "A NaN item with a payload stands in an array inside tag 80.",
            tag(80, array([half(0x7e01).mark()])),
        )
        .contested(&[
            (
                Verdict::Reject,
                "6.2 exempts typed arrays, whose content is a byte string (RFC 8746 section 2); an item is none.",
            ),
            (Verdict::Accept, "6.2 exempts floating point values inside tags 80 to 87, whatever form they have."),
        ]),
    ]
}

fn bignums() -> Vec<Case> {
    const RULE: &str = "6.1:bigint-reduced";
    let big = |name: &str, comment: &str, value: Item| {
        let rules = "6.1:bigint-reduced 6.1:bigint-optional";
        extended(name, comment, "bignum", rules, PRIVATE, value).contested(&[
            (Verdict::Accept, "A bignum in an extension that nobody knows is passed over by every receiver."),
            (Verdict::Reject, "Support of bignums is optional: without it the message cannot be read."),
        ])
    };
    let wrong = |name: &str, comment: &str, reason: Reason, value: Item| {
        extended_wrong(name, comment, "bignum", RULE, reason, value.mark())
    };
    let (fits, zeros) = (reason::BIGNUM_FITS_INTEGER, reason::BIGNUM_LEADING_ZERO);
    let nine = [1, 0, 0, 0, 0, 0, 0, 0, 0];
    vec![
        big("bignum-2-to-64", "2^64, the least bignum.", tag(2, bytes(nine))),
        big("bignum-negative-2-to-64", "-1 - 2^64, the greatest negative bignum.", tag(3, bytes(nine))),
        big("bignum-256-bits", "A bignum of 32 octets.", tag(2, bytes([0xff; 32]))),
        wrong("bignum-1", "1 as a bignum.", fits, tag(2, bytes([1]))),
        wrong("bignum-empty", "0 as a bignum without octets.", fits, tag(2, bytes([]))),
        wrong(
            "bignum-2-to-64-minus-1",
            "2^64 - 1, the greatest regular integer, as a bignum.",
            fits,
            tag(2, bytes([0xff; 8])),
        ),
        wrong("bignum-negative-1", "-1 as a negative bignum without octets.", fits, tag(3, bytes([]))),
        wrong(
            "bignum-negative-2-to-64-regular",
            "-2^64, the least regular integer, as a bignum.",
            fits,
            tag(3, bytes([0xff; 8])),
        ),
        wrong(
            "bignum-leading-zero",
            "2^64 as a bignum with a leading zero.",
            zeros,
            tag(2, bytes([0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        ),
        wrong(
            "bignum-negative-leading-zero",
            "A negative bignum with two leading zeros.",
            zeros,
            tag(3, bytes([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        ),
        wrong(
            "bignum-leading-zero-and-fits",
            "1 as a bignum of nine octets.",
            zeros,
            tag(2, bytes([0, 0, 0, 0, 0, 0, 0, 0, 1])),
        )
        .also(&[fits]),
        extended_wrong(
            "bignum-chunked",
            "A bignum in chunks.",
            "bignum",
            "6.1:no-indefinite-byte-string",
            reason::INDEFINITE_LENGTH,
            tag(2, chunks(&bytes([]), [bytes(nine)]).mark()),
        ),
        extended(
            "bignum-of-text",
            "Tag 2 around a text: no bignum.",
            "bignum",
            "4.3:value-any",
            PRIVATE,
            tag(2, text("1")),
        )
        .contested(&TAG_CONTENT),
    ]
}

const TAG_CONTENT: [(Verdict, &str); 2] = [
    (
        Verdict::Accept,
        "4.3 allows any CBOR as a value; whether the content suits the tag is validity (RFC 8949 section 5.3), not asked for.",
    ),
    (Verdict::Reject, "A document must be valid CBOR, and RFC 8949 section 3.4 says which content each tag takes."),
];

fn other_values() -> Vec<Case> {
    let value =
        |name: &str, comment: &str, item: Item| extended(name, comment, "any-value", "4.3:value-any", PRIVATE, item);
    vec![
        value("value-undefined", "Undefined is a value.", octets([0xf7])),
        value("value-simple-0", "The simple value 0, unassigned.", simple(0)),
        value("value-simple-19", "The simple value 19, unassigned.", simple(19)),
        value("value-simple-32", "The simple value 32, the least in two octets.", simple(32)),
        value("value-simple-255", "The simple value 255.", simple(255)),
        value("value-true", "True.", octets([0xf5])),
        value("value-empty-text", "An empty text.", text("")),
        value("value-empty-bytes", "An empty byte string.", bytes([])),
        value("value-empty-array", "An empty array.", array([])),
        value("value-empty-map", "An empty map.", map([])),
        value("value-tag-time", "A time in tag 1.", tag(1, uint(1_800_000_000))),
        value("value-tag-unknown", "A tag that nobody registered.", tag(1 << 40, null())),
        value(
            "value-embedded-cbor",
            "Tag 24 around octets that are not CBOR: nobody looks inside.",
            tag(24, bytes([0xff])),
        ),
        value("value-tag-time-of-text", "Tag 1 (time) around a text.", tag(1, text("now"))).contested(&TAG_CONTENT),
        value("value-tag-uri-of-bytes", "Tag 32 (URI) around a byte string.", tag(32, bytes("im:")))
            .contested(&TAG_CONTENT),
        refuses(
            "simple-value-as-salt",
            "A simple value in the place of the salt.",
            "wrong-type",
            "A.1:cddl-whole-message",
            reason::WRONG_TYPE,
            |m| m.salt = simple(99).mark(),
        ),
    ]
}
