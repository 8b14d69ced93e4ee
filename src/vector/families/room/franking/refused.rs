//! Franks that a receiver does not take, though their signatures may be right.

use super::scene::{ALICE, BOB, FRANK_AAD, ROOM, Scene, flipped, with, with_octets};
use super::tags::{framed_scene, says};
use super::verified::OP;
use crate::reason::{Reason, content, franking as reason, wire};
use crate::vector::families::build::{group, reject};
use crate::vector::forge::franking::{Signer, agent, basic, framed, hmac, safe_aad};
use crate::vector::forge::{Extension, Part, bytes, text};
use crate::vector::{Case, Group};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("franks that lack something", missing()),
        group("franks of another cipher suite", suites()),
        group("agents that are not the hub's", agents()),
        group("tags that do not fit", tags()),
        group("senders and rooms that do not fit", names()),
    ]
}

/// The usual scene of this name, and what is changed in what the receiver gets.
fn refused(
    name: &str,
    comment: &str,
    flag: &str,
    rule: &str,
    reason: Reason,
    change: impl FnOnce(&Scene, Value) -> Value,
) -> Case {
    let scene = Scene::new(name);
    let input = change(&scene, scene.received());
    reject(name, comment, &[flag], &[rule], OP, input, reason)
}

fn missing() -> Vec<Case> {
    const COMPLETE: &str = "5.4.1.3:frank-complete";
    let lacks = |name: &str, comment: &str, reason, change: &dyn Fn(&Scene, Value) -> Value| {
        refused(name, comment, "incomplete", COMPLETE, reason, change)
    };
    let aad = |name: &str, comment: &str, reason, octets: &dyn Fn(&[u8]) -> Vec<u8>| {
        lacks(name, comment, reason, &|s, i| with_octets(i, "authenticated_data", octets(&s.tag())))
    };
    vec![
        lacks("no-frank", "No frank came with the message.", reason::NO_FRANK, &|_, i| with(i, "frank", Value::Null)),
        lacks("frank-cut", "The frank's last octet is missing.", wire::WIRE_TRUNCATED, &|s, i| {
            let frank = s.frank();
            with_octets(i, "frank", frank.get(..frank.len() - 1).unwrap_or_default())
        }),
        lacks("frank-with-more", "An octet follows the frank.", wire::WIRE_TRAILING, &|s, i| {
            with_octets(i, "frank", [s.frank(), vec![0]].concat())
        }),
        aad("no-authenticated-data", "No authenticated data.", reason::NO_FRANKING_TAG, &|_| vec![]),
        aad("no-tag", "Authenticated data without components.", reason::NO_FRANKING_TAG, &|_| safe_aad(&[])),
        aad("tag-of-another-component", "The tag is under the number 0x0021.", reason::NO_FRANKING_TAG, &|tag| {
            safe_aad(&[(0x0021, tag)])
        }),
        aad("tag-behind-components", "The tag is behind the components.", reason::NO_FRANKING_TAG, &|tag| {
            [safe_aad(&[]), vec![0, 0x20, 32], tag.to_vec()].concat()
        }),
        aad("tag-of-31-octets", "The tag's last octet is missing.", wire::WIRE_TRUNCATED, &|tag| {
            safe_aad(&[(FRANK_AAD, tag.get(..31).unwrap_or_default())])
        }),
        aad("tag-of-33-octets", "An octet follows the tag.", wire::WIRE_TRAILING, &|tag| {
            safe_aad(&[(FRANK_AAD, &[tag, &[0]].concat())])
        }),
        aad("tag-alone", "The tag is all of the authenticated data.", wire::WIRE_TRUNCATED, &<[u8]>::to_vec).also(&[
            wire::WIRE_LENGTH_PREFIX,
            wire::WIRE_LENGTH_NOT_MINIMAL,
            reason::NO_FRANKING_TAG,
            reason::SAFE_AAD_ORDER,
        ]),
        aad("components-cut", "The authenticated data end early.", wire::WIRE_TRUNCATED, &|tag| {
            let mut aad = safe_aad(&[(FRANK_AAD, tag)]);
            aad.pop();
            aad
        }),
    ]
}

fn suites() -> Vec<Case> {
    let (reason, rule) = (reason::FRANK_SUITE_DIFFERS, "5.4.1.3:suite-matches");
    let other = |name: &str, comment: &str, frank: u16, group: u16| {
        refused(name, comment, "suite", rule, reason, |s, _| {
            let made = Scene { suite: frank, ..s.clone() };
            with(made.received(), "cipher_suite", group)
        })
    };
    let mut p256 = Scene::p256("suite-2-in-group-of-1").received();
    p256 = with(p256, "cipher_suite", 1);
    vec![
        other("suite-3-in-group-of-1", "The same signatures, but another suite.", 3, 1),
        other("suite-1-in-group-of-3", "The same signatures, but another suite.", 1, 3),
        other("suite-0-in-group-of-1", "A suite that is none.", 0, 1),
        other("suite-256-in-group-of-1", "The suite's octets in the wrong order.", 256, 1),
        reject("suite-2-in-group-of-1", "A frank with ECDSA.", &["suite"], &[rule], OP, p256, reason),
        refused(
            "suite-rewritten",
            "The frank's suite was changed after it was signed.",
            "suite",
            rule,
            reason,
            |s, i| with_octets(i, "frank", flipped(s.frank(), 33)),
        ),
    ]
}

fn agents() -> Vec<Case> {
    const DOMAIN: &str = "5.4.1.3:agent-domain";
    let replaced = |name: &str, comment: &str, rule: &str, reason, agent: &dyn Fn(&Scene) -> Vec<u8>| {
        refused(name, comment, "agent", rule, reason, |s, i| with_octets(i, "franking_agent", agent(s)))
    };
    let of = |name: &str, comment: &str, identity: &str| {
        let (domain, none) = (reason::AGENT_OF_ANOTHER_DOMAIN, reason::AGENT_WITHOUT_DOMAIN);
        refused(name, comment, "domain", DOMAIN, domain, |s, _| {
            Scene { credential: basic(identity.as_bytes()), ..s.clone() }.received()
        })
        .also(&[none])
    };
    let x509 = [vec![0, 2], vec![6, 2, 0x30, 1, 2, 0x30, 2]].concat();
    vec![
        refused(
            "no-agent",
            "The group has no franking agent.",
            "agent",
            "5.4.1.3:signature-checked",
            reason::NO_FRANKING_AGENT,
            |_, i| with(i, "franking_agent", Value::Null),
        ),
        replaced("agent-cut", "The agent's last octet is missing.", "5.4.1:agent-fields", wire::WIRE_TRUNCATED, &|s| {
            let mut octets = s.agent();
            octets.pop();
            octets
        }),
        replaced("agent-with-more", "An octet follows the agent.", "5.4.1:agent-fields", wire::WIRE_TRAILING, &|s| {
            [s.agent(), vec![0]].concat()
        }),
        replaced("agent-key-empty", "The agent has no key.", "5.4.1:key-of-suite", reason::AGENT_KEY_MALFORMED, &|s| {
            agent(&[], &s.credential)
        }),
        replaced(
            "agent-key-of-31-octets",
            "The key's last octet is missing.",
            "5.4.1:key-of-suite",
            reason::AGENT_KEY_MALFORMED,
            &|s| agent(s.signer.public().get(..31).unwrap_or_default(), &s.credential),
        ),
        replaced(
            "agent-key-of-p256",
            "A key of P-256 in a group that signs with Ed25519.",
            "5.4.1:key-of-suite",
            reason::AGENT_KEY_MALFORMED,
            &|s| agent(&Signer::P256(*s.signer.private()).public(), &s.credential),
        ),
        replaced(
            "agent-key-of-somebody-else",
            "The agent's key is not the one that signed.",
            "5.4.1.3:signature-checked",
            reason::FRANK_SIGNATURE_WRONG,
            &|s| agent(&Signer::Ed25519([0x42; 32]).public(), &s.credential),
        ),
        of("domain-of-somebody-else", "The agent is of another provider.", "mimi://evil.example"),
        of("domain-longer", "A domain that begins as the hub's.", "mimi://hub.example.evil"),
        of("domain-shorter", "A domain that the hub's begins with.", "mimi://hub"),
        of("domain-below", "A domain below the hub's.", "mimi://x.hub.example"),
        of("domain-above", "The domain above the hub's.", "mimi://example"),
        of("domain-that-ends-alike", "A domain that ends as the hub's.", "mimi://evilhub.example"),
        of("domain-in-the-path", "The hub's domain is in the path.", "mimi://evil.example/hub.example"),
        of("domain-before-an-at", "The hub's domain is before an @.", "mimi://hub.example@evil.example"),
        of("domain-in-the-query", "The hub's domain is in the query.", "mimi://evil.example?mimi://hub.example"),
        of("domain-empty", "A credential without an identity.", ""),
        of("domain-missing", "A URI without an authority.", "mimi:///hub.example"),
        refused(
            "agent-not-utf-8",
            "The identity is no text.",
            "domain",
            DOMAIN,
            reason::AGENT_WITHOUT_DOMAIN,
            |s, _| Scene { credential: basic(&[0xff, 0xfe, 0x00]), ..s.clone() }.received(),
        ),
        refused(
            "agent-without-certificates",
            "An X.509 credential whose certificates are none.",
            "domain",
            DOMAIN,
            reason::AGENT_WITHOUT_DOMAIN,
            |s, _| Scene { credential: x509, ..s.clone() }.received(),
        ),
    ]
}

/// A tag that the sender computed otherwise: the hub can not know, and franks it.
fn mistaken(name: &str, comment: &str, scene: &Scene, tag: &[u8]) -> Case {
    use crate::vector::forge::franking::{frank, sign_content};
    let server_frank = hmac(&scene.hub_key, &[tag, &scene.context()].concat());
    let signed = [&server_frank[..], &scene.suite.to_be_bytes(), &scene.context()].concat();
    let signature = scene.signer.sign(&sign_content(super::scene::LABEL, &signed));
    let input = with_octets(scene.received(), "authenticated_data", safe_aad(&[(FRANK_AAD, tag)]));
    let input = with_octets(input, "frank", frank(&server_frank, scene.suite, &signature));
    reject(name, comment, &["tag"], &["5.4.1.3:tag-checked"], OP, input, reason::FRANKING_TAG_DIFFERS)
}

fn tags() -> Vec<Case> {
    let wrong = |name: &str, comment: &str, tag: &dyn Fn(&Scene) -> Vec<u8>| {
        let scene = Scene::new(name);
        mistaken(name, comment, &scene, &tag(&scene))
    };
    let said = |name: &str, comment: &str, change: &dyn Fn(Scene) -> Scene| {
        refused(name, comment, "tag", "5.4.1.3:tag-checked", reason::FRANKING_TAG_DIFFERS, |s, i| {
            with_octets(i, "application_data", change(s.clone()).application_data())
        })
    };
    let framed_group = framed_scene("tag-without-framing");
    let bare_tag = hmac(&framed_group.message.salt, &framed_group.content());
    let typed = framed_scene("media-type-differs");
    let other_type = framed("text/plain", &typed.content());
    vec![
        said("text-differs", "Another text than was franked.", &|s| {
            s.body(Part::single("text/markdown;variant=GFM-MIMI", "Hi *all?"))
        }),
        said("salt-differs", "The same message with another salt.", &|mut s| {
            s.message.salt = flipped(s.message.salt, 15);
            s
        }),
        said("extension-added", "An extension more than was franked.", &|mut s| {
            s.message.extensions.push(Extension::new(9, bytes([])));
            s
        }),
        refused(
            "tag-flipped",
            "A bit of the tag differs.",
            "tag",
            "5.4.1.3:tag-checked",
            reason::FRANKING_TAG_DIFFERS,
            |s, i| with_octets(i, "authenticated_data", safe_aad(&[(FRANK_AAD, &flipped(s.tag(), 31))])),
        ),
        refused(
            "tag-of-zeros",
            "A tag of zeros.",
            "tag",
            "5.4.1.3:tag-checked",
            reason::FRANKING_TAG_DIFFERS,
            |_, i| with_octets(i, "authenticated_data", safe_aad(&[(FRANK_AAD, &[0; 32])])),
        ),
        wrong("tag-key-and-data-swapped", "HMAC with the data as key, over the salt.", &|s| {
            hmac(&s.application_data(), &s.message.salt)
        }),
        wrong("tag-of-a-hash", "SHA-256 over salt and data instead of HMAC.", &|s| {
            Sha256::digest([s.message.salt.clone(), s.application_data()].concat()).to_vec()
        }),
        wrong("tag-without-salt", "HMAC with an empty key.", &|s| hmac(&[], &s.application_data())),
        wrong("tag-of-the-text-alone", "HMAC over the text instead of the message.", &|s| {
            hmac(&s.message.salt, b"Hi *all*")
        }),
        mistaken("tag-without-framing", "HMAC over the content in a framing.", &framed_group, &bare_tag),
        reject(
            "media-type-differs",
            "The same content under another media type.",
            &["framing"],
            &["5.4.1.1:tag-over-framing"],
            OP,
            with_octets(typed.received(), "application_data", other_type),
            reason::FRANKING_TAG_DIFFERS,
        ),
    ]
}

fn names() -> Vec<Case> {
    const FITS: &str = "5.4.1.3:sender-and-room-checked";
    const ELSEWHERE: &str = "mimi://hub.example/r/attic";
    let (sender, room) = (reason::FRANKED_SENDER_DIFFERS, reason::FRANKED_ROOM_DIFFERS);
    let from = |name: &str, comment: &str, credential: &str| {
        refused(name, comment, "names", FITS, sender, |_, i| with(i, "sender_uri", credential))
    };
    let into = |name: &str, comment: &str, place: &str| {
        refused(name, comment, "names", FITS, room, |_, i| with(i, "room_uri", place))
    };
    // What the sender writes in the message, and what it says to the hub.
    let lied =
        |name: &str, comment: &str, (wrote, wrote_room): (&str, &str), (said, said_room): (&str, &str), seen: &str| {
            let mut scene = says(Scene::new(name), wrote, wrote_room);
            (scene.sender, scene.room) = (said.into(), said_room.into());
            let input = with(scene.received(), "sender_uri", seen);
            reject(name, comment, &["names"], &["5.4.1.1:same-sender"], OP, input, reason::FRANK_SIGNATURE_WRONG)
                .also(&[sender, room])
        };
    let without = |name: &str, comment: &str, extensions: Vec<Extension>, reason| {
        let mut scene = Scene::new(name);
        scene.message.extensions = extensions;
        let rule = "5.4.1.1:content-carries-uris";
        reject(name, comment, &["names"], &[rule], OP, scene.received(), reason)
    };
    let mut short = Scene::new("verify-salt-of-15-octets");
    short.message.salt.pop();
    vec![
        from("sender-of-another-credential", "Message and frank say Alice, the credential says Bob.", BOB),
        from("sender-that-begins-alike", "The credential's URI begins as the message's.", "mimi://b.example/u/alice2"),
        from("sender-of-another-provider", "Alice of another provider.", "mimi://c.example/u/alice"),
        from("sender-of-another-case", "The user's name in the credential has a capital.", "mimi://b.example/u/Alice"),
        into("room-of-another-place", "The message came in another room.", ELSEWHERE),
        into("room-that-begins-alike", "The room's URI begins as the message's.", "mimi://hub.example/r/clubhouse2"),
        lied("sender-lied-to-hub", "Alice told the hub that she is Bob.", (ALICE, ROOM), (BOB, ROOM), ALICE),
        lied("sender-lied-in-message", "Alice wrote that she is Bob.", (BOB, ROOM), (ALICE, ROOM), ALICE),
        lied("room-lied-in-message", "The message names another room.", (ALICE, ELSEWHERE), (ALICE, ROOM), ALICE),
        without(
            "verify-no-sender",
            "No sender in the message.",
            vec![Extension::new(2, text(ROOM))],
            reason::FRANKED_WITHOUT_SENDER,
        ),
        without(
            "verify-no-room",
            "No room in the message.",
            vec![Extension::new(1, text(ALICE))],
            reason::FRANKED_WITHOUT_ROOM,
        ),
        reject(
            "verify-salt-of-15-octets",
            "A salt of 15 octets; all the rest fits.",
            &["salt"],
            &["5.4.1.1:salt"],
            OP,
            short.received(),
            content::SALT_LENGTH,
        ),
    ]
}
