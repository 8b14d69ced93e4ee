//! Wrong part indexes, content ids, and choices of parts (section 4.4).

use super::bug::{Asked, Bug, bug, output, refuse, set};
use super::tree::Node;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

pub(super) const BUGS: &[Bug] = &[
    bug("part-index", "index-one-based", "counts parts from one", |a, r| {
        rows(a, r, |rows| {
            for row in rows {
                add(row, "index", 1);
                add(row, "parent", 1);
            }
        })
    }),
    bug("part-index", "index-breadth-first", "counts parts level by level", |a, r| {
        rows(a, r, |rows| {
            rows.sort_by_key(|row| number(row, "depth"));
            renumber(rows);
        })
    }),
    bug("part-index", "index-leaves-only", "does not count multiparts", |a, r| {
        rows(a, r, |rows| {
            rows.retain(|row| row.get("cardinality").is_some_and(|c| c != "multi"));
            renumber(rows);
        })
    }),
    bug("part-index", "index-without-null-parts", "does not count null parts", |a, r| {
        rows(a, r, |rows| {
            rows.retain(|row| row.get("cardinality").is_some_and(|c| c != "null"));
            renumber(rows);
        })
    }),
    bug("part-index", "index-last-child-first", "counts the children of a part from the last", |a, r| {
        rows(a, r, |rows| {
            rows.get_mut(1..).unwrap_or_default().reverse();
            renumber(rows);
        })
    }),
    bug("part-index", "depth-from-zero", "gives the root depth 0", |a, r| {
        rows(a, r, |rows| {
            rows.iter_mut().for_each(|row| set(row, "depth", json!(number(row, "depth").saturating_sub(1))))
        })
    }),
    bug("cid", "cid-of-any-part", "resolves ids of multiparts and null parts", |a, r| {
        if a.refused(&r, &["cid-not-a-leaf"]) { Answer::Ok(json!({"index": 0})) } else { r }
    }),
    bug("cid", "cid-one-based", "counts parts from one in ids", |a, r| {
        if a.op == "content/resolve-cid" { output(r, |out| add(out, "index", 1)) } else { r }
    }),
    bug("cid", "cid-of-any-host", "does not look at what follows the index", |a, r| {
        resolved(a, r, |uri| format!("{}@local.invalid", uri.split('@').next().unwrap_or("")))
    }),
    bug("cid", "cid-of-any-scheme", "does not look at the scheme", |a, r| {
        resolved(a, r, |uri| format!("cid:{}", uri.rsplit(':').next().unwrap_or("")))
    }),
    bug("cid", "cid-reads-leading-digits", "ignores what follows the digits of an index", |a, r| {
        resolved(a, r, |uri| {
            let digits: String = uri.chars().skip(4).take_while(char::is_ascii_digit).collect();
            format!("cid:{digits}@local.invalid")
        })
    }),
    bug("cid", "cid-takes-the-last", "takes the last part for an index beyond it", |a, r| {
        if a.refused(&r, &["cid-unknown-part"]) { Answer::Ok(json!({"index": 0})) } else { r }
    }),
    bug("process", "process-every-choice", "handles every child of a chooseOne", |a, r| semantics(a, r, 0, 2)),
    bug("process", "process-parts-of-a-unit", "handles what it can of a singleUnit", |a, r| semantics(a, r, 1, 2)),
    bug("process", "process-one-of-all", "takes processAll for chooseOne", |a, r| semantics(a, r, 2, 0)),
    bug("process", "process-referenced", "handles parts again that another one refers to", |a, r| {
        plan(a, r, |process, skipped| {
            process.append(skipped);
            process.sort_by_key(Value::as_u64);
        })
    }),
    bug("process", "process-any-end-of-id", "does not look at what follows a content id", |a, r| {
        content(a, r, b".example", b"        ")
    }),
    bug("process", "process-any-start-of-id", "does not look at what stands before a content id", |a, r| {
        content(a, r, b"xcid:", b" cid:")
    }),
    bug("process", "process-in-reverse", "handles parts from the last", |a, r| {
        plan(a, r, |process, _| process.reverse())
    }),
    bug("process", "process-prefix-of-type", "takes a media type whose beginning it supports", |a, r| {
        if a.op != "content/process" {
            return r;
        }
        a.changed(|input| {
            if let Some(supported) = input.get_mut("supported").and_then(Value::as_array_mut) {
                let more: Vec<_> =
                    supported.iter().filter_map(Value::as_str).map(|t| json!(format!("{t};charset=utf-8"))).collect();
                supported.extend(more);
                supported.extend([json!("text/plain"), json!("text/html")]);
            }
        })
    }),
    bug("process", "process-refuses-nothing", "refuses a message of which it can handle nothing", |a, r| match &r {
        Answer::Ok(out) if out.get("process").is_some_and(|p| *p == json!([])) && a.op == "content/process" => {
            refuse("seeded: nothing to show")
        }
        _ => r,
    }),
];

fn number(value: &Value, member: &str) -> u64 {
    value.get(member).and_then(Value::as_u64).unwrap_or(0)
}

fn add(value: &mut Value, member: &str, n: u64) {
    if let Some(old) = value.get(member).and_then(Value::as_u64) {
        set(value, member, json!(old + n));
    }
}

fn rows(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Vec<Value>)) -> Answer {
    if asked.op != "content/part-index" {
        return right;
    }
    output(right, |out| {
        if let Some(rows) = out.get_mut("parts").and_then(Value::as_array_mut) {
            change(rows);
        }
    })
}

/// Gives the rows indexes by their place.
fn renumber(rows: &mut [Value]) {
    for (place, row) in rows.iter_mut().enumerate() {
        set(row, "index", json!(place));
    }
}

fn resolved(asked: Asked<'_>, right: Answer, mend: impl FnOnce(&str) -> String) -> Answer {
    if !asked.refused(&right, &["cid-malformed"]) {
        return right;
    }
    let uri = asked.input.get("uri").and_then(Value::as_str).unwrap_or_default();
    asked.with("uri", json!(mend(uri)))
}

fn plan(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Vec<Value>, &mut Vec<Value>)) -> Answer {
    if asked.op != "content/process" {
        return right;
    }
    output(right, |out| {
        let list = |out: &Value, name: &str| out.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let (mut process, mut skipped) = (list(out, "process"), list(out, "skipped"));
        change(&mut process, &mut skipped);
        set(out, "process", json!(process));
        set(out, "skipped", json!(skipped));
    })
}

/// Reads some content as other content of the same length.
fn content(asked: Asked<'_>, right: Answer, from: &[u8], to: &[u8]) -> Answer {
    let octets = asked.cbor().filter(|_| asked.op == "content/process");
    let Some((mut root, _)) = octets.as_deref().and_then(Node::parse) else { return right };
    root.visit(&mut |node| {
        if let Some(at) = node.string.windows(from.len()).position(|w| w == from)
            && let Some(place) = node.string.get_mut(at..at + from.len())
        {
            place.copy_from_slice(to);
        }
    });
    asked.about(&root.octets())
}

/// Reads one kind of part semantics as another.
fn semantics(asked: Asked<'_>, right: Answer, from: u64, to: u64) -> Answer {
    let octets = asked.cbor().filter(|_| asked.op == "content/process");
    let Some((mut root, _)) = octets.as_deref().and_then(Node::parse) else { return right };
    let is_multi = |n: &Node| n.major == 4 && n.children.len() == 5 && n.children.get(2).is_some_and(|c| c.arg == 3);
    root.visit(&mut |node| {
        let multi = is_multi(node);
        if let Some(semantics) = node.child(3).filter(|s| multi && s.arg == from) {
            semantics.set(to);
        }
    });
    asked.about(&root.octets())
}
