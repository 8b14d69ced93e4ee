//! The draft's examples, and media types in other spellings.

use super::rows::{NAME, among};
use crate::vector::families::build::{group, stream};
use crate::vector::families::content::decode::EXAMPLES;
use crate::vector::forge::{Message, Part};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("the draft's nested example", example()),
        group("the draft's example with a proprietary format", proprietary()),
        group("other spellings of a Markdown variant", variants()),
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
        among(name, comment, "media-type", "8.3:variant-identifier", &message, &[GFM], &[], &[]).contested(&[
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
