//! What must not be taken for malice, and several faults at once.

use super::scene::{DAY_MS, Scene, discarded, processed};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{Part, Semantics};
use crate::vector::{Case, Group};
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![group("legitimate, however odd", odd()), group("several faults at once", several())]
}

fn id(fill: u8) -> Option<Vec<u8>> {
    Some([vec![1], vec![fill; 31]].concat())
}

fn odd() -> Vec<Case> {
    let fine = |name, comment, rule, change: fn(&mut Scene)| processed(name, comment, "legitimate", rule, change);
    let disposition = "9.1:unknown-disposition-ok 4.4:disposition-unknown-accepted";
    vec![
        fine(
            "reply-to-unknown",
            "Replies to a message that this client never saw.",
            "9.1:unknown-reply-target-ok",
            |s| {
                s.message.in_reply_to = id(3);
            },
        ),
        fine("edit-of-unknown", "Edits a message that this client never saw.", "9.1:unknown-replaces-target-ok", |s| {
            s.message.replaces = id(4);
        }),
        fine(
            "delete-of-unknown",
            "Deletes a message that this client never saw.",
            "9.1:unknown-replaces-target-ok",
            |s| {
                s.message.replaces = id(5);
                s.message.body = Part::null();
            },
        ),
        fine("disposition-9", "The first disposition without a meaning.", disposition, |s| {
            s.message.body = Part::single("text/plain", "Hi").disposition(9);
        }),
        fine("disposition-255", "The last disposition, without a meaning.", disposition, |s| {
            s.message.body = Part::single("text/plain", "Hi").disposition(255);
        }),
        fine("disposition-unknown-nested", "A disposition without a meaning in a nested part.", disposition, |s| {
            let parts = [Part::single("text/plain", "Hi"), Part::single("text/plain", "you").disposition(200)];
            s.message.body = Part::multi(Semantics::ProcessAll, parts);
        }),
        fine("content-type-unknown", "A content type that nobody knows.", "9.1:unknown-content-type-ok", |s| {
            s.message.body = Part::single("application/vnd.example.never-heard-of;v=9", [0, 255]);
        }),
        fine("content-type-empty", "An empty content type.", "9.1:unknown-content-type-ok", |s| {
            s.message.body = Part::single("", "");
        }),
        fine("language-unknown", "A well-formed language tag that nobody knows.", "9.1:unknown-language-ok", |s| {
            s.message.body = Part::single("text/plain", "nuqneH").language("tlh-x-unheard-of");
        }),
        fine("language-unregistered", "A language subtag that is not registered.", "9.1:unknown-language-ok", |s| {
            s.message.body = Part::single("text/plain", "Hi").language("qqq-Zzzz");
        }),
    ]
}

fn several() -> Vec<Case> {
    vec![
        discarded(
            "several-stranger-duplicate",
            "No member, and a message id that was seen before.",
            "several-faults",
            "9.1:sender-not-member 9.1:duplicate-message-id",
            reason::SENDER_NOT_MEMBER,
            |s| {
                s.member = false;
                s.seen = vec![s.id_from(s.sender)];
            },
        )
        .also(&[reason::DUPLICATE_MESSAGE_ID]),
        discarded(
            "several-future-topic",
            "Accepted a day ahead, with a topic of 5000 octets.",
            "several-faults",
            "9.1:timestamp-future 9.1:topic-too-long",
            reason::TIMESTAMP_IN_FUTURE,
            |s| {
                s.accepted_ms += DAY_MS;
                s.message.topic_id = vec![1; 5000];
            },
        )
        .also(&[reason::TOPIC_TOO_LONG]),
        discarded(
            "several-floor-room",
            "Accepted before the floor given and before the room was created.",
            "several-faults",
            "9.1:timestamp-before-syntax 9.1:timestamp-before-room",
            reason::TIMESTAMP_BEFORE_SYNTAX,
            |s| {
                s.limits = json!({"floor_ms": s.accepted_ms + 10});
                s.room_created_ms = s.accepted_ms + 20;
            },
        )
        .also(&[reason::TIMESTAMP_BEFORE_ROOM]),
    ]
}
