//! Every form that a message of MLS can have, and what has none.

use crate::reason::wire as reason;
use crate::vector::families::build::group;
use crate::vector::families::structures::rows::{Bad, bad, decodes, refused};
use crate::vector::forge::delivery::{
    Forged, MASKED, commit_data, delivered, delivered_commit, group_info_response, key_package_response, send_request,
};
use crate::vector::forge::mls::{self, SentBy, Source};
use crate::vector::forge::tls::{Field, fixed, opaque, vector};
use crate::vector::{Case, Group, Verdict};

const PROPOSALS: &str = "rfc9420:12.1:proposals";
const PUBLIC: &str = "rfc9420:6.2:public-message";

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("proposals of every type", proposals()),
        group("proposals of unknown types", unknown_proposals()),
        group("senders and tags", senders()),
        group("commits", commits()),
        group("leaves and GroupInfos", leaves()),
    ]
}

fn proposed(from: SentBy, kind: u16, body: Vec<Field>) -> Forged {
    delivered(mls::public(from, 2, [mls::proposal(kind, body)]))
}

fn psk(fields: Vec<Field>) -> Vec<Field> {
    [fields, vec![opaque("psk_nonce", [0x9c; 4])]].concat()
}

fn resumption(usage: u8) -> Vec<Field> {
    psk(vec![fixed("psktype", [2, usage]), opaque("psk_group_id", b"old"), fixed("psk_epoch", [0; 8])])
}

fn proposals() -> Vec<Case> {
    let accepted = |name: &str, comment: &str, kind, body| {
        let rules = [PROPOSALS, "4.4:message"];
        decodes(&format!("proposal-{name}"), comment, "proposal", &rules, &proposed(SentBy::Member, kind, body))
    };
    vec![
        accepted("add", "An Add.", 1, vec![mls::key_package()]),
        accepted("update", "An Update.", 2, vec![mls::leaf_node(Source::Update)]),
        accepted("remove", "A Remove.", 3, vec![fixed("removed", [0xff; 4])]),
        accepted("psk-external", "An external PSK.", 4, psk(vec![fixed("psktype", [1]), opaque("psk_id", b"id")])),
        accepted("psk-resumption-application", "A resumption PSK for applications.", 4, resumption(1)),
        accepted("psk-resumption-reinit", "A resumption PSK for a ReInit.", 4, resumption(2)),
        accepted("psk-resumption-branch", "A resumption PSK for a branch.", 4, resumption(3)),
        accepted("reinit", "A ReInit.", 5, reinit(1)),
        accepted("reinit-other-version", "A ReInit to a version that nobody knows yet.", 5, reinit(2)),
        accepted(
            "external-init",
            "An ExternalInit, which a member must not send, but anybody can read.",
            6,
            vec![opaque("kem_output", [0xe0; 8])],
        ),
        accepted("context-extensions", "GroupContextExtensions, none of them.", 7, vec![vector("extensions", [])]),
    ]
}

fn reinit(version: u8) -> Vec<Field> {
    vec![
        opaque("group_id", b"new"),
        fixed("version", [0, version]),
        fixed("cipher_suite", [0, 1]),
        vector("extensions", []),
    ]
}

/// Where the type of the proposal in [`proposed`] is.
const TYPE: &str = "message-proposal-proposal-type";

fn unknown_proposals() -> Vec<Case> {
    let reserved = proposed(SentBy::Member, 0, vec![]);
    let comment = "The proposal type 0 is reserved.";
    let unknown = reason::WIRE_UNKNOWN_PROPOSAL_TYPE;
    let mut cases = vec![refused("proposal-0", comment, "unknown-proposal", &[PROPOSALS], &reserved, unknown, TYPE)];
    for (name, kind) in [("grease", 0x0a0a), ("private-use", 0xf0a0), ("largest", 0xffff)] {
        let forged = proposed(SentBy::Member, kind, vec![opaque("body", b"what this is nobody knows")]);
        let comment = format!("The proposal type 0x{kind:04x}, with an opaque<V> for its body.");
        let name = format!("proposal-{name}");
        let case = refused(&name, &comment, "unknown-proposal", &[PROPOSALS], &forged, unknown, TYPE);
        cases.push(case.contested(&[
            (Verdict::Reject, "Where an unknown proposal ends is not known: the body may have any form."),
            (Verdict::Accept, "MLS libraries read the body of an unknown proposal as an opaque<V>."),
        ]));
    }
    let extensions: [(&str, u16, Vec<Field>); 4] = [
        ("app-data-update", 8, vec![fixed("component_id", [0x80, 0]), fixed("op", [1]), opaque("update", b"new")]),
        ("app-data-remove", 8, vec![fixed("component_id", [0x80, 0]), fixed("op", [2])]),
        ("app-ephemeral", 9, vec![fixed("component_id", [0x80, 0]), opaque("data", b"once")]),
        ("self-remove", 10, vec![]),
    ];
    for (name, kind, body) in extensions {
        let forged = proposed(SentBy::Member, kind, body);
        let comment = format!("The proposal type {kind} of draft-ietf-mls-extensions.");
        let case = decodes(&format!("proposal-{name}"), &comment, "unknown-proposal", &[PROPOSALS], &forged);
        cases.push(case.contested(&[
            (Verdict::Accept, "draft-ietf-mls-extensions gives this proposal a form."),
            (Verdict::Reject, "The delivery draft names no extensions of MLS."),
        ]));
    }
    cases
}

fn senders() -> Vec<Case> {
    let add = || vec![mls::key_package()];
    let rules = [PUBLIC, "4.4:message"];
    let from = |name: &str, comment: &str, from| decodes(name, comment, "sender", &rules, &proposed(from, 1, add()));
    let remove = || mls::proposal(3, [fixed("removed", [0, 0, 0, 1])]);
    let tagged = |from, tag: bool| {
        let mut octets = delivered(mls::public(from, 2, [remove()])).wire.octets();
        let end = octets.len();
        if tag {
            octets.extend([8, 1, 2, 3, 4, 5, 6, 7, 8]);
        } else {
            octets.truncate(end - 9);
        }
        (octets, if tag { end } else { end - 9 })
    };
    let wrong = |name: &str, comment: &str, (octets, offset): (Vec<u8>, usize), reason| {
        let (name, comment) = (name.to_owned(), comment.to_owned());
        bad(
            "delivery",
            Bad {
                name,
                comment,
                flag: "tags",
                requirements: &rules,
                structure: "Message",
                octets,
                reason,
                offset: Some(offset),
            },
        )
    };
    let external = mls::public(SentBy::NewMemberCommit, 3, mls::commit([], None));
    vec![
        from("sender-external", "An Add of an external sender.", SentBy::External),
        from("sender-new-member", "An Add of somebody who asks to be added.", SentBy::NewMemberProposal),
        decodes(
            "sender-new-member-commit",
            "A commit of somebody who joins by it, sent like any other.",
            "sender",
            &[PUBLIC, "4.2:send-request"],
            &send_request(mls::external_commit(), Some(commit_data(None, None))),
        ),
        decodes(
            "sender-new-member-commit-bare",
            "A commit of somebody who joins by it, without proposals and path.",
            "sender",
            &rules,
            &delivered_commit(external, &MASKED, None),
        ),
        wrong(
            "member-without-membership-tag",
            "A member's proposal without a membership tag.",
            tagged(SentBy::Member, false),
            reason::WIRE_TRUNCATED,
        ),
        wrong(
            "external-with-membership-tag",
            "An external sender's proposal with a membership tag.",
            tagged(SentBy::External, true),
            reason::WIRE_TRAILING,
        ),
        wrong(
            "new-member-with-membership-tag",
            "A proposal of somebody who asks to be added, with a membership tag.",
            tagged(SentBy::NewMemberProposal, true),
            reason::WIRE_TRAILING,
        ),
        wrong(
            "proposal-with-confirmation-tag",
            "A member's proposal with a third tag behind its signature, as only a commit has.",
            tagged(SentBy::Member, true),
            reason::WIRE_TRAILING,
        ),
    ]
}

fn commits() -> Vec<Case> {
    let rules = ["rfc9420:12.4:commit", "4.4:message"];
    let commit = |name: &str, comment: &str, proposals: Vec<Field>, path: Option<Field>| {
        let message = mls::public(SentBy::Member, 3, mls::commit(proposals, path));
        decodes(name, comment, "commit", &rules, &delivered_commit(message, &MASKED, None))
    };
    let add = || mls::by_value(mls::proposal(1, [mls::key_package()]));
    vec![
        commit("commit-empty", "No proposals and no path.", vec![], None),
        commit("commit-path-only", "No proposals, and a path.", vec![], Some(mls::update_path())),
        commit(
            "commit-references",
            "References only.",
            vec![mls::by_reference(&[1; 32]), mls::by_reference(&[])],
            None,
        ),
        commit(
            "commit-mixed",
            "Proposals by value and by reference, in turn.",
            vec![add(), mls::by_reference(&[1; 32]), add(), mls::by_reference(&[2; 32])],
            Some(mls::update_path()),
        ),
        commit(
            "commit-of-many",
            "Forty references: the list's length takes two octets.",
            (0..40).map(|n| mls::by_reference(&[n; 32])).collect(),
            None,
        ),
    ]
}

fn leaves() -> Vec<Case> {
    let info = |name: &str, comment: &str, extensions: Vec<Field>| {
        let rules = ["rfc9420:12.4.3:group-info", "4.5:group-info-response"];
        decodes(name, comment, "group-info", &rules, &group_info_response(mls::group_info(extensions), None))
    };
    let tree = || mls::ratchet_tree().octets();
    let broken = |octets: Vec<u8>, at: usize, instead: u8| {
        let mut octets = octets;
        if let Some(octet) = octets.get_mut(at) {
            *octet = instead;
        }
        octets
    };
    let in_tree = |name: &str, comment: &str, data: Vec<u8>, reason, shift: usize| {
        let forged = group_info_response(mls::group_info([mls::extension(2, &data)]), None);
        let place = forged.wire.place("group-info-extensions-1-extension-data");
        let head = if data.len() < 64 { 1 } else { 2 };
        let case = bad(
            "delivery",
            Bad {
                name: name.to_owned(),
                comment: comment.to_owned(),
                flag: "tree-extension",
                requirements: &["rfc9420:12.4.3.3:ratchet-tree"],
                structure: "GroupInfoResponse",
                octets: forged.wire.octets(),
                reason,
                offset: place.map(|(start, _)| start + head + shift),
            },
        );
        case.contested(&[
            (Verdict::Reject, "The extension holds a ratchet tree, which the hub needs, and this is none."),
            (Verdict::Accept, "The data of an extension is opaque to whoever does not use it."),
        ])
    };
    vec![
        info("group-info-unknown-extension", "An extension that nobody knows.", vec![mls::extension(0xf0a2, b"z")]),
        info("group-info-with-tree", "The tree is in the GroupInfo.", vec![mls::extension(2, &tree())]),
        info(
            "group-info-tree-second",
            "The tree is the second of three extensions.",
            vec![mls::extension(0xf0a2, b"z"), mls::extension(2, &tree()), mls::extension(4, &[])],
        ),
        in_tree(
            "group-info-tree-presence",
            "The first node of the tree in the GroupInfo is neither there nor blank.",
            broken(tree(), 2, 2),
            reason::WIRE_BAD_OPTIONAL,
            2,
        ),
        in_tree(
            "group-info-tree-node-type",
            "The first node of the tree in the GroupInfo is neither leaf nor parent.",
            broken(tree(), 3, 3),
            reason::WIRE_UNKNOWN_ENUM,
            3,
        ),
        in_tree(
            "group-info-tree-trailing",
            "An octet follows the tree in the GroupInfo.",
            [tree(), vec![0]].concat(),
            reason::WIRE_TRAILING,
            tree().len(),
        ),
        decodes(
            "credential-of-unknown-type",
            "A credential of type 0xf0a1 with one opaque<V>.",
            "credential",
            &["rfc9420:5.3:credential"],
            &key_package_response(mls::key_package_of(mls::leaf_node_of(
                Source::KeyPackage,
                [fixed("credential_type", [0xf0, 0xa1]), opaque("identity", [9; 5])],
            ))),
        )
        .contested(&[
            (Verdict::Accept, "MLS libraries read a credential of an unknown type as one opaque<V>."),
            (Verdict::Reject, "RFC 9420 gives such a credential no form, and its end is not known."),
        ]),
    ]
}
