//! Leaves, choices, units, and all that can be handled.

use super::rows::{HTML, ODD, PNG, elsewhere, handles, html, odd, png, text};
use crate::vector::families::build::group;
use crate::vector::forge::Part;
use crate::vector::forge::Semantics::{ChooseOne, ProcessAll, SingleUnit};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("leaves", leaves()),
        group("choose-one", alternatives()),
        group("single-unit", units()),
        group("process-all", everything()),
    ]
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
            "disposition",
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
