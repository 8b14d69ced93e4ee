//! Messages, franks and fan-out (sections 5.4 and 5.5).

use super::super::delivery::Forged;
use super::super::mls;
use super::super::tls::{Field, structure};
use super::handshake::{proposal, tree};
use super::pair::{Pair, array, bytes, code, credential, forged, maybe, object, protocol, raw, raws, u16, u64};
use serde_json::json;

/// SubmitMessageRequest (section 5.4).
#[must_use]
pub fn submit_request(message: Field) -> Forged {
    let pairs = [protocol("protocol"), raw("app_message", message), bytes("sending_uri", "mimi://a.example/u/alice")];
    forged("SubmitMessageRequest", "", pairs)
}

fn frank_fields() -> [Pair; 3] {
    [
        array("server_frank", [0x55; 32]),
        u16("franking_signature_ciphersuite", 1),
        bytes("franking_integrity_signature", [0x56; 64]),
    ]
}

/// Frank (section 5.4).
#[must_use]
pub fn frank() -> Forged {
    forged("Frank", "", frank_fields())
}

/// SubmitMessageResponse (section 5.4).
#[must_use]
pub fn submit_response(status: u8, franked: bool) -> Forged {
    let head = [protocol("protocol"), code("status_code", status, &[3, 255])];
    let frank = || maybe("frank", franked.then(|| object("", frank_fields())));
    let (variant, more) = match (status, franked) {
        (0, true) => ("franked", vec![u64("accepted_timestamp", 1_700_000_000_123), frank()]),
        (0, false) => ("accepted", vec![u64("accepted_timestamp", 1), frank()]),
        (1, _) => ("not-allowed", vec![]),
        _ => ("epoch-too-old", vec![u64("current_epoch", u64::MAX)]),
    };
    forged("SubmitMessageResponse", variant, head.into_iter().chain(more))
}

/// What FrankAAD and FrankingAgentData are (section 5.4.1).
#[must_use]
pub fn franking() -> [Forged; 2] {
    [
        forged("FrankAAD", "", [array("franking_tag", [0x57; 32])]),
        forged("FrankingAgentData", "", [bytes("franking_signature_key", [0x58; 32]), credential("credential")]),
    ]
}

fn fanned(message: Field, with: Pair) -> [Pair; 3] {
    [u64("timestamp", 1_700_000_000_123), raw("message", message), with]
}

/// FanoutMessages (section 5.5), one of each kind.
#[must_use]
pub fn fanouts() -> Vec<(&'static str, [Pair; 3])> {
    vec![
        ("franked", fanned(mls::private(1), maybe("frank", Some(object("", frank_fields()))))),
        ("application", fanned(mls::private(1), maybe("frank", None))),
        ("welcome", fanned(mls::welcome(&[b"r"]), tree(0))),
        ("proposal", fanned(proposal(), raws("more_proposals", vec![proposal()]))),
        ("commit", fanned(mls::member_commit(), raws("external_proposals", vec![]))),
        ("external-commit", fanned(mls::external_commit(), raws("external_proposals", vec![proposal()]))),
    ]
}

/// FanoutMessage (section 5.5) of any message and what follows it.
#[must_use]
pub fn fanout(variant: &'static str, pairs: [Pair; 3]) -> Forged {
    forged("FanoutMessage", variant, pairs)
}

/// FanoutMessage (section 5.5) with proposals behind any message, under this name.
#[must_use]
pub fn fanout_proposals(message: Field, name: &str, more: Vec<Field>) -> Forged {
    forged("FanoutMessage", "", fanned(message, raws(name, more)))
}

/// A request to `notify` (section 5.5): FanoutMessages behind each other.
#[must_use]
pub fn notify(variant: &'static str, count: usize) -> Forged {
    let every = fanouts().into_iter().cycle().take(count).enumerate();
    let (fields, values): (Vec<_>, Vec<_>) =
        every.map(|(place, (_, pairs))| object(&(place + 1).to_string(), pairs)).unzip();
    Forged {
        area: "room",
        name: "NotifyRequest",
        variant,
        wire: structure("", fields),
        value: json!({"messages": values}),
    }
}
