//! What the draft asks beyond the syntax.

use crate::reason::{Reason, room as reason, wire};
use crate::vector::families::build::{group, reject};
use crate::vector::families::structures::rows::{no_octets, refused};
use crate::vector::forge::delivery::Forged;
use crate::vector::forge::mls::{self, SentBy};
use crate::vector::forge::room::{
    commit_bundle, fanout_proposals, key_material_request, key_material_response, metadata, proposal, proposal_bundle,
    submit_request, to_be_encrypted,
};
use crate::vector::{Case, Group, Level, Verdict};
use crate::wire::hex;
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("key material", key_material()),
        group("messages of the wrong kind", kinds()),
        group("an embedded tree", trees()),
        group("texts", texts()),
    ]
}

/// Refused as octets at the field with this path, and as a value.
fn both(name: &str, comment: &str, flag: &str, rule: &str, forged: &Forged, reason: Reason, path: &str) -> [Case; 2] {
    [
        refused(name, comment, flag, &[rule], forged, reason, path),
        no_octets(&format!("encode-{name}"), comment, flag, &[rule], forged, reason).conformance(),
    ]
}

fn key_material() -> Vec<Case> {
    let mut cases = both(
        "no-suites",
        "No cipher suite is acceptable.",
        "suites",
        "5.2:suites-not-empty",
        &key_material_request(&[]),
        reason::EMPTY_CIPHER_SUITES,
        "acceptable-ciphersuites",
    )
    .to_vec();
    for status in [2, 4, 5, 6, 7] {
        let row = both(
            &format!("clients-of-status-{status}"),
            &format!("Clients are listed with user status {status}."),
            "status",
            "5.2:clients-only-on-success",
            &key_material_response("", status, true),
            reason::CLIENTS_OF_A_FAILURE,
            "clients",
        );
        cases.extend(row.map(|case| case.level(Level::Must)));
    }
    cases
}

fn kinds() -> Vec<Case> {
    let handshake = reason::NOT_A_VISIBLE_HANDSHAKE;
    let not_proposal = reason::NOT_A_VISIBLE_PROPOSAL;
    let application = reason::NOT_AN_APPLICATION_MESSAGE;
    let fanned = reason::NOT_FANNED_OUT;
    let bundle = |message| proposal_bundle("", message, vec![]);
    let more = |message| proposal_bundle("", proposal(), vec![proposal(), message]);
    let public_application = || mls::public(SentBy::Member, 1, [crate::vector::forge::tls::opaque("data", b"hello")]);
    let rows = [
        (
            "bundle-private-commit",
            "An encrypted commit in a bundle.",
            commit_bundle("", mls::private(3), false, true, 3),
        ),
        ("bundle-private-proposal", "An encrypted proposal in a bundle.", bundle(mls::private(2))),
        ("bundle-application", "Application data in a bundle.", bundle(mls::private(1))),
        ("bundle-public-application", "Application data in the clear in a bundle.", bundle(public_application())),
        ("bundle-welcome", "A Welcome in place of a handshake message.", bundle(mls::welcome(&[b"r"]))),
        ("bundle-group-info", "A GroupInfo in place of a handshake message.", bundle(mls::group_info([]))),
    ];
    let mut cases = vec![];
    for (name, comment, forged) in rows {
        let rule = "5.3:handshake-visible";
        cases.extend(both(name, comment, "kind", rule, &forged, handshake, "proposal-or-commit"));
    }
    let rows = [
        ("more-commit", "A commit among further proposals.", more(mls::member_commit())),
        ("more-private", "An encrypted proposal among further proposals.", more(mls::private(2))),
        ("more-welcome", "A Welcome among further proposals.", more(mls::welcome(&[b"r"]))),
    ];
    for (name, comment, forged) in rows {
        cases.extend(both(name, comment, "kind", "5.3:bundle-fields", &forged, not_proposal, "more-proposals-2"));
    }
    let rows = [
        ("submit-commit", "An encrypted commit is submitted as a message.", mls::private(3)),
        ("submit-proposal", "An encrypted proposal is submitted as a message.", mls::private(2)),
        ("submit-public", "Application data in the clear is submitted.", public_application()),
        ("submit-welcome", "A Welcome is submitted as a message.", mls::welcome(&[b"r"])),
    ];
    for (name, comment, message) in rows {
        let forged = submit_request(message);
        cases.extend(both(name, comment, "kind", "5.4:private-application", &forged, application, "app-message"));
    }
    let rows = [
        ("fanout-group-info", "A GroupInfo is fanned out.", mls::group_info([])),
        ("fanout-key-package", "A KeyPackage is fanned out.", mls::key_package_message()),
        ("fanout-private-commit", "An encrypted commit is fanned out.", mls::private(3)),
        ("fanout-public-application", "Application data in the clear is fanned out.", public_application()),
    ];
    for (name, comment, message) in rows {
        let forged = fanout_proposals(message, "more_proposals", vec![]);
        cases.extend(both(name, comment, "kind", "5.5:fields", &forged, fanned, "message"));
    }
    let stapled = fanout_proposals(mls::external_commit(), "external_proposals", vec![mls::member_commit()]);
    let comment = "A commit among the proposals stapled to a commit.";
    let place = "external-proposals-1";
    cases.extend(both("stapled-commit", comment, "kind", "5.5:fields", &stapled, not_proposal, place));
    let (rule, empty) = ("5.5:several", json!({"structure": "NotifyRequest", "octets": ""}));
    cases.push(
        reject("notify-empty", "No message.", &["kind"], &[rule], "room/decode", empty, wire::WIRE_TRUNCATED)
            .at(Some(0)),
    );
    cases
}

fn trees() -> Vec<Case> {
    let tree = |empty: bool| {
        let octets = if empty { vec![0] } else { mls::ratchet_tree().octets() };
        mls::extension(2, &octets)
    };
    let rows = [
        ("embedded-tree", "The GroupInfo has its tree inside, too.", vec![tree(false)]),
        (
            "embedded-tree-among-others",
            "The same behind another extension.",
            vec![mls::extension(4, b"key"), tree(false)],
        ),
        ("embedded-tree-empty", "The tree inside has no nodes.", vec![tree(true)]),
    ];
    let rule = "5.6:no-embedded-tree";
    rows.into_iter()
        .flat_map(|(name, comment, extensions)| {
            let forged = to_be_encrypted("", extensions, 0, 0);
            both(name, comment, "embedded-tree", rule, &forged, reason::EMBEDDED_TREE, "group-info")
        })
        .collect()
}

fn texts() -> Vec<Case> {
    let rule = "7.6:text";
    let mut cases = both(
        "null-in-name",
        "The room's name has a null in it.",
        "text",
        rule,
        &metadata("", "a\0b"),
        reason::NOT_TEXT,
        "room-name",
    )
    .to_vec();
    let octets = [
        ("name-latin-1", "The room's name is in Latin-1.", vec![b'C', 0xe9]),
        ("name-surrogate", "The room's name has a surrogate in it.", vec![0xed, 0xa0, 0x80]),
        ("name-overlong", "The room's name has a slash in two octets.", vec![0xc0, 0xaf]),
        ("name-cut", "The room's name ends inside a character.", vec![0xe6, 0x97]),
    ];
    for (name, comment, octets) in octets {
        let mut forged = metadata("", "");
        let Some(field) = forged.wire.at("room-name") else { continue };
        *field = crate::vector::forge::tls::opaque("room_name", octets);
        cases.push(refused(name, comment, "text", &[rule], &forged, reason::NOT_TEXT, "room-name"));
    }
    let input = json!({"structure": "UpdateRoomResponse", "octets": hex::encode(&[2, 1, 0xff])});
    let comment = "The description is not UTF-8.";
    let case = reject(
        "description-not-text",
        comment,
        &["text"],
        &["5.3:description-string"],
        "room/decode",
        input,
        reason::NOT_TEXT,
    );
    cases.push(case.at(Some(1)).contested(&[
        (Verdict::Reject, "A string is UTF-8."),
        (Verdict::Accept, "The presentation language has no strings; the octets may be anything."),
    ]));
    cases
}
