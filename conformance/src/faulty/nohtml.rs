//! Escapes that miss some HTML, or change what is none (section 7.1.1).

use super::bug::{Asked, Bug, bug, output, set};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const KIND: &str = "nohtml";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "nohtml-nothing", "escapes nothing", |a, r| text(a, r, |given, _| given.to_owned())),
    bug(KIND, "nohtml-every-bracket", "escapes every <", |a, r| text(a, r, |given, _| given.replace('<', "&lt;"))),
    bug(KIND, "nohtml-ampersands-too", "escapes & too", |a, r| {
        text(a, r, |given, _| given.replace('&', "&amp;").replace('<', "&lt;"))
    }),
    bug(KIND, "nohtml-both-brackets", "escapes > too", |a, r| text(a, r, |_, right| right.replace('>', "&gt;"))),
    bug(KIND, "nohtml-no-comments", "misses comments", |a, r| text(a, r, |_, right| right.replace("&lt;!--", "<!--"))),
    bug(KIND, "nohtml-no-instructions", "misses processing instructions", |a, r| {
        text(a, r, |_, right| right.replace("&lt;?", "<?"))
    }),
    bug(KIND, "nohtml-no-cdata", "misses CDATA sections", |a, r| {
        text(a, r, |_, right| right.replace("&lt;![CDATA[", "<![CDATA["))
    }),
    bug(KIND, "nohtml-no-declarations", "misses declarations", |a, r| {
        text(a, r, |_, right| {
            let capital = |c: char| format!("&lt;!{c}");
            ('A'..='Z').fold(right.to_owned(), |t, c| t.replace(&capital(c), &format!("<!{c}")))
        })
    }),
    bug(KIND, "nohtml-no-closing-tags", "misses closing tags", |a, r| {
        text(a, r, |_, right| right.replace("&lt;/", "</"))
    }),
    bug(KIND, "nohtml-lower-case-only", "misses tags in capitals", |a, r| {
        text(a, r, |_, right| {
            ('A'..='Z').fold(right.to_owned(), |t, c| t.replace(&format!("&lt;{c}"), &format!("<{c}")))
        })
    }),
    bug(KIND, "nohtml-one-line", "misses tags that go over a line's end", |a, r| {
        text(a, r, |given, right| if given.contains('\n') { given.to_owned() } else { right.to_owned() })
    }),
    bug(KIND, "nohtml-first-only", "escapes the first tag only", |a, r| {
        text(a, r, |_, right| {
            let mut parts = right.splitn(2, "&lt;");
            match (parts.next(), parts.next()) {
                (Some(before), Some(rest)) => format!("{before}&lt;{}", rest.replace("&lt;", "<")),
                _ => right.to_owned(),
            }
        })
    }),
    bug(KIND, "nohtml-strips", "removes tags instead of escaping them", |a, r| {
        text(a, r, |_, right| right.replace("&lt;", ""))
    }),
    bug(KIND, "nohtml-numeric-entity", "writes another entity", |a, r| {
        text(a, r, |_, right| right.replace("&lt;", "&#60;"))
    }),
    bug(KIND, "nohtml-autolinks", "escapes autolinks and mentions", |a, r| {
        text(a, r, |_, right| right.replace("<http", "&lt;http").replace("<mimi:", "&lt;mimi:"))
    }),
];

/// Another text, from what was given and what is right.
fn text(asked: Asked<'_>, right: Answer, make: impl FnOnce(&str, &str) -> String) -> Answer {
    let given = asked.input.get("markdown").and_then(Value::as_str).unwrap_or_default();
    if asked.op != "content/nohtml" {
        return right;
    }
    output(right, |out| {
        let escaped = out.get("escaped").and_then(Value::as_str).unwrap_or_default().to_owned();
        set(out, "escaped", json!(make(given, &escaped)));
    })
}
