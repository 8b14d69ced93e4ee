//! What a hub says to reports: `room/verify-report`.

use super::scene::{ALICE, BOB, ROOM, Scene, flipped, with, with_octets};
use super::tags::framed_scene;
use crate::reason::{Reason, content, franking as reason, wire};
use crate::vector::families::build::{accept, group, reject};
use crate::vector::forge::franking::{Signer, frank};
use crate::vector::forge::{Extension, Part, text};
use crate::vector::{Case, Group, Verdict};
use serde_json::Value;

const OP: &str = "room/verify-report";
const AGAIN: &str = "5.9:server-frank-again";
const SIGNED: &str = "5.9:signature-again";

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("reports that a hub confirms", confirmed()),
        group("reports that a hub does not confirm", refused()),
        group("what a report says beside the message", names()),
    ]
}

fn confirmed() -> Vec<Case> {
    let yes = |name: &str, comment: &str, rules: &[&str], scene: &Scene, input: Value| {
        accept(name, comment, &["report"], rules, OP, input, scene.confirmed())
    };
    let of = |name: &str, comment: &str, scene: Scene| yes(name, comment, &[AGAIN, SIGNED], &scene, scene.reported());
    let all = Scene::new("report-with-names");
    let named = with(with(all.reported(), "alleged_abuser_uri", ALICE), "room_uri", ROOM);
    vec![
        of("report", "A report of a message by Alice.", Scene::new("report")),
        of("report-suite-2", "A report from a group with ECDSA.", Scene::p256("report-suite-2")),
        of("report-suite-3", "A report from a group of suite 3.", Scene { suite: 3, ..Scene::new("report-suite-3") }),
        of("report-framed", "The reported content is in its framing.", framed_scene("report-framed")),
        of(
            "report-key-of-200-octets",
            "A hub_key of 200 octets.",
            Scene { hub_key: (0..200).collect(), ..Scene::new("report-key-of-200-octets") },
        ),
        yes("report-with-names", "The report blames Alice, and is sent for the room.", &["5.9:names-fit"], &all, named),
    ]
}

fn no(name: &str, comment: &str, rule: &str, reason: Reason, change: impl FnOnce(&Scene, Value) -> Value) -> Case {
    let scene = Scene::new(name);
    let input = change(&scene, scene.reported());
    reject(name, comment, &["report"], &[rule], OP, input, reason)
}

fn refused() -> Vec<Case> {
    let differs = |name: &str, comment: &str, change: &dyn Fn(&Scene, Value) -> Value| {
        no(name, comment, AGAIN, reason::SERVER_FRANK_DIFFERS, change)
    };
    let said = |name: &str, comment: &str, change: &dyn Fn(Scene) -> Scene| {
        differs(name, comment, &|s, i| with_octets(i, "message_content", change(s.clone()).application_data()))
    };
    let wrong = |name: &str, comment: &str, change: &dyn Fn(&Scene, Value) -> Value| {
        no(name, comment, SIGNED, reason::FRANK_SIGNATURE_WRONG, change)
    };
    let claims = |name: &str, comment: &str, rule: &str, reason, change: &dyn Fn(&mut Scene)| {
        let mut scene = Scene::new(name);
        change(&mut scene);
        reject(name, comment, &["report"], &[rule], OP, scene.reported(), reason)
    };
    let uris = "5.4.1.1:content-carries-uris";
    vec![
        said("report-of-another-text", "A text that was never sent.", &|s| {
            s.body(Part::single("text/markdown;variant=GFM-MIMI", "Die!"))
        }),
        said("report-of-another-sender", "The sender in the message was changed.", &|s| s.between(BOB, ROOM)),
        said("report-of-another-room", "The room in the message was changed.", &|s| {
            s.between(ALICE, "mimi://hub.example/r/attic")
        }),
        said("report-of-another-salt", "The salt was changed.", &|mut s| {
            s.message.salt = flipped(s.message.salt, 0);
            s
        }),
        differs("report-of-another-time", "The time was changed by 1 ms.", &|s, i| {
            with(i, "accepted_timestamp", s.time + 1)
        }),
        differs("report-to-another-hub", "This hub's key is another.", &|s, i| {
            with_octets(i, "hub_key", flipped(s.hub_key.clone(), 31))
        }),
        differs("report-with-key-cut", "The hub's key lost its last octet.", &|s, i| {
            with_octets(i, "hub_key", s.hub_key.get(..31).unwrap_or_default())
        }),
        differs("report-frank-first-bit", "The first bit of the server frank differs.", &|s, i| {
            with_octets(i, "frank", frank(&flipped(s.server_frank(), 0), s.suite, &s.signature()))
        }),
        differs("report-frank-last-bit", "The last bit of the server frank differs.", &|s, i| {
            with_octets(i, "frank", frank(&flipped(s.server_frank(), 31), s.suite, &s.signature()))
        }),
        differs("report-signed-frank-of-another-key", "The signature is right, the server frank is not.", &|s, i| {
            with_octets(i, "frank", Scene { hub_key: vec![0x11; 32], ..s.clone() }.frank())
        }),
        differs("report-of-swapped-messages", "Time and frank of another message by the same sender.", &|s, i| {
            let other = Scene { time: s.time + 5, ..s.clone().body(Part::single("text/plain", "No.")) };
            with(with_octets(i, "frank", other.frank()), "accepted_timestamp", other.time)
        }),
        wrong("report-signature-bit", "A bit of the signature differs.", &|s, i| {
            with_octets(i, "frank", s.frank_of(&flipped(s.signature(), 63)))
        }),
        wrong("report-signature-empty", "No signature.", &|s, i| with_octets(i, "frank", s.frank_of(&[]))),
        wrong("report-suite-changed", "The suite in the frank was changed to 3.", &|s, i| {
            with_octets(i, "frank", frank(&s.server_frank(), 3, &s.signature()))
        }),
        wrong("report-of-another-agent", "The franking agent's key is another.", &|_, i| {
            with_octets(i, "franking_signature_key", Signer::Ed25519([0x42; 32]).public())
        }),
        no(
            "report-suite-of-another-algorithm",
            "The suite in the frank was changed to 2.",
            SIGNED,
            reason::AGENT_KEY_MALFORMED,
            |s, i| with_octets(i, "frank", frank(&s.server_frank(), 2, &s.signature())),
        )
        .also(&[reason::FRANK_SIGNATURE_WRONG]),
        no("report-suite-0", "A suite that is none.", SIGNED, reason::UNKNOWN_SIGNATURE_ALGORITHM, |s, i| {
            with_octets(i, "frank", frank(&s.server_frank(), 0, &s.signature()))
        })
        .also(&[reason::FRANK_SIGNATURE_WRONG]),
        no("report-frank-cut", "The frank's last octet is missing.", AGAIN, wire::WIRE_TRUNCATED, |s, i| {
            let mut frank = s.frank();
            frank.pop();
            with_octets(i, "frank", frank)
        }),
        no("report-without-content", "No message.", AGAIN, content::TRUNCATED, |_, i| {
            with_octets(i, "message_content", [])
        }),
        claims("report-no-sender", "No sender in the message.", uris, reason::FRANKED_WITHOUT_SENDER, &|s| {
            s.message.extensions = vec![Extension::new(2, text(ROOM))];
        }),
        claims("report-no-room", "No room in the message.", uris, reason::FRANKED_WITHOUT_ROOM, &|s| {
            s.message.extensions = vec![Extension::new(1, text(ALICE))];
        }),
        claims("report-salt-of-17-octets", "A salt of 17 octets.", "5.4.1.1:salt", content::SALT_LENGTH, &|s| {
            s.message.salt.push(0);
        }),
    ]
}

fn names() -> Vec<Case> {
    let readings = [
        (Verdict::Reject, "The report proves nothing about whom it blames, or about the room it is sent for."),
        (Verdict::Accept, "The message speaks for itself; the rest is policy."),
    ];
    vec![
        no(
            "report-blames-bob",
            "The message is Alice's, the report blames Bob.",
            "5.9:names-fit",
            reason::REPORTED_SENDER_DIFFERS,
            |_, i| with(i, "alleged_abuser_uri", BOB),
        )
        .contested(&readings),
        no(
            "report-for-another-room",
            "The report is sent for another room.",
            "5.9:names-fit",
            reason::REPORTED_ROOM_DIFFERS,
            |_, i| with(i, "room_uri", "mimi://hub.example/r/attic"),
        )
        .contested(&readings),
    ]
}
