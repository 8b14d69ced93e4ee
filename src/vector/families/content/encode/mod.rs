//! `content/encode`: the octets of a message. An encoder is the writer that chapter 6 addresses, so that
//! nothing here is left to a receiver's leniency.
//!
//! | file | what |
//! |---|---|
//! | `rows` | what its tables are written with |
//! | `written` | what is written |
//! | `limits` | what no document can carry |

mod limits;
mod rows;
mod written;

use super::decode::EXAMPLES;
use crate::vector::families::build::{self, NoteRow, group};
use crate::vector::{File, Group};

pub(in crate::vector::families) const NAME: &str = "content/encode";

const NOTES: &[NoteRow] = &[
    (
        "extension-order",
        "Extensions are written in the order given, by value, or length-first.",
        "Every strict receiver refuses the message.",
        "6.1:map-key-order",
        &["RFC 8949 section 4.2.1"],
    ),
    (
        "shortest-form",
        "An integer or a length is not in its shortest form.",
        "Every strict receiver refuses the message.",
        "6.1:deterministic-encoding",
        &["RFC 8949 section 4.2.1"],
    ),
    (
        "value-as-given",
        "An extension's value is decoded and encoded by a library that changes it.",
        "What was meant is not what is sent.",
        "4.3:value-any",
        &[],
    ),
    (
        "value-not-conforming",
        "An extension's value is copied without a look at it.",
        "A message is sent that every strict receiver refuses.",
        "6.1:deterministic-encoding",
        &[],
    ),
    (
        "field-limits",
        "A length or a number beyond its field is written, or cut.",
        "A message is sent that no receiver accepts, or that says something else.",
        "A.1:cddl-whole-message",
        &[],
    ),
    (
        "key-limits",
        "Keys are not held against the data model.",
        "A message is sent that every strict receiver refuses.",
        "6.2:integer-key-max",
        &[],
    ),
    (
        "depth-limits",
        "Depth is not limited when writing.",
        "A message is sent that receivers discard.",
        "6.3:part-depth-4",
        &[],
    ),
    (
        "example",
        "An example of the draft is written differently.",
        "Message ids differ.",
        "3.1:examples-match-schema",
        &[],
    ),
];

pub(in crate::vector::families) fn file() -> File {
    let groups = [vec![examples()], written::groups(), limits::groups()];
    build::file(build::CONTENT, NAME, NOTES, groups.into_iter().flatten().collect())
}

fn examples() -> Group {
    let case = |example: &super::decode::Example| {
        let (message, name) = ((example.message)(), format!("example-{}", example.name));
        let comment = format!("The draft's example: {}", example.what);
        rows::written(&name, &comment, "example", "3.1:examples-match-schema", &message, &message)
    };
    group("the draft's examples", EXAMPLES.iter().map(case))
}
