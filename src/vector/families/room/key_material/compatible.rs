//! KeyPackages that will do, and those that will not: by cipher suite, capabilities and lifetime.

use super::desk::{BOB, Desk, LAPTOP, NOW, PHONE, SECOND, asks, code, given};
use crate::vector::Case;
use crate::vector::forge::key_material::{AsksKeys, Offers, Part, response};
use serde_json::json;

const DOES: &str = "5.2:compatible-only";
const TOLD: &str = "5.2:capabilities-told";
const EXPIRED: &str = "5.2:not-expired";
const NOT: Part = Part::Incompatible(None);
/// SelfRemove, and an extension and a credential that are nobody's by default.
const SELF_REMOVE: u16 = 0x000a;
const EXTENSION: u16 = 0xf0_01;
const CREDENTIAL: u16 = 0xf0_02;

fn requiring(extensions: &[u16], proposals: &[u16], credentials: &[u16]) -> AsksKeys {
    AsksKeys { required: [extensions.to_vec(), proposals.to_vec(), credentials.to_vec()], ..asks() }
}

/// One kind of what may be required: only the laptop has it.
fn required(name: &str, comment: &str, asked: &AsksKeys, able: &Offers) -> Case {
    let unable = Offers::new("phone");
    Desk::new(name, comment, "compatible", DOES)
        .has(PHONE, &[&unable])
        .has(LAPTOP, &[able])
        .tells_to(asked, code::PARTIAL, NOT, given(able), "")
        .has(LAPTOP, &[&Offers::new("laptop, too")])
        .tells(code::SUCCESS, given(&unable), given(&Offers::new("laptop, too")), "what would not do is here still")
        .end()
}

pub(super) fn cases() -> Vec<Case> {
    let [phone, laptop] = ["phone", "laptop"].map(Offers::new);
    let p256 = Offers { suite: 2, ..Offers::new("laptop with P-256") };
    let able = Offers {
        extensions: &[EXTENSION],
        proposals: &[SELF_REMOVE],
        credentials: &[1, CREDENTIAL],
        ..Offers::new("able laptop")
    };
    let either_suite = AsksKeys { suites: vec![3, 1], ..asks() };
    let until = |name, not_after| Offers { not_after, ..Offers::new(name) };
    let (past, now, later) =
        (until("past", SECOND - 1), until("this second", SECOND), until("an hour more", SECOND + 3600));
    let alone = |name: &str, comment: &str, rule: &str, key_package: &Offers| {
        Desk::new(name, comment, "expired", rule).must().has(PHONE, &[key_package]).has(LAPTOP, &[&laptop])
    };
    let telling = |name: &str, comment: &str, tells: bool| {
        Desk::with(name, comment, "compatible", TOLD, json!([{}]), json!({"tells_capabilities": tells}))
            .may()
            .has(PHONE, &[&phone])
            .has(LAPTOP, &[&able])
    };
    let all = requiring(&[EXTENSION], &[SELF_REMOVE], &[CREDENTIAL]);
    vec![
        Desk::new("suite-of-another", "Only one client has a KeyPackage of the suite.", "compatible", DOES)
            .has(PHONE, &[&phone])
            .has(LAPTOP, &[&p256])
            .tells(code::PARTIAL, given(&phone), NOT, "")
            .end(),
        Desk::new("suite-behind-others", "The oldest that will do is not the oldest.", "compatible", DOES)
            .has(PHONE, &[&phone])
            .has(LAPTOP, &[&p256, &laptop])
            .tells(code::SUCCESS, given(&phone), given(&laptop), "")
            .end(),
        Desk::new("suites-several", "One of two cipher suites will do.", "compatible", DOES)
            .has(PHONE, &[&phone])
            .has(LAPTOP, &[&p256])
            .tells_to(&either_suite, code::PARTIAL, given(&phone), NOT, "")
            .end(),
        Desk::new("suite-of-nobody", "No client has a KeyPackage of the suite.", "compatible", "5.2:no-compatible")
            .has(PHONE, &[&p256])
            .has(LAPTOP, &[&Offers { suite: 3, ..Offers::new("laptop with ChaCha") }])
            .tells(code::INCOMPATIBLE, NOT, NOT, "")
            .end(),
        required("extension-required", "An extension.", &requiring(&[EXTENSION], &[], &[]), &able),
        required("proposal-required", "A proposal.", &requiring(&[], &[SELF_REMOVE], &[]), &able),
        required("credential-required", "A credential type.", &requiring(&[], &[], &[CREDENTIAL]), &able),
        required("all-required", "All three.", &all, &able),
        Desk::new("one-of-two-required", "One of two extensions is not enough.", "compatible", DOES)
            .has(PHONE, &[&phone])
            .has(LAPTOP, &[&able])
            .tells_to(&requiring(&[EXTENSION, 0xf0_03], &[], &[]), code::INCOMPATIBLE, NOT, NOT, "")
            .end(),
        Desk::new(
            "defaults-required",
            "What every client has need not be listed.",
            "compatible",
            "rfc9420:7.2:default-types-unlisted",
        )
        .has(PHONE, &[&phone])
        .has(LAPTOP, &[&laptop])
        .tells_to(&requiring(&[1, 5], &[1, 7], &[1]), code::SUCCESS, given(&phone), given(&laptop), "")
        .end(),
        Desk::new("credential-unlisted", "Credential types have no defaults.", "compatible", DOES)
            .has(PHONE, &[&Offers { credentials: &[2], ..Offers::new("phone with a certificate") }])
            .has(LAPTOP, &[&laptop])
            .tells_to(&requiring(&[], &[], &[1]), code::PARTIAL, NOT, given(&laptop), "")
            .end(),
        telling("capabilities-told", "A provider that tells what the client supports.", true)
            .tells_to(&all, code::PARTIAL, Part::Incompatible(Some(phone.capabilities())), given(&able), "")
            .end(),
        telling("capabilities-kept", "A provider that does not.", false)
            .tells_to(&all, code::PARTIAL, NOT, given(&able), "")
            .end(),
        alone("expired", "One that has expired is not given.", EXPIRED, &past)
            .tells(code::PARTIAL, Part::Exhausted, given(&laptop), "")
            .end(),
        alone("expires-now", "In its last second it has not expired.", EXPIRED, &now)
            .tells(code::SUCCESS, given(&now), given(&laptop), "")
            .end(),
        Desk::new("expired-before-others", "An expired one is passed over.", "expired", EXPIRED)
            .must()
            .has(PHONE, &[&past, &later])
            .has_last(LAPTOP, &[&past], &laptop)
            .tells(code::SUCCESS, given(&later), given(&laptop), "")
            .end(),
        Desk::new("expired-last-resort", "One of last resort expires, too.", "expired", EXPIRED)
            .must()
            .has_last(PHONE, &[], &past)
            .has(LAPTOP, &[&laptop])
            .tells(code::PARTIAL, Part::Exhausted, given(&laptop), "")
            .end(),
        alone("expires-in-between", "It expires between two requests.", EXPIRED, &later)
            .answers(
                NOW + 3_601_000,
                &asks().octets(),
                "an hour and a second later",
                &[response(
                    code::PARTIAL,
                    BOB,
                    &[(PHONE.to_owned(), Part::Exhausted), (LAPTOP.to_owned(), given(&laptop))],
                )],
            )
            .end(),
    ]
}
