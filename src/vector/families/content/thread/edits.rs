//! Edits, deletes, and who may.

use super::talk::{ALICE, BOB, CATHY, Entry, START_S, Talk, talk, text};
use crate::vector::families::build::group;
use crate::vector::forge::{Expiration, Part};
use crate::vector::{Case, Group, Level, Verdict};
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("edits", edits()),
        group("deletes", deletes()),
        group("by other people", others()),
        group("by policy", policies()),
        group("what only the first instance decides", fixed()),
    ]
}

const EDIT: &str = "5.5:edit-replaces-body 5.5:edit-names-first";

fn row(name: &str, comment: &str, rules: &str, tell: impl FnOnce(&mut Talk)) -> Case {
    talk(name, comment, "edit", rules, Level::Format, tell)
}

const LATER: &str = "5.5:edit-of-edit";
const NOT_FIRST: [(Verdict, &str); 3] = [
    (Verdict::Accept, "An edit must name the first instance, and this one does not: no effect."),
    (Verdict::Accept, "It is applied to the message whose version it names."),
    (Verdict::Accept, "It is a reference to an unknown message."),
];
const FINAL: [(Verdict, &str); 2] = [
    (Verdict::Accept, "A delete is final."),
    (Verdict::Accept, "The later edit restores the message with new content."),
];

const GONE: [(Verdict, &str); 2] = [
    (Verdict::Accept, "It was deleted, and that says more than that its time has come."),
    (Verdict::Accept, "An expired message is gone, deleted or not."),
];

fn edits() -> Vec<Case> {
    vec![
        row(
            "edit-none",
            "Two messages that have nothing to do with each other.",
            "4.1:replaces-null 4.1:in-reply-to-null",
            |t| {
                let (a, b) = (t.say(ALICE, text("one")), t.say(BOB, text("two")));
                t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &b)]);
            },
        ),
        row("edit-once", "An edit by the sender.", &format!("{EDIT} 4.1:replaces-updates"), |t| {
            let a = t.say(ALICE, text("borow"));
            let edit = t.edit(ALICE, &a, text("borrow"));
            t.amounts_to([Entry::new(ALICE, &a).then(&edit)]);
        }),
        row(
            "edit-three-times",
            "Three edits, each naming the first instance: the last is current.",
            "5.5:edit-latest-wins",
            |t| {
                let a = t.say(ALICE, text("0"));
                let (b, c, d) =
                    (t.edit(ALICE, &a, text("1")), t.edit(ALICE, &a, text("2")), t.edit(ALICE, &a, text("3")));
                t.amounts_to([Entry::new(ALICE, &a).then(&b).then(&c).then(&d)]);
            },
        ),
        row("edit-two-messages", "Two messages, edited in turn.", EDIT, |t| {
            let (a, b) = (t.say(ALICE, text("a")), t.say(BOB, text("b")));
            let (b2, a2) = (t.edit(BOB, &b, text("b2")), t.edit(ALICE, &a, text("a2")));
            t.amounts_to([Entry::new(ALICE, &a).then(&a2), Entry::new(BOB, &b).then(&b2)]);
        }),
        row(
            "edit-names-middle-version",
            "The third edit names the first edit, the second of three versions.",
            LATER,
            |t| {
                let a = t.say(ALICE, text("0"));
                let (b, c) = (t.edit(ALICE, &a, text("1")), t.edit(ALICE, &a, text("2")));
                let d = t.edit(ALICE, &b, text("3"));
                t.ignores(&d, "replaces-not-first-instance");
                t.amounts_to([Entry::new(ALICE, &a).then(&b).then(&c)]);
            },
        )
        .contested(&NOT_FIRST),
        row("edit-names-later-version", "The second edit names the first edit.", LATER, |t| {
            let a = t.say(ALICE, text("0"));
            let b = t.edit(ALICE, &a, text("1"));
            let c = t.edit(ALICE, &b, text("2"));
            t.ignores(&c, "replaces-not-first-instance");
            t.amounts_to([Entry::new(ALICE, &a).then(&b)]);
        })
        .contested(&NOT_FIRST),
    ]
}

fn deletes() -> Vec<Case> {
    vec![
        row("delete", "A delete by the sender.", "5.6:delete-form 5.6:delete-retracts", |t| {
            let a = t.say(ALICE, text("oops"));
            t.delete(ALICE, &a);
            t.amounts_to([Entry::new(ALICE, &a).deleted()]);
        }),
        row(
            "delete-after-edit",
            "A delete of an edited message names the first instance.",
            "5.6:delete-names-first 5.6:delete-retracts",
            |t| {
                let a = t.say(ALICE, text("oops"));
                let b = t.edit(ALICE, &a, text("oops!"));
                t.delete(ALICE, &a);
                t.amounts_to([Entry::new(ALICE, &a).then(&b).deleted()]);
            },
        ),
        row(
            "delete-drops-topic",
            "A delete without the topic: the topic stays.",
            "5.6:delete-form 5.6:delete-retracts",
            |t| {
                let a = t.say_so(ALICE, text("a"), |m| m.topic_id = b"one".to_vec());
                t.delete(ALICE, &a);
                t.topic(b"one", &[&a]);
                t.amounts_to([Entry::new(ALICE, &a).deleted().topic(b"one")]);
            },
        ),
        row("delete-one-of-two", "The other message stays.", "5.6:delete-form", |t| {
            let (a, b) = (t.say(ALICE, text("a")), t.say(ALICE, text("b")));
            t.delete(ALICE, &b);
            t.amounts_to([Entry::new(ALICE, &a), Entry::new(ALICE, &b).deleted()]);
        }),
        row("edit-after-delete", "An edit of a deleted message.", "5.6:edit-after-delete", |t| {
            let a = t.say(ALICE, text("a"));
            t.delete(ALICE, &a);
            let edit = t.edit(ALICE, &a, text("b"));
            t.ignores(&edit, "edit-after-delete");
            t.amounts_to([Entry::new(ALICE, &a).deleted()]);
        })
        .contested(&FINAL),
        row(
            "edit-after-delete-by-moderator",
            "A moderator deletes, and the sender edits.",
            "5.6:edit-after-delete",
            |t| {
                t.policy = Some(json!({"editors": [], "deleters": [CATHY]}));
                let a = t.say(ALICE, text("a"));
                let b = t.edit(ALICE, &a, text("b"));
                t.delete(CATHY, &a);
                let edit = t.edit(ALICE, &a, text("c"));
                t.ignores(&edit, "edit-after-delete");
                t.amounts_to([Entry::new(ALICE, &a).then(&b).deleted()]);
            },
        )
        .contested(&FINAL),
        row(
            "delete-names-later-version",
            "A delete names the edit, not the first instance.",
            "5.6:delete-names-first",
            |t| {
                let a = t.say(ALICE, text("a"));
                let b = t.edit(ALICE, &a, text("b"));
                let delete = t.delete(ALICE, &b);
                t.ignores(&delete, "replaces-not-first-instance");
                t.amounts_to([Entry::new(ALICE, &a).then(&b)]);
            },
        )
        .contested(&[
            (Verdict::Accept, "A delete must name the first instance, and this one does not: no effect."),
            (Verdict::Accept, "It deletes the message whose version it names: who retracts means it."),
            (Verdict::Accept, "It is a reference to an unknown message."),
        ]),
        row("delete-twice", "A second delete of the same message.", "5.6:delete-retracts", |t| {
            let a = t.say(ALICE, text("a"));
            t.delete(ALICE, &a);
            t.delete(ALICE, &a);
            t.amounts_to([Entry::new(ALICE, &a).deleted()]);
        })
        .contested(&[
            (Verdict::Accept, "It asks for what is the case already: it is in order and changes nothing."),
            (Verdict::Accept, "What was deleted cannot be replaced again: it is ignored."),
        ]),
        row("delete-then-expired", "A deleted message whose expiry has passed.", "5.6:delete-retracts", |t| {
            let a = t.expiring(ALICE, false, START_S + 60);
            t.delete(ALICE, &a);
            t.amounts_to([Entry::new(ALICE, &a).deleted()]);
        })
        .contested(&GONE),
        row("expired-then-deleted", "A message is deleted after it has expired.", "5.6:delete-retracts", |t| {
            let a = t.expiring(ALICE, false, START_S + 1);
            let b = t.say(BOB, text("b"));
            t.delete(ALICE, &a);
            t.amounts_to([Entry::new(ALICE, &a).deleted(), Entry::new(BOB, &b)]);
        })
        .contested(&GONE),
        row("null-part-alone", "An empty body that replaces nothing.", "4.4:null-part-use", |t| {
            let a = t.say(ALICE, Part::null());
            t.amounts_to([Entry::new(ALICE, &a)]);
        })
        .contested(&[
            (Verdict::Accept, "It is an empty message: the schema allows it anywhere."),
            (Verdict::Reject, "An empty body is permitted when deleting or unliking, and this does neither."),
        ]),
    ]
}

fn denied(name: &str, comment: &str, rule: &str, tell: impl FnOnce(&mut Talk)) -> Case {
    talk(name, comment, "authorization", rule, Level::Must, tell)
}

const MAY_EDIT: &str = "9.3:edit-only-original-sender";
const MAY_DELETE: &str = "9.3:delete-only-original-sender";

fn others() -> Vec<Case> {
    vec![
        denied("edit-by-another", "Bob edits what Alice said.", MAY_EDIT, |t| {
            let a = t.say(ALICE, text("a"));
            let edit = t.edit(BOB, &a, text("b"));
            t.ignores(&edit, "edit-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        denied("edit-by-another-then-own", "After Bob's attempt Alice's own edit counts.", MAY_EDIT, |t| {
            let a = t.say(ALICE, text("a"));
            let (bad, good) = (t.edit(BOB, &a, text("b")), t.edit(ALICE, &a, text("c")));
            t.ignores(&bad, "edit-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a).then(&good)]);
        }),
        denied("delete-by-another", "Bob deletes what Alice said.", MAY_DELETE, |t| {
            let a = t.say(ALICE, text("a"));
            let delete = t.delete(BOB, &a);
            t.ignores(&delete, "delete-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        denied("delete-by-another-of-edited", "Cathy deletes what Alice edited.", MAY_DELETE, |t| {
            let a = t.say(ALICE, text("a"));
            let edit = t.edit(ALICE, &a, text("b"));
            let delete = t.delete(CATHY, &a);
            t.ignores(&delete, "delete-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a).then(&edit)]);
        }),
        denied("edit-by-similar-uri", "The other sender's URI differs in its last letter.", MAY_EDIT, |t| {
            let a = t.say(ALICE, text("a"));
            let edit = t.edit("mimi://example.com/u/alice-smitj", &a, text("b"));
            t.ignores(&edit, "edit-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        denied("edit-claims-to-be-sender", "Bob's edit names Alice in extension 1; MLS says Bob.", MAY_EDIT, |t| {
            let a = t.say(ALICE, text("a"));
            let edit = t.say_so(BOB, text("b"), |m| {
                m.replaces = Some(a.clone());
                m.extensions = vec![crate::vector::forge::Extension::new(1, crate::vector::forge::text(ALICE))];
            });
            t.ignores(&edit, "edit-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
    ]
}

fn policies() -> Vec<Case> {
    let row =
        |name, comment, tell: fn(&mut Talk)| talk(name, comment, "policy", "9.3:edit-by-policy", Level::May, tell);
    vec![
        row("policy-editor-edits", "Bob may edit other people's messages, and does.", |t| {
            t.policy = Some(json!({"editors": [BOB], "deleters": []}));
            let a = t.say(ALICE, text("a"));
            let edit = t.edit(BOB, &a, text("b"));
            t.amounts_to([Entry::new(ALICE, &a).then(&edit)]);
        }),
        row("policy-deleter-deletes", "Cathy may delete other people's messages, and does.", |t| {
            t.policy = Some(json!({"editors": [BOB], "deleters": [CATHY]}));
            let a = t.say(ALICE, text("a"));
            t.delete(CATHY, &a);
            t.amounts_to([Entry::new(ALICE, &a).deleted()]);
        }),
        row("policy-editor-deletes", "Bob may edit other people's messages, but not delete them.", |t| {
            t.policy = Some(json!({"editors": [BOB], "deleters": [CATHY]}));
            let a = t.say(ALICE, text("a"));
            let delete = t.delete(BOB, &a);
            t.ignores(&delete, "delete-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        row("policy-deleter-edits", "Cathy may delete other people's messages, but not edit them.", |t| {
            t.policy = Some(json!({"editors": [BOB], "deleters": [CATHY]}));
            let a = t.say(ALICE, text("a"));
            let edit = t.edit(CATHY, &a, text("c"));
            t.ignores(&edit, "edit-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a)]);
        }),
        row("policy-of-a-later-version", "Bob edits Alice's edit: he may not, and it is no first instance.", |t| {
            let a = t.say(ALICE, text("a"));
            let edit = t.edit(ALICE, &a, text("a2"));
            let theirs = t.edit(BOB, &edit, text("mine"));
            t.ignores(&theirs, "edit-not-authorized");
            t.amounts_to([Entry::new(ALICE, &a).then(&edit)]);
            t.or_ignores(&theirs, "replaces-not-first-instance");
        }),
        row("policy-without-the-sender", "A sender who is in no list still edits and deletes what is hers.", |t| {
            t.policy = Some(json!({"editors": [BOB], "deleters": [BOB]}));
            let (a, b) = (t.say(ALICE, text("a")), t.say(ALICE, text("b")));
            let edit = t.edit(ALICE, &a, text("a2"));
            t.delete(ALICE, &b);
            t.amounts_to([Entry::new(ALICE, &a).then(&edit), Entry::new(ALICE, &b).deleted()]);
        }),
    ]
}

/// Section 9.3 leaves a receiver two ways to keep the fields of the first instance: to take the body of such an
/// edit alone, or nothing of it.
fn fixed() -> Vec<Case> {
    let ruled =
        |name, comment, rules, tell: fn(&mut Talk)| talk(name, comment, "first-instance", rules, Level::Must, tell);
    let row = |name, comment, tell| ruled(name, comment, "9.3:edit-only-nested-part", tell);
    let context = |name, comment, tell| ruled(name, comment, "9.3:edit-only-nested-part 5.5:edit-context-fields", tell);
    let expiry = |name, comment, tell| ruled(name, comment, "9.3:edit-only-nested-part 5.8:expiry-of-edit", tell);
    vec![
        row("edit-changes-topic", "An edit with another topic: the topic stays.", |t| {
            let a = t.say_so(ALICE, text("a"), |m| m.topic_id = b"one".to_vec());
            let edit = t.say_so(ALICE, text("b"), |m| {
                m.replaces = Some(a.clone());
                m.topic_id = b"two".to_vec();
            });
            t.topic(b"one", &[&a]);
            t.amounts_to([Entry::new(ALICE, &a).then(&edit).topic(b"one")]);
            t.or_refuses(&edit);
        }),
        context("edit-drops-topic", "An edit without the topic: the topic stays.", |t| {
            let a = t.say_so(ALICE, text("a"), |m| m.topic_id = b"one".to_vec());
            let edit = t.edit(ALICE, &a, text("b"));
            t.topic(b"one", &[&a]);
            t.amounts_to([Entry::new(ALICE, &a).then(&edit).topic(b"one")]);
            t.or_refuses(&edit);
        }),
        row("edit-changes-reply", "An edit that replies to another message: the reply stays.", |t| {
            let (a, b) = (t.say(ALICE, text("a")), t.say(ALICE, text("b")));
            let r = t.reply(BOB, &a, text("yes"));
            let edit = t.say_so(BOB, text("no"), |m| {
                m.replaces = Some(r.clone());
                m.in_reply_to = Some(b.clone());
            });
            let reply = Entry::new(BOB, &r).then(&edit).to(&a, Some(&a), "current");
            t.amounts_to([Entry::new(ALICE, &a), Entry::new(ALICE, &b), reply]);
            t.or_refuses(&edit);
        }),
        expiry("edit-adds-expiry", "An edit with an expiry that has passed: the message stays.", |t| {
            let a = t.say(ALICE, text("a"));
            let edit = t.say_so(ALICE, text("b"), |m| {
                m.replaces = Some(a.clone());
                m.expires = Some(Expiration { relative: false, time: START_S + 60 });
            });
            t.amounts_to([Entry::new(ALICE, &a).then(&edit)]);
            t.or_refuses(&edit);
        }),
        expiry("edit-extends-expiry", "An edit with a later expiry: the message is gone when it said first.", |t| {
            let a = t.expiring(ALICE, false, START_S + 60);
            let edit = t.say_so(ALICE, text("b"), |m| {
                m.replaces = Some(a.clone());
                m.expires = Some(Expiration { relative: false, time: START_S + 86_400 });
            });
            t.amounts_to([Entry::new(ALICE, &a).then(&edit).expired()]);
            t.or_refuses(&edit);
        }),
    ]
}
