//! `content/part-index`: part indices and content ids (section 4.4).

use crate::reason::{Reason, content as reason};
use crate::vector::families::build::{NoteRow, accept, file as family, group, reject, stream};
use crate::vector::forge::{Message, Part, Semantics};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "content/part-index";

const NOTES: &[NoteRow] = &[
    (
        "index-order",
        "Parts are numbered breadth first, or only the leaves are numbered.",
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
];

fn document(name: &str, body: Part) -> String {
    let message = Message::new(stream(&format!("{NAME}/{name}")).octets(16), body);
    hex::encode(&message.item().octets())
}

fn leaf(content: &str) -> Part {
    Part::single("text/plain", content)
}

/// One row of the answer: index, parent, depth, cardinality.
type Row = (u64, Option<u64>, u64, &'static str);

fn numbered(name: &str, comment: &str, requirements: &[&str], body: Part, rows: &[Row]) -> Case {
    let row = |(index, parent, depth, cardinality): &Row| json!({"index": index, "parent": parent, "depth": depth, "cardinality": cardinality});
    let out = json!({"parts": rows.iter().map(row).collect::<Vec<Value>>()});
    accept(name, comment, &["index-order"], requirements, NAME, json!({"cbor": document(name, body)}), out)
}

fn refused(name: &str, comment: &str, body: Part, uri: &str, reason: Reason) -> Case {
    let input = json!({"cbor": document(name, body), "uri": uri});
    reject(name, comment, &["cid-leaf"], &["4.4:cid-leaf-only"], "content/resolve-cid", input, reason)
}

pub(in crate::vector::families) fn file() -> File {
    let pair = || Part::multi(Semantics::ProcessAll, [leaf("a"), leaf("b")]);
    let groups = vec![
        group(
            "part indices",
            [numbered(
                "root-alone",
                "One part has index 0.",
                &["4.4:part-index-zero"],
                leaf("a"),
                &[(0, None, 1, "single")],
            )],
        ),
        group(
            "content ids",
            [refused("cid-of-multi", "The root is a group.", pair(), "cid:0@local.invalid", reason::CID_NOT_A_LEAF)],
        ),
    ];
    family(NAME, NOTES, groups)
}
