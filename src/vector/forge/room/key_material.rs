//! Key material (section 5.2).

use super::super::delivery::Forged;
use super::super::mls;
use super::super::tls::{Field, numbers, structure};
use super::pair::{Pair, bytes, code, credential, forged, list, maybe, object, protocol, raw, shown, u16s};
use crate::wire::hex;
use serde_json::Value;

fn capabilities() -> (Field, Value) {
    let lists = [
        ("versions", vec![1]),
        ("cipher_suites", vec![1, 2]),
        ("extensions", vec![]),
        ("proposals", vec![]),
        ("credentials", vec![1]),
    ];
    let field = structure("", lists.iter().map(|(name, list)| numbers(name, list)));
    let value = hex::encode(&field.octets()).into();
    (field, value)
}

/// KeyMaterialRequest (section 5.2).
#[must_use]
pub fn key_material_request(suites: &[u16]) -> Forged {
    let required =
        [u16s("extension_types", &[0xf001]), u16s("proposal_types", &[8, 9]), u16s("credential_types", &[1])];
    forged(
        "KeyMaterialRequest",
        "",
        [
            protocol("protocol"),
            bytes("requesting_user", "mimi://a.example/u/alice"),
            bytes("target_user", "mimi://b.example/u/bob"),
            bytes("room_id", "mimi://hub.example/r/clubhouse"),
            u16s("acceptable_ciphersuites", suites),
            shown(object("required_capabilities", required)),
            bytes("requester_signature_key", [0x51; 32]),
            credential("requester_credential"),
            bytes("key_material_request_signature", [0x52; 64]),
        ],
    )
}

fn client(status: u8, more: Option<Pair>) -> (Field, Value) {
    let head = [code("client_status", status, &[3, 255]), bytes("client_uri", "mimi://b.example/d/1")];
    object("", head.into_iter().chain(more))
}

/// KeyMaterialResponse (section 5.2) with every kind of client, or with none.
#[must_use]
pub fn key_material_response(variant: &'static str, status: u8, clients: bool) -> Forged {
    let clients = if clients {
        vec![
            client(0, Some(raw("key_package", mls::key_package()))),
            client(1, None),
            client(2, Some(maybe("client_capabilities", None))),
            client(2, Some(maybe("client_capabilities", Some(capabilities())))),
        ]
    } else {
        vec![]
    };
    forged(
        "KeyMaterialResponse",
        variant,
        [
            protocol("protocol"),
            code("user_status", status, &[8, 255]),
            bytes("user_uri", "mimi://b.example/u/bob"),
            list("clients", clients),
        ],
    )
}
