//! Types, arities and ranges (appendix A.1).

use super::rows::{decodes, refuses, refuses_item, sample};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{
    Expiration, External, Item, Part, RawExternal, RawMessage, Semantics, array, boolean, bytes, half, int, map,
    negative, null, octets, tag, text, uint,
};
use crate::vector::{Case, Group, Level, Verdict};

const SCHEMA: &str = "A.1:cddl-whole-message";

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("fields of another type", message_types()),
        group("fields of an external part of another type", external_types()),
        group("arrays with too many or too few items", arities()),
        group("lengths of salt and message ids", lengths()),
        group("ranges of integers", ranges()),
        group("dispositions and languages", dispositions()),
        group("cardinalities and part semantics", kinds()),
        group("every kind of message", sound()),
    ]
}

fn external() -> External {
    External { content_type: "image/png".into(), url: "https://example.com/a".into(), ..External::default() }
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

fn arities() -> Vec<Case> {
    let wrong = |name: &str, comment: &str, rule: &str, change: &dyn Fn(&mut RawMessage)| {
        refuses(name, comment, "arity", rule, reason::WRONG_ARRAY_LENGTH, change)
    };
    let whole = |name: &str, comment: &str, items: &dyn Fn(RawMessage) -> Vec<Item>| {
        let reason = reason::WRONG_ARRAY_LENGTH;
        refuses_item(name, comment, "arity", "4.1:array-of-seven", reason, |m| array(items(m.raw())).mark())
    };
    let part = |items: &[Item]| array(items.iter().cloned()).mark();
    let head = |cardinality: u64| [uint(1), text(""), uint(cardinality)];
    let single = [uint(1), text(""), uint(1), text("text/plain"), bytes("Hi")];
    let parts = array([Part::null().item(), Part::null().item()]);
    vec![
        whole("message-0-items", "A message of no items.", &|_| vec![]),
        whole("message-6-items", "A message without its body.", &|m| m.items().into_iter().take(6).collect()),
        whole("message-6-items-no-replaces", "A message that leaves out replaces.", &|m| {
            m.items().into_iter().enumerate().filter(|(i, _)| *i != 1).map(|(_, item)| item).collect()
        }),
        whole("message-8-items", "A message with an eighth item.", &|m| {
            m.items().into_iter().chain([null()]).collect()
        }),
        wrong("expiration-0-items", "An expiration of no items.", "4.1:expiration-array-two", &|m| {
            m.expires = array([]).mark();
        }),
        wrong("expiration-1-item", "An expiration without a time.", "4.1:expiration-array-two", &|m| {
            m.expires = array([boolean(true)]).mark();
        }),
        wrong("expiration-3-items", "An expiration with a third item.", "4.1:expiration-array-two", &|m| {
            m.expires = array([boolean(true), uint(60), null()]).mark();
        }),
        wrong("part-0-items", "A part of no items.", "4.4:part-is-array", &|m| m.body = part(&[])),
        wrong("part-1-item", "A part with a disposition only.", "4.4:part-is-array", &|m| m.body = part(&[uint(1)])),
        wrong("part-2-items", "A part without a cardinality.", "4.4:part-is-array", &|m| {
            m.body = part(&[uint(1), text("")]);
        }),
        wrong("null-part-4-items", "A null part with a fourth item.", "4.4:null-part-arity", &|m| {
            m.body = array(head(0).into_iter().chain([null()])).mark();
        }),
        wrong("null-part-5-items", "A null part with the items of a single part.", "4.4:null-part-arity", &|m| {
            m.body = array(head(0).into_iter().chain([text("text/plain"), bytes("Hi")])).mark();
        }),
        wrong("single-part-3-items", "A single part without type and content.", "4.4:single-part-arity", &|m| {
            m.body = array(head(1)).mark();
        }),
        wrong("single-part-4-items", "A single part without content.", "4.4:single-part-arity", &|m| {
            m.body = array(single.iter().take(4).cloned()).mark();
        }),
        wrong("single-part-6-items", "A single part with a sixth item.", "4.4:single-part-arity", &|m| {
            m.body = array(single.iter().cloned().chain([null()])).mark();
        }),
        wrong("external-part-14-items", "An external part without a file name.", "4.4:external-part-arity", &|m| {
            m.body = array(external().raw().items().into_iter().take(14)).mark();
        }),
        wrong("external-part-16-items", "An external part with a sixteenth item.", "4.4:external-part-arity", &|m| {
            m.body = array(external().raw().items().into_iter().chain([null()])).mark();
        }),
        wrong("external-part-5-items", "An external part with type and URL only.", "4.4:external-part-arity", &|m| {
            m.body = array(external().raw().items().into_iter().take(5)).mark();
        }),
        wrong("multi-part-4-items", "A multipart without parts.", "4.4:multi-part-arity", &|m| {
            m.body = array(head(3).into_iter().chain([uint(0)])).mark();
        }),
        wrong("multi-part-6-items", "A multipart with its two parts side by side.", "4.4:multi-part-arity", &|m| {
            m.body = array(head(3).into_iter().chain([uint(0), Part::null().item(), Part::null().item()])).mark();
        }),
        wrong("inner-part-4-items", "The second part of a multipart has four items.", "4.4:single-part-arity", &|m| {
            let inner = array(single.iter().take(4).cloned()).mark();
            m.body = array(head(3).into_iter().chain([uint(0), array([Part::null().item(), inner])]));
        }),
        refuses(
            "multipart-0-parts",
            "A multipart of no parts.",
            "few-parts",
            "4.4:multi-two-parts",
            reason::TOO_FEW_PARTS,
            |m| m.body = array(head(3).into_iter().chain([uint(0), array([]).mark()])),
        ),
        refuses(
            "multipart-1-part",
            "A multipart of one part.",
            "few-parts",
            "4.4:multi-two-parts",
            reason::TOO_FEW_PARTS,
            |m| m.body = array(head(3).into_iter().chain([uint(2), array([Part::null().item()]).mark()])),
        ),
        refuses(
            "inner-multipart-1-part",
            "A multipart of one part inside another one.",
            "few-parts",
            "4.4:multi-two-parts",
            reason::TOO_FEW_PARTS,
            |m| {
                let inner = array(head(3).into_iter().chain([uint(1), array([Part::null().item()]).mark()]));
                m.body = array(head(3).into_iter().chain([uint(1), array([Part::null().item(), inner])]));
            },
        ),
        decodes("multipart-2-null-parts", "A multipart of two null parts.", "few-parts", "4.4:multi-two-parts", |m| {
            m.body = Part::multi(Semantics::SingleUnit, [Part::null(), Part::null()]);
        }),
        refuses(
            "parts-in-wrong-place",
            "Semantics and parts have changed places.",
            "wrong-type",
            SCHEMA,
            reason::WRONG_TYPE,
            |m| m.body = array(head(3).into_iter().chain([parts.clone().mark(), uint(0)])),
        ),
    ]
}

fn lengths() -> Vec<Case> {
    let salt = |n: usize| {
        let comment = format!("A salt of {n} octets.");
        let (name, reason) = (format!("salt-{n}-octets"), reason::SALT_LENGTH);
        refuses(&name, &comment, "salt-length", "4.1:salt-16", reason, |m| m.salt = bytes(vec![0x5a; n]).mark())
    };
    let id = |field: &str, n: usize, change: fn(&mut RawMessage, Item)| {
        let rule = format!("4.1:{field}-type 3.3:id-length");
        let (name, comment) = (format!("{field}-{n}-octets"), format!("A message id of {n} octets in {field}."));
        let id: Vec<u8> = std::iter::once(1).chain(std::iter::repeat(0x1d)).take(n).collect();
        refuses(&name, &comment, "message-id-length", &rule, reason::MESSAGE_ID_LENGTH, |m| change(m, bytes(id).mark()))
    };
    let mut cases: Vec<Case> = [0, 8, 15, 17, 32].map(salt).into();
    cases.push(decodes(
        "salt-16-octets",
        "A salt of 16 octets, all zero: nothing can be seen of its randomness.",
        "salt-length",
        "4.1:salt-16",
        |m| m.salt = vec![0; 16],
    ));
    cases.extend([0, 31, 33, 64].map(|n| id("replaces", n, |m, item| m.replaces = item)));
    cases.extend([0, 16, 31, 33].map(|n| id("in-reply-to", n, |m, item| m.in_reply_to = item)));
    cases.extend([
        decodes("replaces-32-octets", "Replaces has 32 octets.", "message-id-length", "4.1:replaces-type", |m| {
            m.replaces = Some(vec![1; 32]);
        }),
        decodes(
            "in-reply-to-32-octets",
            "In-reply-to has 32 octets.",
            "message-id-length",
            "4.1:in-reply-to-type",
            |m| {
                m.in_reply_to = Some(vec![1; 32]);
            },
        ),
        decodes(
            "message-id-unknown-hash",
            "Message ids of an unknown hash algorithm are well formed; 9.1 judges them.",
            "message-id-length",
            "4.1:replaces-type 4.1:in-reply-to-type",
            |m| {
                m.replaces = Some(vec![0xff; 32]);
                m.in_reply_to = Some(vec![0; 32]);
            },
        ),
        decodes(
            "replaces-and-in-reply-to-alike",
            "Both name the same message.",
            "message-id-length",
            "4.1:replaces-type",
            |m| {
                m.replaces = Some(vec![1; 32]);
                m.in_reply_to = Some(vec![1; 32]);
            },
        ),
    ]);
    cases
}

fn ranges() -> Vec<Case> {
    const U32: u64 = 0xffff_ffff;
    let over = |name: &str, comment: &str, rule: &str, change: &dyn Fn(&mut RawMessage)| {
        refuses(name, comment, "integer-range", rule, reason::INTEGER_OUT_OF_RANGE, change)
    };
    let expires = |name: &str, comment: &str, relative: bool, time: u64| {
        decodes(name, comment, "integer-range", "4.1:expiration-time-u32", |m| {
            m.expires = Some(Expiration { relative, time });
        })
    };
    let outside = |e: RawExternal, m: &mut RawMessage| m.body = e.item();
    let fields = |name: &str, comment: &str, rules: &str, external: External| {
        decodes(name, comment, "integer-range", rules, |m| m.body = Part::external(external))
    };
    vec![
        expires("expires-absolute-greatest", "An absolute expiry of 2^32 - 1.", false, U32),
        expires("expires-relative-greatest", "A relative expiry of 2^32 - 1 seconds.", true, U32),
        expires("expires-absolute-0", "An absolute expiry of 0: in 1970, not never.", false, 0),
        expires("expires-relative-0", "A relative expiry of no seconds.", true, 0),
        over("expires-absolute-2-to-32", "An absolute expiry of 2^32.", "4.1:expiration-time-u32", &|m| {
            m.expires = array([boolean(false), uint(U32 + 1).mark()]);
        }),
        over("expires-relative-2-to-32", "A relative expiry of 2^32 seconds.", "4.1:expiration-time-u32", &|m| {
            m.expires = array([boolean(true), uint(U32 + 1).mark()]);
        }),
        over("expires-milliseconds", "An absolute expiry in milliseconds.", "4.1:expiration-time-u32", &|m| {
            m.expires = array([boolean(false), uint(1_644_390_004_000).mark()]);
        }),
        fields(
            "external-integers-greatest",
            "Every integer of an external part has its greatest value.",
            "4.5:expires-u32 4.5:size-u64 4.5:enc-alg-u16 4.5:hash-alg-u8",
            External { expires: U32, size: u64::MAX.into(), enc_alg: 0xffff, hash_alg: 0xff, ..external() },
        ),
        fields(
            "external-size-2-to-53",
            "A size of 2^53 + 1: a double does not hold it.",
            "4.5:size-u64",
            External { size: 9_007_199_254_740_993, ..external() },
        ),
        fields(
            "external-size-2-to-63",
            "A size of 2^63: beyond signed integers.",
            "4.5:size-u64",
            External { size: 1 << 63, ..external() },
        ),
        over("external-expires-2-to-32", "An external part expires at 2^32.", "4.5:expires-u32", &|m| {
            outside(RawExternal { expires: uint(U32 + 1).mark(), ..external().raw() }, m)
        }),
        over("external-enc-alg-65536", "An AEAD algorithm of 65536.", "4.5:enc-alg-u16", &|m| {
            outside(RawExternal { enc_alg: uint(0x1_0000).mark(), ..external().raw() }, m)
        }),
        over(
            "external-enc-alg-65537",
            "An AEAD algorithm of 65537, which is 1 when cut to 16 bits.",
            "4.5:enc-alg-u16",
            &|m| outside(RawExternal { enc_alg: uint(0x1_0001).mark(), ..external().raw() }, m),
        ),
        over("external-hash-alg-256", "A hash algorithm of 256.", "4.5:hash-alg-u8", &|m| {
            outside(RawExternal { hash_alg: uint(256).mark(), ..external().raw() }, m)
        }),
        over(
            "external-hash-alg-257",
            "A hash algorithm of 257, which is 1 when cut to 8 bits.",
            "4.5:hash-alg-u8",
            &|m| outside(RawExternal { hash_alg: uint(257).mark(), ..external().raw() }, m),
        ),
    ]
}

const DISPOSITION: [(Verdict, &str); 2] = [
    (Verdict::Reject, "The schema's dispositions end at 255, and a message is to conform to it."),
    (Verdict::Accept, "9.1 has an unrecognised disposition treated as render, whatever its number."),
];

fn dispositions() -> Vec<Case> {
    let good = |name: &str, comment: &str, rules: &str, disposition: u64| {
        decodes(name, comment, "disposition", rules, |m| m.body.disposition = disposition)
    };
    let over = |name: &str, comment: &str, disposition: u64| {
        let (rule, reason) = ("4.4:disposition-range", reason::DISPOSITION_OUT_OF_RANGE);
        refuses(name, comment, "disposition", rule, reason, |m| {
            m.body = array([uint(disposition).mark(), text(""), uint(0)]);
        })
        .contested(&DISPOSITION)
    };
    let language = |name: &str, comment: &str, language: &str| {
        decodes(name, comment, "language", "4.4:language-tags 4.4:language-text", |m| {
            m.body = Part::single("text/plain", "Hi").language(language);
        })
    };
    let unknown = "4.4:disposition-unknown-accepted 9.1:unknown-disposition-ok";
    vec![
        decodes(
            "dispositions-0-to-8",
            "Every registered disposition.",
            "disposition",
            "4.4:disposition-base-values",
            |m| {
                m.body = Part::multi(Semantics::ProcessAll, (0..=8).map(|d| Part::null().disposition(d)));
            },
        ),
        good("disposition-9", "The least disposition without a meaning.", unknown, 9),
        good("disposition-24", "The least disposition in two octets.", unknown, 24),
        good("disposition-128", "A disposition beyond signed octets.", unknown, 128),
        good("disposition-255", "The greatest disposition.", "4.4:disposition-range", 255),
        over("disposition-256", "A disposition of 256.", 256),
        over("disposition-257", "A disposition of 257, which is render when cut to an octet.", 257),
        over("disposition-2-to-32", "A disposition of 2^32.", 1 << 32),
        refuses(
            "inner-disposition-256",
            "A disposition of 256 in a multipart.",
            "disposition",
            "4.4:disposition-range",
            reason::DISPOSITION_OUT_OF_RANGE,
            |m| {
                let inner = array([uint(256).mark(), text(""), uint(0)]);
                m.body = array([uint(1), text(""), uint(3), uint(0), array([Part::null().item(), inner])]);
            },
        )
        .contested(&DISPOSITION),
        language("language-tag", "One language tag.", "de-CH-1996"),
        language("language-list", "A list of language tags.", "en,fr-CA,zh-Hant"),
        language("language-not-a-tag", "A language that is no language tag.", "not a tag!").contested(&[
            (Verdict::Accept, "The schema has a text; 9.1 has unrecognised language tags accepted."),
            (Verdict::Reject, "4.4 defines the value: empty, or a list of language tags."),
        ]),
    ]
}

fn kinds() -> Vec<Case> {
    let unknown = |name: &str, comment: &str, cardinality: u64, rest: &[Item]| {
        let (rule, reason) = ("4.4:unknown-cardinality", reason::UNKNOWN_CARDINALITY);
        refuses(name, comment, "cardinality", rule, reason, |m| {
            let head = [uint(1), text(""), uint(cardinality).mark()];
            m.body = array(head.into_iter().chain(rest.iter().cloned()));
        })
    };
    let semantics = |name: &str, comment: &str, semantics: u64| {
        let rules = "9.1:unknown-part-semantics 4.4:multi-semantics-values";
        refuses(name, comment, "part-semantics", rules, reason::UNKNOWN_PART_SEMANTICS, |m| {
            let parts = array([Part::null().item(), Part::null().item()]);
            m.body = array([uint(1), text(""), uint(3), uint(semantics).mark(), parts]);
        })
        .level(Level::Should)
    };
    vec![
        unknown("cardinality-4", "A part of cardinality 4 with three items.", 4, &[]),
        unknown(
            "cardinality-4-like-single",
            "A part of cardinality 4 with the items of a single part.",
            4,
            &[text("text/plain"), bytes("Hi")],
        ),
        unknown("cardinality-24", "A part of cardinality 24.", 24, &[]),
        unknown(
            "cardinality-257",
            "A part of cardinality 257, which is 1 when cut to an octet.",
            257,
            &[text("text/plain"), bytes("Hi")],
        ),
        unknown("cardinality-2-to-64-minus-1", "A part of cardinality 2^64 - 1.", u64::MAX, &[null()]),
        refuses(
            "inner-cardinality-4",
            "A part of cardinality 4 in a multipart.",
            "cardinality",
            "4.4:unknown-cardinality",
            reason::UNKNOWN_CARDINALITY,
            |m| {
                let inner = array([uint(1), text(""), uint(4).mark()]);
                m.body = array([uint(1), text(""), uint(3), uint(0), array([inner, Part::null().item()])]);
            },
        ),
        semantics("semantics-3", "Part semantics 3, the least without a meaning.", 3),
        semantics("semantics-24", "Part semantics 24.", 24),
        semantics("semantics-256", "Part semantics 256, which is chooseOne when cut to an octet.", 256),
        semantics("semantics-2-to-64-minus-1", "Part semantics 2^64 - 1.", u64::MAX),
    ]
}

fn sound() -> Vec<Case> {
    let kind =
        |name: &str, comment: &str, rules: &str, body: Part| decodes(name, comment, "plain", rules, |m| m.body = body);
    let full = sample("full").salt;
    let both = || [Part::single("text/plain", "Hi"), Part::single("text/html", "<p>Hi</p>")];
    vec![
        kind("null-part", "A body that is a null part.", "4.4:null-part-arity 4.4:null-part-use", Part::null()),
        kind(
            "single-part-empty",
            "A single part with empty type and content.",
            "4.4:single-part-arity",
            Part::single("", ""),
        ),
        kind(
            "single-part-parameters",
            "A content type with parameters.",
            "4.4:content-type-is-media-type",
            Part::single("text/markdown;variant=GFM-MIMI", "*Hi*"),
        ),
        kind(
            "single-part-unknown-type",
            "A content type that nobody knows.",
            "9.1:unknown-content-type-ok",
            Part::single("application/x-nobody", [0, 0xff]),
        ),
        kind(
            "external-part-minimal",
            "An external part of empty and zero values.",
            "4.4:external-part-arity",
            Part::external(External::default()),
        ),
        kind(
            "multipart-choose-one",
            "Part semantics chooseOne.",
            "4.4:multi-semantics-values",
            Part::multi(Semantics::ChooseOne, both()),
        ),
        kind(
            "multipart-single-unit",
            "Part semantics singleUnit.",
            "4.4:multi-semantics-values",
            Part::multi(Semantics::SingleUnit, both()),
        ),
        kind(
            "multipart-process-all",
            "Part semantics processAll.",
            "4.4:multi-semantics-values",
            Part::multi(Semantics::ProcessAll, both()),
        ),
        kind(
            "multipart-of-every-kind",
            "A multipart of every kind of part.",
            "4.4:multi-parts-array",
            Part::multi(
                Semantics::ProcessAll,
                [
                    Part::null(),
                    Part::single("text/plain", "Hi").language("en"),
                    Part::external(external()).disposition(6),
                    Part::multi(Semantics::ChooseOne, both()),
                ],
            ),
        ),
        decodes("every-field", "Every field holds something.", "plain", "4.1:array-of-seven", |m| {
            m.replaces = Some(vec![1; 32]);
            m.topic_id = full;
            m.expires = Some(Expiration { relative: true, time: 3600 });
            m.in_reply_to = Some([[1; 16], [2; 16]].concat());
        }),
        decodes(
            "topic-one-zero-octet",
            "A topic of one octet zero is not the empty topic.",
            "plain",
            "4.1:topic-bytes",
            |m| m.topic_id = vec![0],
        ),
        decodes(
            "topic-4096-octets",
            "A topic of 4096 octets; a longer one is for content/judge.",
            "plain",
            "4.1:topic-bytes",
            |m| m.topic_id = vec![0x54; 4096],
        ),
    ]
}
