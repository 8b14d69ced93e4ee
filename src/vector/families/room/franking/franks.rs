//! What a hub computes: `room/frank`.

use super::scene::{FRANK_AAD, ROOM, Scene, with, with_octets};
use crate::vector::families::build::{accept, group};
use crate::vector::forge::franking::safe_aad;
use crate::vector::{Case, Group, Verdict};
use serde_json::{Value, json};

pub(super) const OP: &str = "room/frank";
const FRANK: &str = "5.4.1.2:server-frank";
const SIGNED: &str = "5.4.1.2:integrity-signature";
const AAD: &str = "5.4.1.1:safe-aad-form";

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("franks of a hub", franks()),
        group("tags among other authenticated data", beside()),
        group("messages that are not franked", without()),
    ]
}

fn franked(name: &str, comment: &str, flag: &str, rules: &[&str], change: impl FnOnce(Scene) -> Scene) -> Case {
    let scene = change(Scene::new(name));
    accept(name, comment, &[flag], rules, OP, scene.hub_input(), scene.hub_output())
}

fn franks() -> Vec<Case> {
    let keyed = |name: &str, comment: &str, length: u8| {
        franked(name, comment, "hub-key", &[FRANK, "5.4.1.2:hub-key-length"], |s| Scene {
            hub_key: (1..=length).collect(),
            ..s
        })
    };
    let at = |name: &str, comment: &str, time: u64| {
        franked(name, comment, "time", &[FRANK, SIGNED], |s| Scene { time, ..s })
    };
    let of = |name: &str, comment: &str, suite: u16| {
        franked(name, comment, "suite", &["5.4.1.2:suite-in-use", SIGNED], |s| Scene { suite, ..s })
    };
    let between = |name: &str, comment: &str, sender: &str, room: &str| {
        franked(name, comment, "context", &[FRANK, SIGNED], |s| s.between(sender, room))
    };
    let long = format!("mimi://b.example/u/{}", "a".repeat(200));
    vec![
        franked("frank", "A message by Alice, in suite 1.", "frank", &[FRANK, SIGNED, "5.4.1:tag-length"], |s| s),
        of("frank-suite-3", "The same signatures, another suite.", 3),
        of("frank-suite-79", "The same signatures, a suite with X-Wing.", 79),
        keyed("frank-key-of-1-octet", "A hub_key of 1 octet.", 1).contested(&[
            (Verdict::Accept, "A hub_key may have any length."),
            (Verdict::Reject, "A hub may refuse a key that anybody can guess."),
        ]),
        keyed("frank-key-of-16-octets", "A hub_key of 16 octets.", 16),
        keyed("frank-key-of-63-octets", "A hub_key of 63 octets.", 63),
        keyed("frank-key-of-64-octets", "A hub_key of 64 octets, a block of SHA-256.", 64),
        keyed("frank-key-of-65-octets", "A hub_key of 65 octets, which HMAC hashes.", 65),
        keyed("frank-key-of-200-octets", "A hub_key of 200 octets.", 200),
        at("frank-time-zero", "Accepted at the beginning of 1970.", 0),
        at("frank-time-of-33-bits", "A time of 33 bits.", 0x1_0000_0001),
        at("frank-time-of-53-bits", "A time of 53 bits.", (1 << 53) - 1),
        between("frank-of-bob", "Another sender.", super::scene::BOB, ROOM),
        between("frank-long-uri", "A sender's URI of more than 63 octets.", &long, ROOM),
        between(
            "frank-shifted-1",
            "URIs that give the same text one behind the other.",
            "mimi://b.example/u/x",
            "mimi://b.example/r/mimi://b.example/r/y",
        ),
        between(
            "frank-shifted-2",
            "The same text, divided elsewhere.",
            "mimi://b.example/u/xmimi://b.example/r/",
            "mimi://b.example/r/y",
        ),
        franked(
            "frank-sender-in-upper-case",
            "The sender is franked as it was asserted.",
            "context",
            &[FRANK, "5.4.1.1:same-sender"],
            |s| s.between("mimi://b.example/u/Alice", "mimi://hub.example/r/ClubHouse"),
        ),
        {
            let mut scene = Scene::new("frank-asserted-sender");
            scene.sender = super::scene::BOB.into();
            let comment = "The hub franks the sender that is asserted to it: what the message says it can not see.";
            let rules = ["5.4.1.1:same-sender"];
            accept("frank-asserted-sender", comment, &["context"], &rules, OP, scene.hub_input(), scene.hub_output())
        },
    ]
}

fn beside() -> Vec<Case> {
    let with_aad = |name: &str, comment: &str, aad: &dyn Fn(&[u8]) -> Vec<u8>| {
        let scene = Scene::new(name);
        let input = with_octets(scene.hub_input(), "authenticated_data", aad(&scene.tag()));
        accept(name, comment, &["aad"], &[AAD], OP, input, scene.hub_output())
    };
    vec![
        with_aad("frank-component-before", "A component of a lower number before the tag.", &|tag| {
            safe_aad(&[(0x001f, &[9; 32]), (FRANK_AAD, tag)])
        }),
        with_aad("frank-component-after", "Components of higher numbers after the tag.", &|tag| {
            safe_aad(&[(FRANK_AAD, tag), (0x0021, &[9; 32]), (0x8020, b"")])
        }),
        with_aad("frank-many-components", "More than 63 octets of components.", &|tag| {
            safe_aad(&[(1, &[1; 70]), (0x0020, tag), (0xffff, &[2; 70])])
        }),
        with_aad("frank-octets-after-components", "Octets of the application follow the components.", &|tag| {
            [safe_aad(&[(FRANK_AAD, tag)]), b"more".to_vec()].concat()
        }),
        with_aad("frank-tag-like-octets-before", "A component that holds what looks like a tag.", &|tag| {
            safe_aad(&[(2, &[&[0, 0x20, 32][..], &[7; 32]].concat()), (FRANK_AAD, tag)])
        }),
    ]
}

fn without() -> Vec<Case> {
    let not = |name: &str, comment: &str, rule: &str, change: &dyn Fn(Value) -> Value| {
        let input = change(Scene::new(name).hub_input());
        accept(name, comment, &["not-franked"], &[rule], OP, input, json!({"frank": null}))
    };
    let aad = |name: &str, comment: &str, octets: Vec<u8>| {
        not(name, comment, "5.4.1.2:only-with-tag", &|input| with_octets(input, "authenticated_data", &octets))
    };
    vec![
        not("unfranked-no-agent", "The group has no franking agent.", "5.4.1.2:only-with-agent", &|input| {
            with(input, "franking_agent", Value::Null)
        }),
        aad("unfranked-no-data", "No authenticated data.", vec![]),
        aad("unfranked-no-components", "Authenticated data without components.", safe_aad(&[])),
        aad(
            "unfranked-other-components",
            "Only other components.",
            safe_aad(&[(0x001f, &[9; 32]), (0x0021, &[9; 32])]),
        ),
        aad("unfranked-wide-number", "A component with the number 0x2000.", safe_aad(&[(0x2000, &[9; 32])])),
        aad(
            "unfranked-octets-after-components",
            "What looks like a component is behind the components.",
            [safe_aad(&[]), vec![0, 0x20, 32], vec![9; 32]].concat(),
        ),
    ]
}
