//! Bugs of part indexes (section 4.4).

use super::bug::Fault::Answers;
use super::bug::Row;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const OP: &str = "content/part-index";
const ORDER: &str = "another order in which to walk a tree";

pub(super) const BUGS: &[Row] = &[
    (
        "breadth-first",
        "counts the parts level by level",
        ORDER,
        Answers(OP, |_, answer| {
            renumbered(answer, |parts| parts.sort_by_key(|part| part.get("depth").and_then(Value::as_u64)))
        }),
    ),
    (
        "inner-parts-first",
        "counts the parts inside a multipart before the multipart",
        ORDER,
        Answers(OP, |_, answer| {
            renumbered(answer, |parts| {
                let depth = |part: &Value| part.get("depth").and_then(Value::as_u64).unwrap_or_default();
                let mut open: Vec<Value> = vec![];
                for part in std::mem::take(parts) {
                    while let Some(closed) = open.pop_if(|last| depth(last) >= depth(&part)) {
                        parts.push(closed);
                    }
                    open.push(part);
                }
                parts.extend(open.into_iter().rev());
            })
        }),
    ),
    (
        "last-part-first",
        "counts the last part of a multipart first",
        "a stack turns the order round",
        Answers(OP, |_, answer| {
            renumbered(answer, |parts| {
                let parent = |part: &Value| part.get("parent").and_then(Value::as_u64);
                let mut pending: Vec<Value> = parts.first().cloned().into_iter().collect();
                let mut order = vec![];
                while let Some(part) = pending.pop() {
                    let index = part.get("index").and_then(Value::as_u64);
                    pending.extend(parts.iter().filter(|p| parent(p).is_some() && parent(p) == index).cloned());
                    order.push(part);
                }
                *parts = order;
            })
        }),
    ),
    (
        "indexes-from-one",
        "counts the parts from 1",
        "an index that begins elsewhere",
        Answers(OP, |_, answer| {
            changed(answer, |parts| {
                for part in parts {
                    for name in ["index", "parent"] {
                        if let Some(n) = part.get(name).and_then(Value::as_u64) {
                            set(part, name, json!(n + 1));
                        }
                    }
                }
            })
        }),
    ),
    (
        "multiparts-not-counted",
        "counts only the parts that are no multiparts",
        "only what has content seems to need an index",
        Answers(OP, |_, answer| renumbered(answer, |parts| parts.retain(|part| !is(part, "multi")))),
    ),
    (
        "null-parts-not-counted",
        "does not count null parts",
        "only what has content seems to need an index",
        Answers(OP, |_, answer| renumbered(answer, |parts| parts.retain(|part| !is(part, "null")))),
    ),
    (
        "external-parts-not-counted",
        "does not count external parts",
        "only what is in the message seems to need an index",
        Answers(OP, |_, answer| renumbered(answer, |parts| parts.retain(|part| !is(part, "external")))),
    ),
    (
        "depth-from-zero",
        "counts levels from 0",
        "an index that begins elsewhere",
        Answers(OP, |_, answer| {
            changed(answer, |parts| {
                for part in parts {
                    let depth = part.get("depth").and_then(Value::as_u64).unwrap_or_default();
                    set(part, "depth", json!(depth.saturating_sub(1)));
                }
            })
        }),
    ),
    (
        "every-parent-is-the-root",
        "names the root as the parent of every part",
        "what is right for one level of parts",
        Answers(OP, |_, answer| {
            changed(answer, |parts| {
                for part in parts.iter_mut().filter(|part| part.get("parent") != Some(&Value::Null)) {
                    set(part, "parent", json!(0));
                }
            })
        }),
    ),
    (
        "indexes-of-8-bits",
        "begins again at 0 after 256 parts",
        "a number is kept in a type that is too small",
        Answers(OP, |_, answer| {
            changed(answer, |parts| {
                for part in parts {
                    let index = part.get("index").and_then(Value::as_u64).unwrap_or_default();
                    set(part, "index", json!(index & 0xff));
                }
            })
        }),
    ),
];

fn is(part: &Value, cardinality: &str) -> bool {
    part.get("cardinality").and_then(Value::as_str) == Some(cardinality)
}

fn set(part: &mut Value, name: &str, value: Value) {
    if let Some(slot) = part.get_mut(name) {
        *slot = value;
    }
}

fn changed(answer: Answer, change: impl FnOnce(&mut Vec<Value>)) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    if let Some(parts) = out.get_mut("parts").and_then(Value::as_array_mut) {
        change(parts);
    }
    Answer::Ok(out)
}

/// Puts the parts into another order, and numbers them and their parents by it; a parent that is gone is none.
fn renumbered(answer: Answer, reorder: impl FnOnce(&mut Vec<Value>)) -> Answer {
    changed(answer, |parts| {
        reorder(parts);
        let order: Vec<Value> = parts.iter().filter_map(|part| part.get("index").cloned()).collect();
        let place = |index: &Value| order.iter().position(|known| known == index);
        for part in parts {
            for name in ["index", "parent"] {
                let number = part.get(name).and_then(place);
                set(part, name, json!(number));
            }
        }
    })
}
