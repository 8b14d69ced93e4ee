use super::{Cases, Document, Ledger, Stage, Status};
use mimicheck::reason;
use mimicheck::sim::Scenario;
use mimicheck::vector::File;

/// What must not be: an entry with neither a test nor a reason for having none in a document that is complete, a
/// document that is called growing and has no such entry, an entry that is called untestable and has a test, and a
/// case, scenario, note or reason code that names no entry. Tests are cases and scenarios. In words.
#[must_use]
pub fn problems(ledger: &Ledger, files: &[File], scenarios: &[Scenario]) -> Vec<String> {
    let mut found = vec![];
    let cases = Cases::link(files, scenarios);
    found.extend(ledger.documents.iter().flat_map(|d| stage(d, &cases)));
    for entry in ledger.entries() {
        if let (Some(_), Some(test)) = (&entry.untestable, cases.names(&entry.id).next()) {
            found.push(format!("{}: called untestable, but {test} tests it; one of them is wrong", entry.id));
        }
        if entry.contested.len() == 1 {
            found.push(format!("{}: contested with one reading only; name the other", entry.id));
        }
    }
    let mut unknown = |who: String, id: &str| {
        if ledger.find(id).is_none() {
            found.push(format!("{who}: names the requirement {id}, which no ledger has"));
        }
    };
    for file in files {
        for case in file.cases() {
            case.requirements.iter().for_each(|id| unknown(case.id.clone(), id));
        }
        for (flag, note) in &file.notes {
            unknown(format!("{}, note {flag}", file.family), &note.requirement);
        }
    }
    for scenario in scenarios {
        scenario.requirements.iter().for_each(|id| unknown(format!("scenario {}", scenario.name), id));
    }
    for reason in reason::all().filter(|r| !r.requirement().is_empty()) {
        unknown(format!("reason code {reason}"), reason.requirement());
    }
    found
}

/// Entries without a test, where there must be none; or none, where there are said to be some.
fn stage(document: &Document, cases: &Cases<'_>) -> Vec<String> {
    let mut uncovered = document.entries.iter().filter(|e| cases.status(e) == Status::Uncovered).peekable();
    if document.coverage == Stage::Complete {
        let what = "no case and no scenario names it; add one, or say in the ledger why it is untestable or contested";
        return uncovered.map(|e| format!("{}: {what}", e.id)).collect();
    }
    let what = "called growing, but every entry has a test or a reason; call it complete";
    uncovered.peek().map_or_else(|| vec![format!("{}: {what}", document.name())], |_| vec![])
}
