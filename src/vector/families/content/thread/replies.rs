//! Replies, reactions, unlikes.

use super::talk::{ALICE, BOB, CATHY, Entry, START_S, Talk, heart, talk, text};
use crate::vector::families::build::group;
use crate::vector::forge::{Part, Semantics};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("replies", replies()),
        group("loops", loops()),
        group("reactions", reactions()),
        group("unlikes", unlikes()),
    ]
}

fn replies() -> Vec<Case> {
    let row =
        |name, comment, rules: &str, tell: fn(&mut Talk)| talk(name, comment, "reply", rules, Level::Format, tell);
    vec![
        row("reply", "A reply to the only version.", "4.1:in-reply-to-links", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, text("r"));
            t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &r).to(&a, Some(&a), "current")]);
        }),
        row("reply-to-old-version", "The message is edited after the reply.", "5.5:reply-keeps-version", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, text("r"));
            let edit = t.edit(ALICE, &a, text("b"));
            t.amounts_to([Entry::new(ALICE, &a).then(&edit), Entry::new(BOB, &r).to(&a, Some(&a), "superseded")]);
        }),
        row(
            "reply-to-edit",
            "A reply names the edit: its target is the first instance.",
            "4.1:reply-names-version",
            |t| {
                let a = t.say(ALICE, text("a"));
                let edit = t.edit(ALICE, &a, text("b"));
                let r = t.reply(BOB, &edit, text("r"));
                t.amounts_to([Entry::new(ALICE, &a).then(&edit), Entry::new(BOB, &r).to(&edit, Some(&a), "current")]);
            },
        ),
        row("reply-to-middle-version", "A reply names the second of three versions.", "4.1:reply-names-version", |t| {
            let a = t.say(ALICE, text("a"));
            let b = t.edit(ALICE, &a, text("b"));
            let r = t.reply(BOB, &b, text("r"));
            let c = t.edit(ALICE, &a, text("c"));
            t.amounts_to([Entry::new(ALICE, &a).then(&b).then(&c), Entry::new(BOB, &r).to(&b, Some(&a), "superseded")]);
        }),
        row("reply-to-deleted", "The message is deleted after the reply.", "5.6:delete-placeholder", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, text("r"));
            t.delete(ALICE, &a);
            t.amounts_to([Entry::new(ALICE, &a).deleted(), Entry::new(BOB, &r).to(&a, Some(&a), "deleted")]);
        }),
        row(
            "reply-to-ignored-edit",
            "A reply names an edit by somebody who may not edit.",
            "4.1:reply-names-version",
            |t| {
                let a = t.say(ALICE, text("a"));
                let edit = t.edit(BOB, &a, text("b"));
                let r = t.reply(CATHY, &edit, text("r"));
                t.ignores(&edit, "edit-not-authorized");
                t.amounts_to([Entry::new(ALICE, &a), Entry::new(CATHY, &r).to(&edit, None, "unknown")]);
            },
        )
        .contested(&[
            (Verdict::Accept, "What has no effect is as good as never seen."),
            (Verdict::Accept, "The edit is known, and so is the message that it tried to edit."),
        ]),
        row("reply-to-unknown", "A reply to a message that is not there.", "9.1:unknown-reply-target-ok", |t| {
            let nobody = [vec![1], vec![9; 31]].concat();
            let r = t.reply(BOB, &nobody, text("r"));
            t.amounts_to([Entry::new(BOB, &r).to(&nobody, None, "unknown")]);
        }),
        row("reply-to-expired", "The message has expired.", "5.8:expiry-without-interaction", |t| {
            let a = t.expiring(ALICE, false, START_S + 60);
            let r = t.reply(BOB, &a, text("r"));
            t.amounts_to([Entry::new(ALICE, &a).expired(), Entry::new(BOB, &r).to(&a, Some(&a), "expired")]);
        }),
        row("reply-to-reply", "A chain of three.", "4.1:in-reply-to-links", |t| {
            let a = t.say(ALICE, text("a"));
            let b = t.reply(BOB, &a, text("b"));
            let c = t.reply(CATHY, &b, text("c"));
            t.amounts_to([
                Entry::new(ALICE, &a),
                Entry::new(BOB, &b).to(&a, Some(&a), "current"),
                Entry::new(CATHY, &c).to(&b, Some(&b), "current"),
            ]);
        }),
    ]
}

fn loops() -> Vec<Case> {
    let row = |name, comment, tell: fn(&mut Talk)| {
        talk(name, comment, "loop", "4.1:reply-loop-check 9.3:edit-only-nested-part", Level::Must, tell)
    };
    vec![
        row("loop-of-two", "Alice edits what Bob replied to, as a reply to Bob's reply.", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, text("r"));
            let edit = t.say_so(ALICE, text("b"), |m| {
                m.replaces = Some(a.clone());
                m.in_reply_to = Some(r.clone());
            });
            t.amounts_to([Entry::new(ALICE, &a).then(&edit), Entry::new(BOB, &r).to(&a, Some(&a), "superseded")]);
            t.or_refuses(&edit);
        }),
        row("loop-of-three", "Alice edits the first of a chain as a reply to its last.", |t| {
            let a = t.say(ALICE, text("a"));
            let b = t.reply(BOB, &a, text("b"));
            let c = t.reply(CATHY, &b, text("c"));
            let edit = t.say_so(ALICE, text("d"), |m| {
                m.replaces = Some(a.clone());
                m.in_reply_to = Some(c.clone());
            });
            t.amounts_to([
                Entry::new(ALICE, &a).then(&edit),
                Entry::new(BOB, &b).to(&a, Some(&a), "superseded"),
                Entry::new(CATHY, &c).to(&b, Some(&b), "current"),
            ]);
            t.or_refuses(&edit);
        }),
    ]
}

fn reactions() -> Vec<Case> {
    let row =
        |name, comment, rules: &str, tell: fn(&mut Talk)| talk(name, comment, "reaction", rules, Level::Format, tell);
    vec![
        row("reaction", "One reaction.", "5.3:reaction-form", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, heart());
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
        row("reaction-two-senders", "Two people react.", "5.3:multiple-as-parts-or-messages", |t| {
            let a = t.say(ALICE, text("a"));
            let (r, s) = (t.reply(BOB, &a, heart()), t.reply(CATHY, &a, heart()));
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r, &s]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
                Entry::new(CATHY, &s).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
        row(
            "reaction-two-messages",
            "One person reacts twice, in two messages.",
            "5.3:multiple-as-parts-or-messages 5.3:reactions-not-joined-on-receipt",
            |t| {
                let a = t.say(ALICE, text("a"));
                let (r, s) = (t.reply(BOB, &a, heart()), t.reply(BOB, &a, text("\u{1f973}").disposition(2)));
                t.amounts_to([
                    Entry::new(ALICE, &a).liked(&[&r, &s]),
                    Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
                    Entry::new(BOB, &s).reaction().to(&a, Some(&a), "current"),
                ]);
            },
        ),
        row("reaction-parts", "Two reactions in one message.", "5.3:multiple-as-parts-or-messages", |t| {
            let a = t.say(ALICE, text("a"));
            let parts = [heart(), text("\u{1f973}").disposition(2)];
            let r = t.reply(BOB, &a, Part::multi(Semantics::ProcessAll, parts).disposition(2));
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
        row("reaction-image", "A reaction that is an image.", "5.3:reaction-any-media", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, Part::single("image/png", [0x89]).disposition(2));
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
        row("reaction-to-old-version", "The message is edited after the reaction.", "5.5:reply-keeps-version", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, heart());
            let edit = t.edit(ALICE, &a, text("b"));
            t.amounts_to([
                Entry::new(ALICE, &a).then(&edit).liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "superseded"),
            ]);
        }),
        row(
            "reaction-to-nothing",
            "A reaction that replies to nothing, as in appendix B.2.",
            "5.3:reaction-form",
            |t| {
                let r = t.say(BOB, heart());
                t.amounts_to([Entry::new(BOB, &r).reaction()]);
            },
        )
        .contested(&[
            (Verdict::Accept, "The disposition makes it a reaction; the draft has an example of this form."),
            (Verdict::Accept, "Without a message to react to it is an ordinary message."),
        ]),
        row(
            "reaction-several-code-points",
            "One reaction of three code points.",
            "5.3:reaction-multi-codepoint",
            |t| {
                let a = t.say(ALICE, text("a"));
                let r = t.reply(BOB, &a, text("\u{1f44d}\u{1f3fd}\u{fe0f}").disposition(2));
                t.amounts_to([
                    Entry::new(ALICE, &a).liked(&[&r]),
                    Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
                ]);
            },
        ),
        row("reactions-joined", "Two reactions, joined into one text.", "5.3:no-concatenated-reactions", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, text("\u{2764}\u{1f973}").disposition(2));
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
            ]);
        })
        .contested(&[
            (Verdict::Accept, "Only the sender is bound: a receiver cannot tell one reaction from several."),
            (Verdict::Accept, "A receiver refuses or splits a text of more than one grapheme cluster."),
        ]),
        row("reaction-to-deleted", "The message is deleted after the reaction.", "5.6:delete-retracts", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, heart());
            t.delete(ALICE, &a);
            t.amounts_to([
                Entry::new(ALICE, &a).deleted().liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "deleted"),
            ]);
        })
        .contested(&[
            (Verdict::Accept, "The reaction is a message of its own, which nobody deleted."),
            (Verdict::Accept, "Nothing is left to react to: the reactions go with the message."),
        ]),
        row(
            "unknown-disposition-is-no-reaction",
            "A reply whose disposition has no meaning: like render.",
            "9.1:unknown-disposition-as-render",
            |t| {
                let a = t.say(ALICE, text("a"));
                let r = t.reply(BOB, &a, text("\u{2764}").disposition(200));
                t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &r).to(&a, Some(&a), "current")]);
            },
        )
        .level(Level::Should),
        row("reply-is-no-reaction", "A reply that consists of a heart, to be rendered.", "5.3:reaction-form", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, text("\u{2764}"));
            t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &r).to(&a, Some(&a), "current")]);
        }),
        row("reaction-edited", "A reaction is exchanged for another.", "5.5:edit-replaces-body", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, heart());
            let s = t.say_so(BOB, text("\u{1f44d}").disposition(2), |m| {
                m.replaces = Some(r.clone());
                m.in_reply_to = Some(a.clone());
            });
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r]),
                Entry::new(BOB, &r).then(&s).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
    ]
}

fn unlikes() -> Vec<Case> {
    let row =
        |name, comment, rules: &str, tell: fn(&mut Talk)| talk(name, comment, "unlike", rules, Level::Format, tell);
    vec![
        row("unlike", "A reaction is taken back.", "5.7:unlike-by-delete", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, heart());
            t.delete(BOB, &r);
            t.amounts_to([Entry::new(ALICE, &a), Entry::new(BOB, &r).reaction().deleted().to(&a, Some(&a), "current")]);
        }),
        row("unlike-one-of-two", "One of two people takes the reaction back.", "5.7:unlike-only-own-message", |t| {
            let a = t.say(ALICE, text("a"));
            let (r, s) = (t.reply(BOB, &a, heart()), t.reply(CATHY, &a, heart()));
            t.delete(BOB, &r);
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&s]),
                Entry::new(BOB, &r).reaction().deleted().to(&a, Some(&a), "current"),
                Entry::new(CATHY, &s).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
        row(
            "unlike-one-of-many",
            "Two reactions in one message; an edit leaves one of them.",
            "5.7:unlike-one-of-many",
            |t| {
                let a = t.say(ALICE, text("a"));
                let parts = [heart(), text("\u{1f973}").disposition(2)];
                let r = t.reply(BOB, &a, Part::multi(Semantics::ProcessAll, parts).disposition(2));
                let edit = t.say_so(BOB, heart(), |m| {
                    m.replaces = Some(r.clone());
                    m.in_reply_to = Some(a.clone());
                });
                t.amounts_to([
                    Entry::new(ALICE, &a).liked(&[&r]),
                    Entry::new(BOB, &r).then(&edit).reaction().to(&a, Some(&a), "current"),
                ]);
            },
        )
        .contested(&[
            (Verdict::Accept, "The message is edited to hold the remaining reactions."),
            (Verdict::Accept, "All reactions of a message can only be removed together, so this has no effect."),
        ]),
        row("unlike-by-another", "Cathy tries to take back Bob's reaction.", "9.3:delete-only-original-sender", |t| {
            let a = t.say(ALICE, text("a"));
            let r = t.reply(BOB, &a, heart());
            let unlike = t.delete(CATHY, &r);
            t.ignores(&unlike, "delete-not-authorized");
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&r]),
                Entry::new(BOB, &r).reaction().to(&a, Some(&a), "current"),
            ]);
        })
        .level(Level::Must),
    ]
}
