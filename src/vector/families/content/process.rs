//! `content/process`: which leaves a receiver handles (section 4.4).

use crate::vector::families::build::{NoteRow, accept, file as family, group, stream};
use crate::vector::families::content::decode::EXAMPLES;
use crate::vector::forge::Semantics::{ChooseOne, ProcessAll, SingleUnit};
use crate::vector::forge::{External, Message, Part};
use crate::vector::{Case, File, Level, Verdict};
use crate::wire::hex;
use serde_json::json;

pub(in crate::vector::families) const NAME: &str = "content/process";

const NOTES: &[NoteRow] = &[
    (
        "choice",
        "More than one alternative is handled, or one that cannot be handled is chosen.",
        "A message is shown twice, or not at all.",
        "4.4:choose-one",
        &["appendix B"],
    ),
    (
        "unit",
        "Some parts of a unit are handled although others cannot be.",
        "A message is shown in a way its sender did not mean.",
        "4.4:single-unit-all-or-none",
        &[],
    ),
    ("all", "One part that cannot be handled stops the others.", "Content is lost.", "4.4:process-all", &[]),
    (
        "reference",
        "Referenced parts are handled twice, or references are found where there are none.",
        "An image is shown twice, or content is lost.",
        "4.4:skip-referenced",
        &["RFC 2392"],
    ),
    (
        "numbering",
        "Indices count the parts that remain after the choice, or leaves only.",
        "References lead to other parts.",
        "4.4:choose-before-numbering",
        &["appendix B.3"],
    ),
];

const TEXT: &str = "text/plain";
const HTML: &str = "text/html";
const PNG: &str = "image/png";
const ODD: &str = "application/vnd.example.odd";

fn text() -> Part {
    Part::single(TEXT, "Hi")
}

fn odd() -> Part {
    Part::single(ODD, [0])
}

fn png() -> Part {
    Part::single(PNG, [0x89])
}

fn html(content: &str) -> Part {
    Part::single(HTML, content)
}

fn elsewhere(content_type: &str) -> Part {
    let url = "https://example.com/1".into();
    Part::external(External { content_type: content_type.into(), url, ..External::default() })
}

/// A receiver that has text, HTML and PNG: which leaves it handles, and which it skips.
fn handles(name: &str, comment: &str, flag: &str, rule: &str, body: Part, process: &[u64], skipped: &[u64]) -> Case {
    let message = Message::new(stream(&format!("{NAME}/{name}")).octets(16), body);
    among(name, comment, flag, rule, &message, &[TEXT, HTML, PNG], process, skipped)
}

#[allow(clippy::too_many_arguments, reason = "one row of a table")]
fn among(
    name: &str,
    comment: &str,
    flag: &str,
    rule: &str,
    message: &Message,
    supported: &[&str],
    process: &[u64],
    skipped: &[u64],
) -> Case {
    let rules: Vec<&str> = rule.split(' ').collect();
    let input = json!({"cbor": hex::encode(&message.item().octets()), "supported": supported});
    accept(name, comment, &[flag], &rules, NAME, input, json!({"process": process, "skipped": skipped}))
}

fn leaves() -> Vec<Case> {
    let row =
        |name, comment, body, process: &[u64]| handles(name, comment, "all", "4.4:process-all", body, process, &[]);
    let null = "A null part alone.";
    vec![
        row("leaf", "One part that can be handled.", text(), &[0]),
        row("leaf-unsupported", "One part that cannot be handled.", odd(), &[]),
        row("leaf-null", null, Part::null(), &[]),
        handles(
            "leaf-disposition-unknown",
            "A disposition without a meaning: like render.",
            "all",
            "9.1:unknown-disposition-as-render",
            text().disposition(200),
            &[0],
            &[],
        )
        .level(Level::Should),
        row("leaf-external", "An external part whose type can be handled.", elsewhere(PNG), &[0]),
        row("leaf-external-unsupported", "An external part whose type cannot be handled.", elsewhere(ODD), &[]),
    ]
}

fn alternatives() -> Vec<Case> {
    let row =
        |name, comment, body, process: &[u64]| handles(name, comment, "choice", "4.4:choose-one", body, process, &[]);
    let one = |parts: Vec<Part>| Part::multi(ChooseOne, parts);
    vec![
        row("choose-first", "Both can be handled: the first.", one(vec![text(), html("Hi")]), &[1]),
        row("choose-second", "The first cannot be handled.", one(vec![odd(), html("Hi")]), &[2]),
        row("choose-none", "None can be handled.", one(vec![odd(), odd()]), &[]),
        row("choose-after-null", "A null part is no choice.", one(vec![Part::null(), text()]), &[2]),
        handles(
            "choose-external",
            "The first that can be handled is external, and neither the first nor the last.",
            "choice",
            "4.4:choose-one B:choose-own-best",
            one(vec![odd(), elsewhere(PNG), text()]),
            &[2],
            &[],
        ),
        row(
            "choose-group",
            "The first choice is a group that can be handled in part.",
            one(vec![Part::multi(ProcessAll, [odd(), png()]), text()]),
            &[3],
        ),
        row(
            "choose-past-empty-group",
            "The first choice is a group of which nothing can be handled.",
            one(vec![Part::multi(ProcessAll, [odd(), odd()]), text()]),
            &[4],
        ),
        row(
            "choose-past-broken-unit",
            "The first choice is a unit that cannot be handled as a whole.",
            one(vec![Part::multi(SingleUnit, [text(), odd()]), html("Hi")]),
            &[4],
        ),
        row(
            "choose-in-choice",
            "A choice inside a choice.",
            one(vec![one(vec![odd(), odd()]), one(vec![odd(), text(), png()])]),
            &[6],
        ),
    ]
}

fn units() -> Vec<Case> {
    let row = |name, comment, body, process: &[u64]| {
        let rule = "4.4:single-unit 4.4:single-unit-all-or-none";
        handles(name, comment, "unit", rule, body, process, &[]).level(Level::Should)
    };
    let unit = |parts: Vec<Part>| Part::multi(SingleUnit, parts);
    vec![
        row("unit-all", "Every part can be handled.", unit(vec![text(), png()]), &[1, 2]),
        row(
            "unit-last-unsupported",
            "The last part cannot be handled: none is.",
            unit(vec![text(), png(), odd()]),
            &[],
        ),
        row("unit-first-unsupported", "The first part cannot be handled: none is.", unit(vec![odd(), text()]), &[]),
        row(
            "unit-in-unit",
            "A part of a unit inside a unit cannot be handled.",
            unit(vec![text(), unit(vec![png(), odd()])]),
            &[],
        ),
        row(
            "unit-in-all",
            "A broken unit beside what can be handled.",
            Part::multi(ProcessAll, [unit(vec![text(), odd()]), png()]),
            &[4],
        ),
        row("unit-with-null", "A null part in a unit.", unit(vec![text(), Part::null()]), &[]).contested(&[
            (Verdict::Accept, "A null part is never handled, so the unit is not."),
            (Verdict::Accept, "There is nothing in a null part that could not be understood: both or the first."),
        ]),
        row(
            "unit-with-choice",
            "A choice inside a unit; one alternative can be handled.",
            unit(vec![text(), Part::multi(ChooseOne, [odd(), png()])]),
            &[1, 4],
        )
        .contested(&[
            (Verdict::Accept, "A choice is understood when one of its alternatives is."),
            (Verdict::Accept, "Every descendant has to be understood, so nothing is handled."),
        ]),
        row(
            "unit-with-partial-group",
            "A group inside a unit; one of its parts can be handled.",
            unit(vec![text(), Part::multi(ProcessAll, [odd(), png()])]),
            &[1, 4],
        )
        .contested(&[
            (Verdict::Accept, "A group of which something can be handled is understood."),
            (Verdict::Accept, "Every descendant has to be understood, so nothing is handled."),
        ]),
    ]
}

fn everything() -> Vec<Case> {
    let row = |name, comment, body, process: &[u64]| {
        handles(name, comment, "all", "4.4:process-all", body, process, &[]).level(Level::Should)
    };
    let all = |parts: Vec<Part>| Part::multi(ProcessAll, parts);
    vec![
        row("all", "Every part can be handled.", all(vec![text(), png(), elsewhere(HTML)]), &[1, 2, 3]),
        row("all-but-one", "The part in the middle cannot be handled.", all(vec![text(), odd(), png()]), &[1, 3]),
        row("all-but-null", "The first part is a null part.", all(vec![Part::null(), png()]), &[2]),
        row("all-none", "Nothing can be handled.", all(vec![odd(), odd()]), &[]),
        handles(
            "all-with-choices",
            "Two choices and a part between them: chosen first, then handled in order.",
            "all",
            "4.4:choose-then-handle-in-order",
            all(vec![Part::multi(ChooseOne, [odd(), text()]), png(), Part::multi(ChooseOne, [html("Hi"), text()])]),
            &[3, 4, 6],
            &[],
        )
        .level(Level::May),
        row("all-deep", "Four levels.", all(vec![odd(), all(vec![text(), all(vec![odd(), png()])])]), &[3, 6]),
        row(
            "all-parameters",
            "A media type with a parameter is another one than without.",
            all(vec![Part::single("text/plain;charset=utf-8", "Hi"), png()]),
            &[2],
        ),
    ]
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

/// The draft's example of a common and a proprietary format.
fn proprietary() -> Vec<Case> {
    const FANCY: &str = "application/vnd.examplevendor-fancy-im-message";
    let row = |name, comment, supported: &[&str], process: &[u64]| {
        let message = EXAMPLES.iter().find(|e| e.name == "multipart-1").map(|e| (e.message)());
        let message = message.unwrap_or_else(|| Message::new([0; 16], Part::null()));
        let rules = "7.2:proprietary-alternative B.1:proprietary-example";
        among(name, comment, "choice", rules, &message, supported, process, &[]).level(Level::May)
    };
    vec![
        row("proprietary-unknown", "A receiver of the common format only.", &[GFM], &[1]),
        row("proprietary-only", "A receiver of the proprietary format only.", &[FANCY], &[2]),
    ]
}

const GFM: &str = "text/markdown;variant=GFM-MIMI";

/// The receiver has GFM-MIMI; the part names the variant in another way.
fn variants() -> Vec<Case> {
    let row = |name: &str, comment, content_type: &str| {
        let message = Message::new(stream(&format!("{NAME}/{name}")).octets(16), Part::single(content_type, "*Hi*"));
        among(name, comment, "all", "8.3:variant-identifier", &message, &[GFM], &[], &[]).contested(&[
            (Verdict::Accept, "The media type is compared exactly."),
            (Verdict::Accept, "It compares without regard to case, other parameters and white space."),
        ])
    };
    vec![
        row("variant-lower-case", "The name of the variant is in lower case.", "text/markdown;variant=gfm-mimi"),
        row("variant-with-charset", "There is another parameter.", "text/markdown;charset=utf-8;variant=GFM-MIMI"),
        row("variant-with-space", "There is a space before the parameter.", "text/markdown; variant=GFM-MIMI"),
    ]
}

fn example() -> Vec<Case> {
    const PAGE: &str = "text/html;charset=utf-8";
    let row = |name, comment, supported: &[&str], process: &[u64], skipped: &[u64]| {
        let message = EXAMPLES.iter().find(|e| e.name == "multipart-3").map(|e| (e.message)());
        let message = message.unwrap_or_else(|| Message::new([0; 16], Part::null()));
        among(
            name,
            comment,
            "numbering",
            "B.3:nested-example-indices 4.4:choose-before-numbering",
            &message,
            supported,
            process,
            skipped,
        )
    };
    let first = [
        (Verdict::Accept, "The first choice can be handled in part, and so it is chosen."),
        (Verdict::Accept, "The receiver prefers a choice that can be handled as a whole."),
    ];
    vec![
        row(
            "example-gif",
            "A receiver of pages and GIF: the English page, and the image only inside it.",
            &[PAGE, "image/gif"],
            &[3],
            &[5],
        ),
        row(
            "example-both",
            "A receiver of pages, GIF and PNG takes the first.",
            &[PAGE, "image/gif", "image/png"],
            &[3],
            &[5],
        ),
        row("example-images", "A receiver of PNG only.", &["image/png"], &[10], &[]),
        row("example-gif-only", "A receiver of GIF only.", &["image/gif"], &[5], &[]),
        row("example-pages", "A receiver of pages only.", &[PAGE], &[3], &[]),
        row(
            "example-png",
            "A receiver of pages and PNG: by the rule of this operation it takes the first page.",
            &[PAGE, "image/png"],
            &[3],
            &[],
        )
        .contested(&first),
        row("example-nothing", "A receiver of nothing.", &[], &[], &[]),
    ]
}

pub(in crate::vector::families) fn file() -> File {
    let groups = vec![
        group("leaves", leaves()),
        group("choose-one", alternatives()),
        group("single-unit", units()),
        group("process-all", everything()),
        group("references between parts", references()),
        group("the draft's nested example", example()),
        group("the draft's example with a proprietary format", proprietary()),
        group("other spellings of a Markdown variant", variants()),
    ];
    family(NAME, NOTES, groups)
}
