//! Arities, lengths and ranges (appendix A.1).

use super::rows::{SCHEMA, decodes, external, refuses, refuses_item};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{
    Expiration, External, Item, Part, RawExternal, RawMessage, Semantics, array, boolean, bytes, null, text, uint,
};
use crate::vector::{Case, Group};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("arrays with too many or too few items", arities()),
        group("lengths of salt and message ids", lengths()),
        group("ranges of integers", ranges()),
    ]
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
