//! What the tables of this family are written with.

use crate::vector::Case;
use crate::vector::families::build::{accept, stream};
use crate::vector::forge::{External, Message, Part};
use crate::wire::hex;
use serde_json::json;

pub(in crate::vector::families) const NAME: &str = "content/process";

pub(super) const TEXT: &str = "text/plain";
pub(super) const HTML: &str = "text/html";
pub(super) const PNG: &str = "image/png";
pub(super) const ODD: &str = "application/vnd.example.odd";

pub(super) fn text() -> Part {
    Part::single(TEXT, "Hi")
}

pub(super) fn odd() -> Part {
    Part::single(ODD, [0])
}

pub(super) fn png() -> Part {
    Part::single(PNG, [0x89])
}

pub(super) fn html(content: &str) -> Part {
    Part::single(HTML, content)
}

pub(super) fn elsewhere(content_type: &str) -> Part {
    let url = "https://example.com/1".into();
    Part::external(External { content_type: content_type.into(), url, ..External::default() })
}

/// A receiver that has text, HTML and PNG: which leaves it handles, and which it skips.
pub(super) fn handles(
    name: &str,
    comment: &str,
    flag: &str,
    rule: &str,
    body: Part,
    process: &[u64],
    skipped: &[u64],
) -> Case {
    let message = Message::new(stream(&format!("{NAME}/{name}")).octets(16), body);
    among(name, comment, flag, rule, &message, &[TEXT, HTML, PNG], process, skipped)
}

#[allow(clippy::too_many_arguments, reason = "one row of a table")]
pub(super) fn among(
    name: &str,
    comment: &str,
    flag: &str,
    rule: &str,
    message: &Message,
    supported: &[&str],
    process: &[u64],
    skipped: &[u64],
) -> Case {
    let rules: Vec<&str> = rule.split(' ').collect();
    let input = json!({"cbor": hex::encode(&message.item().octets()), "supported": supported});
    accept(name, comment, &[flag], &rules, NAME, input, json!({"process": process, "skipped": skipped}))
}
