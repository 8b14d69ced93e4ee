//! Users who may not be asked for, and what is said instead of their key material.

use super::desk::{ALICE, BOB, Desk, LAPTOP, OTHER_ROOM, PHONE, ROOM, asks, code, given};
use crate::vector::Case;
use crate::vector::forge::key_material::{AsksKeys, Offers};
use serde_json::{Value, json};

const CONSENT: &str = "5.2:consent";
const CATCH_ALL: &str = "5.2:no-consent-catch-all";
const NONE: &str = "5.2:clients-only-on-success";

fn stocked(name: &str, comment: &str, rules: &str, consent: Value, more: Value) -> Desk {
    Desk::with(name, comment, "consent", rules, consent, more)
        .has(PHONE, &[&Offers::new("phone")])
        .has(LAPTOP, &[&Offers::new("laptop")])
}

fn for_room(room: &str) -> AsksKeys {
    AsksKeys { uris: [ALICE, BOB, room].map(str::to_owned), ..asks() }
}

fn about(user: &str) -> AsksKeys {
    AsksKeys { uris: [ALICE, user, ROOM].map(str::to_owned), ..asks() }
}

fn by(user: &str) -> AsksKeys {
    AsksKeys { uris: [user, BOB, ROOM].map(str::to_owned), ..asks() }
}

/// A more telling code, or noConsent, which may stand for it.
fn or_less(code: u8) -> [u8; 2] {
    [code, code::NO_CONSENT]
}

pub(super) fn cases() -> Vec<Case> {
    let gives = |desk: Desk, asked: &AsksKeys| {
        desk.tells_to(
            asked,
            code::SUCCESS,
            given(&Offers::new("phone")),
            given(&Offers::new("laptop")),
            "nothing was lost",
        )
        .end()
    };
    let plain = || json!({});
    let discreet = || json!({"discreet": true});
    let of_alice = || json!([{"user": ALICE}]);
    let in_room = || json!([{"user": ALICE, "room": ROOM}]);
    let old = "mimi://b.example/u/old-bob";
    let nobody = "mimi://b.example/u/nobody";
    vec![
        gives(
            stocked("consent-of-user", "Bob lets Alice ask, and nobody else.", CONSENT, of_alice(), plain()).says(
                &by("mimi://c.example/u/cathy"),
                &[code::NO_CONSENT],
                "",
            ),
            &asks(),
        ),
        stocked("consent-of-nobody", "Bob lets nobody ask.", CONSENT, json!([]), plain())
            .says(&asks(), &[code::NO_CONSENT], "")
            .end(),
        gives(
            stocked(
                "consent-for-room",
                "Bob lets Alice ask for one room.",
                "5.2:room-id 5.2:consent",
                in_room(),
                plain(),
            )
            .says(&for_room(OTHER_ROOM), &or_less(code::NOT_FOR_THIS_ROOM), ""),
            &asks(),
        ),
        gives(
            stocked(
                "consent-without-room",
                "A request that names no room.",
                "5.2:room-id 5.2:consent",
                in_room(),
                plain(),
            )
            .says(&for_room(""), &or_less(code::NOT_FOR_THIS_ROOM), ""),
            &asks(),
        ),
        gives(
            stocked(
                "consent-for-room-of-another",
                "Bob lets Alice ask for one room, and Cathy for another.",
                CONSENT,
                json!([{"user": ALICE, "room": ROOM}, {"user": "mimi://c.example/u/cathy", "room": OTHER_ROOM}]),
                plain(),
            )
            .says(&for_room(OTHER_ROOM), &or_less(code::NOT_FOR_THIS_ROOM), ""),
            &asks(),
        ),
        gives(
            stocked(
                "consent-for-room-of-all",
                "Whoever is in the room may ask for it.",
                CONSENT,
                json!([{"room": ROOM}]),
                plain(),
            ),
            &by("mimi://c.example/u/cathy"),
        ),
        gives(
            stocked("consent-of-prefix", "A user whose URI begins like Alice's.", CONSENT, of_alice(), plain())
                .says(&by("mimi://a.example/u/alice2"), &[code::NO_CONSENT], "")
                .says(&by("mimi://a.example/u/alic"), &[code::NO_CONSENT], ""),
            &asks(),
        ),
        stocked("user-unknown", "A user who is not here.", NONE, json!([{}]), plain())
            .says(&about(nobody), &or_less(code::UNKNOWN), "")
            .end(),
        stocked("user-deleted", "A user who is no more.", NONE, json!([{}]), plain())
            .says(&about(old), &[code::DELETED, code::UNKNOWN, code::NO_CONSENT], "")
            .end(),
        stocked("discreet-unknown", "A provider that does not tell who is here.", CATCH_ALL, json!([{}]), discreet())
            .may()
            .says(&about(nobody), &[code::NO_CONSENT], "")
            .end(),
        stocked("discreet-deleted", "Nor who was.", CATCH_ALL, json!([{}]), discreet())
            .may()
            .says(&about(old), &[code::NO_CONSENT], "")
            .end(),
        gives(
            stocked("discreet-for-room", "Nor that another room would do.", CATCH_ALL, in_room(), discreet())
                .may()
                .says(&for_room(OTHER_ROOM), &[code::NO_CONSENT], ""),
            &asks(),
        ),
    ]
}
