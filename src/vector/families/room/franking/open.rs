//! What the draft leaves open: octets and checks that another honest reading makes something else of.

use super::scene::{FRANK_AAD, LABEL, ROOM, Scene, with, with_octets};
use super::tags::framed_scene;
use super::{franks, verified};
use crate::reason::{Reason, content, franking as reason, wire};
use crate::vector::families::build::{accept, group, reject};
use crate::vector::forge::Part;
use crate::vector::forge::franking::{agent, basic, frank, hmac, safe_aad, sign_content};
use crate::vector::{Case, Group, Verdict};
use serde_json::{Value, json};

const YES: Verdict = Verdict::Accept;
const NO: Verdict = Verdict::Reject;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("a follower swaps what the hub said of two messages", swapped()),
        group("other readings of hubs", hubs()),
        group("other readings of receivers", receivers()),
        group("other readings of reports", reports()),
    ]
}

/// Two messages of one sender, whose times, franks and signatures a follower exchanged: both verify.
fn swapped() -> Vec<Case> {
    let first = Scene::new("swap");
    let mut later = Scene { time: first.time + 5_000, ..first.clone() }.body(Part::single("text/plain", "No."));
    later.message.salt = vec![0x77; 16];
    let case = |name: &str, comment: &str, message: &Scene, frank: &Scene| {
        let input = with_octets(message.received(), "frank", frank.frank());
        let input = with(input, "accepted_timestamp", frank.time);
        accept(name, comment, &["swap"], &["5.4.1.2:tag-unsigned"], verified::OP, input, frank.confirmed()).contested(
            &[
                (YES, "Every check that the draft lists is passed: the tag is not signed, and the hub alone can tell."),
                (NO, "The frank is of another message, which a receiver that keeps franks could notice."),
            ],
        )
    };
    vec![
        case("swap-first", "The first message, with time and frank of the second.", &first, &later),
        case("swap-second", "The second message, with time and frank of the first.", &later, &first),
    ]
}

fn hubs() -> Vec<Case> {
    let ecdsa = |name: &str, comment: &str| {
        let scene = Scene::p256(name);
        accept(name, comment, &["nonce"], &["5.4.1.2:ecdsa-nonce"], franks::OP, scene.hub_input(), scene.hub_output())
            .contested(&[
                (YES, "The nonce is derived from key and content (RFC 6979): these octets."),
                (YES, "The nonce is random: any signature that verifies."),
            ])
    };
    let refuses = |name: &str, comment: &str, rule: &str, reason: Reason, input: Value| {
        reject(name, comment, &["open"], &[rule], franks::OP, input, reason)
            .contested(&[(NO, "What is malformed is refused."), (YES, "The message is passed on, and is not franked.")])
    };
    let aad = |name: &str, comment: &str, reason, octets: &dyn Fn(&[u8]) -> Vec<u8>| {
        let scene = Scene::new(name);
        let input = with_octets(scene.hub_input(), "authenticated_data", octets(&scene.tag()));
        refuses(name, comment, "5.4.1.1:safe-aad-malformed", reason, input)
    };
    let foreign = Scene::new("frank-for-another-agent");
    let other = Scene::new("somebody else");
    let mut cut = Scene::new("frank-agent-cut").agent();
    cut.pop();
    let plain = Scene::new("frank-without-lengths");
    let context = [plain.sender.as_bytes(), plain.room.as_bytes(), &plain.time.to_be_bytes()[..]].concat();
    let plain_frank = hmac(&plain.hub_key, &[plain.tag(), context].concat());
    let signed = [&plain_frank[..], &[0, 1], &plain.context()].concat();
    let plain_output = frank(&plain_frank, 1, &plain.signer.sign(&sign_content(LABEL, &signed)));
    let mut without_lengths = accept(
        "frank-without-lengths",
        "What exactly the HMAC of the server frank is over.",
        &["open"],
        &["5.4.1.2:frank-octets"],
        franks::OP,
        plain.hub_input(),
        plain.hub_output(),
    )
    .or(vec![json!({"frank": crate::wire::hex::encode(&plain_output)})]);
    without_lengths = without_lengths.contested(&[
        (YES, "The tag, then the context in the encoding of the presentation language."),
        (YES, "The fields one behind the other without lengths, or in whatever form: only the hub computes it again."),
    ]);
    vec![
        ecdsa("frank-suite-2", "A frank with ECDSA."),
        ecdsa("frank-suite-2-again", "Another frank with ECDSA."),
        without_lengths,
        accept(
            "frank-for-another-agent",
            "The agent's key is not the hub's.",
            &["open"],
            &["5.4.1.2:agent-is-hub"],
            franks::OP,
            with_octets(foreign.hub_input(), "franking_agent", agent(&other.signer.public(), &other.credential)),
            json!({"frank": null}),
        )
        .contested(&[(YES, "The hub accepts the message and does not frank it."), (NO, "The hub refuses.")]),
        refuses(
            "frank-agent-cut",
            "The agent's last octet is missing.",
            "5.4.1.2:only-with-agent",
            wire::WIRE_TRUNCATED,
            with_octets(Scene::new("frank-agent-cut").hub_input(), "franking_agent", cut),
        ),
        aad("frank-tag-of-31-octets", "A tag of 31 octets.", wire::WIRE_TRUNCATED, &|tag| {
            safe_aad(&[(FRANK_AAD, tag.get(..31).unwrap_or_default())])
        }),
        aad("frank-tag-of-33-octets", "A tag of 33 octets.", wire::WIRE_TRAILING, &|tag| {
            safe_aad(&[(FRANK_AAD, &[tag, &[0]].concat())])
        }),
        aad("frank-components-cut", "The authenticated data end early.", wire::WIRE_TRUNCATED, &|tag| {
            let mut aad = safe_aad(&[(FRANK_AAD, tag)]);
            aad.pop();
            aad
        }),
        aad("frank-components-out-of-order", "A higher number before the tag.", reason::SAFE_AAD_ORDER, &|tag| {
            safe_aad(&[(0x0021, b"x"), (FRANK_AAD, tag)])
        }),
        aad("frank-two-tags", "Two tags.", reason::SAFE_AAD_ORDER, &|tag| {
            safe_aad(&[(FRANK_AAD, tag), (FRANK_AAD, &[9; 32])])
        }),
        aad("frank-tag-alone", "The authenticated data are no SafeAAD.", wire::WIRE_LENGTH_PREFIX, &|_| vec![0xff; 32]),
    ]
}

fn receivers() -> Vec<Case> {
    let aad = |name: &str, comment: &str, octets: &dyn Fn(&[u8]) -> Vec<u8>| {
        let scene = Scene::new(name);
        let input = with_octets(scene.received(), "authenticated_data", octets(&scene.tag()));
        let rule = "5.4.1.1:safe-aad-form";
        reject(name, comment, &["open"], &[rule], verified::OP, input, reason::SAFE_AAD_ORDER).contested(&[
            (NO, "Components are in ascending order, each once; anything else is malformed."),
            (YES, "The receiver looks for the component, and is not told to check the others."),
        ])
    };
    let of = |name: &str, comment: &str, identity: &[u8], verdict| {
        let scene = Scene { credential: basic(identity), ..Scene::new(name) };
        let (input, rule) = (scene.received(), "5.4.1.3:agent-domain-form");
        let case = match verdict {
            YES => accept(name, comment, &["open"], &[rule], verified::OP, input, scene.confirmed()),
            _ => reject(name, comment, &["open"], &[rule], verified::OP, input, reason::AGENT_WITHOUT_DOMAIN),
        };
        let other = if verdict == YES { NO } else { YES };
        case.contested(&[
            (verdict, "The identity is a MIMI URI, of which the authority is the domain and the path does not matter."),
            (other, "The draft does not say what the identity of a provider looks like."),
        ])
    };
    let named = |name: &str, comment: &str, member: &str, uri: &str, reason| {
        let input = with(Scene::new(name).received(), member, uri);
        reject(name, comment, &["open"], &["5.4.1.3:uris-compared"], verified::OP, input, reason).contested(&[
            (NO, "URIs are the same when their octets are."),
            (YES, "Scheme and authority are the same in upper case (RFC 3986 section 6.2.2)."),
        ])
    };
    let mirrored = Scene::p256("ecdsa-mirrored");
    let mirror = mirrored.signer.mirrored(&sign_content(LABEL, &mirrored.to_be_signed()));
    let component = Scene::new("component-named-twice");
    vec![
        aad("verify-components-out-of-order", "A higher number before the tag.", &|tag| {
            safe_aad(&[(0x0021, b"x"), (FRANK_AAD, tag)])
        }),
        aad("verify-two-tags", "The tag, and another.", &|tag| safe_aad(&[(FRANK_AAD, tag), (FRANK_AAD, &[9; 32])])),
        of("agent-is-a-user", "The agent's credential is of a user of the hub.", b"mimi://hub.example/u/eve", YES),
        of("agent-with-slash", "The provider's URI with a slash at its end.", b"mimi://hub.example/", YES),
        of("agent-bare-domain", "The agent's identity is the domain alone.", b"hub.example", NO),
        of("agent-https", "The agent's identity is an https URL.", b"https://hub.example/", NO),
        named(
            "room-authority-in-upper-case",
            "The room's authority in upper case.",
            "room_uri",
            "mimi://HUB.example/r/clubhouse",
            reason::FRANKED_ROOM_DIFFERS,
        ),
        named(
            "sender-scheme-in-upper-case",
            "The sender's scheme in upper case.",
            "sender_uri",
            "MIMI://b.example/u/alice",
            reason::FRANKED_SENDER_DIFFERS,
        ),
        accept(
            "ecdsa-mirrored",
            "An ECDSA signature with the other of its two second numbers.",
            &["nonce"],
            &["5.4.1.2:ecdsa-nonce"],
            verified::OP,
            with_octets(mirrored.received(), "frank", mirrored.frank_of(&mirror)),
            mirrored.confirmed(),
        )
        .contested(&[(YES, "ECDSA takes both."), (NO, "Some libraries take the lower one only.")]),
        accept(
            "component-named-twice",
            "The agent is the data of component 0x0021, under either of its names.",
            &["open"],
            &["5.4.1:component-name"],
            verified::OP,
            component.received(),
            component.confirmed(),
        )
        .contested(&[
            (YES, "franking_agent of section 5.4.1 is franking_signature_key of section 10.2."),
            (NO, "They are two components, and the second is a bare key."),
        ]),
    ]
}

fn reports() -> Vec<Case> {
    let scene = framed_scene("report-without-framing");
    let input = with_octets(scene.reported(), "message_content", scene.content());
    let bare = reject(
        "report-without-framing",
        "The reported content is without the framing that its tag is over.",
        &["open"],
        &["5.9:content-with-framing"],
        "room/verify-report",
        input,
        wire::WIRE_TRUNCATED,
    )
    .also(&[wire::WIRE_LENGTH_PREFIX, wire::WIRE_TRAILING, content::WRONG_TYPE])
    .contested(&[
        (NO, "message_content is the application data: its framing is missing."),
        (YES, "message_content is MIMI content: the hub puts the framing back on."),
    ]);
    let renamed = Scene::new("report-room-in-upper-case");
    let upper = ROOM.replace("hub.example", "HUB.example");
    let case = reject(
        "report-room-in-upper-case",
        "The room's authority in upper case.",
        &["open"],
        &["5.4.1.3:uris-compared"],
        "room/verify-report",
        with(renamed.reported(), "room_uri", upper),
        reason::REPORTED_ROOM_DIFFERS,
    )
    .contested(&[
        (NO, "URIs are the same when their octets are."),
        (YES, "Scheme and authority are the same in upper case (RFC 3986 section 6.2.2)."),
    ]);
    vec![bare, case]
}
