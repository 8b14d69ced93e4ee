//! What the flags of this family mean.

use crate::vector::families::build::NoteRow;

pub(super) const NOTES: &[NoteRow] = &[
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
    (
        "media-type",
        "Media types are compared in another way than by octets.",
        "Content that could be shown is not, or the other way round.",
        "8.3:variant-identifier",
        &["section 7.1"],
    ),
    (
        "disposition",
        "A part is left out because nobody knows its disposition.",
        "Content is lost as soon as a new disposition is registered.",
        "9.1:unknown-disposition-as-render",
        &[],
    ),
];
