//! Items of another type than the schema says (appendix A.1).

use super::rows::{SCHEMA, external, refuses, refuses_item};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{
    Item, Part, RawExternal, RawMessage, array, boolean, bytes, half, int, map, negative, null, octets, tag, text, uint,
};
use crate::vector::{Case, Group, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("fields of another type", message_types()),
        group("fields of an external part of another type", external_types()),
    ]
}

fn wrong(name: &str, comment: &str, rule: &str, change: &dyn Fn(&mut RawMessage)) -> Case {
    refuses(name, comment, "wrong-type", &format!("{SCHEMA} {rule}"), reason::WRONG_TYPE, change)
}

fn single(disposition: Item, language: Item, cardinality: Item, content_type: Item, content: Item) -> Item {
    array([disposition, language, cardinality, content_type, content])
}

fn message_types() -> Vec<Case> {
    let (d, l, c) = (|| uint(1), || text(""), || uint(1));
    let (t, content) = (|| text("text/plain"), || bytes("Hi"));
    vec![
        refuses_item(
            "message-map",
            "A message is a map.",
            "wrong-type",
            "4.1:array-of-seven",
            reason::WRONG_TYPE,
            |_| map([]).mark(),
        ),
        refuses_item(
            "message-bytes",
            "A message is wrapped in a byte string.",
            "wrong-type",
            "4.1:array-of-seven",
            reason::WRONG_TYPE,
            |m| bytes(m.item().octets()).mark(),
        ),
        refuses_item(
            "message-null",
            "A message is null.",
            "wrong-type",
            "4.1:array-of-seven",
            reason::WRONG_TYPE,
            |_| null().mark(),
        ),
        refuses_item(
            "message-tag-55799",
            "A message is in tag 55799, self-described CBOR.",
            "tagged",
            "A.1:no-tags-on-fields",
            reason::WRONG_TYPE,
            |m| tag(55799, m.item()).mark(),
        ),
        wrong("salt-text", "The salt is a text.", "4.1:salt-16", &|m| m.salt = text("0123456789abcdef").mark()),
        wrong("salt-null", "The salt is null.", "4.1:salt-16", &|m| m.salt = null().mark()),
        wrong("salt-tag-37", "The salt is in tag 37 (UUID).", "A.1:no-tags-on-fields", &|m| {
            m.salt = tag(37, m.salt.clone()).mark();
        }),
        wrong("replaces-text", "Replaces is a text of 32 octets.", "4.1:replaces-type", &|m| {
            m.replaces = text("0".repeat(32)).mark();
        }),
        wrong("replaces-undefined", "Replaces is undefined instead of null.", "4.1:replaces-type", &|m| {
            m.replaces = octets([0xf7]).mark();
        }),
        wrong("replaces-false", "Replaces is false instead of null.", "4.1:replaces-type", &|m| {
            m.replaces = boolean(false).mark();
        }),
        wrong("topic-null", "The topic is null; no topic is an empty byte string.", "4.1:topic-bytes", &|m| {
            m.topic_id = null().mark();
        }),
        wrong("topic-text", "The topic is a text.", "4.1:topic-bytes", &|m| m.topic_id = text("Foo 118").mark()),
        wrong("expires-integer", "Expires is a time without an array.", "4.1:expires-type", &|m| {
            m.expires = uint(1_800_000_000).mark();
        }),
        wrong("expires-zero", "Expires is 0 instead of null.", "4.1:expires-type", &|m| m.expires = uint(0).mark()),
        wrong("expires-map", "Expires is a map.", "4.1:expires-type", &|m| m.expires = map([]).mark()),
        wrong("expires-undefined", "Expires is undefined instead of null.", "4.1:expires-type", &|m| {
            m.expires = octets([0xf7]).mark();
        }),
        wrong("relative-integer", "Relative is 1 instead of true.", "4.1:expiration-relative-bool", &|m| {
            m.expires = array([uint(1).mark(), uint(60)]);
        }),
        wrong("relative-null", "Relative is null.", "4.1:expiration-relative-bool", &|m| {
            m.expires = array([null().mark(), uint(60)]);
        }),
        wrong("expiration-swapped", "Time and relative have changed places.", "4.1:expiration-relative-bool", &|m| {
            m.expires = array([uint(60).mark(), boolean(true)]);
        }),
        wrong("time-text", "The time is a text.", "4.1:expiration-time-u32", &|m| {
            m.expires = array([boolean(true), text("60").mark()]);
        }),
        wrong("time-float", "The time is 60.0.", "4.1:expiration-time-u32", &|m| {
            m.expires = array([boolean(true), half(0x5380).mark()]);
        }),
        wrong("time-negative", "The time is -1.", "4.1:expiration-time-u32", &|m| {
            m.expires = array([boolean(false), int(-1).mark()]);
        })
        .also(&[reason::INTEGER_OUT_OF_RANGE]),
        wrong("time-tag-1", "The time is in tag 1.", "A.1:no-tags-on-fields", &|m| {
            m.expires = array([boolean(false), tag(1, uint(1_800_000_000)).mark()]);
        }),
        wrong("in-reply-to-array", "In-reply-to is an array of message ids.", "4.1:in-reply-to-type", &|m| {
            m.in_reply_to = array([bytes([1; 32])]).mark();
        }),
        wrong("in-reply-to-undefined", "In-reply-to is undefined instead of null.", "4.1:in-reply-to-type", &|m| {
            m.in_reply_to = octets([0xf7]).mark();
        }),
        wrong("extensions-array", "The extensions are an array.", "4.1:extensions-is-map", &|m| {
            m.extensions = array([]).mark();
        }),
        wrong("extensions-null", "No extensions is null instead of an empty map.", "4.1:extensions-is-map", &|m| {
            m.extensions = null().mark();
        }),
        wrong("body-null", "The body is null instead of a null part.", "4.1:nested-part-last", &|m| {
            m.body = null().mark()
        }),
        wrong("body-text", "The body is a text.", "4.1:nested-part-last", &|m| m.body = text("Hi").mark()),
        wrong("body-map", "The body is a map.", "4.4:part-is-array", &|m| m.body = map([]).mark()),
        wrong("disposition-text", "A disposition by name.", "4.4:disposition-range", &|m| {
            m.body = single(text("render").mark(), l(), c(), t(), content());
        }),
        wrong("disposition-negative", "A disposition of -1.", "4.4:disposition-range", &|m| {
            m.body = single(int(-1).mark(), l(), c(), t(), content());
        })
        .also(&[reason::DISPOSITION_OUT_OF_RANGE]),
        wrong("disposition-float", "A disposition of 1.0.", "4.4:disposition-range", &|m| {
            m.body = single(half(0x3c00).mark(), l(), c(), t(), content());
        }),
        wrong("language-null", "A language is null instead of empty.", "4.4:language-text", &|m| {
            m.body = single(d(), null().mark(), c(), t(), content());
        }),
        wrong("language-array", "A language is an array of tags.", "4.4:language-text", &|m| {
            m.body = single(d(), array([text("en"), text("fr")]).mark(), c(), t(), content());
        }),
        wrong("language-bytes", "A language is a byte string.", "4.4:language-text", &|m| {
            m.body = single(d(), bytes("en").mark(), c(), t(), content());
        }),
        wrong("cardinality-text", "A cardinality by name.", "4.4:unknown-cardinality", &|m| {
            m.body = single(d(), l(), text("single").mark(), t(), content());
        }),
        wrong("cardinality-negative", "A cardinality of -1.", "4.4:unknown-cardinality", &|m| {
            m.body = single(d(), l(), int(-1).mark(), t(), content());
        })
        .also(&[reason::UNKNOWN_CARDINALITY]),
        wrong("content-type-bytes", "A content type is a byte string.", "4.4:single-content-type-text", &|m| {
            m.body = single(d(), l(), c(), bytes("text/plain").mark(), content());
        }),
        wrong("content-type-null", "A content type is null.", "4.4:single-content-type-text", &|m| {
            m.body = single(d(), l(), c(), null().mark(), content());
        }),
        wrong("content-text", "Text content is a text string.", "4.4:single-content-bytes", &|m| {
            m.body = single(d(), l(), c(), t(), text("Hi").mark());
        }),
        wrong("content-null", "Content is null.", "4.4:single-content-bytes", &|m| {
            m.body = single(d(), l(), c(), t(), null().mark());
        }),
        wrong("content-tag-24", "Content is in tag 24.", "A.1:no-tags-on-fields", &|m| {
            m.body = single(d(), l(), c(), t(), tag(24, bytes([0xf6])).mark());
        }),
        wrong("semantics-text", "Part semantics by name.", "4.4:multi-semantics-values", &|m| {
            let parts = array([Part::null().item(), Part::null().item()]);
            m.body = single(d(), l(), uint(3), text("chooseOne").mark(), parts);
        }),
        wrong("semantics-negative", "Part semantics of -1.", "4.4:multi-semantics-values", &|m| {
            let parts = array([Part::null().item(), Part::null().item()]);
            m.body = single(d(), l(), uint(3), negative(0).mark(), parts);
        })
        .also(&[reason::UNKNOWN_PART_SEMANTICS]),
        wrong("parts-map", "The parts are a map.", "4.4:multi-parts-array", &|m| {
            let parts = map([(uint(0), Part::null().item()), (uint(1), Part::null().item())]).mark();
            m.body = single(d(), l(), uint(3), uint(0), parts);
        }),
        wrong("parts-bytes", "The parts are a byte string.", "4.4:multi-parts-array", &|m| {
            m.body = single(d(), l(), uint(3), uint(0), bytes([0x80]).mark());
        }),
        wrong("part-null", "The second part is null.", "4.4:multi-parts-array", &|m| {
            m.body = single(d(), l(), uint(3), uint(0), array([Part::null().item(), null().mark()]));
        }),
        wrong("part-text", "The first part is a text.", "4.4:multi-parts-array", &|m| {
            m.body = single(d(), l(), uint(3), uint(0), array([text("Hi").mark(), Part::null().item()]));
        }),
    ]
}

fn external_types() -> Vec<Case> {
    type Row = (&'static str, &'static str, &'static str, fn(&mut RawExternal));
    const ROWS: &[Row] = &[
        ("external-content-type-null", "no content type is null", "4.5:content-type-text", |e| {
            e.content_type = null().mark()
        }),
        ("external-content-type-bytes", "the content type is a byte string", "4.5:content-type-text", |e| {
            e.content_type = bytes("image/png").mark()
        }),
        ("external-url-bytes", "the URL is a byte string", "4.5:url-type", |e| {
            e.url = bytes("https://a.example/").mark()
        }),
        ("external-url-null", "the URL is null", "4.5:url-type", |e| e.url = null().mark()),
        ("external-expires-null", "never is null instead of 0", "4.5:expires-u32", |e| e.expires = null().mark()),
        ("external-expires-array", "expires is an array as that of a message", "4.5:expires-u32", |e| {
            e.expires = array([boolean(false), uint(0)]).mark()
        }),
        ("external-expires-tag-1", "expires is in tag 1", "A.1:no-tags-on-fields", |e| {
            e.expires = tag(1, uint(0)).mark()
        }),
        ("external-size-text", "the size is a text", "4.5:size-u64", |e| e.size = text("1000").mark()),
        ("external-size-float", "the size is 1000.0", "4.5:size-u64", |e| e.size = half(0x63d0).mark()),
        ("external-size-bignum", "the size is 2^64, a bignum", "4.5:size-u64", |e| {
            e.size = tag(2, bytes([1, 0, 0, 0, 0, 0, 0, 0, 0])).mark()
        }),
        ("external-enc-alg-text", "the AEAD algorithm is named", "4.5:enc-alg-u16", |e| {
            e.enc_alg = text("AEAD_AES_128_GCM").mark()
        }),
        ("external-enc-alg-null", "no encryption is null instead of 0", "4.5:enc-alg-u16", |e| {
            e.enc_alg = null().mark()
        }),
        ("external-key-text", "the key is a text", "4.5:key-bytes", |e| e.key = text("").mark()),
        ("external-key-null", "no key is null", "4.5:key-bytes", |e| e.key = null().mark()),
        ("external-nonce-text", "the nonce is a text", "4.5:nonce-bytes", |e| e.nonce = text("").mark()),
        ("external-nonce-integer", "the nonce is an integer", "4.5:nonce-bytes", |e| e.nonce = uint(7).mark()),
        ("external-aad-text", "the additional data is a text", "4.5:aad-bytes", |e| e.aad = text("").mark()),
        ("external-aad-null", "no additional data is null", "4.5:aad-bytes", |e| e.aad = null().mark()),
        ("external-hash-alg-text", "the hash algorithm is named", "4.5:hash-alg-u8", |e| {
            e.hash_alg = text("sha-256").mark()
        }),
        ("external-hash-alg-negative", "the hash algorithm is that of COSE", "4.5:hash-alg-u8", |e| {
            e.hash_alg = int(-16).mark()
        }),
        ("external-content-hash-text", "the hash is in hexadecimal", "4.5:content-hash-bytes", |e| {
            e.content_hash = text("9ab1").mark()
        }),
        ("external-content-hash-null", "no hash is null", "4.5:content-hash-bytes", |e| e.content_hash = null().mark()),
        ("external-description-null", "no description is null", "4.5:description-text", |e| {
            e.description = null().mark()
        }),
        ("external-description-bytes", "the description is a byte string", "4.5:description-text", |e| {
            e.description = bytes("A").mark()
        }),
        ("external-filename-null", "no file name is null", "4.5:filename-text", |e| e.filename = null().mark()),
        ("external-filename-bytes", "the file name is a byte string", "4.5:filename-text", |e| {
            e.filename = bytes("a.png").mark()
        }),
    ];
    let mut cases: Vec<Case> = ROWS
        .iter()
        .map(|(name, what, rule, change)| {
            wrong(name, &format!("In an external part {what}."), rule, &|m| {
                let mut raw = external().raw();
                change(&mut raw);
                m.body = raw.item();
            })
        })
        .collect();
    let url = wrong("external-url-tag-32", "In an external part the URL is in tag 32.", "4.5:url-type", &|m| {
        m.body = RawExternal { url: tag(32, text("https://example.com/a")).mark(), ..external().raw() }.item();
    });
    cases.push(url.contested(&[
        (Verdict::Reject, "The full schema of appendix A.1 and every example have a plain text string."),
        (Verdict::Accept, "4.5 prints the type uri, which in CDDL is a text in tag 32."),
    ]));
    cases
}
