//! The draft's own messages (sections 5.1-5.7), as one conversation.

use super::talk::{ALICE, BOB, CATHY, Entry, Id, START_MS, Talk, talk};
use crate::vector::families::build::group;
use crate::vector::families::content::decode::EXAMPLES;
use crate::vector::{Group, Level};

fn hear(t: &mut Talk, sender: &str, seconds: i64, name: &str) -> Id {
    let example = EXAMPLES.iter().find(|e| e.name == name);
    example.map_or_else(Id::new, |e| t.hear(sender, START_MS + seconds * 1000, &(e.message)()))
}

/// The original message, the reply, the reaction.
fn begin(t: &mut Talk) -> [Id; 3] {
    [hear(t, ALICE, 0, "original"), hear(t, BOB, 1, "reply"), hear(t, CATHY, 2, "reaction")]
}

pub(super) fn groups() -> Vec<Group> {
    let row = |name, comment, rules: &str, tell: fn(&mut Talk)| {
        talk(name, comment, "draft-conversation", rules, Level::Format, tell)
    };
    let cases = [
        row(
            "draft-reply-and-reaction",
            "Alice speaks, Bob replies, Cathy reacts.",
            "5.2:reply-carries-original-id",
            |t| {
                let [a, b, c] = begin(t);
                t.amounts_to([
                    Entry::new(ALICE, &a).liked(&[&c]),
                    Entry::new(BOB, &b).to(&a, Some(&a), "current"),
                    Entry::new(CATHY, &c).reaction().to(&a, Some(&a), "current"),
                ]);
            },
        ),
        row("draft-edit", "Bob edits his reply.", "5.5:edit-replaces-body", |t| {
            let [a, b, c] = begin(t);
            let edit = hear(t, BOB, 3, "edit");
            t.amounts_to([
                Entry::new(ALICE, &a).liked(&[&c]),
                Entry::new(BOB, &b).then(&edit).to(&a, Some(&a), "current"),
                Entry::new(CATHY, &c).reaction().to(&a, Some(&a), "current"),
            ]);
        }),
        row(
            "draft-edit-delete-unlike",
            "Bob edits and then deletes his reply; Cathy takes her reaction back.",
            "5.6:delete-form 5.7:unlike-by-delete",
            |t| {
                let [a, b, c] = begin(t);
                let edit = hear(t, BOB, 3, "edit");
                hear(t, BOB, 4, "delete");
                hear(t, CATHY, 5, "unlike");
                t.amounts_to([
                    Entry::new(ALICE, &a),
                    Entry::new(BOB, &b).then(&edit).deleted().to(&a, Some(&a), "current"),
                    Entry::new(CATHY, &c).reaction().deleted().to(&a, Some(&a), "current"),
                ]);
            },
        ),
    ];
    vec![group("the draft's conversation", cases)]
}
