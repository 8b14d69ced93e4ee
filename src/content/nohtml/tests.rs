use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

#[test]
fn every_kind_of_tag_is_escaped() {
    for tag in [
        "<a>",
        "<b2-x/>",
        "<b2-x />",
        "<a  /><",
        "<a href=\"x\">",
        "<a x='<' y = \"\n\" _z.:-1=q/>",
        "<a b=c/d>",
        "<a\nb>",
        "<a\tb\u{b}c\u{c}=\rd>",
        "</a>",
        "</a \n>",
        "<!---->",
        "<!-- a -->",
        "<!-- a - b\n-->",
        "<!---a-->",
        "<??>",
        "<?php echo ?>",
        "<?a? ?>",
        "<!DOCTYPE html>",
        "<!A >",
        "<![CDATA[]]>",
        "<![CDATA[]]]>",
        "<![CDATA[ ] > ]]>",
        "<a b=\u{e9}>",
        "<a b=\n> c>",
    ] {
        assert_eq!(escape_html(tag), tag.replacen('<', "&lt;", 1), "{tag}");
    }
}

#[test]
fn what_is_no_tag_stays() {
    for text in [
        "",
        "a < b > c",
        "<",
        "<<",
        "<>",
        "< a>",
        "<1a>",
        "<\u{e9}>",
        "<a",
        "<a b='c>",
        "<a b=>",
        "<a b==c>",
        "<a 1b>",
        "<a b='c'd>",
        "<a / >",
        "</ a>",
        "</a b>",
        "</>",
        "<!-->",
        "<!--->",
        "<!-- a -- b -->",
        "<!--a--->",
        "<!-- a",
        "<?>",
        "<? a >",
        "<!doctype html>",
        "<!A>",
        "<![CDATA[ ]>",
        "<![cdata[]]>",
        "<div\n",
        "<https://example.com/a?b>",
        "<mimi://example.com/u/alice>",
        "<alice@example.com>",
        "\\<a>",
        "\\\\\\<a>",
        "&lt;a>",
    ] {
        assert_eq!(escape_html(text), text, "{text}");
    }
}

#[test]
fn tags_in_text() {
    assert_eq!(escape_html("é <b>x</b> 1<2"), "é &lt;b>x&lt;/b> 1<2");
    assert_eq!(escape_html("\\\\<a>"), "\\\\&lt;a>");
    assert_eq!(escape_html("`<a>`"), "`&lt;a>`");
    assert_eq!(escape_html("<<a>"), "<&lt;a>");
    // A tag inside a tag would be one as soon as the outer one is none.
    assert_eq!(escape_html("<!-- <b> -->"), "&lt;!-- &lt;b> -->");
    // And an outer one becomes one by the escape of the inner one.
    assert_eq!(escape_html("<a b=<i>"), "&lt;a b=&lt;i>");
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in ["<!--", "<?", "<![CDATA[", "<!A ", "<a x=\"", "<a x=\" b='", "<a b ", "\\", "<", "<a x='<"] {
        let text = piece.repeat(20_000);
        assert_eq!(escape_html(&escape_html(&text)), escape_html(&text), "{piece}");
    }
}

/// Texts made of what tags are made of, so that many hold tags and nearly tags.
fn texts(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..14).prop_map(|pieces| pieces.concat())
}

/// Openings, attributes and endings, right, nearly right, and broken by lines and block quotes.
const TAGS: &[&str] = &[
    "<a",
    "<a1-",
    "</a",
    ">",
    "/>",
    " b",
    " b = c",
    " b=\n> c",
    " b='\"'",
    " _:.-1=\"'\"",
    "=",
    "'",
    "\"",
    "<?",
    "?>",
    "\n",
    "\n> ",
    "`",
    "\\",
    "x:",
    "|",
];
const ALL: &[&str] = &[
    "<",
    "<a",
    "</a",
    ">",
    "/>",
    " b",
    "=",
    "\"",
    "'",
    "<?",
    "?>",
    " ",
    "\n",
    "\\",
    "<!--",
    "-->",
    "-",
    "<!A ",
    "]]>",
    "]",
    "<![CDATA[",
    "&lt;",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn idempotent(text in texts(ALL)) {
        let once = escape_html(&text);
        prop_assert_eq!(escape_html(&once), once);
    }

    /// Nothing but `<` is touched, so a reader that unescapes gets the text back.
    #[test]
    fn nothing_else_changes(text in "[<>a/!?='\" \n-]{0,40}") {
        prop_assert_eq!(escape_html(&text).replace("&lt;", "<"), text);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Another parser's eyes. It follows a later CommonMark, which sees comments and declarations in
    /// more places; those forms are left to the cases above.
    #[test]
    fn no_inline_html_is_left(start in prop::sample::select(vec!["", "> ", "- ", "a "]), text in texts(TAGS)) {
        let escaped = escape_html(&format!("{start}{text}"));
        for event in Parser::new_ext(&escaped, Options::ENABLE_TABLES) {
            let is_html = matches!(event, Event::InlineHtml(_));
            prop_assert!(!is_html, "{:?} in {:?}", event, escaped);
        }
    }
}
