//! What tables of structures are written with.

use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::{accept, reject};
use crate::vector::forge::delivery::Forged;
use crate::wire::hex;
use serde_json::{Value, json};

/// The requirement that gives a structure its form, in its area's document.
pub(in crate::vector::families) fn form(forged: &Forged) -> &'static str {
    if forged.area == "room" { room(forged.name) } else { delivery(forged.name) }
}

fn room(structure: &str) -> &'static str {
    match structure {
        "KeyMaterialRequest" => "5.2:request-fields",
        "KeyMaterialResponse" => "5.2:response-fields",
        "HandshakeBundle" => "5.3:bundle-fields",
        "UpdateRoomResponse" => "5.3:update-response-fields",
        "SubmitMessageRequest" => "5.4:request-fields",
        "SubmitMessageResponse" => "5.4:response-fields",
        "Frank" => "5.4:frank-fields",
        "FrankAAD" => "5.4.1:tag-length",
        "FrankingAgentData" => "5.4.1:agent-fields",
        "FanoutMessage" => "5.5:fields",
        "NotifyRequest" => "5.5:several",
        "GroupInfoRequest" => "5.6:request-fields",
        "GroupInfoResponse" => "5.6:response-fields",
        "GroupInfoRatchetTreeTBE" => "5.6:pending-proposals",
        "ParticipantListData" => "7.5:data-fields",
        "ParticipantListUpdate" => "7.5:update-fields",
        _ => "7.6:metadata-fields",
    }
}

fn delivery(structure: &str) -> &'static str {
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

/// `SendRequest` → `send-request`, `FrankAAD` → `frank-aad`.
pub(in crate::vector::families) fn slug(structure: &str) -> String {
    let mut slug = String::new();
    let mut upper = true;
    for c in structure.chars() {
        if c.is_ascii_uppercase() && !upper {
            slug.push('-');
        }
        upper = c.is_ascii_uppercase();
        slug.push(c.to_ascii_lowercase());
    }
    slug
}

/// Its slug, and that of the form that a code gives it.
pub(in crate::vector::families) fn form_slug(forged: &Forged) -> String {
    let slug = slug(forged.name);
    if forged.variant.is_empty() { slug } else { format!("{slug}-{}", forged.variant) }
}

/// Its name, and the form that a code gives it.
pub(in crate::vector::families) fn title(forged: &Forged) -> String {
    if forged.variant.is_empty() { forged.name.to_owned() } else { format!("{} ({})", forged.name, forged.variant) }
}

fn op(forged: &Forged, what: &str) -> String {
    format!("{}/{what}", forged.area)
}

fn octets_of(structure: &str, octets: &[u8]) -> Value {
    json!({"structure": structure, "octets": hex::encode(octets)})
}

fn value_of(structure: &str, value: &Value) -> Value {
    json!({"structure": structure, "value": value})
}

/// Its octets are accepted, and are its value.
pub(in crate::vector::families) fn decodes(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &[&str],
    forged: &Forged,
) -> Case {
    let input = octets_of(forged.name, &forged.wire.octets());
    accept(name, comment, &[flag], requirements, &op(forged, "decode"), input, json!({"value": forged.value}))
}

/// Its value is accepted, and these are its octets.
pub(in crate::vector::families) fn encodes(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &[&str],
    forged: &Forged,
) -> Case {
    let out = json!({"octets": hex::encode(&forged.wire.octets())});
    accept(name, comment, &[flag], requirements, &op(forged, "encode"), value_of(forged.name, &forged.value), out)
}

/// Octets that are refused at this offset.
pub(in crate::vector::families) struct Bad<'a> {
    pub name: String,
    pub comment: String,
    pub flag: &'a str,
    pub requirements: &'a [&'a str],
    pub structure: &'a str,
    pub octets: Vec<u8>,
    pub reason: Reason,
    pub offset: Option<usize>,
}

pub(in crate::vector::families) fn bad(area: &str, row: Bad) -> Case {
    let input = octets_of(row.structure, &row.octets);
    let op = format!("{area}/decode");
    reject(&row.name, &row.comment, &[row.flag], row.requirements, &op, input, row.reason).at(row.offset)
}

/// A structure, whole, that is refused at the field with this path.
pub(in crate::vector::families) fn refused(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &[&str],
    forged: &Forged,
    reason: Reason,
    path: &str,
) -> Case {
    let row = Bad {
        name: name.to_owned(),
        comment: comment.to_owned(),
        flag,
        requirements,
        structure: forged.name,
        octets: forged.wire.octets(),
        reason,
        offset: forged.wire.place(path).map(|(start, _)| start),
    };
    bad(forged.area, row)
}

/// A value that no octets stand for.
pub(in crate::vector::families) fn no_octets(
    name: &str,
    comment: &str,
    flag: &str,
    requirements: &[&str],
    forged: &Forged,
    reason: Reason,
) -> Case {
    reject(name, comment, &[flag], requirements, &op(forged, "encode"), value_of(forged.name, &forged.value), reason)
}
