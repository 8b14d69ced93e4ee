//! `content/nohtml`: what a sender sends in place of HTML tags (section 7.1.1, GFM section 6.10).

use crate::vector::families::build::{CONTENT, NoteRow, accept, file as family, group};
use crate::vector::{Case, File, Level, Verdict};
use serde_json::json;

pub(in crate::vector::families) const NAME: &str = "content/nohtml";

const NOTES: &[NoteRow] = &[
    (
        "tag",
        "A kind of HTML tag is not recognised as one.",
        "HTML of the sender's choice is rendered by receivers that rely on the sender.",
        "7.1.1:escape-before-send",
        &["GFM section 6.10"],
    ),
    (
        "no-tag",
        "What only looks like a tag is escaped.",
        "Text arrives changed.",
        "7.1.1:escape-nothing-else",
        &["GFM section 6.10"],
    ),
    (
        "autolink",
        "An autolink is taken for a tag.",
        "Links and mentions are broken.",
        "7.1.1:core-autolinks",
        &["GFM section 6.8", "section 9.6"],
    ),
    (
        "several",
        "Only the first tag is replaced, or a nested bracket hides one.",
        "HTML gets through behind other HTML.",
        "7.1.1:escape-before-send",
        &[],
    ),
    (
        "code",
        "Code is treated like text, or text like code.",
        "Code is shown with entities, or HTML gets through.",
        "7.1.1:escape-code-span",
        &["GFM section 6.3"],
    ),
    (
        "html-block",
        "A tag that is not complete begins an HTML block of GFM 4.6 all the same.",
        "HTML gets through although every tag of GFM 6.10 was replaced.",
        "7.1.1:escape-before-send",
        &["GFM section 4.6"],
    ),
];

fn case(name: &str, comment: &str, flag: &str, rules: &str, markdown: &str, escaped: &str) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    accept(name, comment, &[flag], &rules, NAME, json!({"markdown": markdown}), json!({"escaped": escaped}))
        .level(Level::Must)
}

/// One tag, which begins at the first octet: its bracket is replaced, and nothing else.
fn tag(name: &str, comment: &str, rule: &str, markdown: &str) -> Case {
    let rest: String = markdown.chars().skip(1).collect();
    case(name, comment, "tag", rule, markdown, &format!("&lt;{rest}"))
}

/// No tag in it. A sender who escapes more than it must breaks no sentence of the draft.
fn text(name: &str, comment: &str, markdown: &str) -> Case {
    case(name, comment, "no-tag", "7.1.1:escape-nothing-else", markdown, markdown)
        .level(Level::Format)
        .contested(&ONLY_TAGS)
}

/// How much is replaced beside tags.
const ONLY_TAGS: [(Verdict, &str); 2] = [
    (Verdict::Accept, "Only the brackets of HTML tags are replaced; everything else stays."),
    (Verdict::Accept, "A sender may replace further brackets; it is then another output, and renders the same."),
];

/// An autolink, which an entity would destroy.
fn autolink(name: &str, comment: &str, markdown: &str) -> Case {
    case(name, comment, "autolink", "7.1.1:core-autolinks", markdown, markdown)
}

fn open_tags() -> Vec<Case> {
    const RULE: &str = "7.1.1:escape-open-tag";
    vec![
        tag("open", "An open tag.", RULE, "<b>"),
        tag("open-digits-hyphens", "A tag name with digits and hyphens.", RULE, "<x-9-y>"),
        tag("open-upper-case", "A tag name in upper case.", RULE, "<SCRIPT>"),
        tag("open-unquoted", "An attribute without quotes.", RULE, "<a href=foo>"),
        tag("open-single-quotes", "An attribute in single quotes.", RULE, "<a title='x > \"y'>"),
        tag("open-double-quotes", "An attribute in double quotes with a bracket in it.", RULE, "<a title=\"x > 'y\">"),
        tag("open-bare-attribute", "An attribute without a value.", RULE, "<input disabled>"),
        tag("open-odd-names", "Attribute names with a colon, a low line, a stop.", RULE, "<a _b :c=1 d.e-f=\"2\">"),
        tag("open-spaces", "White space around the equals sign and before the bracket.", RULE, "<a  b = 'c'   >"),
        tag("open-lines", "Over several lines.", RULE, "<a\nhref=\"x\"\n  title='a\nb'\n>"),
        tag("open-self-closing", "Self-closing.", RULE, "<br/>"),
        tag("open-self-closing-attribute", "Self-closing, with an attribute.", RULE, "<img src=\"a.png\" />"),
        tag("open-unknown-element", "An element that HTML does not have.", RULE, "<frobnicate>"),
        tag("open-empty-value", "An attribute with an empty value in quotes.", RULE, "<a b=\"\">"),
    ]
}

fn other_tags() -> Vec<Case> {
    const COMMENT: &str = "7.1.1:escape-comment";
    vec![
        tag("closing", "A closing tag.", "7.1.1:escape-closing-tag", "</b>"),
        tag("closing-space", "A closing tag with white space.", "7.1.1:escape-closing-tag", "</b \n>"),
        tag("comment", "A comment.", COMMENT, "<!-- hidden -->"),
        tag("comment-lines", "A comment over two lines with a single hyphen.", COMMENT, "<!-- a-b\nc -->"),
        tag("instruction", "A processing instruction.", "7.1.1:escape-processing-instruction", "<?php echo 1 > 0; ?>"),
        tag("declaration", "A declaration.", "7.1.1:escape-declaration", "<!DOCTYPE html>"),
        tag(
            "declaration-element",
            "A declaration with brackets in it.",
            "7.1.1:escape-declaration",
            "<!ELEMENT br EMPTY>",
        ),
        tag("cdata", "A CDATA section.", "7.1.1:escape-cdata", "<![CDATA[x > y ]]>"),
        tag("cdata-brackets", "A CDATA section with square brackets in it.", "7.1.1:escape-cdata", "<![CDATA[a]]b]]>"),
    ]
}

fn look_alikes() -> Vec<Case> {
    vec![
        text("text-less-than", "A comparison.", "a < b and c > d"),
        text("text-heart", "A heart.", "I <3 you > me"),
        text("text-space-after-bracket", "White space after the bracket.", "< div>"),
        text("text-open-quote", "An attribute whose quote is not closed.", "<a b=c d=\"x>"),
        text("text-no-space-before-attribute", "No white space between two attributes.", "<a href='b'title=c>"),
        text("text-illegal-attribute-name", "An attribute name with an asterisk.", "<a h*ref=\"b\">"),
        text("text-closing-with-attribute", "A closing tag with an attribute.", "</a href=\"b\">"),
        text("text-empty-brackets", "Brackets with nothing in them.", "<>"),
        text("text-digit-first", "A tag name may not begin with a digit.", "<33>"),
        text("text-entity", "Already escaped.", "&lt;b>bold&lt;/b> &amp;"),
        text("text-no-end", "No closing bracket, in the middle of a line.", "see <b for details"),
        text("text-declaration-without-space", "A declaration needs white space after its name.", "x <!DOCTYPE>"),
        text("text-only-brackets", "Opening brackets only.", "<<<<"),
        text("text-non-ascii-name", "A tag name in another script.", "x <été>"),
        text("text-backslash", "The bracket is escaped with a backslash, so there is no tag.", "\\<b>"),
    ]
}

fn plain_and_autolinks() -> Vec<Case> {
    const RULE: &str = "7.1.1:escape-nothing-else";
    let plain =
        |name, comment, markdown: &str| case(name, comment, "no-tag", RULE, markdown, markdown).level(Level::Format);
    vec![
        plain("plain-empty", "Nothing.", ""),
        plain("plain-markdown", "Markdown without brackets.", "# Hi\n\n*one* & __two__ > three"),
        plain("plain-non-ascii", "Text in other scripts.", "Grüße, 世界 \u{1f600}"),
        plain("plain-white-space", "White space at both ends, as after a code block.", "    indented\n\n \t\n"),
        plain("plain-quote", "A block quote.", "> quoted\n>> twice"),
        autolink("autolink-https", "An autolink.", "<https://example.com>"),
        autolink("autolink-query", "An autolink with a query.", "see <https://example.com/a?b=c&d=e> there"),
        autolink("autolink-mention", "A mention as in section 9.6.", "<mimi://example.com/u/alice-smith>"),
        autolink("autolink-email", "An email autolink.", "<alice@example.com>"),
    ]
}

fn several() -> Vec<Case> {
    const RULE: &str = "7.1.1:escape-before-send";
    let many = |name, comment, markdown, escaped| case(name, comment, "several", RULE, markdown, escaped);
    let open = |case: Case, hidden: &str| {
        case.contested(&[
            (Verdict::Accept, hidden),
            (Verdict::Accept, "Only the brackets of the tags of the input are replaced, as the text says."),
        ])
    };
    const INNER: &str = "What would become a tag by the replacement is one too: no tag may be left.";
    vec![
        many("several-pair", "An open and a closing tag around text.", "a <b>c</b> d", "a &lt;b>c&lt;/b> d"),
        many("several-adjacent", "Tags without anything between them.", "<b><i></i></b>", "&lt;b>&lt;i>&lt;/i>&lt;/b>"),
        many("several-nested-brackets", "A bracket before a tag.", "<<b>>", "<&lt;b>>").contested(&ONLY_TAGS),
        many(
            "several-beside-autolink",
            "A tag beside an autolink.",
            "<b><https://example.com>",
            "&lt;b><https://example.com>",
        ),
        many(
            "several-non-ascii",
            "Tags in text of other scripts.",
            "世<b>界</b>\u{1f600}",
            "世&lt;b>界&lt;/b>\u{1f600}",
        ),
        many(
            "several-lines",
            "Tags on several lines.",
            "one <i>\ntwo </i>\n\n<hr>",
            "one &lt;i>\ntwo &lt;/i>\n\n&lt;hr>",
        ),
        many("several-after-broken-tag", "A tag behind what is none.", "<a b=\" <i>", "<a b=\" &lt;i>")
            .contested(&ONLY_TAGS),
        many("several-less-than", "A comparison beside a tag.", "1 < 2 <b>3</b>", "1 < 2 &lt;b>3&lt;/b>")
            .contested(&ONLY_TAGS),
        many(
            "several-escaped-and-not",
            "A tag that is escaped already, and one that is not.",
            "&lt;b> <b>",
            "&lt;b> &lt;b>",
        ),
        many("several-backslashes", "A backslash that escapes a backslash, and then a tag.", "\\\\<b>", "\\\\&lt;b>"),
        open(many("several-tag-in-comment", "A tag inside a comment.", "<!-- <b> -->", "&lt;!-- &lt;b> -->"), INNER),
        open(
            many("several-tag-in-attribute", "A tag inside an attribute.", "<a t=\"<b>\">", "&lt;a t=\"&lt;b>\">"),
            INNER,
        ),
        open(
            many(
                "several-completed-by-escape",
                "A tag as the value of what only becomes a tag by the replacement.",
                "<a b=<i>",
                "&lt;a b=&lt;i>",
            ),
            INNER,
        ),
    ]
}

fn code() -> Vec<Case> {
    const RULE: &str = "7.1.1:escape-code-span";
    let open = |name, comment, markdown, escaped| {
        case(name, comment, "code", RULE, markdown, escaped).level(Level::Format).contested(&[
            (Verdict::Accept, "What looks like a tag is escaped everywhere, which is visible and safe."),
            (Verdict::Accept, "In code there are no tags; an entity would be shown as it stands."),
        ])
    };
    vec![
        open("code-span", "A tag in a code span.", "use `<b>` here", "use `&lt;b>` here"),
        open(
            "code-span-double",
            "A tag in a code span of two backticks.",
            "use ``<b>` `` here",
            "use ``&lt;b>` `` here",
        ),
        open("code-fenced", "A tag in a fenced code block.", "```\n<b>\n```\n", "```\n&lt;b>\n```\n"),
        case(
            "code-span-not-closed",
            "A backtick alone opens no code span.",
            "code",
            "7.1.1:escape-before-send",
            "a ` <b>",
            "a ` &lt;b>",
        ),
    ]
}

fn blocks() -> Vec<Case> {
    let open = |name, comment, markdown| {
        case(name, comment, "html-block", "7.1.1:escape-before-send", markdown, markdown).contested(&[
            (Verdict::Accept, "Only the tags of GFM 6.10 are replaced, as the text says."),
            (Verdict::Accept, "Starts of HTML blocks (GFM 4.6) have to be replaced too, or HTML gets through."),
        ])
    };
    vec![
        open("block-div", "An incomplete tag that begins an HTML block.", "<div\nid=x"),
        open("block-comment", "A comment without an end, which begins an HTML block.", "<!-- x"),
        open("block-script", "A script tag without its bracket.", "<script\n"),
    ]
}

pub(in crate::vector::families) fn file() -> File {
    let groups = vec![
        group("open tags", open_tags()),
        group("closing tags, comments, instructions, declarations, CDATA", other_tags()),
        group("what only looks like a tag", look_alikes()),
        group("text without tags, and autolinks", plain_and_autolinks()),
        group("several brackets", several()),
        group("code", code()),
        group("HTML blocks", blocks()),
    ];
    family(CONTENT, NAME, NOTES, groups)
}
