//! GroupInfo for those who join (section 5.6).

use super::super::delivery::Forged;
use super::super::mls;
use super::super::tls::{Field, opaque, structure};
use super::handshake::{proposal, tree};
use super::pair::{bare, bytes, code, credential, forged, list, object, protocol, raw, shown, u16, u64};

/// GroupInfoRequest (section 5.6).
#[must_use]
pub fn group_info_request(variant: &'static str, joining_code: &[u8]) -> Forged {
    forged(
        "GroupInfoRequest",
        variant,
        [
            protocol("protocol"),
            u16("cipher_suite", 1),
            bytes("requesting_signature_key", [0x59; 32]),
            credential("requesting_credential"),
            bytes("group_info_public_key", [0x5a; 32]),
            bytes("joining_code", joining_code),
            bytes("signature", [0x5b; 64]),
        ],
    )
}

/// GroupInfoResponse (section 5.6).
#[must_use]
pub fn group_info_response(variant: &'static str, status: u8) -> Forged {
    let head =
        [protocol("version"), bytes("room_id", "mimi://hub.example/r/clubhouse"), code("status", status, &[0, 4, 255])];
    let sealed = structure("", [opaque("kem_output", [0x5c; 32]), opaque("ciphertext", [0x5d; 40])]);
    let given = vec![
        u16("cipher_suite", 1),
        shown(object("hub_sender", [bytes("signature_key", [0x5e; 32]), credential("credential")])),
        raw("encrypted_groupinfo_and_tree", sealed),
        bytes("signature", [0x5f; 64]),
    ];
    forged("GroupInfoResponse", variant, head.into_iter().chain(if status == 1 { given } else { vec![] }))
}

/// GroupInfoRatchetTreeTBE (section 5.6).
#[must_use]
pub fn to_be_encrypted(variant: &'static str, extensions: Vec<Field>, form: usize, pending: usize) -> Forged {
    let element = || object("", [raw("proposal", proposal()), u64("hub_accepted_time", 1_700_000_000_122)]);
    let pending = (0..pending).map(|_| element()).collect();
    let pairs = [bare("group_info", mls::group_info(extensions)), tree(form), list("pending_proposals", pending)];
    forged("GroupInfoRatchetTreeTBE", variant, pairs)
}
