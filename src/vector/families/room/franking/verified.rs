//! Franks that a receiver takes: `room/verify-frank`.

use super::scene::{FRANK_AAD, ROOM, Scene, with_octets};
use super::tags::framed_scene;
use crate::vector::families::build::{accept, group};
use crate::vector::forge::franking::{basic, safe_aad};
use crate::vector::forge::{Part, Semantics};
use crate::vector::{Case, Group};

pub(super) const OP: &str = "room/verify-frank";
const SIGNED: &str = "5.4.1.3:signature-checked";

pub(super) fn groups() -> Vec<Group> {
    vec![group("franks that verify", taken())]
}

fn verified(name: &str, comment: &str, flag: &str, rules: &[&str], scene: &Scene) -> Case {
    accept(name, comment, &[flag], rules, OP, scene.received(), scene.confirmed())
}

fn taken() -> Vec<Case> {
    let changed = |name: &str, comment: &str, flag: &str, rules: &[&str], change: &dyn Fn(Scene) -> Scene| {
        verified(name, comment, flag, rules, &change(Scene::new(name)))
    };
    let of = |name: &str, comment: &str, suite: u16| {
        changed(name, comment, "suite", &["5.4.1.3:suite-matches", SIGNED], &|s| Scene { suite, ..s })
    };
    let at = |name: &str, comment: &str, time: u64| changed(name, comment, "time", &[SIGNED], &|s| Scene { time, ..s });
    let hub = |name: &str, comment: &str, domain: &str, identity: &[u8]| {
        changed(name, comment, "domain", &["5.4.1.3:agent-domain"], &|s| Scene {
            hub_domain: domain.into(),
            credential: basic(identity),
            ..s
        })
    };
    let long = format!("mimi://b.example/u/{}", "a".repeat(200));
    let mut cases = vec![
        changed("verified", "Everything fits.", "frank", &[SIGNED, "5.4.1.3:stored", "5.4.1:agent-fields"], &|s| s),
        of("verified-suite-3", "A group of suite 3.", 3),
        of("verified-suite-79", "A group of suite 79.", 79),
        verified(
            "verified-suite-2",
            "ECDSA with P-256.",
            "suite",
            &["5.4.1.3:suite-matches", "5.4.1:key-of-suite"],
            &Scene::p256("verified-suite-2"),
        ),
        verified(
            "verified-framed",
            "A group that frames its application data.",
            "framing",
            &["5.4.1.3:tag-checked", "5.4.1.1:tag-over-framing"],
            &framed_scene("verified-framed"),
        ),
        at("verified-time-zero", "Accepted at the beginning of 1970.", 0),
        at("verified-time-of-53-bits", "A time of 53 bits.", (1 << 53) - 1),
        hub(
            "verified-domain-in-upper-case",
            "Domains are the same in upper case.",
            "HUB.example",
            b"mimi://hub.Example",
        ),
        hub("verified-domain-of-one-label", "A domain of one label.", "localhost", b"mimi://localhost"),
        changed("verified-long-uri", "A sender's URI of more than 63 octets.", "context", &[SIGNED], &|s| {
            s.between(&long, ROOM)
        }),
        changed("verified-pseudonym", "A sender under a pseudonym.", "context", &[SIGNED], &|s| {
            s.between("mimi://b.example/u/0b6f2c1e-7d0b-4b0e-9d6b-2f4c1c8b9a10", ROOM)
        }),
        changed("verified-multipart", "A message of two parts.", "tag", &["5.4.1.3:tag-checked"], &|s| {
            let parts = [Part::single("text/plain", "one"), Part::single("text/html", "<b>two</b>")];
            s.body(Part::multi(Semantics::ChooseOne, parts))
        }),
    ];
    let scene = Scene::new("verified-among-components");
    let aad = safe_aad(&[(1, &[1; 70]), (FRANK_AAD, &scene.tag()), (0xffff, b"x")]);
    let input = with_octets(scene.received(), "authenticated_data", [aad, b"more".to_vec()].concat());
    cases.push(accept(
        "verified-among-components",
        "Components before and after the tag, and octets behind all of them.",
        &["aad"],
        &["5.4.1.1:safe-aad-form"],
        OP,
        input,
        scene.confirmed(),
    ));
    let scene = Scene::new("verified-any-server-frank");
    let foreign = Scene { hub_key: vec![0x11; 32], ..scene.clone() };
    cases.push(accept(
        "verified-any-server-frank",
        "Whether the server frank is right only the hub can tell: any will do that is signed.",
        &["frank"],
        &["5.4.1.2:server-frank"],
        OP,
        foreign.received(),
        scene.confirmed(),
    ));
    cases
}
