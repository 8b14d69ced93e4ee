//! Who sent it, what it calls itself and others, and when it was accepted.

use super::scene::{BOB, DAY_MS, NOW_MS, Scene, discarded, processed};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{Extension, Part, text};
use crate::vector::{Case, Group, Verdict};
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("sender", sender()),
        group("message ids seen before", seen()),
        group("hash algorithms of references", algorithms()),
        group("accepted timestamps", timestamps()),
        group("timestamps and the room's creation", creation()),
    ]
}

fn sender() -> Vec<Case> {
    const RULE: &str = "9.1:sender-not-member 9.1:log-and-discard";
    let stranger = |name, comment, change: fn(&mut Scene)| {
        discarded(name, comment, "membership", RULE, reason::SENDER_NOT_MEMBER, move |s| {
            s.member = false;
            change(s);
        })
    };
    vec![
        stranger("sender-stranger", "The apparent sender is no member of the group.", |_| {}),
        stranger("sender-stranger-deletes", "Somebody who is no member deletes a message.", |s| {
            s.message.replaces = Some(vec![1; 32]);
            s.message.body = Part::null();
        }),
        stranger("sender-stranger-replies", "Somebody who is no member replies to a message.", |s| {
            s.message.in_reply_to = Some(vec![1; 32]);
        }),
        processed("sender-member", "A member's message, nothing special about it.", "membership", RULE, |_| {}),
        processed(
            "sender-extension-differs",
            "Extension 1 names another user than MLS does.",
            "membership",
            "4.3:sender-uri-agrees",
            |s| s.message.extensions = vec![Extension::new(1, text(BOB))],
        )
        .contested(&[
            (Verdict::Accept, "MLS says who sent it; 9.1 does not list a differing extension."),
            (Verdict::Reject, "A sender URI that contradicts MLS is as nonsensical as a sender who is no member."),
        ]),
    ]
}

fn seen() -> Vec<Case> {
    const RULE: &str = "9.1:duplicate-message-id";
    let duplicate = |name, comment, change: fn(&mut Scene)| {
        discarded(name, comment, "duplicate", RULE, reason::DUPLICATE_MESSAGE_ID, change)
    };
    let fresh = |name, comment, change: fn(&mut Scene)| processed(name, comment, "duplicate", RULE, change);
    vec![
        duplicate("seen-before", "The same octets from the same sender, a second time.", |s| {
            s.seen = vec![s.id_from(s.sender)];
        }),
        duplicate("seen-among-others", "The message id is the last of three that were seen.", |s| {
            s.seen = vec![vec![1; 32], vec![2; 32], s.id_from(s.sender)];
        }),
        duplicate("seen-first", "The message id is the first of three that were seen.", |s| {
            s.seen = vec![s.id_from(s.sender), vec![1; 32], vec![2; 32]];
        }),
        duplicate("seen-and-accepted-later", "A copy that the hub accepted a minute after the first.", |s| {
            s.seen = vec![s.id_from(s.sender)];
            s.accepted_ms = NOW_MS - 60_000;
        }),
        fresh("seen-others", "Other messages were seen, not this one.", |s| s.seen = vec![vec![1; 32], vec![0; 32]]),
        fresh("seen-from-another-sender", "The same octets were seen from another sender: another message id.", |s| {
            s.seen = vec![s.id_from(BOB)];
        }),
        fresh("seen-but-for-the-last-octet", "A message id was seen that differs in its last octet only.", |s| {
            let mut id = s.id_from(s.sender);
            if let Some(last) = id.last_mut() {
                *last ^= 1;
            }
            s.seen = vec![id];
        }),
        fresh(
            "seen-but-sender-unknown",
            "No sender URI, neither given nor in an extension; the octets were seen.",
            |s| {
                s.sender_given = false;
                s.seen = vec![s.id_from(s.sender), s.id_from("")];
            },
        )
        .contested(&[
            (Verdict::Accept, "Without the sender there is no message id, so a duplicate cannot be seen."),
            (Verdict::Reject, "A message whose id cannot be computed cannot be judged."),
        ]),
        fresh("seen-its-target", "The message that this one edits was seen, as it should be.", |s| {
            s.message.replaces = Some([&[1][..], &[7; 31]].concat());
            s.seen = vec![[&[1][..], &[7; 31]].concat()];
        }),
    ]
}

/// A message id with this hash algorithm.
fn id(algorithm: u8) -> Option<Vec<u8>> {
    Some([vec![algorithm], vec![0x5a; 31]].concat())
}

fn algorithms() -> Vec<Case> {
    let unknown = |name, comment, change: fn(&mut Scene)| {
        let rules = "9.1:unknown-hash-alg 3.3:hash-alg-octet";
        discarded(name, comment, "reference-algorithm", rules, reason::MESSAGE_ID_HASH_ALG, change).contested(&[
            (Verdict::Reject, "A message's own id is computed, so the rule of 9.1 can only mean its references."),
            (Verdict::Accept, "It is a reference to an unknown message, which 9.1 calls legitimate."),
        ])
    };
    vec![
        unknown("algorithm-0-replaces", "replaces begins with the reserved algorithm 0.", |s| {
            s.message.replaces = id(0);
        }),
        unknown(
            "algorithm-200-replaces",
            "replaces begins with algorithm 200, which nobody has registered.",
            move |s| {
                s.message.replaces = id(200);
            },
        ),
        unknown("algorithm-0-reply", "inReplyTo begins with the reserved algorithm 0.", |s| {
            s.message.in_reply_to = id(0);
        }),
        unknown("algorithm-255-reply", "inReplyTo begins with algorithm 255, which nobody has registered.", |s| {
            s.message.in_reply_to = id(255);
        }),
        unknown("algorithm-8-reply", "inReplyTo begins with SHA-512, registered but not in use here.", |s| {
            s.message.in_reply_to = id(8);
        }),
    ]
}

fn timestamps() -> Vec<Case> {
    const RULE: &str = "9.1:timestamp-future 3.4:ms-since-epoch";
    let ahead = |name, comment, ms: i64, limit: Option<i64>| {
        discarded(name, comment, "future", RULE, reason::TIMESTAMP_IN_FUTURE, move |s| {
            s.accepted_ms = s.now_ms + ms;
            s.limits = limit.map_or(serde_json::Value::Null, |l| json!({"future_ms": l}));
        })
    };
    let fine = |name, comment, ms: i64, limit: Option<i64>| {
        processed(name, comment, "future", RULE, move |s| {
            s.accepted_ms = s.now_ms + ms;
            s.limits = limit.map_or(serde_json::Value::Null, |l| json!({"future_ms": l}));
        })
    };
    let floor = |name, comment, flag, change: fn(&mut Scene)| {
        let rule = "9.1:timestamp-before-syntax";
        discarded(name, comment, flag, rule, reason::TIMESTAMP_BEFORE_SYNTAX, change)
    };
    vec![
        fine("future-none", "Accepted in this very millisecond.", 0, None),
        fine("future-a-minute", "Accepted a minute ahead: clocks differ.", 60_000, None),
        ahead("future-a-day", "Accepted a day ahead.", DAY_MS, None),
        ahead("future-ten-years", "Accepted ten years ahead.", 3650 * DAY_MS, None),
        fine("future-at-limit", "Accepted exactly as far ahead as the limit given.", 120_000, Some(120_000)),
        ahead(
            "future-over-limit",
            "Accepted a millisecond further ahead than the limit given.",
            120_001,
            Some(120_000),
        ),
        ahead("future-over-limit-of-0", "Accepted a millisecond ahead, with a limit of 0.", 1, Some(0)),
        fine("future-limit-of-0", "Accepted now, with a limit of 0.", 0, Some(0)),
        processed("floor-at", "Accepted exactly at the floor given.", "floor", "9.1:timestamp-before-syntax", |s| {
            s.limits = json!({"floor_ms": s.accepted_ms});
        }),
        floor("floor-below", "Accepted a millisecond before the floor given.", "floor", |s| {
            s.limits = json!({"floor_ms": s.accepted_ms + 1});
        }),
        floor("floor-far-below", "Accepted in 2001, with a floor in 2024.", "floor", |s| {
            (s.accepted_ms, s.room_created_ms) = (1_000_000_000_000, 999_999_999_999);
            s.limits = json!({"floor_ms": 1_704_067_200_000_u64});
        }),
        processed(
            "floor-not-given",
            "Accepted in February 2022, like the draft's own examples, without a floor.",
            "floor",
            "9.1:timestamp-before-syntax",
            |s| (s.accepted_ms, s.room_created_ms) = (1_644_387_225_019, 1_644_000_000_000),
        )
        .contested(&[
            (Verdict::Accept, "The draft names no date, and its own examples are of 2022."),
            (Verdict::Reject, "The first CBOR syntax was published in 2024; nothing of 2022 can be in it."),
        ]),
    ]
}

fn creation() -> Vec<Case> {
    const RULE: &str = "9.1:timestamp-before-room";
    let before = |name, comment, change: fn(&mut Scene)| {
        discarded(name, comment, "room-creation", RULE, reason::TIMESTAMP_BEFORE_ROOM, change)
    };
    let after = |name, comment, change: fn(&mut Scene)| processed(name, comment, "room-creation", RULE, change);
    vec![
        before("room-a-millisecond-before", "Accepted a millisecond before the room was created.", |s| {
            s.room_created_ms = s.accepted_ms + 1;
        }),
        before("room-a-week-before", "Accepted a week before the room was created.", |s| {
            (s.accepted_ms, s.room_created_ms) = (NOW_MS - 8 * DAY_MS, NOW_MS - DAY_MS);
        }),
        after("room-same-millisecond", "Accepted in the millisecond in which the room was created.", |s| {
            s.room_created_ms = s.accepted_ms;
        }),
        after("room-long-ago", "A message that was under way for 29 days; the room is older.", |s| {
            s.accepted_ms = NOW_MS - 29 * DAY_MS;
        }),
    ]
}
