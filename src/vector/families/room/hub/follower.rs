//! What a follower makes of requests to `notify` (section 5.5).

use super::town::{GROUP, HUB, ROOM};
use crate::reason::{Reason, room as reason, wire};
use crate::vector::families::build::accept;
use crate::vector::forge::rooms::fanout;
use crate::vector::forge::traffic::{Kind, private_message};
use crate::vector::{Case, Level};
use crate::wire::hex;
use serde_json::{Value, json};

fn message(text: &str) -> Vec<u8> {
    private_message(GROUP, 1, Kind::Application, text.as_bytes())
}

fn told(text: &str) -> Vec<u8> {
    fanout(1_700_000_000_000, &message(text), None)
}

/// A follower that remembers so many requests.
struct Heard(Case);

impl Heard {
    fn new(name: &str, comment: &str, rule: &str, remember: u64) -> Self {
        Self(accept(
            name,
            comment,
            &["duplicate"],
            &[rule],
            "room-follower/new",
            json!({"remember": remember}),
            json!({}),
        ))
    }

    fn hears_of(self, hub: &str, room: &str, body: &[u8], processed: &[&str], comment: &str) -> Self {
        let input = json!({"from": hub, "room_id": room, "body": hex::encode(body)});
        let processed: Vec<Value> = processed.iter().map(|text| hex::encode(&message(text)).into()).collect();
        let out = json!({"status": 201, "processed": processed});
        Self(self.0.then_accept(comment, "room-follower/notify", input, Some(out)))
    }

    fn hears(self, body: &[u8], processed: &[&str], comment: &str) -> Self {
        self.hears_of(HUB, ROOM, body, processed, comment)
    }

    fn refuses(self, body: &[u8], why: Reason) -> Self {
        let input = json!({"from": HUB, "room_id": ROOM, "body": hex::encode(body)});
        Self(self.0.then_reject("", "room-follower/notify", input, &[why]))
    }
}

pub(super) fn cases() -> Vec<Case> {
    let (one, two, three) = (told("one"), told("two"), told("three"));
    let should = |heard: Heard| heard.0.level(Level::Should);
    vec![
        should(
            Heard::new(
                "notify-again",
                "The same request again is accepted, and not processed.",
                "5.5:duplicate-ignored",
                8,
            )
            .hears(&one, &["one"], "")
            .hears(&one, &[], "again")
            .hears(&one, &[], "and again"),
        ),
        Heard::new(
            "notify-again-accepted",
            "After another request it still counts as a duplicate.",
            "5.5:duplicate-201",
            8,
        )
        .hears(&one, &["one"], "")
        .hears(&two, &["two"], "")
        .hears(&one, &[], "")
        .0
        .level(Level::Must),
        Heard::new("notify-several", "Several messages in one request, in order.", "5.5:several", 8)
            .hears(&[one.clone(), two.clone(), three.clone()].concat(), &["one", "two", "three"], "")
            .hears(&[one.clone(), two.clone(), three.clone()].concat(), &[], "again")
            .0,
        Heard::new(
            "notify-in-parts",
            "The same messages in other requests are no duplicate.",
            "5.5:duplicate-ignored",
            8,
        )
        .hears(&[one.clone(), two.clone()].concat(), &["one", "two"], "")
        .hears(&one, &["one"], "another body")
        .0,
        Heard::new("notify-of-another-hub", "The same octets from another hub.", "5.5:duplicate-201", 8)
            .hears(&one, &["one"], "")
            .hears_of("other.example", ROOM, &one, &["one"], "another hub")
            .0,
        Heard::new("notify-of-another-room", "The same octets about another room.", "5.5:duplicate-201", 8)
            .hears(&one, &["one"], "")
            .hears_of(HUB, "mimi://hub.example/r/other", &one, &["one"], "another room")
            .0,
        Heard::new("notify-forgotten", "What lies too far back is new again.", "5.5:duplicate-201", 2)
            .hears(&one, &["one"], "")
            .hears(&two, &["two"], "")
            .hears(&one, &[], "it is remembered")
            .hears(&three, &["three"], "now the first is forgotten")
            .hears(&two, &[], "the second is not")
            .hears(&one, &["one"], "")
            .0,
        Heard::new(
            "notify-malformed",
            "What nobody can read is neither accepted nor remembered.",
            "5.5:accepted-201",
            8,
        )
        .refuses(&[one.clone(), vec![0]].concat(), wire::WIRE_TRUNCATED)
        .refuses(&[one.clone(), vec![0]].concat(), wire::WIRE_TRUNCATED)
        .hears(&one, &["one"], "whole")
        .0,
        Heard::new("notify-of-nothing-fanned", "A KeyPackage is not fanned out.", "5.5:select-by-kind", 8)
            .refuses(&fanout(1, &private_message(GROUP, 1, Kind::Commit, b"x"), None), reason::NOT_FANNED_OUT)
            .hears(&two, &["two"], "")
            .0,
        Heard::new("notify-empty", "A request without a message.", "5.5:accepted-201", 8)
            .refuses(&[], wire::WIRE_TRUNCATED)
            .hears(&one, &["one"], "")
            .0,
    ]
}
