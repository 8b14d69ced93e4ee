//! Which leaves count, and which are skipped.

use super::planner::{Around, EXACT, OP, RIGHT, Rules, found, planned, references};
use crate::faulty::adapter::{document, refused};
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use crate::faulty::message::{DISPOSITION, EXTERNAL, cardinality, children};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const REFERS: &str = "which part refers to which is looked at too late, too early or not at all";
const TYPES: &str = "media types are compared in another way";

pub(in crate::faulty) const LEAVES: &[Row] = &[
    (
        "external-parts-never-taken",
        "handles no external parts",
        "only what is in the message is looked at",
        Answers(OP, |input, answer| {
            planned(input, answer, Rules { counts: |part| cardinality(part) != Some(EXTERNAL), ..RIGHT })
        }),
    ),
    (
        "types-without-parameters",
        "compares media types without their parameters",
        TYPES,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    supports: |name, supported| {
                        let bare = |name: &str| name.split(';').next().unwrap_or_default().trim().to_owned();
                        supported.iter().any(|other| bare(other) == bare(name))
                    },
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "types-by-their-start",
        "takes a media type that begins like one that is supported",
        TYPES,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules { supports: |name, supported| supported.iter().any(|other| name.starts_with(other)), ..RIGHT },
            )
        }),
    ),
    (
        "types-by-their-group",
        "takes image/gif where image/png is supported",
        TYPES,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    supports: |name, supported| {
                        let group = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
                        supported.iter().any(|other| group(other) == group(name))
                    },
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "references-ignored",
        "handles parts to which an earlier part refers",
        REFERS,
        Answers(OP, |input, answer| planned(input, answer, Rules { skips: |_, _| false, ..RIGHT })),
    ),
    (
        "references-in-both-directions",
        "skips parts to which a later part refers",
        REFERS,
        Answers(OP, |input, answer| planned(input, answer, Rules { skips: |from, to| from != to, ..RIGHT })),
    ),
    (
        "references-to-itself",
        "skips a part that refers to itself",
        REFERS,
        Answers(OP, |input, answer| planned(input, answer, Rules { skips: |from, to| from <= to, ..RIGHT })),
    ),
    (
        "unhandled-parts-refer",
        "lets parts that it does not choose, or cannot handle, refer to others",
        REFERS,
        Answers(OP, |input, answer| planned(input, answer, Rules { others_refer: true, ..RIGHT })),
    ),
    (
        "references-of-one-digit",
        "reads the last digit of the index in a reference",
        REFERS,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules { refers: |content| references(content).into_iter().map(|index| index % 10).collect(), ..RIGHT },
            )
        }),
    ),
    (
        "references-to-any-host",
        "takes cid: with any host for a reference to a part",
        REFERS,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules { refers: |content| found(content, Around { host: b"@", behind: false, ..EXACT }), ..RIGHT },
            )
        }),
    ),
    (
        "one-reference-a-part",
        "looks only for the first reference in a part",
        REFERS,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules { refers: |content| references(content).into_iter().take(1).collect(), ..RIGHT },
            )
        }),
    ),
    (
        "only-rendered-parts-skipped",
        "skips parts by their disposition, and not by the references to them",
        REFERS,
        Answers(OP, |input, answer| {
            let root = document(input);
            let inline = |index: &Value| {
                let parts = root.as_ref().map(crate::faulty::message::parts).unwrap_or_default();
                let part = index.as_u64().and_then(|i| parts.get(usize::try_from(i).ok()?).copied());
                part.and_then(|part| part.at(DISPOSITION)).is_some_and(|d| d.arg == 4)
            };
            let Answer::Ok(mut out) = answer else { return answer };
            let skipped = out.get("skipped").and_then(Value::as_array).cloned().unwrap_or_default();
            let (kept, shown): (Vec<_>, Vec<_>) = skipped.into_iter().partition(inline);
            if let Some(process) = out.get_mut("process").and_then(Value::as_array_mut) {
                process.extend(shown);
                process.sort_by_key(Value::as_u64);
            }
            if let Some(skipped) = out.get_mut("skipped") {
                *skipped = json!(kept);
            }
            Answer::Ok(out)
        }),
    ),
    (
        "skipped-not-told",
        "does not tell which parts it skips",
        "what is left out is dropped without a word",
        Answers(OP, |input, answer| planned(input, answer, Rules { tells_skipped: false, ..RIGHT })),
    ),
    (
        "leaves-counted-instead-of-parts",
        "counts leaves where part indexes are meant",
        "only what has content seems to need an index",
        Answers(OP, |input, answer| {
            let Some(root) = document(input) else { return answer };
            let parts = crate::faulty::message::parts(&root);
            let leaf = |index: &Value| {
                let upto = index.as_u64().and_then(|i| usize::try_from(i).ok()).unwrap_or_default();
                parts.iter().take(upto).filter(|part| children(part).is_empty()).count()
            };
            let Answer::Ok(out) = answer else { return answer };
            let of = |name: &str| {
                out.get(name).and_then(Value::as_array).into_iter().flatten().map(leaf).collect::<Vec<_>>()
            };
            Answer::Ok(json!({"process": of("process"), "skipped": of("skipped")}))
        }),
    ),
    (
        "references-within-longer-schemes",
        "takes xcid:2@local.invalid for a reference",
        "a search for a text without a look at what stands before",
        Answers(OP, |input, answer| {
            let refers = |content: &[u8]| found(content, Around { before: false, ..EXACT });
            planned(input, answer, Rules { refers, ..RIGHT })
        }),
    ),
    (
        "references-within-longer-hosts",
        "takes cid:2@local.invalid.example for a reference",
        "a search for a text without a look at what stands behind",
        Answers(OP, |input, answer| {
            let refers = |content: &[u8]| found(content, Around { behind: false, ..EXACT });
            planned(input, answer, Rules { refers, ..RIGHT })
        }),
    ),
    (
        "nothing-to-handle-refused",
        "refuses a message of which it can handle nothing",
        "an empty result is taken for an error",
        Answers(OP, |_, answer| match &answer {
            Answer::Ok(out) if out.get("process") == Some(&json!([])) => refused("nothing to handle"),
            _ => answer,
        }),
    ),
];
