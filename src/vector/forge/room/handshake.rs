//! Handshakes (section 5.3).

use super::super::delivery::Forged;
use super::super::mls::{self, SentBy};
use super::super::tls::{Field, fixed, opaque, vector};
use super::pair::{Pair, bare, bytes, code, forged, list, maybe, object, raw, raws, shown, text, u64};
use crate::wire::hex;
use serde_json::Value;

/// The forms of a tree.
#[must_use]
pub fn tree_options() -> [(&'static str, Vec<Pair>); 4] {
    let code = |value| code("representation", value, &[0, 5, 255]);
    [
        ("full", vec![code(1), raw("ratchet_tree", mls::ratchet_tree())]),
        ("https", vec![code(2), bytes("ratchet_tree_url", "https://a.example/t"), bytes("tree_signature", [0x53; 64])]),
        ("out-of-band", vec![code(3), bytes("tree_signature", [0x53; 64])]),
        ("hub-has-it", vec![code(4)]),
    ]
}

pub(super) fn tree(form: usize) -> Pair {
    let [full, https, elsewhere, hub] = tree_options().map(|(_, pairs)| pairs);
    shown(object("ratchet_tree_option", [full, https, elsewhere, hub].into_iter().nth(form).unwrap_or_default()))
}

/// A proposal to remove somebody, by a member.
#[must_use]
pub fn proposal() -> Field {
    mls::public(SentBy::Member, 2, [mls::proposal(3, [fixed("removed", [0, 0, 0, 7])])])
}

fn info_option(whole: bool) -> Pair {
    let code = |value| code("representation", value, &[0, 3, 255]);
    let pairs = if whole {
        vec![code(1), bare("group_info", mls::group_info([]))]
    } else {
        let extensions = vector("group_info_extensions", [mls::extension(4, b"key")]);
        let partial = [
            super::pair::code("ratchet_tree_presence", 0, &[4, 255]),
            raw("group_info_extensions", extensions),
            bytes("signature", [0x54; 64]),
        ];
        vec![code(2), shown(object("partial_group_info", partial))]
    };
    shown(object("group_info_option", pairs))
}

/// HandshakeBundle (section 5.3) with a commit.
#[must_use]
pub fn commit_bundle(variant: &'static str, commit: Field, welcome: bool, whole: bool, form: usize) -> Forged {
    let welcome = welcome.then(|| {
        let (field, value) = bare("", mls::welcome(&[b"r"]));
        (field, value.unwrap_or_default())
    });
    let pairs = [raw("proposal_or_commit", commit), maybe("welcome", welcome), info_option(whole), tree(form)];
    forged("HandshakeBundle", variant, pairs)
}

/// HandshakeBundle (section 5.3) with proposals.
#[must_use]
pub fn proposal_bundle(variant: &'static str, first: Field, more: Vec<Field>) -> Forged {
    forged("HandshakeBundle", variant, [raw("proposal_or_commit", first), raws("more_proposals", more)])
}

/// UpdateRoomResponse (section 5.3).
#[must_use]
pub fn update_response(code_: u8, description: &str) -> Forged {
    let head = [code("response_code", code_, &[4, 255]), text("error_description", description)];
    let (variant, more) = match code_ {
        0 => ("success", Some(u64("accepted_timestamp", 1_700_000_000_123))),
        1 => ("wrong-epoch", Some(u64("current_epoch", 258))),
        2 => ("not-allowed", None),
        _ => {
            let element = |octet| (opaque("", [octet; 32]), Value::from(hex::encode(&[octet; 32])));
            ("invalid-proposal", Some(list("invalid_proposals", vec![element(1), element(2)])))
        }
    };
    forged("UpdateRoomResponse", variant, head.into_iter().chain(more))
}
