//! Rules for all files together.

use super::Problem;
use crate::ledger::Ledger;
use mimicheck::reason::{self, Reason};
use mimicheck::sim::Scenario;
use mimicheck::vector::{Case, File, StepRef, Verdict};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The list of every id ever published, one a line, sorted.
pub const IDS: &str = "ids.txt";
/// Cases that the suite has at least, and refusals among them.
const LEAST: (usize, usize) = (400, 200);
/// Different inputs that must be refused for each reason.
const INPUTS: usize = 2;
/// Reasons that fewer cases expect, and why that is right.
const EXCEPTIONS: &[(Reason, &str)] = &[];

fn problem(file: &str, case: Option<&str>, rule: &'static str, what: String, mend: &'static str) -> Problem {
    Problem { file: file.to_owned(), case: case.map(str::to_owned), rule, what, mend }
}

pub(super) fn rules(files: &[(String, File)], ids: Option<&str>) -> Vec<Problem> {
    let mut found = unique(files);
    found.extend(permanent(files, ids));
    found.extend(reasons(files, EXCEPTIONS));
    found.extend(counts(files, LEAST));
    found
}

fn cases(files: &[(String, File)]) -> impl Iterator<Item = (&str, &Case)> {
    files.iter().flat_map(|(path, file)| file.cases().map(move |c| (path.as_str(), c)))
}

pub(super) fn unique(files: &[(String, File)]) -> Vec<Problem> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let again = |(path, case): (&str, &Case)| {
        problem(path, Some(&case.id), "id-twice", "another case has this id".into(), "give one of them a new name")
    };
    cases(files).filter(|(path, case)| seen.insert(&case.id, path).is_some()).map(again).collect()
}

/// Scenarios that name what no ledger has, or something twice.
pub(super) fn scenarios(scenarios: &[Scenario], ledger: &Ledger) -> Vec<Problem> {
    let mut found = vec![];
    for scenario in scenarios {
        let file = format!("scenario {}", scenario.name);
        let mut seen = BTreeSet::new();
        for id in &scenario.requirements {
            if ledger.find(id).is_none() {
                let what = format!("names {id}, which no ledger has");
                found.push(problem(&file, None, "requirement", what, "mimicheck requirements --json - lists every id"));
            }
            if !seen.insert(id) {
                found.push(problem(&file, None, "requirement", format!("names {id} twice"), "name it once"));
            }
        }
    }
    found
}

/// The ids of a list.
pub fn read_ids(text: &str) -> BTreeSet<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

pub(super) fn permanent(files: &[(String, File)], ids: Option<&str>) -> Vec<Problem> {
    let mut found = vec![];
    let listed = read_ids(ids.unwrap_or_default());
    let canonical: String = listed.iter().map(|id| format!("{id}\n")).collect();
    if ids.is_some_and(|text| text != canonical) {
        found.push(problem(IDS, None, "ids", "not sorted, or with repeated lines".into(), "run mimicheck generate"));
    }
    let present: BTreeSet<&str> = cases(files).map(|(_, c)| c.id.as_str()).collect();
    for gone in listed.iter().filter(|id| !present.contains(id.as_str())) {
        let what = "the case was published and is gone".to_owned();
        found.push(problem(IDS, Some(gone), "id-gone", what, "bring it back under its id; ids are permanent"));
    }
    for (path, case) in cases(files).filter(|(_, c)| !listed.contains(&c.id)) {
        let what = format!("not on the list vectors/{IDS}");
        found.push(problem(path, Some(&case.id), "id-new", what, "run mimicheck generate, which adds it"));
    }
    found
}

/// Every reason that a document or a caller can give is expected often enough: as a refusal, or as what
/// `content/thread` ignores a message for.
pub(super) fn reasons(files: &[(String, File)], exceptions: &[(Reason, &str)]) -> Vec<Problem> {
    let mut inputs: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, case) in cases(files) {
        for step in case.steps() {
            let refusal = step.expect.reason.as_deref().filter(|_| step.expect.verdict == Verdict::Reject);
            for code in refusal.into_iter().chain(ignored(step)) {
                inputs.entry(code).or_default().insert(format!("{} {}", step.op, step.input));
            }
        }
    }
    let mut found = vec![];
    let wanted = reason::content::ALL.iter().filter(|r| **r != reason::content::BAD_INPUT);
    for reason in wanted {
        let count = inputs.get(reason.code()).map_or(0, BTreeSet::len);
        let exception = exceptions.iter().find(|(r, _)| r == reason);
        match exception {
            None if count < INPUTS => found.push(problem(
                "content",
                None,
                "reason-untested",
                format!("{count} different inputs are refused for {reason}, at least {INPUTS} must be"),
                "add cases, or an exception with its reason in conformance/src/lint/whole.rs",
            )),
            Some((_, why)) if count >= INPUTS => found.push(problem(
                "content",
                None,
                "exception-stale",
                format!("{reason} is tested by {count} inputs, though an exception says: {why}"),
                "drop the exception in conformance/src/lint/whole.rs",
            )),
            _ => {}
        }
    }
    found
}

fn ignored(step: StepRef<'_>) -> impl Iterator<Item = &str> {
    let list = step.expect.out.as_ref().and_then(|o| o.get("ignored")).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|i| i.get("reason")?.as_str())
}

pub(super) fn counts(files: &[(String, File)], least: (usize, usize)) -> Vec<Problem> {
    let all = cases(files).count();
    let refusals = cases(files).filter(|(_, c)| c.verdict() == Verdict::Reject).count();
    let mut found = vec![];
    for (what, count, least) in [("cases", all, least.0), ("refusals", refusals, least.1)] {
        if count < least {
            let what = format!("{count} {what}, at least {least} are promised");
            found.push(problem("(all files)", None, "count", what, "add cases; a count never falls"));
        }
    }
    found
}
