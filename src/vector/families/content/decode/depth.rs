//! Depth of parts and of extensions (section 6.3), and very many parts.

use super::rows::{PRIVATE, decodes, extended, extended_wrong, private, refuses};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{External, Item, Part, Semantics, array, bytes, map, null, octets, tag, text, uint};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("depth of parts", parts()),
        group("depth of extensions", extensions()),
        group("nesting bombs", bombs()),
        group("many parts", many()),
    ]
}

/// `inner` as the second part of `levels` multiparts, one in another.
fn around(levels: usize, inner: Item) -> Item {
    (0..levels)
        .fold(inner, |inner, _| array([uint(1), text(""), uint(3), uint(2), array([Part::null().item(), inner])]))
}

fn nested(levels: usize, inner: Part) -> Part {
    (0..levels).fold(inner, |inner, _| Part::multi(Semantics::ProcessAll, [Part::null(), inner]))
}

fn parts() -> Vec<Case> {
    const RULES: &str = "6.3:part-depth-4 9.1:too-deep";
    let deep = |name: &str, comment: &str, body: Item| {
        refuses(name, comment, "part-depth", RULES, reason::PART_TOO_DEEP, |m| m.body = body).level(Level::Should)
    };
    let fine = |name: &str, comment: &str, body: Part| {
        decodes(name, comment, "part-depth", "6.3:part-depth-4", |m| m.body = body)
    };
    let open = |case: Case| {
        case.contested(&[
            (
                Verdict::Reject,
                "The body is level 1, as the extensions map is in 6.3: its parts' parts' parts are level 4.",
            ),
            (Verdict::Accept, "A part that is in no other is not nested: the body is level 0."),
        ])
    };
    let leaf = || Part::single("text/plain", "Hi").item();
    // The null part beside the nested one is at the same level and comes first.
    let first = |below: usize| {
        let fourth =
            array([uint(1), text(""), uint(3), uint(2), array([Part::null().item().mark(), around(below, leaf())])]);
        around(3, fourth)
    };
    let only = |inner: Item| {
        let fourth = array([uint(1), text(""), uint(3), uint(2), array([inner.mark(), Part::null().item()])]);
        around(3, fourth)
    };
    let external = External::default().raw().item();
    vec![
        fine("part-depth-2", "A part in one multipart.", nested(1, Part::single("text/plain", "Hi"))),
        fine(
            "part-depth-4",
            "A part in three multiparts: four levels with the body.",
            nested(3, Part::single("text/plain", "Hi")),
        ),
        fine(
            "part-depth-4-external",
            "An external part in three multiparts.",
            nested(3, Part::external(External { url: "https://example.com/a".into(), ..External::default() })),
        ),
        open(deep("part-depth-5", "A part in four multiparts: five levels with the body.", only(leaf()))),
        open(deep("part-depth-5-external", "An external part in four multiparts.", only(external))),
        deep("part-depth-6", "A part in five multiparts: too deep by every count.", first(1)),
        deep("part-depth-7", "A part in six multiparts.", first(2)),
        deep("part-depth-6-first", "The deepest parts come first.", only(around(1, leaf()))),
    ]
}

fn extensions() -> Vec<Case> {
    const RULE: &str = "6.3:extension-depth-4";
    const TAGS: &str = "6.3:extension-depth-tags";
    let fine = |name: &str, comment: &str, rules: &str, value: Item| {
        extended(name, comment, "extension-depth", rules, PRIVATE, value)
    };
    let deep = |name: &str, comment: &str, rule: &str, value: Item| {
        extended_wrong(name, comment, "extension-depth", rule, reason::EXTENSION_TOO_DEEP, value)
    };
    let in_map = |value: Item| map([(text("k"), value)]);
    let in_array = |value: Item| array([value]);
    let in_tag = |value: Item| tag(100, value);
    vec![
        extended(
            "extension-depth-draft-example",
            "The example of 6.3: arrays at levels 2 and 3, a tag at level 4.",
            "extension-depth",
            "6.3:extension-depth-boundary",
            256,
            array([
                array([bytes([0x12, 0x34]), tag(32, text("http://example.com"))]),
                array([bytes([0x34, 0x56]), uint(5771)]),
            ]),
        ),
        fine(
            "extension-arrays-4",
            "Three arrays: four levels with the map.",
            RULE,
            in_array(in_array(in_array(uint(1)))),
        ),
        fine("extension-maps-4", "Three maps: four levels with the map.", RULE, in_map(in_map(in_map(uint(1))))),
        fine("extension-tags-4", "Three tags: four levels with the map.", TAGS, in_tag(in_tag(in_tag(uint(1))))),
        fine("extension-mixed-4", "A tag, a map and an array: four levels.", TAGS, in_tag(in_map(in_array(uint(1))))),
        fine(
            "extension-wide-4",
            "Level 4 is reached many times.",
            RULE,
            array((0..4).map(|_| array([array([]), map([]), tag(1, uint(0))]))),
        ),
        fine(
            "extension-bignum-at-4",
            "A bignum whose tag is at level 4.",
            TAGS,
            in_array(in_array(tag(2, bytes([1, 0, 0, 0, 0, 0, 0, 0, 0])))),
        ),
        deep(
            "extension-arrays-5",
            "Four arrays: five levels.",
            RULE,
            in_array(in_array(in_array(array([uint(1)]).mark()))),
        ),
        deep(
            "extension-empty-array-5",
            "An empty array at level 5.",
            RULE,
            in_array(in_array(in_array(array([]).mark()))),
        ),
        deep("extension-maps-5", "Four maps: five levels.", RULE, in_map(in_map(in_map(in_map(uint(1)).mark())))),
        deep("extension-empty-map-5", "An empty map at level 5.", RULE, in_array(in_map(in_array(map([]).mark())))),
        deep("extension-tags-5", "Four tags: five levels.", TAGS, in_tag(in_tag(in_tag(in_tag(uint(1)).mark())))),
        deep(
            "extension-tag-in-arrays-5",
            "A tag at level 5, in three arrays.",
            TAGS,
            in_array(in_array(in_array(tag(32, text("a:b")).mark()))),
        ),
        deep(
            "extension-array-in-tags-5",
            "An array at level 5, in tags and a map.",
            TAGS,
            in_tag(in_map(in_tag(array([]).mark()))),
        ),
        deep(
            "extension-second-branch-5",
            "Level 5 is reached in the second branch only.",
            RULE,
            array([in_array(in_array(uint(1))), in_array(in_array(array([]).mark()))]),
        ),
        deep(
            "extension-bignum-at-5",
            "A bignum whose tag is at level 5.",
            TAGS,
            in_array(in_array(in_array(tag(2, bytes([1, 0, 0, 0, 0, 0, 0, 0, 0])).mark()))),
        )
        .contested(&[
            (Verdict::Reject, "6.3 counts any combination of tags, maps and arrays, and a bignum begins with a tag."),
            (Verdict::Accept, "A bignum is an integer of the data model, which nests nothing."),
        ]),
    ]
}

/// Each is a whole item, however deep: nothing is missing, and what is wrong first is wrong at the mark.
fn bombs() -> Vec<Case> {
    let bomb = |name: &str, comment: &str, initial: &[u8], each: usize| {
        // Levels 2 to 4 are fine, the next one is refused.
        let repeated = |n: usize| octets(initial.repeat(n));
        let value = repeated(3).then(repeated(each).mark()).then(octets([0xf6]));
        refuses(name, comment, "nesting-bomb", "6.3:extension-depth-4", reason::EXTENSION_TOO_DEEP, |m| {
            m.extensions = private(value);
        })
        .conformance()
    };
    vec![
        bomb("bomb-arrays", "Ten thousand arrays, one in another.", &[0x81], 10_000),
        bomb("bomb-tags", "Five thousand tags, one in another.", &[0xc1], 5_000),
        bomb("bomb-maps", "2500 maps, one in another.", &[0xa1, 0x00], 2_500),
        refuses(
            "bomb-indefinite-arrays",
            "Five thousand arrays of indefinite length, one in another.",
            "nesting-bomb",
            "6.1:no-indefinite-array",
            reason::INDEFINITE_LENGTH,
            |m| m.extensions = private(octets([0x9f].repeat(5_000)).mark().then(octets([0xff].repeat(5_000)))),
        )
        .conformance(),
        refuses(
            "bomb-parts",
            "A thousand multiparts, one in another.",
            "nesting-bomb",
            "6.3:part-depth-4 9.1:too-deep",
            reason::PART_TOO_DEEP,
            |m| {
                let initial = [0x85, 0x01, 0x60, 0x03, 0x00, 0x82];
                let deepest = octets(initial.repeat(1000)).mark();
                let second = Part::null().item().octets();
                m.body = octets(initial.repeat(4)).then(deepest).then(octets(second.repeat(1 + 1004)));
            },
        )
        .level(Level::Should),
        refuses(
            "bomb-body-arrays",
            "Five thousand arrays in the place of the body.",
            "nesting-bomb",
            "4.4:part-is-array",
            reason::WRONG_ARRAY_LENGTH,
            |m| m.body = octets([0x81].repeat(5_000)).mark().then(null()),
        ),
        refuses(
            "bomb-replaces-arrays",
            "Five thousand arrays in the place of replaces.",
            "nesting-bomb",
            "4.1:replaces-type",
            reason::WRONG_TYPE,
            |m| m.replaces = octets([0x81].repeat(5_000)).then(null()).mark(),
        ),
    ]
}

fn many() -> Vec<Case> {
    let parts = |name: &str, comment: &str, children: usize| {
        decodes(name, comment, "many-parts", "4.4:multi-parts-array", |m| {
            m.body = Part::multi(Semantics::ProcessAll, vec![Part::null(); children]);
        })
    };
    vec![parts(
        "parts-1025",
        "1025 parts, the body being one of them: well-formed, and for content/judge to refuse.",
        1024,
    )]
}
