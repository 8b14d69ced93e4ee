//! Bugs of the No HTML extension (section 7.1.1).

use super::bug::Fault::Answers;
use super::bug::Row;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const OP: &str = "content/nohtml";
const ESCAPED: &str = "&lt;";

const PATTERN: &str = "a pattern for tags that does not know all of them";
const TOO_MUCH: &str = "escaping what need not be escaped is thought to do no harm";

pub(super) const BUGS: &[Row] = &[
    (
        "every-bracket-escaped",
        "escapes every <",
        TOO_MUCH,
        Answers(OP, |input, answer| decided(input, answer, |_, _| true)),
    ),
    (
        "nothing-escaped",
        "escapes nothing",
        "a filter that is left out where the text is sent",
        Answers(OP, |input, answer| decided(input, answer, |_, _| false)),
    ),
    (
        "comments-pass",
        "does not escape comments",
        PATTERN,
        Answers(OP, |input, answer| unless(input, answer, |rest| rest.starts_with("<!--"))),
    ),
    (
        "cdata-passes",
        "does not escape CDATA sections",
        PATTERN,
        Answers(OP, |input, answer| unless(input, answer, |rest| rest.starts_with("<![CDATA["))),
    ),
    (
        "declarations-pass",
        "does not escape declarations",
        PATTERN,
        Answers(OP, |input, answer| {
            unless(input, answer, |rest| {
                rest.starts_with("<!") && rest.chars().nth(2).is_some_and(|c| c.is_ascii_alphabetic())
            })
        }),
    ),
    (
        "instructions-pass",
        "does not escape processing instructions",
        PATTERN,
        Answers(OP, |input, answer| unless(input, answer, |rest| rest.starts_with("<?"))),
    ),
    (
        "closing-tags-pass",
        "does not escape closing tags",
        PATTERN,
        Answers(OP, |input, answer| unless(input, answer, |rest| rest.starts_with("</"))),
    ),
    (
        "upper-case-passes",
        "does not escape tags in upper case",
        PATTERN,
        Answers(OP, |input, answer| {
            unless(input, answer, |rest| {
                rest.trim_start_matches(['<', '/']).starts_with(|c: char| c.is_ascii_uppercase())
            })
        }),
    ),
    (
        "tags-over-lines-pass",
        "does not escape a tag that goes on in the next line",
        "a pattern whose dot does not match a line feed",
        Answers(OP, |input, answer| {
            unless(input, answer, |rest| rest.split('>').next().is_some_and(|tag| tag.contains('\n')))
        }),
    ),
    (
        "tags-with-attributes-pass",
        "escapes only tags without attributes",
        PATTERN,
        Answers(OP, |input, answer| {
            unless(input, answer, |rest| rest.split('>').next().is_some_and(|tag| tag.contains('=')))
        }),
    ),
    (
        "self-closing-tags-pass",
        "does not escape self-closing tags",
        PATTERN,
        Answers(OP, |input, answer| {
            unless(input, answer, |rest| rest.split('>').next().is_some_and(|tag| tag.ends_with('/')))
        }),
    ),
    (
        "custom-elements-pass",
        "does not escape tags with a hyphen in their name",
        PATTERN,
        Answers(OP, |input, answer| {
            unless(input, answer, |rest| {
                let name =
                    rest.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
                name.is_some_and(|name| name.contains('-'))
            })
        }),
    ),
    (
        "unknown-elements-pass",
        "escapes only elements that HTML has",
        "a list of names where the rule is about the form",
        Answers(OP, |input, answer| {
            const KNOWN: [&str; 14] =
                ["a", "b", "i", "p", "br", "hr", "div", "img", "span", "script", "em", "strong", "input", "style"];
            unless(input, answer, |rest| {
                let name = rest.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
                name.is_some_and(|name| !name.is_empty() && !KNOWN.contains(&name.to_lowercase().as_str()))
            })
        }),
    ),
    (
        "only-the-first-escaped",
        "escapes the first tag and no other",
        "a replacement that replaces once",
        Answers(OP, |input, answer| {
            let markdown = text(input);
            let first = decisions(&markdown, &escaped(&answer)).into_iter().find(|(_, tag)| *tag).map(|(at, _)| at);
            decided(input, answer, |at, tag| tag && Some(at) == first)
        }),
    ),
    (
        "autolinks-escaped",
        "escapes autolinks",
        TOO_MUCH,
        Answers(OP, |input, answer| {
            let markdown = text(input);
            decided(input, answer, |at, tag| {
                let inside = markdown.get(at + 1..).and_then(|rest| rest.split('>').next()).unwrap_or_default();
                tag || (!inside.contains(char::is_whitespace) && inside.contains([':', '@']))
            })
        }),
    ),
    (
        "code-spans-pass",
        "does not escape tags in a line that has code in it",
        "code is thought to be safe",
        Answers(OP, |input, answer| {
            let markdown = text(input);
            decided(input, answer, |at, tag| {
                let start = markdown.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
                let before = markdown.get(start..at).unwrap_or_default();
                tag && before.matches('`').count() % 2 == 0
            })
        }),
    ),
    (
        "text-in-brackets-escaped",
        "escapes everything between < and >",
        TOO_MUCH,
        Answers(OP, |input, answer| {
            let markdown = text(input);
            decided(input, answer, |at, tag| tag || markdown.get(at..).is_some_and(|rest| rest.contains('>')))
        }),
    ),
    (
        "closing-brackets-escaped",
        "escapes > too",
        TOO_MUCH,
        Answers(OP, |_, answer| said(escaped(&answer).replace('>', "&gt;"))),
    ),
    (
        "ampersands-escaped",
        "escapes & too",
        TOO_MUCH,
        Answers(OP, |input, answer| {
            let both = escaped(&answer).replace('&', "&amp;").replace("&amp;lt;", ESCAPED);
            if text(input).contains(ESCAPED) { answer } else { said(both) }
        }),
    ),
    (
        "escaped-twice",
        "escapes what it has escaped once more",
        "a filter that is applied twice",
        Answers(OP, |_, answer| said(escaped(&answer).replace(ESCAPED, "&amp;lt;"))),
    ),
    (
        "numeric-references",
        "writes &#60; for &lt;",
        "another form of the same character",
        Answers(OP, |input, answer| {
            if text(input).contains(ESCAPED) { answer } else { said(escaped(&answer).replace(ESCAPED, "&#60;")) }
        }),
    ),
    (
        "tags-removed",
        "removes tags instead of escaping them",
        "a sanitizer where an escape is asked for",
        Answers(OP, |input, answer| {
            let markdown = text(input);
            let mut out = String::new();
            let mut copied = 0;
            for (at, _) in decisions(&markdown, &escaped(&answer)).into_iter().filter(|(_, tag)| *tag) {
                if at >= copied {
                    out.push_str(markdown.get(copied..at).unwrap_or_default());
                    copied =
                        markdown.get(at..).and_then(|rest| rest.find('>')).map_or(markdown.len(), |end| at + end + 1);
                }
            }
            out.push_str(markdown.get(copied..).unwrap_or_default());
            said(out)
        }),
    ),
    (
        "lines-trimmed",
        "drops white space at the end of the text",
        "values are tidied up that are to be kept as they are",
        Answers(OP, |_, answer| said(escaped(&answer).trim_end().to_owned())),
    ),
    (
        "text-in-ascii",
        "loses characters beyond ASCII",
        "text is handled octet by octet",
        Answers(OP, |_, answer| said(escaped(&answer).replace(|c: char| !c.is_ascii(), "?"))),
    ),
];

fn text(input: &Value) -> String {
    input.get("markdown").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn escaped(answer: &Answer) -> String {
    let Answer::Ok(out) = answer else { return String::new() };
    out.get("escaped").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn said(text: String) -> Answer {
    Answer::Ok(json!({"escaped": text}))
}

/// For every `<` its offset, and whether the reference escapes it.
fn decisions(markdown: &str, escaped: &str) -> Vec<(usize, bool)> {
    let mut rest = escaped;
    let mut copied = 0;
    let mut found = vec![];
    for (at, _) in markdown.match_indices('<') {
        rest = rest.get(at - copied..).unwrap_or_default();
        let tag = !rest.starts_with('<');
        rest = rest.get(if tag { ESCAPED.len() } else { 1 }..).unwrap_or_default();
        copied = at + 1;
        found.push((at, tag));
    }
    found
}

/// Decides anew, for each `<`, from its offset and what the reference decides.
fn decided(input: &Value, answer: Answer, decide: impl Fn(usize, bool) -> bool) -> Answer {
    let markdown = text(input);
    let mut out = String::new();
    let mut copied = 0;
    for (at, tag) in decisions(&markdown, &escaped(&answer)) {
        out.push_str(markdown.get(copied..at).unwrap_or_default());
        out.push_str(if decide(at, tag) { ESCAPED } else { "<" });
        copied = at + 1;
    }
    out.push_str(markdown.get(copied..).unwrap_or_default());
    said(out)
}

/// As the reference does, but for tags such as these.
fn unless(input: &Value, answer: Answer, such: impl Fn(&str) -> bool) -> Answer {
    let markdown = text(input);
    decided(input, answer, |at, tag| tag && !markdown.get(at..).is_some_and(&such))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::adapter::Implementation;
    use mimicheck::adapter::reference::Reference;
    use mimicheck::vector::families;

    #[test]
    fn deciding_as_the_reference_does_changes_nothing() {
        for family in families::ALL.iter().filter(|family| family.name == OP) {
            for case in (family.generate)().cases() {
                let answer = Reference.answer(OP, &case.input);
                assert_eq!(decided(&case.input, answer.clone(), |_, tag| tag), answer, "{}", case.id);
            }
        }
    }
}
