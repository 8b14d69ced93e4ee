//! `delivery/partition-key`: keys out of an exporter secret, and their masks (sections 3 and 4.4).
//!
//! | file | what |
//! |---|---|
//! | `known` | secrets, labels and contexts, with keys that another implementation computed |
//! | `refused` | secrets and suites that give no key |

mod known;
mod refused;

use crate::vector::File;
use crate::vector::families::build::{self, NoteRow};

pub(in crate::vector::families) const NAME: &str = "delivery/partition-key";
const OP: &str = NAME;

const NOTES: &[NoteRow] = &[
    (
        "suite",
        "One hash function is used, whatever the cipher suite.",
        "Members of a group of another suite export keys that nobody else has.",
        "rfc9420:8.5:exporter",
        &["RFC 9420 section 17.1"],
    ),
    (
        "label",
        "The label is left out, cut, or not given the prefix `MLS 1.0 `.",
        "Members export keys that nobody else has, or a key that something else uses.",
        "rfc9420:8.5:exporter",
        &["RFC 9420 section 8"],
    ),
    (
        "context",
        "The context is left out, or is not hashed.",
        "Members export keys that nobody else has.",
        "rfc9420:8.5:exporter",
        &["RFC 9420 section 8.5"],
    ),
    (
        "default",
        "Each implementation chooses label and context by itself, since the draft names none.",
        "Members export keys that nobody else has.",
        "3:exporter-label",
        &["docs/spec/delivery.md"],
    ),
    (
        "mask",
        "A partition key is masked with another hash, or with its length.",
        "Hints are not recognized, and every commit is ignored.",
        "4.4:masked-partition-key",
        &[],
    ),
    (
        "secret-length",
        "A secret of any length is taken.",
        "A truncated secret goes unnoticed.",
        "rfc9420:8:secret-length",
        &["RFC 5869 section 2.3"],
    ),
    (
        "unknown-suite",
        "An unknown cipher suite is taken for a known one.",
        "Members export keys that nobody else has.",
        "rfc9420:8.5:exporter",
        &["RFC 9420 section 17.1"],
    ),
];

pub(in crate::vector::families) fn file() -> File {
    let groups = [known::groups(), refused::groups()];
    build::file(build::DELIVERY, NAME, NOTES, groups.into_iter().flatten().collect())
}
