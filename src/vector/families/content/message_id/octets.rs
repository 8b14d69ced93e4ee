//! The octets: the draft's examples, the message as received, salt and padding, and what is no message.

use super::rows::{ALICE, ROOM, changed, hashed, refused, sample};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::families::content::decode::{self, EXAMPLES, Example};
use crate::vector::forge::{
    Extension, External, Item, Message, Part, RawMessage, Width, array, bytes, half, map, null, octets, text, uint,
};
use crate::vector::{About, Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("the draft's examples, with the URIs of their extensions", examples()),
        group("the message as received", received()),
        group("ends near the end of a block", padding()),
        group("octets that are no message", not_a_document()),
    ]
}

fn examples() -> Vec<Case> {
    let case = |example: &Example| {
        let (name, comment) = (format!("example-{}", example.name), format!("The draft's example: {}", example.what));
        let words = (name.as_str(), comment.as_str(), "example", "3.3:input-order 3.3:hash-alg-octet 3.3:truncate-31");
        hashed(words, &(example.message)(), (None, None), (example.sender, decode::ROOM))
    };
    EXAMPLES.iter().map(case).collect()
}

fn received() -> Vec<Case> {
    const WHOLE: &str = "3.3:whole-received-message";
    const SALT: &str = "3.3:salt-appended";
    const LONGER: &str = "3.3:whole-received-message 6.1:reject-non-deterministic";
    let extension = |name: &str, comment: &str, key: &str, value: Item| {
        changed((name, comment, "received-octets", WHOLE), |m| m.extensions = vec![Extension::new(key, value)])
    };
    let longer = |name: &str, comment: &str, reason, change: fn(&mut RawMessage)| {
        let mut raw = sample(name).raw();
        change(&mut raw);
        refused((name, comment, "received-octets", LONGER), reason, &raw.item(), (Some(ALICE), Some(ROOM)))
            .about(About::Conformance)
            .level(Level::Must)
            .contested(&[
                (Verdict::Reject, "What does not conform to 6.1 is not a MIMI content message and has no id."),
                (Verdict::Accept, "3.3 hashes the message as it came, however it is encoded."),
            ])
    };
    vec![
        extension("extension-unknown", "An unknown extension is part of the message.", "x", bytes([1, 2, 3])),
        extension(
            "extension-map",
            "An unknown extension with a map is hashed as received.",
            "x",
            map([(uint(10), null()), (uint(100), null()), (bytes([1]), null()), (text("a"), half(0x3c00))]),
        ),
        extension("extension-undefined", "An unknown extension with undefined stays undefined.", "x", octets([0xf7])),
        extension("extension-nan", "An unknown extension with a NaN.", "x", half(0x7e00)),
        changed(("extensions-many", "Thirty unknown extensions.", "received-octets", WHOLE), |m| {
            m.extensions = (100..130).map(|key| Extension::new(key, array([uint(1)]))).collect();
        }),
        changed(
            ("text-not-normalised", "Decomposed text in the message stays decomposed.", "received-octets", WHOLE),
            |m| {
                m.body = Part::external(External { description: "u\u{308}".into(), ..External::default() });
            },
        ),
        changed(("null-part", "A delete has an id like any message.", "received-octets", WHOLE), |m| {
            m.body = Part::null();
            m.replaces = Some(vec![1; 32]);
        }),
        changed(("content-4096-octets", "A long message is hashed to its end.", "received-octets", WHOLE), |m| {
            m.body = Part::single("text/plain", [0x61; 4096]);
        }),
        longer(
            "salt-length-too-wide",
            "The length of the salt takes an octet of its own.",
            reason::NON_SHORTEST_LENGTH,
            |m| m.salt = m.salt.clone().width(Width::One).mark(),
        ),
        longer("extensions-indefinite", "The extensions have indefinite length.", reason::INDEFINITE_LENGTH, |m| {
            m.extensions = map([]).indefinite().mark();
        }),
        changed(("salt-zero", "A salt of zeros.", "salt", SALT), |m| m.salt = vec![0; 16]),
        changed(("salt-ones", "A salt of ones.", "salt", SALT), |m| m.salt = vec![0xff; 16]),
        changed(("salt-like-head", "A salt that looks like its own CBOR head.", "salt", SALT), |m| {
            m.salt = vec![0x50; 16]
        }),
        changed(("topic-like-salt", "The topic has the octets of the salt.", "salt", SALT), |m| {
            m.topic_id.clone_from(&m.salt)
        }),
    ]
}

/// 55 octets are the most that leave room for the padding in the first block.
fn padding() -> Vec<Case> {
    // Two empty lengths, the sample with a null part, the salt.
    const REST: usize = 2 + 2 + 27 + 16;
    let case = |n: usize| {
        let (name, comment) = (format!("hash-input-{n}-octets"), format!("The input of the hash has {n} octets."));
        let mut message = sample(&name);
        message.body = Part::null();
        message.topic_id = vec![0x54; n - REST];
        hashed((&name, &comment, "padding", "3.3:sha256-default"), &message, (Some(""), Some("")), ("", ""))
    };
    [47, 55, 56, 63, 64, 65].map(case).into()
}

fn not_a_document() -> Vec<Case> {
    const CUT: &str = "3.1:well-formed-cbor";
    let no = |name: &str, comment: &str, rule: &str, reason, document: fn(Message) -> Item| {
        let words = (name, comment, "not-a-document", rule);
        refused(words, reason, &document(sample(name)), (Some(ALICE), Some(ROOM)))
    };
    vec![
        no("empty-input", "There is no octet at all.", CUT, reason::TRUNCATED, |_| octets([]).missing()),
        no("truncated", "The message ends before its body.", CUT, reason::TRUNCATED, |m| {
            let mut raw = m.raw();
            raw.body.set_mark();
            raw.item().cut(0)
        }),
        no("trailing", "An octet follows the message.", "3.1:nothing-after-item", reason::TRAILING_BYTES, |m| {
            m.item().then(octets([0]).mark())
        })
        .about(About::Conformance),
        no("salt-15-octets", "The salt has 15 octets.", "4.1:salt-16", reason::SALT_LENGTH, |m| {
            RawMessage { salt: bytes([0; 15]).mark(), ..m.raw() }.item()
        }),
    ]
}
