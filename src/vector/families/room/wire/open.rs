//! What the draft leaves open, or says twice: octets that another honest reading makes something else of.

use crate::reason::{Reason, wire as reason};
use crate::vector::families::build::{accept, group, reject};
use crate::vector::forge::delivery::Forged;
use crate::vector::forge::mls;
use crate::vector::forge::room::{commit_bundle, fanouts, group_info_request, proposal, to_be_encrypted};
use crate::vector::{Case, Group, Verdict};
use crate::wire::hex;
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![group("other readings", others().into_iter().chain(accepted()))]
}

fn refused(
    name: &str,
    comment: &str,
    rule: &str,
    structure: &str,
    (octets, reason, offset): (&[u8], Reason, usize),
    [ours, theirs]: [&str; 2],
) -> Case {
    let input = json!({"structure": structure, "octets": hex::encode(octets)});
    reject(name, comment, &["open"], &[rule], "room/decode", input, reason)
        .at(Some(offset))
        .contested(&[(Verdict::Reject, ours), (Verdict::Accept, theirs)])
}

/// A structure with octets put in before the field with this path.
fn with(forged: &Forged, path: &str, more: &[u8]) -> (Vec<u8>, usize) {
    let (mut octets, start) = (forged.wire.octets(), forged.wire.place(path).map_or(0, |(start, _)| start));
    octets.splice(start..start, more.iter().copied());
    (octets, start)
}

fn others() -> Vec<Case> {
    let request = group_info_request("", b"code");
    let (coded, _) = with(&request, "joining-code", &[1]);
    let coded_end = coded.len();
    let bundle = commit_bundle("", mls::member_commit(), false, true, 3);
    let (with_protocol, _) = with(&bundle, "proposal-or-commit", &[1]);
    let fanned = fanouts().into_iter().find(|(variant, _)| *variant == "application").map(|(_, pairs)| pairs);
    let fanned = fanned.map(|pairs| crate::vector::forge::room::fanout("", pairs).wire);
    let bare = fanned.as_ref().map(|wire| {
        let octets = wire.octets();
        octets.get(..octets.len() - 1).unwrap_or_default().to_vec()
    });
    let bare = bare.unwrap_or_default();
    let mut fan_protocol = bare.clone();
    fan_protocol.insert(8, 1);
    let no_tree = to_be_encrypted("", vec![], 3, 0);
    let (mut nodes, place) = with(&no_tree, "ratchet-tree-option-representation", &[1, 8, 2, 1, 0xe4, 0, 0]);
    nodes.truncate(place);
    nodes.extend([1, 5, 2, 1, 0xe4, 0, 0, 0]);
    let mut semi = proposal().octets();
    if let Some(octet) = semi.get_mut(3) {
        *octet = 6;
    }
    let semi = [semi, vec![0]].concat();
    vec![
        refused(
            "joining-code-optional",
            "An octet 1 before the joining code says that there is one.",
            "5.6:joining-code-optional",
            "GroupInfoRequest",
            (&coded, reason::WIRE_TRUNCATED, coded_end),
            [
                "The request has `opaque joiningCode<V>`, empty for none.",
                "What is signed has it optional, so what is sent has, too.",
            ],
        ),
        refused(
            "accepted-without-fields",
            "Nothing follows the code of an accepted message.",
            "5.4:accepted-or-success",
            "SubmitMessageResponse",
            (&[1, 0], reason::WIRE_TRUNCATED, 2),
            [
                "`success` in the select means `accepted`.",
                "The select has no case for `accepted`, so nothing follows it.",
            ],
        ),
        refused(
            "application-without-fields",
            "Nothing follows application data that is fanned out.",
            "5.5:select-by-kind",
            "FanoutMessage",
            (&bare, reason::WIRE_TRUNCATED, bare.len()),
            [
                "The content type decides what follows.",
                "No wire format has the name `application`, so nothing follows.",
            ],
        ),
        refused(
            "fanout-with-protocol",
            "The protocol stands between time and message.",
            "5.5:no-protocol",
            "FanoutMessage",
            (&fan_protocol, reason::WIRE_UNKNOWN_VERSION, 8),
            ["The structure has no field for the protocol.", "A select needs the value that it is over."],
        ),
        refused(
            "bundle-with-protocol",
            "The protocol stands before the bundle.",
            "5.3:no-protocol",
            "HandshakeBundle",
            (&with_protocol, reason::WIRE_UNKNOWN_VERSION, 0),
            ["The protocol is a property of the room, and not sent.", "A select needs the value that it is over."],
        ),
        refused(
            "tree-of-plain-nodes",
            "The nodes of the tree have no octet before them that says whether they are there.",
            "5.3:tree-nodes",
            "GroupInfoRatchetTreeTBE",
            (&nodes, reason::WIRE_BAD_OPTIONAL, place + 2),
            [
                "The tree is that of RFC 9420, with `optional<Node>`.",
                "draft-mahy-mls-ratchet-tree-options has `Node ratchet_tree<V>`.",
            ],
        ),
        refused(
            "semi-private-proposal",
            "A message of the wire format 6, which some take for a SemiPrivateMessage.",
            "5.3:semi-private",
            "HandshakeBundle",
            (&semi, reason::WIRE_UNKNOWN_ENUM, 2),
            ["The wire format has no number yet.", "A private agreement gives it one."],
        ),
    ]
}

fn accepted() -> Vec<Case> {
    let exhausted = json!({"client_status": 1, "client_uri": hex::encode(b"c")});
    let value = json!({"protocol": 1, "user_status": 1, "user_uri": hex::encode(b"u"), "clients": [exhausted]});
    let octets = [1, 1, 1, b'u', 3, 1, 1, b'c'];
    let input = json!({"structure": "KeyMaterialResponse", "octets": hex::encode(&octets)});
    let exhausted = accept(
        "exhausted-client",
        "A client without key material: its status and its URI.",
        &["open"],
        &["5.2:nothing-empty-case"],
        "room/decode",
        input,
        json!({"value": value}),
    )
    .contested(&[
        (Verdict::Accept, "The case that is missing is empty."),
        (Verdict::Reject, "Without a case such a client cannot be written."),
    ]);
    let tree = mls::extension(2, &mls::ratchet_tree().octets());
    let info = mls::group_info([tree]).octets().get(4..).unwrap_or_default().to_vec();
    let commit = mls::member_commit().octets();
    let octets = [commit.clone(), vec![0, 1], info.clone(), vec![4]].concat();
    let value = json!({
        "proposal_or_commit": hex::encode(&commit),
        "welcome": null,
        "group_info_option": {"representation": 1, "group_info": hex::encode(&info)},
        "ratchet_tree_option": {"representation": 4},
    });
    let embedded = accept(
        "bundle-with-embedded-tree",
        "The GroupInfo beside a commit has its tree inside.",
        &["open"],
        &["5.3:no-embedded-tree"],
        "room/decode",
        json!({"structure": "HandshakeBundle", "octets": hex::encode(&octets)}),
        json!({"value": value}),
    )
    .contested(&[
        (Verdict::Accept, "The example in the same section sends it so."),
        (Verdict::Reject, "A comment in the structure says that the tree is left out."),
    ]);
    vec![exhausted, embedded]
}
