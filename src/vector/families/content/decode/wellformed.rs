//! Well-formed CBOR (RFC 8949 section 3), valid UTF-8, and nothing missing or left over.

use super::rows::{decodes, extended, private, refuses, refuses_item};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{
    Expiration, Extension, External, Item, Message, Part, RawExternal, RawMessage, Semantics, array, bytes, map, null,
    octets, tag, text, uint,
};
use crate::vector::{About, Case, Group, Verdict};

const ONE_ITEM: &str = "3.1:well-formed-cbor";
const UTF8: &str = "6.2:text-valid-utf8";

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("truncated at each kind of place", truncated()),
        group("claimed lengths that nothing backs", claims()),
        group("octets left over", trailing()),
        group("reserved and misplaced initial octets", initial_octets()),
        group("text strings and UTF-8", utf8()),
    ]
}

/// A message in which every field holds something.
fn full(message: Message) -> Message {
    Message {
        replaces: Some(vec![1; 32]),
        topic_id: b"topic".to_vec(),
        expires: Some(Expiration { relative: true, time: 100_000 }),
        in_reply_to: Some(vec![1; 32]),
        extensions: vec![Extension::new(1, text("mimi://example.com/u/alice"))],
        ..message
    }
}

fn external() -> External {
    External {
        content_type: "image/png".into(),
        url: "https://example.com/a".into(),
        expires: 1_800_000_000,
        size: 1000,
        enc_alg: 1,
        key: vec![2; 16],
        nonce: vec![3; 12],
        hash_alg: 1,
        content_hash: vec![4; 32],
        description: "A picture".into(),
        filename: "a.png".into(),
        ..External::default()
    }
}

fn truncated() -> Vec<Case> {
    type Cut = (&'static str, usize, fn(&mut RawMessage) -> &mut Item);
    const CUTS: &[Cut] = &[
        ("before the salt", 0, |m| &mut m.salt),
        ("before the content of the salt", 1, |m| &mut m.salt),
        ("inside the salt", 9, |m| &mut m.salt),
        ("before replaces", 0, |m| &mut m.replaces),
        ("inside the head of replaces", 1, |m| &mut m.replaces),
        ("before the last octet of replaces", 33, |m| &mut m.replaces),
        ("before the topic", 0, |m| &mut m.topic_id),
        ("inside the topic", 3, |m| &mut m.topic_id),
        ("before expires", 0, |m| &mut m.expires),
        ("before relative", 1, |m| &mut m.expires),
        ("before the time", 2, |m| &mut m.expires),
        ("inside the time", 5, |m| &mut m.expires),
        ("before in-reply-to", 0, |m| &mut m.in_reply_to),
        ("before the extensions", 0, |m| &mut m.extensions),
        ("before the first key", 1, |m| &mut m.extensions),
        ("between key and value", 2, |m| &mut m.extensions),
        ("inside the value of an extension", 10, |m| &mut m.extensions),
        ("before the body", 0, |m| &mut m.body),
        ("before the disposition", 1, |m| &mut m.body),
        ("before the language", 2, |m| &mut m.body),
        ("before the cardinality", 3, |m| &mut m.body),
        ("before the content type", 4, |m| &mut m.body),
        ("inside the content type", 8, |m| &mut m.body),
        ("before the content", 15, |m| &mut m.body),
        ("inside the content", 17, |m| &mut m.body),
    ];
    type Field = (&'static str, fn(&mut RawExternal) -> &mut Item);
    const FIELDS: &[Field] = &[
        ("content type", |e| &mut e.content_type),
        ("url", |e| &mut e.url),
        ("expires", |e| &mut e.expires),
        ("size", |e| &mut e.size),
        ("enc-alg", |e| &mut e.enc_alg),
        ("key", |e| &mut e.key),
        ("nonce", |e| &mut e.nonce),
        ("aad", |e| &mut e.aad),
        ("hash-alg", |e| &mut e.hash_alg),
        ("content hash", |e| &mut e.content_hash),
        ("description", |e| &mut e.description),
        ("filename", |e| &mut e.filename),
    ];
    let mut cases = vec![cut("empty-input", "There is no octet at all.", |_| octets([]).missing())];
    cases.extend(CUTS.iter().map(|(place, more, field)| {
        let name = format!("cut-{}", place.replace(' ', "-"));
        cut(&name, &format!("The input ends {place}."), |message| {
            let mut raw = full(message).raw();
            field(&mut raw).set_mark();
            raw.item().cut(*more)
        })
    }));
    cases.extend(FIELDS.iter().map(|(field, of)| {
        let name = format!("cut-before-external-{}", field.replace(' ', "-"));
        cut(&name, &format!("The input ends before the {field} of an external part."), |message| {
            let mut raw = external().raw();
            of(&mut raw).set_mark();
            RawMessage { body: raw.item(), ..message.raw() }.item().cut(0)
        })
    }));
    let multi = |name: &str, comment: &str, more: usize| {
        cut(name, comment, |message| {
            let parts = [Part::single("text/plain", "Hi"), Part::null()];
            let mut raw = message.raw();
            raw.body = Part::multi(Semantics::ProcessAll, parts).item().mark();
            raw.item().cut(more)
        })
    };
    cases.extend([
        multi("cut-before-part-semantics", "The input ends before the part semantics of a multipart.", 4),
        multi("cut-before-parts", "The input ends before the array of parts.", 5),
        multi("cut-before-first-part", "The input ends behind the head of the array of parts.", 6),
        multi("cut-before-second-part", "The input ends between the parts of a multipart.", 6 + 18),
        multi("cut-inside-second-part", "The input ends inside the second part of a multipart.", 6 + 18 + 2),
    ]);
    cases
}

fn cut(name: &str, comment: &str, build: impl FnOnce(Message) -> Item) -> Case {
    refuses_item(name, comment, "truncated", ONE_ITEM, reason::TRUNCATED, build)
}

fn claims() -> Vec<Case> {
    let claim = |name: &str, comment: &str, change: fn(&mut RawMessage)| {
        refuses_item(name, comment, "huge-claim", ONE_ITEM, reason::TRUNCATED, |message| {
            let mut raw = message.raw();
            change(&mut raw);
            raw.item().missing()
        })
    };
    // Nothing follows, so that it is not the next item's type that is wrong.
    let last = |name: &str, comment: &str, extensions: Item| {
        refuses_item(name, comment, "huge-claim", ONE_ITEM, reason::TRUNCATED, |message| {
            let mut raw = message.raw();
            let length = extensions.octets().len();
            raw.extensions = extensions.mark();
            raw.item().cut(length)
        })
    };
    let parts = |n: u64| array([uint(1), text(""), uint(3), uint(2), array([]).claim(n)]);
    vec![
        claim("salt-claims-one-octet-more", "The salt claims more octets than the whole input has.", |m| {
            m.salt = bytes([0; 16]).claim(0x4000);
        }),
        claim("topic-claims-2-63-octets", "A topic claims 2^63 octets.", |m| m.topic_id = bytes([]).claim(1 << 63)),
        claim(
            "topic-claims-2-64-octets",
            "A topic claims 2^64 - 1 octets, which overflows when added to an offset.",
            |m| {
                m.topic_id = bytes([]).claim(u64::MAX);
            },
        ),
        claim("language-claims-2-32-octets", "A language claims 2^32 octets.", |m| {
            m.body = array([uint(1), text("").claim(1 << 32), uint(0)]);
        }),
        claim("content-claims-2-31-octets", "The last content claims 2^31 - 1 octets.", |m| {
            m.body = array([uint(1), text(""), uint(1), text("text/plain"), bytes("Hi").claim((1 << 31) - 1)]);
        }),
        claim("content-claims-one-octet-more", "The last content claims one octet more than there is.", |m| {
            m.body = array([uint(1), text(""), uint(1), text("text/plain"), bytes("Hi").claim(3)]);
        }),
        refuses_item(
            "parts-claim-2-32",
            "An array of parts claims 2^32 parts and has none.",
            "huge-claim",
            ONE_ITEM,
            reason::TRUNCATED,
            |m| RawMessage { body: parts(1 << 32), ..m.raw() }.item().missing(),
        ),
        refuses_item(
            "parts-claim-2-64",
            "An array of parts claims 2^64 - 1 parts and has none.",
            "huge-claim",
            ONE_ITEM,
            reason::TRUNCATED,
            |m| RawMessage { body: parts(u64::MAX), ..m.raw() }.item().missing(),
        ),
        last("extensions-claim-2-32", "The extensions claim 2^32 entries and have none.", map([]).claim(1 << 32)),
        last("extensions-claim-2-64", "The extensions claim 2^64 - 1 entries and have none.", map([]).claim(u64::MAX)),
        last(
            "nested-array-claims-2-40",
            "An array in an extension claims 2^40 items.",
            private(array([]).claim(1 << 40)),
        ),
        last("nested-map-claims-2-63", "A map in an extension claims 2^63 entries.", private(map([]).claim(1 << 63))),
        last("nested-text-claims-2-63", "A text in an extension claims 2^63 octets.", private(text("").claim(1 << 63))),
    ]
}

fn trailing() -> Vec<Case> {
    let left = |name: &str, comment: &str, rest: fn(&Message) -> Item| {
        let rules = "3.1:nothing-after-item";
        // No sentence tells a receiver what to do with octets that are left over.
        refuses_item(name, comment, "trailing", rules, reason::TRAILING_BYTES, |m| m.item().then(rest(&m).mark()))
            .about(About::Conformance)
    };
    vec![
        left("trailing-zero-octet", "An octet zero follows the message.", |_| octets([0])),
        left("trailing-null", "A null follows the message.", |_| null()),
        left("trailing-break", "A break follows the message.", |_| octets([0xff])),
        left("trailing-same-message", "The same message follows once more.", Message::item),
        left("trailing-reserved", "An octet that begins no item follows the message.", |_| octets([0x1c])),
        left("trailing-line-feed", "A line feed follows the message.", |_| octets("\n")),
    ]
}

fn initial_octets() -> Vec<Case> {
    let broken = |name: &str, comment: &str, reason, change: fn(&mut RawMessage)| {
        let flag = if reason == reason::UNEXPECTED_BREAK {
            "unexpected-break"
        } else if reason == reason::INVALID_SIMPLE {
            "two-octet-simple"
        } else {
            "reserved-info"
        };
        refuses(name, comment, flag, ONE_ITEM, reason, change)
    };
    let (reserved, breaks, simple) = (reason::RESERVED_INFO, reason::UNEXPECTED_BREAK, reason::INVALID_SIMPLE);
    vec![
        broken("reserved-28-salt", "The salt has additional information 28.", reserved, |m| {
            m.salt = bytes([0; 16]).info(28).mark();
        }),
        broken("reserved-29-replaces", "Replaces has additional information 29.", reserved, |m| {
            m.replaces = bytes([1; 32]).info(29).mark();
        }),
        broken("reserved-30-disposition", "A disposition has additional information 30.", reserved, |m| {
            m.body = array([uint(1).info(30).mark(), text(""), uint(0)]);
        }),
        broken("reserved-28-language", "A language has additional information 28.", reserved, |m| {
            m.body = array([uint(1), text("").info(28).mark(), uint(0)]);
        }),
        broken("reserved-29-body", "The array of the body has additional information 29.", reserved, |m| {
            m.body = Part::null().item().info(29).mark();
        }),
        broken("reserved-30-extensions", "The extensions map has additional information 30.", reserved, |m| {
            m.extensions = map([]).info(30).mark();
        }),
        broken("reserved-28-tag", "A tag in an extension has additional information 28.", reserved, |m| {
            m.extensions = private(tag(1, uint(0)).info(28).mark());
        }),
        broken("reserved-29-simple", "A simple value in an extension has additional information 29.", reserved, |m| {
            m.extensions = private(null().info(29).mark());
        }),
        refuses_item(
            "reserved-28-message",
            "The whole message has additional information 28.",
            "reserved-info",
            ONE_ITEM,
            reserved,
            |m| m.item().info(28).mark(),
        ),
        broken("indefinite-unsigned-integer", "An unsigned integer has additional information 31.", reserved, |m| {
            m.extensions = private(uint(0).info(31).mark());
        }),
        broken("indefinite-negative-integer", "A negative integer has additional information 31.", reserved, |m| {
            m.extensions = private(crate::vector::forge::negative(0).info(31).mark());
        }),
        broken("indefinite-tag", "A tag has additional information 31.", reserved, |m| {
            m.extensions = private(tag(0, uint(0)).info(31).mark());
        }),
        broken("break-as-salt", "A break stands in the place of the salt.", breaks, |m| {
            m.salt = octets([0xff]).mark();
        }),
        broken("break-as-topic", "A break stands in the place of the topic.", breaks, |m| {
            m.topic_id = octets([0xff]).mark();
        }),
        broken("break-as-key", "A break stands in the place of a key.", breaks, |m| {
            m.extensions = map([(octets([0xff]).mark(), null())]);
        }),
        broken("break-as-value", "A break stands in the place of the value of an extension.", breaks, |m| {
            m.extensions = private(octets([0xff]).mark());
        }),
        broken("break-in-definite-array", "A break stands in an array of definite length.", breaks, |m| {
            m.extensions = private(array([uint(1), octets([0xff]).mark()]));
        }),
        broken("break-in-tag", "A break stands in the place of the content of a tag.", breaks, |m| {
            m.extensions = private(tag(1, octets([0xff]).mark()));
        }),
        broken("simple-0-in-two-octets", "A two-octet simple value 0.", simple, |m| {
            m.extensions = private(octets([0xf8, 0]).mark());
        }),
        broken("simple-31-in-two-octets", "A two-octet simple value 31, the largest that is invalid.", simple, |m| {
            m.extensions = private(octets([0xf8, 31]).mark());
        }),
        broken("null-in-two-octets", "A null in two octets in the place of replaces.", simple, |m| {
            m.replaces = octets([0xf8, 22]).mark();
        }),
        broken("false-in-two-octets", "A false in two octets in an expiration.", simple, |m| {
            m.expires = array([octets([0xf8, 20]).mark(), uint(60)]);
        }),
    ]
}

fn utf8() -> Vec<Case> {
    let part = |language: Item, content_type: Item| array([uint(1), language, uint(1), content_type, bytes("Hi")]);
    let wrong = |name: &str, comment: &str, change: &dyn Fn(&mut RawMessage)| {
        refuses(name, comment, "utf8", UTF8, reason::INVALID_UTF8, change).conformance()
    };
    let elsewhere = |e: RawExternal| e.item();
    vec![
        wrong("utf8-overlong-2-language", "A language with an overlong two-octet form of NUL.", &|m| {
            m.body = part(text([0xc0, 0x80]).mark(), text("text/plain"));
        }),
        wrong("utf8-overlong-3-content-type", "A content type with an overlong three-octet form of a slash.", &|m| {
            m.body = part(text(""), text(b"text\xe0\x80\xafplain").mark());
        }),
        wrong("utf8-overlong-4-url", "A URL with an overlong four-octet form.", &|m| {
            m.body = elsewhere(RawExternal { url: text(b"https://\xf0\x80\x80\xaf").mark(), ..external().raw() });
        }),
        wrong("utf8-high-surrogate-description", "A description with a high surrogate.", &|m| {
            m.body = elsewhere(RawExternal { description: text(b"\xed\xa0\x80").mark(), ..external().raw() });
        }),
        wrong("utf8-surrogate-pair-filename", "A file name with a surrogate pair, as in CESU-8.", &|m| {
            let name = b"\xed\xa0\xbd\xed\xb8\x80.png";
            m.body = elsewhere(RawExternal { filename: text(name).mark(), ..external().raw() });
        }),
        wrong("utf8-beyond-10ffff-content-type", "A content type with U+110000.", &|m| {
            m.body = part(text(""), text(b"\xf4\x90\x80\x80").mark());
        }),
        wrong("utf8-f5-language", "A language with the octet F5, which begins no character.", &|m| {
            m.body = part(text(b"\xf5\x80\x80\x80").mark(), text("text/plain"));
        }),
        wrong("utf8-lone-continuation-extension", "An extension's text with a lone continuation octet.", &|m| {
            m.extensions = private(text(b"a\x80b").mark());
        }),
        wrong("utf8-ff-text-key", "A text key with the octet FF.", &|m| {
            m.extensions = map([(text(b"\xff").mark(), null())]);
        }),
        wrong("utf8-ends-in-sequence-sender-uri", "A sender URI that ends inside a character.", &|m| {
            m.extensions = map([(uint(1), text(b"mimi://\xe2\x82").mark())]);
        }),
        wrong("utf8-latin-1-description", "A description in ISO 8859-1.", &|m| {
            m.body = elsewhere(RawExternal { description: text(b"caf\xe9").mark(), ..external().raw() });
        }),
        wrong("utf8-nested-text", "A text in a map in an extension is no UTF-8.", &|m| {
            m.extensions = private(map([(text("a"), text(b"\xc3\x28").mark())]));
        }),
        wrong("utf8-nested-text-key", "A text key of a map in an extension is no UTF-8.", &|m| {
            m.extensions = private(map([(text(b"\xe2\x28\xa1").mark(), null())]));
        }),
        // Languages are tags and content types are media types; a description may be any text.
        decodes("utf8-of-every-length", "Texts with characters of one to four octets.", "utf8", UTF8, |m| {
            m.body = Part::external(External {
                description: "aß水𐅑".into(),
                filename: "ß水𐅑.png".into(),
                ..external()
            });
        }),
        decodes("utf8-edges", "U+0000, U+D7FF, U+E000, U+FFFF and U+10FFFF are characters like others.", "utf8", UTF8, |m| {
            m.body = Part::external(External {
                description: "\u{0}\u{d7ff}\u{e000}\u{ffff}\u{10ffff}".into(),
                ..external()
            });
        }),
        extended("utf8-not-normalised", "Decomposed text is kept as it is.", "utf8", UTF8, "a", text("e\u{301}")),
        decodes("utf8-byte-order-mark", "A byte order mark belongs to the text.", "utf8", UTF8, |m| {
            m.body = Part::external(External { filename: "\u{feff}a.png".into(), ..external() });
        }),
        decodes("content-not-utf8", "The content of a text part is a byte string that is no UTF-8.", "utf8",
            "6.2:text-content-utf8", |m| m.body = Part::single("text/plain;charset=utf-8", b"caf\xe9"))
        .contested(&[
            (Verdict::Accept, "6.2 speaks of text strings; the content of a part is a byte string, and its charset is the media type's matter."),
            (Verdict::Reject, "6.2 means text anywhere inside MIMI content, the content of a text part included."),
        ]),
    ]
}
