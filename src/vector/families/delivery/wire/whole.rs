//! Structures as they should be, decoded and encoded.

use crate::vector::families::build::group;
use crate::vector::families::structures::rows::{decodes, encodes, form, slug};
use crate::vector::forge::delivery::{
    Forged, KEY, MASKED, NEXT, commit_data, delivered, delivered_commit, epoch, every, external_join_request,
    group_info_request, group_info_response, hinted_epoch, key_package_request, key_package_response, receive_request,
    receive_response, send_request, welcome_data, welcome_init_request,
};
use crate::vector::forge::mls::{self, SentBy};
use crate::vector::{Case, Group};

pub(super) fn groups() -> Vec<Group> {
    let named = every().into_iter().map(|forged| {
        let slug = slug(forged.name);
        (slug, "Every field is there, and filled.".to_owned(), forged)
    });
    vec![
        group("every field filled", named.flat_map(both)),
        group("fields left out, and empty ones", least().into_iter().flat_map(both)),
        group("sequences", sequences().into_iter().flat_map(both)),
    ]
}

/// Decoded and encoded.
fn both((name, comment, forged): (String, String, Forged)) -> [Case; 2] {
    let requirements = [form(&forged)];
    [
        decodes(&format!("decode-{name}"), &comment, "whole", &requirements, &forged),
        encodes(&format!("encode-{name}"), &comment, "whole", &requirements, &forged),
    ]
}

fn row(name: &str, comment: &str, forged: Forged) -> (String, String, Forged) {
    (format!("{}-{name}", slug(forged.name)), comment.to_owned(), forged)
}

fn least() -> Vec<(String, String, Forged)> {
    let nothing = || commit_data(None, None);
    vec![
        row("empty", "User and token are empty, version and suite 0.", key_package_request(b"", b"", 0, 0)),
        row("largest", "Version and suite are 65535.", key_package_request(b"u", b"t", 0xffff, 0xffff)),
        row("nobody", "A Welcome for nobody.", welcome_data(mls::welcome(&[]), &[])),
        row("unnamed", "The provider has no octets.", welcome_data(mls::welcome(&[b"r"]), &[b""])),
        row("same", "Two users of one provider.", welcome_data(mls::welcome(&[b"r", b"s"]), &[b"p", b"p"])),
        row("bare", "Neither GroupInfo nor Welcome.", nothing()),
        row("info", "A GroupInfo, no Welcome.", commit_data(Some(mls::group_info([])), None)),
        row(
            "welcome",
            "A Welcome, no GroupInfo.",
            commit_data(None, Some(welcome_data(mls::welcome(&[b"r"]), &[b"p"]))),
        ),
        row("application", "An application message.", send_request(mls::private(1), None)),
        row("proposal", "An encrypted proposal.", send_request(mls::private(2), None)),
        row("commit", "An encrypted commit, and a bare CommitData.", send_request(mls::private(3), Some(nothing()))),
        row(
            "public-proposal",
            "A member's proposal to remove somebody.",
            send_request(
                mls::public(
                    SentBy::Member,
                    2,
                    [mls::proposal(3, [crate::vector::forge::tls::fixed("removed", [0; 4])])],
                ),
                None,
            ),
        ),
        row("nobody", "No references.", welcome_init_request(&[])),
        row("empty-reference", "A reference without octets.", welcome_init_request(&[b""])),
        row("from-0", "Nothing was received yet.", receive_request(0)),
        row("largest", "The largest counter.", receive_request(u32::MAX)),
        row("application", "An application message.", delivered(mls::private(1))),
        row("proposal", "An encrypted proposal.", delivered(mls::private(2))),
        row("commit", "A commit without a GroupInfo.", delivered_commit(mls::private(3), &MASKED, None)),
        row("mask-48", "A masked key of 48 octets.", delivered_commit(mls::private(3), &[1; 48], None)),
        row("mask-64", "A masked key of 64 octets.", delivered_commit(mls::private(3), &[1; 64], None)),
        row("bare", "Neither GroupInfo nor Welcome.", external_join_request(mls::external_commit(), nothing())),
        row("empty", "The group's id has no octets.", group_info_request(b"")),
        row("no-tree", "No tree.", group_info_response(mls::group_info([]), None)),
        row(
            "x509",
            "An X.509 credential.",
            key_package_response(mls::key_package_of(mls::leaf_node_of(mls::Source::KeyPackage, mls::x509()))),
        ),
    ]
}

fn sequences() -> Vec<(String, String, Forged)> {
    let app = || delivered(mls::private(1));
    let commit = || delivered_commit(mls::member_commit(), &MASKED, None);
    let hint = |masked: &[u8], messages| hinted_epoch(masked, epoch(messages));
    vec![
        row("empty", "No messages.", epoch(vec![])),
        row("one", "One message.", epoch(vec![app()])),
        row("same", "The same message three times: nothing forbids it.", epoch(vec![app(), app(), app()])),
        row("commits", "Two commits: the second comes from a fork.", epoch(vec![commit(), commit()])),
        row("empty", "No messages of it.", hint(&MASKED, vec![])),
        row("nothing", "No messages at all.", receive_response(epoch(vec![]), vec![])),
        row(
            "hints-only",
            "Messages of another epoch only.",
            receive_response(epoch(vec![]), vec![hint(&MASKED, vec![app()])]),
        ),
        row(
            "unordered",
            "Three hints; their order means nothing.",
            receive_response(
                epoch(vec![app()]),
                vec![hint(&[9; 32], vec![]), hint(&[1; 32], vec![app()]), hint(&[5; 32], vec![commit()])],
            ),
        ),
        row(
            "similar",
            "Masked keys that differ in the last octet, and in length.",
            receive_response(
                epoch(vec![]),
                vec![
                    hint(&KEY, vec![]),
                    hint(&[&KEY[..15], &[16]].concat(), vec![]),
                    hint(&NEXT[..15], vec![]),
                    hint(&NEXT, vec![]),
                ],
            ),
        ),
    ]
}
