//! Rules for one file.

use super::{Problem, Schemas, Source};
use crate::ledger::Ledger;
use mimicheck::vector::File;
use serde_json::Value;
use std::collections::BTreeSet;

/// Largest file in octets: still shown by any editor, and diffed by any review tool.
const LARGEST: usize = 2_000_000;
/// Schema errors that are shown of one file.
const SHOWN: usize = 20;

pub(super) fn problem(source: &Source, rule: &'static str, what: String, mend: &'static str) -> Problem {
    Problem { file: source.path.clone(), case: None, rule, what, mend }
}

/// What its text breaks, whether or not it is of the format.
pub(super) fn text(source: &Source, schemas: &Schemas) -> Vec<Problem> {
    let mut found = vec![];
    if source.text.len() > LARGEST {
        let what = format!("{} octets, more than {LARGEST}", source.text.len());
        found.push(problem(source, "size", what, "make fewer or smaller cases, or split the family"));
    }
    let Ok(value) = serde_json::from_str::<Value>(&source.text) else { return found };
    for (place, what) in schemas.errors(&value, SHOWN) {
        let mend = "see the description of that member in vectors/schema/";
        let case = case_at(&value, &place);
        found.push(Problem { case, ..problem(source, "schema", format!("at {place}: {what}"), mend) });
    }
    found
}

/// Id of the case that a JSON pointer leads into.
fn case_at(file: &Value, place: &str) -> Option<String> {
    let case: Vec<&str> = place.split('/').take(5).collect();
    file.pointer(&case.join("/"))?.get("id")?.as_str().map(str::to_owned)
}

/// What a file of the format breaks.
pub(super) fn rules(source: &Source, file: &File, ledger: &Ledger) -> Vec<Problem> {
    let mut found = vec![];
    let mut add = |rule, what, mend| found.push(problem(source, rule, what, mend));
    match file.canonical() {
        Ok(canonical) if canonical == source.text => {}
        Ok(canonical) => {
            let line = first_difference(&canonical, &source.text);
            add(
                "canonical",
                format!("not the canonical form, from line {line} on"),
                "write it with mimicheck generate",
            );
        }
        Err(e) => add("canonical", e.to_string(), "write it with mimicheck generate"),
    }
    if source.path != format!("{}.json", file.family) {
        add("path", format!("holds the family {}", file.family), "a family's file is vectors/<family>.json");
    }
    for group in &file.groups {
        let from = &group.source;
        if from.name.is_empty() || from.version.is_empty() {
            let what = format!("the group \"{}\" does not say where it comes from", group.name);
            add("source", what, "fill in the name and the version of its source");
        }
    }
    let used: BTreeSet<&String> = file.cases().flat_map(|c| &c.flags).collect();
    for (flag, note) in &file.notes {
        if !used.contains(flag) {
            add("note-unused", format!("no case has the flag {flag}"), "drop its note, or flag a case with it");
        }
        if ledger.find(&note.requirement).is_none() {
            let what = format!("the note {flag} names {}, which no ledger has", note.requirement);
            add("requirement", what, "mimicheck requirements --json - lists every id");
        }
    }
    found
}

/// Number of the first line in which two texts differ.
pub(crate) fn first_difference(a: &str, b: &str) -> usize {
    a.split('\n').zip(b.split('\n')).take_while(|(a, b)| a == b).count() + 1
}
