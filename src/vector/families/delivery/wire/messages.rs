//! One damage at a time inside the structures of MLS: their ends have to be found, and are found by walking.

use crate::vector::families::build::group;
use crate::vector::families::structures::damage;
use crate::vector::forge::delivery::{
    MASKED, delivered, delivered_commit, group_info_response, key_package_response, welcome_data,
};
use crate::vector::forge::mls::{self, SentBy, Source};
use crate::vector::forge::tls::{Field, enumeration, fixed, opaque, vector};
use crate::vector::{Case, Group};

pub(super) fn groups() -> Vec<Group> {
    let all = |_: &Field| false;
    let commit = delivered_commit(mls::member_commit(), &MASKED, None);
    let in_message = |path: &str| path.starts_with("message") && !path.contains("leaf-node");
    let welcome = welcome_data(mls::welcome(&[&[0x4b; 4], &[0x4c; 4]]), &[b"a", b"b"]);
    let key_package = key_package_response(mls::key_package());
    let info = group_info_response(mls::group_info([mls::extension(0xf0a2, b"y")]), None);
    let tree = group_info_response(mls::group_info([]), Some(mls::ratchet_tree()));
    let in_tree = |path: &str| path.starts_with("ratchet-tree") && !path.contains("leaf-node");
    vec![
        group(
            "PublicMessage, damaged",
            damage::fields(&commit, "public", "rfc9420:6.2:public-message", all, in_message),
        ),
        group("PrivateMessage, damaged", {
            let private = delivered(mls::private(1));
            damage::fields(&private, "private", "rfc9420:6.3:private-message", all, |_| true)
        }),
        group("Welcome, damaged", {
            let in_welcome = |path: &str| path.starts_with("welcome");
            damage::fields(&welcome, "in", "rfc9420:12.4.3.1:welcome", all, in_welcome)
        }),
        group(
            "KeyPackage and LeafNode, damaged",
            damage::fields(&key_package, "in", "rfc9420:10:key-package", all, |_| true),
        ),
        group("GroupInfo, damaged", {
            let in_info = |path: &str| path.starts_with("group-info");
            damage::fields(&info, "in", "rfc9420:12.4.3:group-info", all, in_info)
        }),
        group("RatchetTree, damaged", damage::fields(&tree, "in", "rfc9420:12.4.3.3:ratchet-tree", all, in_tree)),
        group("proposals, damaged", proposals()),
    ]
}

fn proposals() -> Vec<Case> {
    let rule = "rfc9420:12.1:proposals";
    let psk = |kind: u8, fields: Vec<Field>| {
        let kind = enumeration("psktype", [kind], &[[0], [4]]);
        [vec![kind], fields, vec![opaque("psk_nonce", [0x9c; 4])]].concat()
    };
    let usage = enumeration("usage", [1], &[[0], [4]]);
    let resumption = vec![usage, opaque("psk_group_id", b"old"), fixed("psk_epoch", [0; 8])];
    let rows: Vec<(&str, u16, Vec<Field>)> = vec![
        ("update", 2, vec![mls::leaf_node(Source::Update)]),
        ("remove", 3, vec![fixed("removed", [0, 0, 0, 1])]),
        ("psk-external", 4, psk(1, vec![opaque("psk_id", b"id")])),
        ("psk-resumption", 4, psk(2, resumption)),
        (
            "reinit",
            5,
            vec![
                opaque("group_id", b"new"),
                fixed("version", [0, 1]),
                fixed("cipher_suite", [0, 1]),
                vector("extensions", [mls::extension(1, b"e")]),
            ],
        ),
        ("external-init", 6, vec![opaque("kem_output", [0xe0; 4])]),
        ("context-extensions", 7, vec![vector("extensions", [mls::extension(0xf0a1, b"e")])]),
    ];
    let cases = rows.into_iter().flat_map(|(name, kind, body)| {
        let forged = delivered(mls::public(SentBy::Member, 2, [mls::proposal(kind, body)]));
        let wanted = |path: &str| {
            path.contains("message-proposal-") && !path.ends_with("proposal-type") && !path.contains("leaf-node-")
        };
        damage::fields(&forged, name, rule, |_| false, wanted)
    });
    cases.collect()
}
