//! Duplicates, unknown targets, what does not decode.

use super::talk::{ALICE, BOB, Entry, START_MS, Talk, talk, text};
use crate::vector::families::build::group;
use crate::vector::forge::{Message, Part, bytes};
use crate::vector::{Case, Group, Level, Verdict};
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("the same message twice", duplicates()),
        group("unknown targets", unresolved()),
        group("what does not decode", undecodable()),
    ]
}

fn duplicates() -> Vec<Case> {
    let row = |name, comment, tell: fn(&mut Talk)| {
        talk(name, comment, "repeated", "9.1:duplicate-message-id", Level::Should, tell).contested(&[
            (Verdict::Accept, "The second is logged and discarded."),
            (Verdict::Accept, "A duplicate after a failover is legitimate (protocol 5.5) and is not worth a word."),
        ])
    };
    vec![
        row("repeated", "The same message, accepted again a second later.", |t| {
            let message = Message::new([7; 16], text("a"));
            let a = t.hear(ALICE, START_MS, &message);
            t.hear(ALICE, START_MS + 1000, &message);
            t.ignores(&a, "duplicate-message-id");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        row("repeated-edit", "The same edit, accepted again after another edit.", |t| {
            let a = t.say(ALICE, text("a"));
            let message = Message { replaces: Some(a.clone()), ..Message::new([8; 16], text("b")) };
            let b = t.hear(ALICE, START_MS + 1000, &message);
            let c = t.edit(ALICE, &a, text("c"));
            t.hear(ALICE, START_MS + 3000, &message);
            t.ignores(&b, "duplicate-message-id");
            t.amounts_to([Entry::new(ALICE, &a).then(&b).then(&c)]);
        }),
        talk(
            "same-octets-other-sender",
            "The same octets from two senders are two messages.",
            "repeated",
            "3.3:input-order",
            Level::Format,
            |t| {
                let message = Message::new([9; 16], text("a"));
                let a = t.hear(ALICE, START_MS, &message);
                let b = t.hear(BOB, START_MS + 1000, &message);
                t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &b)]);
            },
        ),
    ]
}

fn unresolved() -> Vec<Case> {
    const RULE: &str = "9.1:unknown-replaces-target-ok 9.3:unauthorised-unknown-original";
    let row = |name, comment, tell: fn(&mut Talk)| talk(name, comment, "unknown-target", RULE, Level::Should, tell);
    vec![
        row("edit-of-unknown", "An edit of a message that is not there.", |t| {
            let nobody = [vec![1], vec![9; 31]].concat();
            let edit = t.edit(ALICE, &nobody, text("b"));
            t.leaves(&edit, &nobody);
        }),
        row("delete-of-unknown", "A delete of a message that is not there, beside one that is.", |t| {
            let a = t.say(ALICE, text("a"));
            let nobody = [vec![1], vec![9; 31]].concat();
            let delete = t.delete(BOB, &nobody);
            t.leaves(&delete, &nobody);
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        row("edit-before-original", "An edit that was accepted before what it edits.", |t| {
            let at = |s: i64| START_MS + 1000 * s;
            let a = t.say_at(ALICE, at(5), text("a"), |_| {});
            let edit = t.say_at(ALICE, at(0), text("b"), |m| m.replaces = Some(a.clone()));
            t.leaves(&edit, &a);
            t.amounts_to([Entry::new(ALICE, &a)]);
        })
        .contested(&[
            (Verdict::Accept, "Messages are processed in the order accepted: by then the original is unknown."),
            (Verdict::Accept, "It is held back until the original is known, and then it takes effect."),
        ]),
        talk(
            "edits-of-unknown",
            "Two edits of the same message that is not there: both say which.",
            "unknown-target",
            &format!("{RULE} 5.5:edit-unseen-original"),
            Level::Should,
            |t| {
                let nobody = [vec![1], vec![9; 31]].concat();
                let (b, c) = (t.edit(ALICE, &nobody, text("b")), t.edit(ALICE, &nobody, text("c")));
                t.leaves(&b, &nobody);
                t.leaves(&c, &nobody);
            },
        ),
    ]
}

fn undecodable() -> Vec<Case> {
    let row =
        |name, comment, rule: &str, tell: fn(&mut Talk)| talk(name, comment, "undecodable", rule, Level::Format, tell);
    vec![
        row("undecodable-between", "A salt of 15 octets between two messages.", "4.1:salt-16", |t| {
            let a = t.say(ALICE, text("a"));
            let mut raw = Message::new([1; 16], text("b")).raw();
            raw.salt = bytes([1; 15]);
            t.hear_octets(BOB, START_MS + 1000, &raw.item().octets());
            let c = t.say(ALICE, text("c"));
            t.ignored.push(json!({"id": null, "reason": "undecodable"}));
            t.amounts_to([Entry::new(ALICE, &a), Entry::new(ALICE, &c)]);
        }),
        row("undecodable-delete", "A delete with an octet behind it deletes nothing.", "3.1:nothing-after-item", |t| {
            let a = t.say(ALICE, text("a"));
            let delete = Message { replaces: Some(a.clone()), ..Message::new([2; 16], Part::null()) };
            let octets = [delete.item().octets(), vec![0]].concat();
            t.hear_octets(ALICE, START_MS + 1000, &octets);
            t.ignored.push(json!({"id": null, "reason": "undecodable"}));
            t.amounts_to([Entry::new(ALICE, &a)]);
        })
        .contested(&[
            (Verdict::Accept, "What does not decode has no effect."),
            (Verdict::Accept, "A receiver may read the first item and ignore what follows."),
        ]),
    ]
}
