//! `content/part-index`: part indices and content ids (section 4.4).

use crate::reason::{Reason, content as reason};
use crate::vector::families::build::{CONTENT, NoteRow, accept, file as family, group, reject, stream};
use crate::vector::families::content::decode::EXAMPLES;
use crate::vector::forge::{External, Item, Message, Part, Semantics, octets};
use crate::vector::{Case, File, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "content/part-index";
const RESOLVE: &str = "content/resolve-cid";

const NOTES: &[NoteRow] = &[
    (
        "index-order",
        "Parts are numbered breadth first, or the leaves alone, or from 1.",
        "A reference inside a part leads to another part on another implementation.",
        "4.4:part-index-depth-first",
        &["appendix B.3"],
    ),
    (
        "cid-leaf",
        "A reference to a group or to an empty part is followed.",
        "A part is rendered into itself, or nothing is.",
        "4.4:cid-leaf-only",
        &[],
    ),
    (
        "cid-missing",
        "An index beyond the last part wraps around, or is not checked.",
        "A crash, or a reference to another part.",
        "4.4:cid-missing-part",
        &[],
    ),
    (
        "cid-form",
        "Anything that looks like a reference is taken for one.",
        "A reference to something outside of the message leads into it.",
        "4.4:cid-form",
        &["RFC 2392"],
    ),
    (
        "cid-normalised",
        "The documents do not say which spellings of a reference are the same.",
        "An image is shown here and missing there.",
        "4.4:cid-form",
        &["RFC 2392", "RFC 3986 section 6"],
    ),
    (
        "not-a-document",
        "Parts are numbered in octets that are no message.",
        "What is refused is rendered.",
        "3.1:well-formed-cbor",
        &[],
    ),
];

pub(in crate::vector::families) fn file() -> File {
    let groups = vec![
        group("part indices", indices()),
        group("content ids that resolve", resolved()),
        group("content ids of parts that can not be meant", unresolved()),
        group("what is no content id", malformed()),
        group("other spellings of content ids", spellings()),
        group("octets that are no message", not_a_document()),
    ];
    family(CONTENT, NAME, NOTES, groups)
}

fn document(name: &str, body: Part) -> Item {
    Message::new(stream(&format!("{NAME}/{name}")).octets(16), body).item()
}

fn cbor(item: &Item) -> String {
    hex::encode(&item.octets())
}

fn leaf(content: &str) -> Part {
    Part::single("text/plain", content)
}

fn all(parts: impl IntoIterator<Item = Part>) -> Part {
    Part::multi(Semantics::ProcessAll, parts)
}

fn external() -> Part {
    Part::external(External { url: "https://example.com/a".into(), ..External::default() })
}

/// One row of the answer: parent, depth, cardinality. Its index is its place.
type Row = (Option<u64>, u64, &'static str);

fn numbered(name: &str, comment: &str, rules: &str, message: &Item, rows: &[Row]) -> Case {
    let row = |(index, (parent, depth, cardinality)): (usize, &Row)| json!({"index": index, "parent": parent, "depth": depth, "cardinality": cardinality});
    let rules: Vec<&str> = rules.split(' ').collect();
    let out = json!({"parts": rows.iter().enumerate().map(row).collect::<Vec<Value>>()});
    accept(name, comment, &["index-order"], &rules, NAME, json!({"cbor": cbor(message)}), out)
}

fn indices() -> Vec<Case> {
    const FIRST: &str = "4.4:part-index-depth-first";
    const ALL: &str = "4.4:part-index-counts-all";
    const ZERO: &str = "4.4:part-index-zero";
    let tree = |name: &str, comment: &str, rules: &str, body: Part, rows: &[Row]| {
        numbered(name, comment, rules, &document(name, body), rows)
    };
    let (root, in_root): (Row, fn(&'static str) -> Row) = ((None, 1, "multi"), |kind| (Some(0), 2, kind));
    let many: Vec<Row> = std::iter::once(root).chain((0..300).map(|_| in_root("null"))).collect();
    let nested: &[Row] = &[
        root,
        (Some(0), 2, "multi"),
        (Some(1), 3, "multi"),
        (Some(2), 4, "single"),
        (Some(2), 4, "single"),
        (Some(1), 3, "single"),
        (Some(0), 2, "multi"),
        (Some(6), 3, "multi"),
        (Some(7), 4, "single"),
        (Some(7), 4, "single"),
        (Some(6), 3, "single"),
    ];
    let published = EXAMPLES.iter().filter(|e| e.name == "multipart-3").map(|example| {
        let (comment, rules) =
            ("The draft's nested example has the eleven parts of its table.", "B.3:nested-example-indices");
        numbered("example-multipart-3", comment, rules, &(example.message)().item(), nested)
    });
    let mut cases = vec![
        tree("root-single", "A single part alone has index 0.", ZERO, leaf("a"), &[(None, 1, "single")]),
        tree("root-null", "A null part alone has index 0.", ZERO, Part::null(), &[(None, 1, "null")]),
        tree("root-external", "An external part alone has index 0.", ZERO, external(), &[(None, 1, "external")]),
        tree(
            "pair",
            "The group has index 0, its parts 1 and 2.",
            "4.4:part-index-zero 4.4:part-index-counts-all",
            all([leaf("a"), leaf("b")]),
            &[root, in_root("single"), in_root("single")],
        ),
        tree(
            "null-counts",
            "A null part takes an index.",
            ALL,
            all([Part::null(), leaf("b")]),
            &[root, in_root("null"), in_root("single")],
        ),
        tree(
            "external-counts",
            "An external part takes an index.",
            ALL,
            all([external(), leaf("b")]),
            &[root, in_root("external"), in_root("single")],
        ),
        tree(
            "group-first",
            "The children of a group come before its next sibling.",
            FIRST,
            all([all([leaf("a"), leaf("b")]), leaf("c")]),
            &[root, in_root("multi"), (Some(1), 3, "single"), (Some(1), 3, "single"), in_root("single")],
        ),
        tree(
            "group-last",
            "A group that comes last.",
            FIRST,
            all([leaf("a"), all([leaf("b"), leaf("c")])]),
            &[root, in_root("single"), in_root("multi"), (Some(2), 3, "single"), (Some(2), 3, "single")],
        ),
        tree(
            "groups-side-by-side",
            "Two groups: the second starts behind the subtree of the first.",
            FIRST,
            all([all([leaf("a"), leaf("b")]), all([leaf("c"), leaf("d")])]),
            &[
                root,
                in_root("multi"),
                (Some(1), 3, "single"),
                (Some(1), 3, "single"),
                in_root("multi"),
                (Some(4), 3, "single"),
                (Some(4), 3, "single"),
            ],
        ),
        tree(
            "depth-4",
            "Groups in groups down to level 4.",
            FIRST,
            all([leaf("a"), all([leaf("b"), all([leaf("c"), external()])])]),
            &[
                root,
                in_root("single"),
                in_root("multi"),
                (Some(2), 3, "single"),
                (Some(2), 3, "multi"),
                (Some(4), 4, "single"),
                (Some(4), 4, "external"),
            ],
        ),
        tree(
            "semantics-do-not-matter",
            "Alternatives are numbered like any other parts.",
            "4.4:choose-before-numbering 4.4:part-index-depth-first",
            Part::multi(Semantics::ChooseOne, [Part::multi(Semantics::SingleUnit, [leaf("a"), leaf("b")]), leaf("c")]),
            &[root, in_root("multi"), (Some(1), 3, "single"), (Some(1), 3, "single"), in_root("single")],
        ),
        tree(
            "dispositions-do-not-matter",
            "Parts of every disposition are numbered.",
            ALL,
            all([leaf("a").disposition(4), leaf("b").disposition(8), leaf("c").disposition(200)]),
            &[root, in_root("single"), in_root("single"), in_root("single")],
        ),
        tree(
            "three-hundred",
            "Three hundred parts: the indices go beyond an octet.",
            FIRST,
            all(vec![Part::null(); 300]),
            &many,
        ),
    ];
    cases.extend(published);
    cases
}

/// 0 group, 1 null, 2 group, 3 single, 4 external, 5 single.
fn mixed() -> Part {
    all([Part::null(), all([leaf("a"), external()]), leaf("b")])
}

fn resolves(name: &str, comment: &str, rules: &str, body: Part, uri: &str, index: u64) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let input = json!({"cbor": cbor(&document(name, body)), "uri": uri});
    accept(name, comment, &["cid-form"], &rules, RESOLVE, input, json!({"index": index}))
}

fn resolved() -> Vec<Case> {
    const FORM: &str = "4.4:cid-form";
    let in_mixed = |name: &str, comment: &str, uri: &str, index: u64| {
        resolves(name, comment, "4.4:cid-form 4.4:cid-leaf-only", mixed(), uri, index)
    };
    let eleven = || all((0..11).map(|_| leaf("a")));
    vec![
        resolves("cid-root", "A single part alone can be referred to.", FORM, leaf("a"), "cid:0@local.invalid", 0),
        in_mixed("cid-single-in-group", "A single part in a group.", "cid:3@local.invalid", 3),
        in_mixed("cid-external", "An external part.", "cid:4@local.invalid", 4),
        in_mixed("cid-last", "The last part.", "cid:5@local.invalid", 5),
        resolves("cid-two-digits", "An index of two digits.", FORM, eleven(), "cid:10@local.invalid", 10),
        resolves(
            "cid-three-digits",
            "An index of three digits.",
            FORM,
            all((0..300).map(|_| leaf(""))),
            "cid:256@local.invalid",
            256,
        ),
        resolves(
            "cid-alternative",
            "A part among alternatives can be referred to, chosen or not.",
            "4.4:choose-before-numbering",
            Part::multi(Semantics::ChooseOne, [leaf("a"), leaf("b")]),
            "cid:2@local.invalid",
            2,
        ),
    ]
}

fn cannot(name: &str, comment: &str, (flag, rule): (&str, &str), uri: &str, reason: Reason) -> Case {
    let input = json!({"cbor": cbor(&document(name, mixed())), "uri": uri});
    reject(name, comment, &[flag], &[rule], RESOLVE, input, reason)
}

fn unresolved() -> Vec<Case> {
    let leaf_only = ("cid-leaf", "4.4:cid-leaf-only");
    let missing = ("cid-missing", "4.4:cid-missing-part");
    let unknown = reason::CID_UNKNOWN_PART;
    let huge = |name: &str, comment: &str, index: &str| {
        cannot(name, comment, missing, &format!("cid:{index}@local.invalid"), unknown).also(&[reason::CID_MALFORMED])
    };
    vec![
        cannot("cid-of-root-group", "The root is a group.", leaf_only, "cid:0@local.invalid", reason::CID_NOT_A_LEAF),
        cannot("cid-of-inner-group", "Part 2 is a group.", leaf_only, "cid:2@local.invalid", reason::CID_NOT_A_LEAF),
        cannot("cid-of-null-part", "Part 1 is a null part.", leaf_only, "cid:1@local.invalid", reason::CID_NOT_A_LEAF),
        cannot("cid-one-beyond", "The parts end with index 5.", missing, "cid:6@local.invalid", unknown),
        cannot("cid-256-beyond", "256 is 0 when cut to an octet.", missing, "cid:259@local.invalid", unknown),
        huge("cid-2-to-32-and-3", "2^32 + 3 is 3 when cut to 32 bits.", "4294967299"),
        huge("cid-2-to-64-and-3", "2^64 + 3 is 3 when cut to 64 bits.", "18446744073709551619"),
        huge("cid-forty-digits", "An index of forty digits.", &"9".repeat(40)),
    ]
}

fn malformed() -> Vec<Case> {
    let no = |name: &str, comment: &str, uri: &str| {
        cannot(name, comment, ("cid-form", "4.4:cid-other-forms"), uri, reason::CID_MALFORMED)
    };
    vec![
        no("cid-empty", "An empty text.", ""),
        no("cid-scheme-only", "Only the scheme.", "cid:"),
        no("cid-no-scheme", "The scheme is missing.", "3@local.invalid"),
        no("cid-other-scheme", "The scheme of messages.", "mid:3@local.invalid"),
        no("cid-https", "A URL that contains the form.", "https://example.com/cid:3@local.invalid"),
        no("cid-no-index", "The index is missing.", "cid:@local.invalid"),
        no("cid-no-host", "The host is missing.", "cid:3"),
        no("cid-empty-host", "The host is empty.", "cid:3@"),
        no("cid-other-host", "Another host.", "cid:3@example.com"),
        no("cid-subdomain", "A host below local.invalid.", "cid:3@a.local.invalid"),
        no("cid-host-goes-on", "A host that begins with local.invalid.", "cid:3@local.invalid.example.com"),
        no("cid-host-root-dot", "A final dot behind the host.", "cid:3@local.invalid."),
        no("cid-minus", "A negative index.", "cid:-3@local.invalid"),
        no("cid-minus-zero", "Minus zero.", "cid:-0@local.invalid"),
        no("cid-plus", "A plus sign, which many number parsers accept.", "cid:+3@local.invalid"),
        no("cid-hexadecimal", "A hexadecimal index.", "cid:0x3@local.invalid"),
        no("cid-hexadecimal-digit", "A hexadecimal digit.", "cid:a@local.invalid"),
        no("cid-decimal-point", "A decimal point.", "cid:3.0@local.invalid"),
        no("cid-exponent", "An exponent.", "cid:3e0@local.invalid"),
        no("cid-underscore", "An underscore, which some number parsers accept.", "cid:0_3@local.invalid"),
        no("cid-other-digits", "An Arabic-Indic digit three.", "cid:\u{663}@local.invalid"),
        no("cid-full-width-digit", "A full-width digit three.", "cid:\u{ff13}@local.invalid"),
        no("cid-space-before-index", "A space before the index.", "cid: 3@local.invalid"),
        no("cid-space-behind", "A space behind the host.", "cid:3@local.invalid "),
        no("cid-line-feed-behind", "A line feed behind the host.", "cid:3@local.invalid\n"),
        no("cid-nul-behind", "A NUL behind the host.", "cid:3@local.invalid\u{0}"),
        no("cid-two-at-signs", "Two at signs.", "cid:3@3@local.invalid"),
        no("cid-slashes", "Two slashes behind the scheme.", "cid://3@local.invalid"),
        no("cid-fragment", "A fragment behind the host.", "cid:3@local.invalid#a"),
        no("cid-query", "A query behind the host.", "cid:3@local.invalid?a"),
        no("cid-angle-brackets", "The form of a Content-ID header.", "<3@local.invalid>"),
    ]
}

fn spellings() -> Vec<Case> {
    let open = |name: &str, comment: &str, uri: &str, same: &str| {
        let rule = ("cid-normalised", "4.4:cid-form");
        cannot(name, comment, rule, uri, reason::CID_MALFORMED).contested(&[
            (Verdict::Reject, "4.4 gives one form, octet by octet: cid:, the index, @local.invalid."),
            (Verdict::Accept, same),
        ])
    };
    let case = "Scheme and host of a URI are compared without regard to case (RFC 3986 section 6.2.2.1).";
    let percent = "A percent-encoded octet is the octet (RFC 2392 section 2, RFC 3986 section 6.2.2.2).";
    let zeros = "The index is a number, and 03 is 3.";
    vec![
        open("cid-leading-zero", "A leading zero.", "cid:03@local.invalid", zeros),
        open("cid-leading-zeros", "Twenty leading zeros.", "cid:000000000000000000003@local.invalid", zeros),
        open("cid-scheme-upper-case", "The scheme is in upper case.", "CID:3@local.invalid", case),
        open("cid-host-upper-case", "The host is in upper case.", "cid:3@LOCAL.INVALID", case),
        open("cid-index-percent-encoded", "The index is percent-encoded.", "cid:%33@local.invalid", percent),
        open("cid-at-percent-encoded", "The at sign is percent-encoded.", "cid:3%40local.invalid", percent),
        open("cid-dot-percent-encoded", "The dot of the host is percent-encoded.", "cid:3@local%2Einvalid", percent),
    ]
}

fn not_a_document() -> Vec<Case> {
    let rules = &["3.1:well-formed-cbor"];
    let flags = &["not-a-document"];
    let trailing = |name: &str| document(name, leaf("a")).then(octets([0]).mark());
    let (indexed, referred) = (trailing("index-trailing"), trailing("cid-trailing"));
    vec![
        reject(
            "index-empty-input",
            "There is no octet at all.",
            flags,
            rules,
            NAME,
            json!({"cbor": ""}),
            reason::TRUNCATED,
        )
        .at(Some(0)),
        reject(
            "index-trailing",
            "An octet follows the message.",
            flags,
            rules,
            NAME,
            json!({"cbor": cbor(&indexed)}),
            reason::TRAILING_BYTES,
        )
        .at(indexed.offset()),
        reject(
            "cid-trailing",
            "An octet follows the message.",
            flags,
            rules,
            RESOLVE,
            json!({"cbor": cbor(&referred), "uri": "cid:0@local.invalid"}),
            reason::TRAILING_BYTES,
        )
        .at(referred.offset()),
    ]
}
