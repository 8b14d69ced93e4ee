//! Structures as they should be, decoded and encoded.

use crate::vector::families::build::group;
use crate::vector::families::structures::rows::{decodes, encodes, form, form_slug};
use crate::vector::forge::delivery::Forged;
use crate::vector::forge::mls;
use crate::vector::forge::room::{
    commit_bundle, every, group_info_request, key_material_request, key_material_response, metadata, notify,
    participants, participants_update, proposal, proposal_bundle, to_be_encrypted, update_response,
};
use crate::vector::{Case, Group};

pub(super) fn groups() -> Vec<Group> {
    let filled = every().into_iter().map(|forged| ("", "Every field is there, and filled.", forged));
    vec![
        group("every field filled", filled.flat_map(both)),
        group("fields left out, and empty ones", least().into_iter().flat_map(both)),
        group("every status", statuses()),
    ]
}

/// Decoded and encoded.
fn both((name, comment, forged): (&str, &str, Forged)) -> [Case; 2] {
    let requirements = [form(&forged)];
    let slug = if name.is_empty() { form_slug(&forged) } else { format!("{}-{name}", form_slug(&forged)) };
    [
        decodes(&format!("decode-{slug}"), comment, "whole", &requirements, &forged),
        encodes(&format!("encode-{slug}"), comment, "whole", &requirements, &forged),
    ]
}

fn least() -> Vec<(&'static str, &'static str, Forged)> {
    let bundle = |welcome, whole, form| commit_bundle("commit", mls::member_commit(), welcome, whole, form);
    vec![
        ("one-suite", "One cipher suite, of an unknown number.", key_material_request(&[0xffff])),
        ("nobody", "Key material of a user without clients.", key_material_response("", 0, false)),
        ("no-welcome", "A commit that adds nobody.", bundle(false, true, 0)),
        ("tree-by-url", "The tree is at a URL.", bundle(true, true, 1)),
        ("tree-elsewhere", "The tree comes by another way.", bundle(true, true, 2)),
        ("tree-at-hub", "The hub has the tree.", bundle(true, true, 3)),
        ("alone", "One proposal.", proposal_bundle("proposals", proposal(), vec![])),
        ("no-words", "No description.", update_response(2, "")),
        ("no-code", "No joining code.", group_info_request("", b"")),
        ("nothing-pending", "No proposal is pending.", to_be_encrypted("", vec![], 3, 0)),
        ("one", "One message.", notify("", 1)),
        ("all", "One message of each kind.", notify("", 6)),
        ("nobody", "Nobody takes part.", participants("", 0)),
        ("nothing", "Nothing changes.", participants_update("", false)),
        ("nameless", "The name is empty.", metadata("", "")),
        ("accents", "The name is not ASCII.", metadata("", "Caf\u{e9} \u{65e5}")),
    ]
}

/// The codes that say why there is no key material.
fn statuses() -> Vec<Case> {
    let row = |status: u8| {
        let forged = key_material_response("", status, false);
        let comment = format!("User status {status}, no clients.");
        let name = format!("key-material-response-status-{status}");
        let rules = ["5.2:response-fields", "5.2:clients-only-on-success"];
        [
            decodes(&format!("decode-{name}"), &comment, "status", &rules, &forged),
            encodes(&format!("encode-{name}"), &comment, "status", &rules, &forged),
        ]
    };
    let listed = |status: u8| {
        let forged = key_material_response("", status, true);
        let comment = format!("User status {status}, and clients.");
        let rules = ["5.2:response-fields", "5.2:clients-only-on-success"];
        decodes(&format!("decode-key-material-response-listed-{status}"), &comment, "status", &rules, &forged)
    };
    let mut cases: Vec<_> = (1..=7).flat_map(row).collect();
    cases.extend([1, 3].map(listed));
    cases
}
