//! References between parts.

use super::rows::{ODD, PNG, elsewhere, handles, html, odd, png, text};
use crate::vector::families::build::group;
use crate::vector::forge::Part;
use crate::vector::forge::Semantics::{ChooseOne, ProcessAll};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![group("references between parts", references())]
}

fn references() -> Vec<Case> {
    const RULE: &str = "4.4:skip-referenced";
    let row = |name, comment, parts: Vec<Part>, process: &[u64], skipped: &[u64]| {
        handles(name, comment, "reference", RULE, Part::multi(ProcessAll, parts), process, skipped).level(Level::May)
    };
    let open =
        |case: Case, first: &str, second: &str| case.contested(&[(Verdict::Accept, first), (Verdict::Accept, second)]);
    let image = |index: u64| html(&format!("<img src=\"cid:{index}@local.invalid\">"));
    vec![
        row("refers-forward", "A page refers to the image behind it.", vec![image(2), png()], &[1], &[2]),
        row(
            "refers-forward-external",
            "A page refers to an external image.",
            vec![image(2), elsewhere(PNG)],
            &[1],
            &[2],
        ),
        row(
            "refers-backward",
            "A page refers to the image before it, which is handled already.",
            vec![png(), image(1)],
            &[1, 2],
            &[],
        ),
        row("refers-to-itself", "A page refers to itself.", vec![image(1), png()], &[1, 2], &[]),
        row(
            "refers-to-two",
            "A page refers to two of three images.",
            vec![html("<img src=\"cid:4@local.invalid\"><img src=\"cid:2@local.invalid\">"), png(), png(), png()],
            &[1, 3],
            &[2, 4],
        ),
        row(
            "refers-twice",
            "A page refers to an image twice.",
            vec![html("cid:2@local.invalid cid:2@local.invalid"), png()],
            &[1],
            &[2],
        ),
        row(
            "refers-at-the-end",
            "The reference is the last thing in the content.",
            vec![html("see cid:2@local.invalid"), png()],
            &[1],
            &[2],
        ),
        row(
            "refers-to-unsupported",
            "A page refers to what cannot be handled: it is not skipped, it never counted.",
            vec![image(2), odd(), png()],
            &[1, 3],
            &[],
        ),
        row(
            "refers-beyond-the-end",
            "A page refers to a part that does not exist.",
            vec![image(9), png()],
            &[1, 2],
            &[],
        ),
        row(
            "refers-from-unsupported",
            "What refers to the image cannot be handled.",
            vec![Part::single(ODD, "cid:2@local.invalid"), png()],
            &[2],
            &[],
        ),
        row(
            "refers-of-longer-host",
            "The host goes on: it is another one.",
            vec![html("cid:2@local.invalid.example"), png()],
            &[1, 2],
            &[],
        ),
        row(
            "refers-of-longer-scheme",
            "Letters stand before the scheme: it is another one.",
            vec![html("xcid:2@local.invalid"), png()],
            &[1, 2],
            &[],
        ),
        row(
            "refers-to-another-host",
            "The reference has another host.",
            vec![html("cid:2@example.com"), png()],
            &[1, 2],
            &[],
        ),
        row(
            "refers-to-longer-number",
            "The number of one reference ends with that of another part.",
            vec![html("cid:12@local.invalid"), png()],
            &[1, 2],
            &[],
        ),
        handles(
            "refers-skips-any-disposition",
            "The referenced image is an attachment.",
            "reference",
            "4.4:skip-any-disposition",
            Part::multi(ProcessAll, [image(2), png().disposition(6)]),
            &[1],
            &[2],
        ),
        handles(
            "refers-across-groups",
            "The referenced image is in another group.",
            "reference",
            RULE,
            Part::multi(ProcessAll, [image(4), Part::multi(ProcessAll, [text(), png()])]),
            &[1, 3],
            &[4],
        )
        .level(Level::May),
        handles(
            "refers-from-other-choice",
            "The page that refers to the image was not chosen.",
            "reference",
            RULE,
            Part::multi(ProcessAll, [Part::multi(ChooseOne, [text(), image(4)]), png()]),
            &[2, 4],
            &[],
        )
        .level(Level::May),
        open(
            row(
                "refers-from-skipped",
                "A skipped page refers to an image.",
                vec![html("cid:2@local.invalid"), image(3), png()],
                &[1, 3],
                &[2],
            ),
            "A skipped part was not handled, so what it refers to is not skipped.",
            "A skipped part is handled inside the part that refers to it, and so is what it refers to.",
        ),
        open(
            row(
                "refers-with-leading-zero",
                "The number has a leading zero.",
                vec![html("cid:02@local.invalid"), png()],
                &[1, 2],
                &[],
            ),
            "That is no content id of this form.",
            "It is the same number.",
        ),
    ]
}
