//! Decoders that refuse what they must take.

use super::bug::{Asked, Bug, bug, refuse};
use super::tree::Node;
use mimicheck::adapter::Answer;
use serde_json::Value;

const KIND: &str = "decode";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "refuses-unknown-dispositions", "knows the registered dispositions only", |a, r| {
        unless(a, r, |_, out| any_part(out, &|p| number(p, "disposition") > 8))
    }),
    bug(KIND, "refuses-private-keys", "knows positive extension keys only", |a, r| {
        unless(a, r, |_, out| keys(out).any(|k| k.as_i64().is_none_or(|n| n < 0)))
    }),
    bug(KIND, "refuses-unknown-extensions", "knows extensions 1 and 2 only", |a, r| {
        unless(a, r, |_, out| keys(out).any(|k| !matches!(k.as_i64(), Some(1 | 2))))
    }),
    bug(KIND, "refuses-no-extensions", "wants at least one extension", |a, r| {
        unless(a, r, |_, out| keys(out).next().is_none())
    }),
    bug(KIND, "refuses-largest-key", "limits integer keys to less than 2^53 - 1", |a, r| {
        unless(a, r, |_, out| keys(out).any(|k| k.as_i64().is_some_and(|n| n.unsigned_abs() == (1 << 53) - 1)))
    }),
    bug(KIND, "refuses-keys-of-255-octets", "limits text keys to 254 octets", |a, r| {
        unless(a, r, |_, out| keys(out).any(|k| k.as_str().is_some_and(|t| t.len() == 255)))
    }),
    bug(KIND, "refuses-floats", "has no floating point numbers in extensions", |a, r| {
        unless(a, r, |tree, _| tree.any(&|n| n.major == 7 && n.width >= 2))
    }),
    bug(KIND, "refuses-bignums", "has no bignums in extensions", |a, r| {
        unless(a, r, |tree, _| tree.any(&|n| n.major == 6 && matches!(n.arg, 2 | 3)))
    }),
    bug(KIND, "refuses-tags", "has no tags in extensions", |a, r| unless(a, r, |tree, _| tree.any(&|n| n.major == 6))),
    bug(KIND, "refuses-simple-values", "knows false, true and null only", |a, r| {
        unless(a, r, |tree, _| tree.any(&|n| n.major == 7 && n.width < 2 && !(20..=22).contains(&n.arg)))
    }),
    bug(KIND, "refuses-byte-keys", "has no byte strings as keys in maps inside extensions", |a, r| {
        unless(a, r, |tree, _| tree.any(&|n| n.major == 5 && n.entries().iter().any(|(k, _)| k.major == 2)))
    }),
    bug(KIND, "refuses-64-bit-integers", "reads integers of at most 32 bits", |a, r| {
        unless(a, r, |tree, _| tree.any(&|n| n.major <= 1 && n.arg > 0xffff_ffff))
    }),
    bug(KIND, "part-depth-3", "allows three levels of parts", |a, r| {
        unless(a, r, |_, out| body(out).is_some_and(|b| depth(b) == 4))
    }),
    bug(KIND, "extension-depth-3", "allows three levels in extensions", |a, r| {
        unless(a, r, |tree, _| tree.children.get(5).is_some_and(|n| n.depth() == 4))
    }),
    bug(KIND, "refuses-many-parts", "decodes at most 255 parts", |a, r| {
        unless(a, r, |_, out| body(out).is_some_and(|b| count(b) > 255))
    }),
    bug(KIND, "refuses-null-parts", "allows a null part in a delete only", |a, r| {
        unless(a, r, |_, out| {
            let replaces = out.pointer("/message/replaces").is_some_and(|v| !v.is_null());
            !replaces && any_part(out, &|p| p.get("cardinality").is_some_and(|c| c == "null"))
        })
    }),
    bug(KIND, "refuses-long-topics", "limits a topic to 255 octets in the decoder", |a, r| {
        unless(a, r, |_, out| out.pointer("/message/topic_id").and_then(Value::as_str).is_some_and(|t| t.len() > 510))
    }),
    bug(KIND, "refuses-empty-content-type", "wants a content type", |a, r| {
        unless(a, r, |_, out| any_part(out, &|p| p.get("content_type").is_some_and(|t| t == "")))
    }),
    bug(KIND, "refuses-non-ascii", "has no text beyond ASCII", |a, r| {
        unless(a, r, |tree, _| tree.any(&|n| n.major == 3 && !n.string.is_ascii()))
    }),
];

/// Refuses a document that has such a thing in it, for every operation that decodes.
fn unless(asked: Asked<'_>, right: Answer, such: impl Fn(&Node, &Value) -> bool) -> Answer {
    if asked.op != "content/decode" {
        return right;
    }
    let Answer::Ok(out) = &right else { return right };
    let tree = asked.cbor().and_then(|octets| Node::parse(&octets).map(|(node, _)| node));
    if tree.is_some_and(|tree| such(&tree, out)) { refuse("seeded: too narrow") } else { right }
}

fn keys(out: &Value) -> impl Iterator<Item = &Value> {
    let extensions = out.pointer("/message/extensions").and_then(Value::as_array);
    extensions.into_iter().flatten().filter_map(|e| e.get("key"))
}

fn body(out: &Value) -> Option<&Value> {
    out.pointer("/message/body")
}

fn children(part: &Value) -> impl Iterator<Item = &Value> {
    part.get("parts").and_then(Value::as_array).into_iter().flatten()
}

fn number(part: &Value, member: &str) -> u64 {
    part.get(member).and_then(Value::as_u64).unwrap_or(0)
}

fn any_part(out: &Value, such: &impl Fn(&Value) -> bool) -> bool {
    fn below(part: &Value, such: &impl Fn(&Value) -> bool) -> bool {
        such(part) || children(part).any(|c| below(c, such))
    }
    body(out).is_some_and(|b| below(b, such))
}

fn depth(part: &Value) -> usize {
    1 + children(part).map(depth).max().unwrap_or(0)
}

fn count(part: &Value) -> usize {
    1 + children(part).map(count).sum::<usize>()
}
