//! Number of parts, depth, size, semantics; what does not decode is refused here too.

use super::scene::{Scene, discarded, processed};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{Part, Semantics, array, bytes, octets, text, uint};
use crate::vector::{Case, Group, Verdict};
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("number of parts", number()),
        group("depth", depth()),
        group("size", size()),
        group("what does not decode", undecodable()),
    ]
}

fn leaves(count: usize) -> Vec<Part> {
    (0..count).map(|_| Part::single("a/b", "")).collect()
}

fn flat(count: usize) -> Part {
    Part::multi(Semantics::ProcessAll, leaves(count))
}

/// A root with `groups` groups of `each` leaves.
fn grouped(groups: usize, each: usize) -> Part {
    Part::multi(Semantics::ProcessAll, (0..groups).map(|_| Part::multi(Semantics::ChooseOne, leaves(each))))
}

fn number() -> Vec<Case> {
    const RULE: &str = "9.1:too-many-parts";
    let fine = |name, comment, body| processed(name, comment, "part-count", RULE, |s| s.message.body = body);
    let many = |name, comment, body| {
        discarded(name, comment, "part-count", RULE, reason::TOO_MANY_PARTS, |s| s.message.body = body)
    };
    let open = [
        (Verdict::Reject, "Groups count like leaves, as they do in part indices (section 4.4)."),
        (Verdict::Accept, "Only leaves count; a group holds no content."),
    ];
    vec![
        fine("parts-100", "100 leaves in a group.", flat(100)),
        fine("parts-1023-and-the-root", "1023 leaves and their group: 1024 parts in all.", flat(1023)),
        fine("parts-1024-nested", "3 groups of 340 leaves in the root: 1024 parts in all.", grouped(3, 340)),
        many("parts-1024-and-the-root", "1024 leaves and their group.", flat(1024)).contested(&open),
        many("parts-1024-leaves-nested", "4 groups of 256 leaves in the root.", grouped(4, 256)).contested(&open),
        many("parts-1025-leaves", "1025 leaves, however groups are counted.", flat(1025)),
        many(
            "parts-1030-leaves-nested",
            "5 groups of 206 leaves, 1030 in all, none with more than 206.",
            grouped(5, 206),
        ),
    ]
}

/// A part at this level, the root being level 1.
fn nested(level: usize) -> Part {
    (1..level)
        .fold(Part::single("a/b", ""), |inner, _| Part::multi(Semantics::ProcessAll, [Part::single("a/b", ""), inner]))
}

fn depth() -> Vec<Case> {
    const RULE: &str = "9.1:too-deep 6.3:part-depth-4";
    let deep = |name, comment, level| {
        discarded(name, comment, "depth", RULE, reason::PART_TOO_DEEP, move |s| s.message.body = nested(level))
    };
    vec![
        processed("depth-4", "Parts on four levels, the root being the first.", "depth", RULE, |s| {
            s.message.body = nested(4);
        }),
        deep("depth-5", "Parts on five levels, the root being the first.", 5).contested(&[
            (Verdict::Reject, "The root is level 1, as the draft's deepest example suggests."),
            (Verdict::Accept, "The root is level 0."),
        ]),
        deep("depth-6", "Parts on six levels, the root being the first.", 6),
        deep("depth-20", "Parts on twenty levels.", 20),
    ]
}

fn size() -> Vec<Case> {
    const RULE: &str = "9.1:too-large";
    let limit = |s: &mut Scene, less: usize| s.limits = json!({"max_octets": s.octets().len() - less});
    vec![
        processed("size-at-limit", "As large as local policy allows.", "size", RULE, |s| limit(s, 0)),
        discarded(
            "size-over-limit",
            "An octet larger than local policy allows.",
            "size",
            RULE,
            reason::MESSAGE_TOO_LARGE,
            |s| {
                limit(s, 1);
            },
        ),
        discarded(
            "size-far-over",
            "5000 octets of text; local policy allows 1000.",
            "size",
            RULE,
            reason::MESSAGE_TOO_LARGE,
            |s| {
                s.message.body = Part::single("text/plain", vec![b'a'; 5000]);
                s.limits = json!({"max_octets": 1000});
            },
        ),
        processed("size-without-limit", "20000 octets of text, and no limit.", "size", RULE, |s| {
            s.message.body = Part::single("text/plain", vec![b'a'; 20_000]);
        }),
    ]
}

fn semantics(number: u64) -> impl Fn(&mut Scene) {
    move |s| {
        let leaf = || array([uint(1), text(""), uint(1), text("a/b"), bytes("")]);
        let mut raw = s.message.raw();
        raw.body = array([uint(1), text(""), uint(3), uint(number), array([leaf(), leaf()])]);
        s.octets = Some(raw.item().octets());
    }
}

fn undecodable() -> Vec<Case> {
    let odd = |name, comment, number| {
        let rule = "9.1:unknown-part-semantics 4.4:multi-semantics-values";
        discarded(name, comment, "not-a-message", rule, reason::UNKNOWN_PART_SEMANTICS, semantics(number))
    };
    vec![
        odd("semantics-3", "Part semantics 3.", 3),
        odd("semantics-255", "Part semantics 255.", 255),
        discarded(
            "not-a-message-truncated",
            "The last octet is missing.",
            "not-a-message",
            "3.1:well-formed-cbor",
            reason::TRUNCATED,
            |s| {
                let mut octets = s.octets();
                octets.pop();
                s.octets = Some(octets);
            },
        ),
        discarded(
            "not-a-message-salt-15",
            "A salt of 15 octets.",
            "not-a-message",
            "4.1:salt-16",
            reason::SALT_LENGTH,
            |s| {
                let mut raw = s.message.raw();
                raw.salt = bytes([7; 15]);
                s.octets = Some(raw.item().octets());
            },
        ),
        discarded(
            "not-a-message-empty",
            "No octets at all.",
            "not-a-message",
            "3.1:well-formed-cbor",
            reason::TRUNCATED,
            |s| s.octets = Some(octets([]).octets()),
        ),
    ]
}
