//! Signatures that do not verify.

use super::scene::{BOB, LABEL, Scene, flipped, with, with_octets};
use super::verified::OP;
use crate::reason::franking as reason;
use crate::vector::families::build::{group, reject};
use crate::vector::forge::franking::{Signer, frank, past_the_order, sign_content};
use crate::vector::{Case, Group};
use serde_json::Value;

pub(super) fn groups() -> Vec<Group> {
    vec![group("signatures over something else", others()), group("signatures of another form", forms())]
}

fn refused(name: &str, comment: &str, scene: &Scene, change: impl FnOnce(&Scene, Value) -> Value) -> Case {
    let input = change(scene, scene.received());
    let rule = "5.4.1.3:signature-checked";
    reject(name, comment, &["signature"], &[rule], OP, input, reason::FRANK_SIGNATURE_WRONG)
}

/// The usual scene with another signature.
fn signed(name: &str, comment: &str, signature: impl FnOnce(&Scene) -> Vec<u8>) -> Case {
    refused(name, comment, &Scene::new(name), |s, i| with_octets(i, "frank", s.frank_of(&signature(s))))
}

fn others() -> Vec<Case> {
    let over = |name: &str, comment: &str, content: &dyn Fn(&Scene) -> Vec<u8>| {
        signed(name, comment, |s| s.signer.sign(&content(s)))
    };
    let moved = |name: &str, comment: &str, time: u64| {
        refused(name, comment, &Scene::new(name), |_, i| with(i, "accepted_timestamp", time))
    };
    vec![
        over("signed-bare", "Signed without a label.", &Scene::to_be_signed),
        over("signed-without-prefix", "The label without `MLS 1.0 `.", &|s| {
            sign_content("FrankingIntegrityTBS", &s.to_be_signed())
        }),
        over("signed-as-a-component", "Signed as a component signs (draft-ietf-mls-extensions).", &|s| {
            let label = [b"MLS Component".to_vec(), vec![0, 0, 0, 0x21], b"FrankingIntegrityTBS".to_vec()].concat();
            sign_content(&String::from_utf8_lossy(&label), &s.to_be_signed())
        }),
        over("signed-with-another-label", "The label of a message.", &|s| {
            sign_content("MLS 1.0 FramedContentTBS", &s.to_be_signed())
        }),
        over("signed-without-suite", "The suite is left out.", &|s| {
            sign_content(LABEL, &[s.server_frank(), s.context()].concat())
        }),
        over("signed-suite-in-one-octet", "The suite in one octet.", &|s| {
            sign_content(LABEL, &[s.server_frank(), vec![1], s.context()].concat())
        }),
        over("signed-with-tag", "The tag is signed as well.", &|s| {
            let whole = [s.server_frank(), s.suite.to_be_bytes().to_vec(), s.tag(), s.context()].concat();
            sign_content(LABEL, &whole)
        }),
        over("signed-tag-instead", "The tag is signed instead of the server frank.", &|s| {
            sign_content(LABEL, &[s.tag(), s.suite.to_be_bytes().to_vec(), s.context()].concat())
        }),
        over("signed-context-alone", "Only the context is signed.", &|s| sign_content(LABEL, &s.context())),
        over("signed-frank-with-length", "The server frank is signed with a length before it.", &|s| {
            sign_content(LABEL, &[vec![32], s.to_be_signed()].concat())
        }),
        over("signed-uris-without-lengths", "The URIs are signed without their lengths.", &|s| {
            let time = s.time.to_be_bytes();
            let context = [s.sender.as_bytes(), s.room.as_bytes(), &time[..]].concat();
            sign_content(LABEL, &[s.server_frank(), s.suite.to_be_bytes().to_vec(), context].concat())
        }),
        over("signed-room-first", "The room before the sender.", &|s| {
            let turned = Scene { sender: s.room.clone(), room: s.sender.clone(), ..s.clone() };
            sign_content(LABEL, &[s.server_frank(), vec![0, 1], turned.context()].concat())
        }),
        over("signed-for-bob", "Signed for another sender.", &|s| {
            let other = Scene { sender: BOB.into(), ..s.clone() };
            sign_content(LABEL, &[s.server_frank(), vec![0, 1], other.context()].concat())
        }),
        moved("time-a-millisecond-later", "The time was changed by 1 ms.", 1_700_000_000_124),
        moved("time-in-seconds", "The time is in seconds.", 1_700_000_000),
        moved("time-zero", "The time is 0.", 0),
        moved("time-of-32-bits", "The time lost its upper half.", 1_700_000_000_123 & 0xffff_ffff),
        refused(
            "server-frank-changed",
            "A bit of the server frank differs.",
            &Scene::new("server-frank-changed"),
            |s, i| with_octets(i, "frank", frank(&flipped(s.server_frank(), 0), s.suite, &s.signature())),
        ),
        refused("server-frank-of-zeros", "The server frank is zeros.", &Scene::new("server-frank-of-zeros"), |s, i| {
            with_octets(i, "frank", frank(&[0; 32], s.suite, &s.signature()))
        }),
    ]
}

fn forms() -> Vec<Case> {
    let ecdsa = |name: &str, comment: &str, signature: &dyn Fn(&Scene) -> Vec<u8>| {
        refused(name, comment, &Scene::p256(name), |s, i| with_octets(i, "frank", s.frank_of(&signature(s))))
    };
    vec![
        signed("signature-empty", "No signature.", |_| vec![]),
        signed("signature-cut", "The last octet is missing.", |s| s.signature().get(..63).unwrap_or_default().to_vec()),
        signed("signature-with-more", "An octet follows the signature.", |s| [s.signature(), vec![0]].concat()),
        signed("signature-first-bit", "A bit of the first half differs.", |s| flipped(s.signature(), 0)),
        signed("signature-last-bit", "A bit of the second half differs.", |s| flipped(s.signature(), 63)),
        signed("signature-of-zeros", "64 zeros.", |_| vec![0; 64]),
        signed("signature-past-the-order", "The second half with the order added: another encoding.", |s| {
            past_the_order(&s.signature())
        }),
        signed("signature-of-another-key", "Signed with another key.", |s| {
            Signer::Ed25519([0x42; 32]).sign(&sign_content(LABEL, &s.to_be_signed()))
        }),
        ecdsa("ecdsa-without-der", "The two numbers, one behind the other.", &|s| {
            s.signer.fixed(&sign_content(LABEL, &s.to_be_signed()))
        }),
        ecdsa("ecdsa-with-more", "An octet follows the signature.", &|s| [s.signature(), vec![0]].concat()),
        ecdsa("ecdsa-cut", "The last octet is missing.", &|s| {
            let mut signature = s.signature();
            signature.pop();
            signature
        }),
        ecdsa("ecdsa-last-bit", "The last bit differs.", &|s| {
            let signature = s.signature();
            let last = signature.len().saturating_sub(1);
            flipped(signature, last)
        }),
        ecdsa("ecdsa-of-zeros", "Two zeros in DER.", &|_| vec![0x30, 6, 2, 1, 0, 2, 1, 0]),
        ecdsa("ecdsa-of-ed25519", "64 octets by an Ed25519 key.", &|s| {
            Signer::Ed25519(*s.signer.private()).sign(&sign_content(LABEL, &s.to_be_signed()))
        }),
        ecdsa("ecdsa-of-another-key", "Signed with another key.", &|s| {
            Signer::P256([0x42; 32]).sign(&sign_content(LABEL, &s.to_be_signed()))
        }),
    ]
}
