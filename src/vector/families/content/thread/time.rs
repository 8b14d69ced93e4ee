//! Expiry, order, topics.

use super::talk::{ALICE, BOB, CATHY, Entry, Id, START_MS, START_S, Talk, talk, text};
use crate::vector::families::build::group;
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![group("expiry", expiry()), group("order", order()), group("topics", topics())]
}

fn expiry() -> Vec<Case> {
    let instant = [
        (Verdict::Accept, "At the given second the message is already gone."),
        (Verdict::Accept, "It is visible through the given second."),
    ];
    // Expires 60 seconds after the start, or after it was read, which is 10 seconds after the start.
    let row = |name, comment, relative: bool, read: Option<i64>, now: i64, gone: bool| {
        // The very second: 60 seconds after the start, or after the reading.
        let also = if now == 60_000 + read.filter(|_| relative).unwrap_or(0) { " 5.8:expiry-instant" } else { "" };
        let rule = if relative {
            "4.1:expires-relative-meaning 5.8:relative-after-read"
        } else {
            "4.1:expires-absolute-meaning 5.8:absolute-regardless-of-read"
        };
        talk(name, comment, "expiry", &format!("{rule}{also}"), Level::Format, move |t| {
            let a = t.expiring(ALICE, relative, if relative { 60 } else { START_S + 60 });
            if let Some(read) = read {
                t.read(START_MS + read);
            }
            t.now_ms = START_MS + now;
            let entry = Entry::new(ALICE, &a);
            t.amounts_to([if gone { entry.expired() } else { entry }]);
        })
    };
    vec![
        row("expiry-absolute-before", "A second before an absolute expiry.", false, None, 59_000, false),
        row("expiry-absolute-at", "In the second of an absolute expiry.", false, None, 60_000, true)
            .contested(&instant),
        row("expiry-absolute-after", "A second after an absolute expiry, not read.", false, None, 61_000, true),
        row(
            "expiry-absolute-read",
            "A second before an absolute expiry, read long ago.",
            false,
            Some(0),
            59_000,
            false,
        ),
        row(
            "expiry-absolute-read-gone",
            "A second after an absolute expiry, read just now.",
            false,
            Some(60_000),
            61_000,
            true,
        ),
        row("expiry-relative-before", "A second before a relative expiry.", true, Some(10_000), 69_000, false),
        row("expiry-relative-at", "In the second of a relative expiry.", true, Some(10_000), 70_000, true)
            .contested(&instant),
        row("expiry-relative-after", "A second after a relative expiry.", true, Some(10_000), 71_000, true),
        row(
            "expiry-relative-unread",
            "A relative expiry, and nobody has read the message in ten years.",
            true,
            None,
            315_360_000_000,
            false,
        ),
        talk("expiry-none", "No expiry, ten years later.", "expiry", "4.1:expires-null", Level::Format, |t| {
            let a = t.say(ALICE, text("a"));
            t.read(START_MS);
            t.now_ms = START_MS + 315_360_000_000;
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
    ]
}

/// Three messages, the second an edit of the first, the third a reply to the edit.
fn three(t: &mut Talk) {
    let a = t.say(ALICE, text("a"));
    let edit = t.edit(ALICE, &a, text("b"));
    let r = t.reply(BOB, &edit, text("r"));
    t.amounts_to([Entry::new(ALICE, &a).then(&edit), Entry::new(BOB, &r).to(&edit, Some(&a), "current")]);
}

/// Message ids, the least first.
fn by_id(mut ids: Vec<Id>) -> Vec<Id> {
    ids.sort();
    ids
}

fn order() -> Vec<Case> {
    let row =
        |name, comment, rules: &str, tell: fn(&mut Talk)| talk(name, comment, "order", rules, Level::Format, tell);
    vec![
        row("order-as-accepted", "In the order accepted.", "4.2:order-from-timestamp", three),
        row(
            "order-reversed",
            "In the opposite order: it amounts to the same.",
            "4.2:order-from-timestamp 3.4:consistent-order",
            |t| {
                three(t);
                t.reverse();
            },
        ),
        row("order-of-edits-reversed", "Three versions, arriving last to first.", "5.5:edit-latest-wins", |t| {
            let a = t.say(ALICE, text("a"));
            let (b, c) = (t.edit(ALICE, &a, text("b")), t.edit(ALICE, &a, text("c")));
            t.reverse();
            t.amounts_to([Entry::new(ALICE, &a).then(&b).then(&c)]);
        }),
        row(
            "order-same-millisecond",
            "Three messages of one millisecond: by message id.",
            "5.11:topic-sort-tie",
            |t| {
                let say = |t: &mut Talk, what| t.say_at(ALICE, START_MS, text(what), |_| {});
                let ids = by_id(vec![say(t, "a"), say(t, "b"), say(t, "c")]);
                t.amounts_to(ids.iter().map(|id| Entry::new(ALICE, id)));
            },
        ),
        row(
            "order-edits-same-millisecond",
            "Two edits of one millisecond: the greater message id is current.",
            "5.5:edit-latest-wins",
            |t| {
                let a = t.say(ALICE, text("a"));
                let edit =
                    |t: &mut Talk, what| t.say_at(ALICE, START_MS + 5000, text(what), |m| m.replaces = Some(a.clone()));
                let edits = by_id(vec![edit(t, "b"), edit(t, "c")]);
                t.amounts_to([edits.iter().fold(Entry::new(ALICE, &a), Entry::then)]);
            },
        ),
    ]
}

fn topics() -> Vec<Case> {
    let row =
        |name, comment, rules: &str, tell: fn(&mut Talk)| talk(name, comment, "topic", rules, Level::Format, tell);
    vec![
        row("topic-two", "Two topics and a message without one.", "4.1:topic-groups 4.1:topic-empty", |t| {
            let say = |t: &mut Talk, who, topic: &str| t.say_so(who, text("a"), |m| m.topic_id = topic.into());
            let (a, b, c, d) = (say(t, ALICE, "two"), say(t, BOB, "one"), say(t, CATHY, ""), say(t, ALICE, "one"));
            t.topic(b"one", &[&b, &d]);
            t.topic(b"two", &[&a]);
            t.amounts_to([
                Entry::new(ALICE, &a).topic(b"two"),
                Entry::new(BOB, &b).topic(b"one"),
                Entry::new(CATHY, &c),
                Entry::new(ALICE, &d).topic(b"one"),
            ]);
        }),
        row(
            "topic-same-millisecond",
            "Messages of one millisecond in a topic: by message id.",
            "5.11:topic-sort-tie",
            |t| {
                let say = |t: &mut Talk, what| t.say_at(BOB, START_MS, text(what), |m| m.topic_id = b"t".to_vec());
                let ids = by_id(vec![say(t, "a"), say(t, "b"), say(t, "c"), say(t, "d")]);
                let all: Vec<&Id> = ids.iter().collect();
                t.topic(b"t", &all);
                t.amounts_to(ids.iter().map(|id| Entry::new(BOB, id).topic(b"t")));
            },
        ),
        row(
            "topic-arrives-reversed",
            "A topic sorts by accepted timestamp, not by arrival.",
            "5.11:topic-sort-timestamp",
            |t| {
                let say = |t: &mut Talk, what| t.say_so(BOB, text(what), |m| m.topic_id = b"t".to_vec());
                let (a, b, c) = (say(t, "a"), say(t, "b"), say(t, "c"));
                t.reverse();
                t.topic(b"t", &[&a, &b, &c]);
                t.amounts_to([&a, &b, &c].map(|id| Entry::new(BOB, id).topic(b"t")));
            },
        ),
        row(
            "topic-from-message-id",
            "The topic of a reply is the id of the message that began it, which has none.",
            "5.11:topic-from-message-id",
            |t| {
                let a = t.say(ALICE, text("a"));
                let b = t.say_so(BOB, text("b"), |m| m.topic_id = a.clone());
                t.topic(&a, &[&b]);
                t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &b).topic(&a)]);
            },
        )
        .contested(&[
            (Verdict::Accept, "A topic is who has it; the first message cannot name itself, and is not in it."),
            (Verdict::Accept, "The first message belongs to the topic that is named after it."),
        ]),
        row("topic-prefix", "A topic that begins like another is another.", "5.11:topic-membership", |t| {
            let say = |t: &mut Talk, topic: &[u8]| t.say_so(BOB, text("a"), |m| m.topic_id = topic.to_vec());
            let (a, b, c) = (say(t, &[2]), say(t, &[1, 0]), say(t, &[1]));
            t.topic(&[1], &[&c]);
            t.topic(&[1, 0], &[&b]);
            t.topic(&[2], &[&a]);
            t.amounts_to([
                Entry::new(BOB, &a).topic(&[2]),
                Entry::new(BOB, &b).topic(&[1, 0]),
                Entry::new(BOB, &c).topic(&[1]),
            ]);
        }),
    ]
}
