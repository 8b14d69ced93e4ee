//! What the tables of this family are written with.

use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::{accept, reject};
use crate::vector::forge::delivery::Forged;
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const DECODE: &str = "delivery/decode";
pub(super) const ENCODE: &str = "delivery/encode";

/// The requirement that gives a structure its form.
pub(super) fn form(structure: &str) -> &'static str {
    match structure {
        "KeyPackageRequest" => "4.1:key-package-request",
        "KeyPackageResponse" => "4.1:key-package-response",
        "WelcomeData" => "4.2:welcome-data",
        "CommitData" => "4.2:commit-data",
        "SendRequest" => "4.2:send-request",
        "WelcomeInitRequest" => "4.3:welcome-init-request",
        "ReceiveRequest" => "4.4:receive-request",
        "Message" => "4.4:message",
        "Epoch" => "4.4:epoch",
        "HintedEpoch" => "4.4:hinted-epoch",
        "ReceiveResponse" => "4.4:receive-response",
        "ExternalJoinRequest" => "4.5:external-join-request",
        "GroupInfoRequest" => "4.5:group-info-request",
        _ => "4.5:group-info-response",
    }
}

/// `SendRequest` → `send-request`.
pub(super) fn slug(structure: &str) -> String {
    let mut slug = String::new();
    for c in structure.chars() {
        if c.is_ascii_uppercase() && !slug.is_empty() {
            slug.push('-');
        }
        slug.push(c.to_ascii_lowercase());
    }
    slug
}

fn octets_of(structure: &str, octets: &[u8]) -> Value {
    json!({"structure": structure, "octets": hex::encode(octets)})
}

fn value_of(structure: &str, value: &Value) -> Value {
    json!({"structure": structure, "value": value})
}

/// Its octets are accepted, and are its value.
pub(super) fn decodes(name: &str, comment: &str, flag: &str, requirements: &[&str], forged: &Forged) -> Case {
    let input = octets_of(forged.name, &forged.wire.octets());
    accept(name, comment, &[flag], requirements, DECODE, input, json!({"value": forged.value}))
}

/// Its value is accepted, and these are its octets.
pub(super) fn encodes(name: &str, comment: &str, flag: &str, requirements: &[&str], forged: &Forged) -> Case {
    let out = json!({"octets": hex::encode(&forged.wire.octets())});
    accept(name, comment, &[flag], requirements, ENCODE, value_of(forged.name, &forged.value), out)
}

/// Octets that are refused at this offset.
pub(super) struct Bad<'a> {
    pub name: String,
    pub comment: String,
    pub flag: &'a str,
    pub requirements: &'a [&'a str],
    pub structure: &'a str,
    pub octets: Vec<u8>,
    pub reason: Reason,
    pub offset: Option<usize>,
}

pub(super) fn bad(row: Bad) -> Case {
    let input = octets_of(row.structure, &row.octets);
    reject(&row.name, &row.comment, &[row.flag], row.requirements, DECODE, input, row.reason).at(row.offset)
}

/// A structure, whole, that is refused at the field with this path.
pub(super) fn refused(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &[&str],
    forged: &Forged,
    reason: Reason,
    path: &str,
) -> Case {
    bad(Bad {
        name: name.to_owned(),
        comment: comment.to_owned(),
        flag,
        requirements,
        structure: forged.name,
        octets: forged.wire.octets(),
        reason,
        offset: forged.wire.place(path).map(|(start, _)| start),
    })
}

/// A value that no octets stand for.
pub(super) fn no_octets(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &[&str],
    forged: &Forged,
    reason: Reason,
) -> Case {
    reject(name, comment, &[flag], requirements, ENCODE, value_of(forged.name, &forged.value), reason)
}
