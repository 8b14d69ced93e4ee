//! The request itself: who signed it, what it names, and to whom it goes.

use super::desk::{ALICE, BOB, Desk, HUB, LAPTOP, PHONE, ROOM, asks, code, given, seed};
use crate::reason::{Reason, room, wire};
use crate::vector::families::build::{accept, reject};
use crate::vector::forge::key_material::{AsksKeys, Offers};
use crate::vector::{Case, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};

const SIGNED: &str = "5.2:request-signed";
const VIA_HUB: &str = "5.2:via-hub";

/// A request that is refused; the right one finds everything as it was.
fn refused(name: &str, comment: &str, flag: &str, rules: &str, request: &[u8], why: Reason) -> Desk {
    let [phone, laptop] = ["phone", "laptop"].map(Offers::new);
    Desk::new(name, comment, flag, rules).has(PHONE, &[&phone]).has(LAPTOP, &[&laptop]).refuses(request, why).tells(
        code::SUCCESS,
        given(&phone),
        given(&laptop),
        "nothing was lost",
    )
}

/// Nothing is given, whatever is said: no code tells that a signature does not verify.
fn unsigned(name: &str, comment: &str, request: &[u8]) -> Case {
    let [phone, laptop] = ["phone", "laptop"].map(Offers::new);
    Desk::new(name, comment, "signature", SIGNED)
        .has(PHONE, &[&phone])
        .has(LAPTOP, &[&laptop])
        .denies(request)
        .tells(code::SUCCESS, given(&phone), given(&laptop), "nothing was lost")
        .end()
}

/// The inputs of `room-keys/request` that come to this request.
fn asking(asked: &AsksKeys) -> Value {
    let [user, target, of] = &asked.uris;
    let [extensions, proposals, credentials] = &asked.required;
    json!({
        "hub": HUB, "requesting_user": user, "target_user": target, "room_id": of,
        "acceptable_ciphersuites": asked.suites, "extension_types": extensions, "proposal_types": proposals,
        "credential_types": credentials, "cipher_suite": 1, "signature_priv": hex::encode(&asked.key),
        "identity": hex::encode(asked.identity.as_bytes()),
    })
}

/// A request that a provider makes for its client; Ed25519 signs one way.
fn made(name: &str, comment: &str, rules: &str, asked: &AsksKeys) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let out = json!({"to": HUB, "request": hex::encode(&asked.octets())});
    accept(name, comment, &["request"], &rules, "room-keys/request", asking(asked), out)
}

pub(super) fn cases() -> Vec<Case> {
    let (asked, octets) = (asks(), asks().octets());
    let changed = |from_end: usize| {
        let mut octets = octets.clone();
        if let Some(octet) = octets.len().checked_sub(from_end).and_then(|at| octets.get_mut(at)) {
            *octet ^= 1;
        }
        octets
    };
    let other = |uris: [&str; 3]| AsksKeys { uris: uris.map(str::to_owned), ..asks() };
    // The signature of another request behind the fields of this one.
    let grafted = |other: &AsksKeys| {
        let octets = other.octets();
        asked.with(octets.get(octets.len().saturating_sub(64)..).unwrap_or_default())
    };
    let no_suites = AsksKeys { suites: vec![], ..asks() };
    let mixed = AsksKeys { suites: vec![2, 1], ..asks() };
    let short = octets.split_last().map_or(vec![], |(_, rest)| rest.to_vec());
    let [phone, laptop] = ["phone", "laptop"].map(Offers::new);
    let full = AsksKeys { suites: vec![1, 2], required: [vec![0xf0_01], vec![0x000a], vec![1, 0xf0_02]], ..asks() };
    vec![
        unsigned("signature-changed", "One bit of the signature is another.", &changed(1)),
        unsigned("signature-empty", "There is no signature.", &asked.with(&[])),
        unsigned(
            "signature-of-another",
            "Signed by somebody else.",
            &asked.signed(&seed("mallory"), "KeyMaterialRequestTBS"),
        ),
        unsigned(
            "signature-other-label",
            "Signed under another label.",
            &asked.signed(&seed("alice"), "GroupInfoRequestTBS"),
        ),
        unsigned(
            "signature-of-another-room",
            "The signature of a request for another room.",
            &grafted(&other([ALICE, BOB, "mimi://hub.example/r/lounge"])),
        ),
        unsigned(
            "signature-of-another-user",
            "The signature of a request by another user.",
            &grafted(&other(["mimi://a.example/u/adam", BOB, ROOM])),
        ),
        unsigned(
            "signature-of-another-target",
            "The signature of a request for another user.",
            &grafted(&other([ALICE, "mimi://b.example/u/bella", ROOM])),
        ),
        unsigned(
            "signature-of-other-suites",
            "The signature of a request for other suites.",
            &grafted(&AsksKeys { suites: vec![1, 3], ..asks() }),
        ),
        unsigned(
            "signature-of-other-capabilities",
            "The signature of a request that requires something else.",
            &grafted(&AsksKeys { required: [vec![7], vec![], vec![]], ..asks() }),
        ),
        unsigned(
            "signature-of-another-credential",
            "The signature of a request with another credential.",
            &grafted(&AsksKeys { identity: "mimi://a.example/d/adam-laptop".into(), ..asks() }),
        ),
        Desk::new(
            "signature-of-second-suite",
            "The key is of the second suite that would do.",
            "signature",
            "5.2:suite-of-signature",
        )
        .has(PHONE, &[&phone])
        .has(LAPTOP, &[&laptop])
        .tells_to(&mixed, code::SUCCESS, given(&phone), given(&laptop), "")
        .contested(&[
            (Verdict::Accept, "The signature is of any suite that the request accepts."),
            (Verdict::Accept, "It is of the first one, and so does not verify."),
        ])
        .end(),
        refused(
            "request-cut",
            "A request that ends too early.",
            "malformed",
            "5.2:request-fields",
            &short,
            wire::WIRE_TRUNCATED,
        )
        .end(),
        refused(
            "request-too-long",
            "An octet behind the request.",
            "malformed",
            "5.2:request-fields",
            &[octets.clone(), vec![0]].concat(),
            wire::WIRE_TRAILING,
        )
        .end(),
        refused(
            "request-without-suites",
            "A request that accepts no cipher suite.",
            "malformed",
            "5.2:suites-not-empty",
            &no_suites.octets(),
            room::EMPTY_CIPHER_SUITES,
        )
        .end(),
        made(
            "request",
            "A request goes to the hub of the room, though the user is elsewhere.",
            "5.2:via-hub 5.2:room-id 5.2:request-signed 5.2:identifier-uri",
            &asked,
        )
        .level(crate::vector::Level::Must),
        made(
            "request-of-everything",
            "A request that fills every list.",
            "5.2:request-fields 5.2:request-signed",
            &full,
        ),
        made(
            "request-own-user",
            "A user of the same provider is asked for through the hub, too.",
            VIA_HUB,
            &other([ALICE, "mimi://a.example/u/adam", ROOM]),
        )
        .level(crate::vector::Level::Must),
        made(
            "request-uri-beyond-ascii",
            "A URI is octets, whatever they are.",
            "5.2:identifier-uri",
            &other([ALICE, "mimi://b.example/u/bo%CC%81b/ó", ROOM]),
        ),
        reject(
            "request-for-no-suite",
            "No request accepts no cipher suite.",
            &["request"],
            &["5.2:suites-not-empty"],
            "room-keys/request",
            asking(&no_suites),
            room::EMPTY_CIPHER_SUITES,
        )
        .conformance(),
    ]
}
