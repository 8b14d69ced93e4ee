//! Kinds of parts: dispositions, languages, cardinalities and part semantics (section 4.4).

use super::rows::{decodes, external, refuses, sample};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{Expiration, External, Item, Part, Semantics, array, bytes, null, text, uint};
use crate::vector::{About, Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("dispositions and languages", dispositions()),
        group("cardinalities and part semantics", kinds()),
        group("every kind of message", sound()),
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
            "4.4:disposition-base-values 8.2.2:initial-values",
            |m| {
                m.body = Part::multi(Semantics::ProcessAll, (0..=8).map(|d| Part::null().disposition(d)));
            },
        ),
        good("disposition-9", "The least disposition without a meaning.", unknown, 9),
        good("disposition-24", "The least disposition in two octets.", unknown, 24),
        good("disposition-128", "A disposition beyond signed octets.", unknown, 128),
        good("disposition-255", "The greatest disposition.", "4.4:disposition-range 8.2.2:value-range", 255),
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
        // 9.1 names unknown part semantics, and says nothing of cardinalities.
        .about(About::Conformance)
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
        )
        .about(About::Conformance),
        semantics("semantics-3", "Part semantics 3, the least without a meaning.", 3),
        semantics("semantics-24", "Part semantics 24.", 24),
        semantics("semantics-256", "Part semantics 256, which is chooseOne when cut to an octet.", 256),
        semantics("semantics-2-to-64-minus-1", "Part semantics 2^64 - 1.", u64::MAX),
    ]
}

fn sound() -> Vec<Case> {
    const CONTAINER: &str = "7.1:receive-mimi-content";
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
        kind(
            "disposition-and-language-at-every-level",
            "Groups and leaves on three levels, each with a disposition and a language of its own.",
            "4.4:disposition-any-level",
            Part::multi(
                Semantics::ProcessAll,
                [
                    Part::multi(
                        Semantics::ChooseOne,
                        [
                            Part::single("text/plain", "Hi").disposition(3).language("en"),
                            Part::null().disposition(4).language("fr"),
                        ],
                    )
                    .disposition(5)
                    .language("de"),
                    Part::external(external()).disposition(6).language("it"),
                ],
            )
            .disposition(8)
            .language("rm"),
        ),
        kind(
            "external-part-every-disposition",
            "External parts of every registered disposition, reaction among them.",
            "5.9:external-any-disposition",
            Part::multi(Semantics::ProcessAll, (0..=8).map(|d| Part::external(external()).disposition(d))),
        ),
        kind(
            "reaction-several-code-points",
            "One reaction of seven code points, a family of four.",
            "5.3:reaction-multi-codepoint",
            Part::single("text/plain;charset=utf-8", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}")
                .disposition(2),
        ),
        kind(
            "container-in-a-part",
            "A part of type application/mimi-content that holds another message.",
            CONTAINER,
            Part::single("application/mimi-content", sample("container-in-a-part/inner").item().octets()),
        ),
        kind(
            "container-in-a-part-truncated",
            "A part of type application/mimi-content whose content is cut short.",
            CONTAINER,
            Part::single("application/mimi-content", [0x87, 0x50]),
        )
        .contested(&[
            (Verdict::Accept, "The type names the message as a whole; the content of a part is octets."),
            (Verdict::Reject, "A part of this type holds another message, which must be one."),
        ]),
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
