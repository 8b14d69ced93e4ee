use crate::exit::Exit;
use crate::explain::wrapped;
use crate::ledger::{Cases, Counts, Coverage, Covered, Entry, Ledger, Stage, Status, coverage, level_name, problems};
use crate::project::Failure;
use crate::simulate;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

const EXAMPLES: &str = "Examples:
  mimicheck requirements                       every document: entries, tested, why not
  mimicheck requirements --document ds-00      its sections
  mimicheck requirements --document content-08 --section 6 --untested
  mimicheck requirements --level must --contested
  mimicheck requirements --json -

Exit code 1 when an entry of a document that is not growing has neither a test nor a reason for having none, or a
name has no entry. Tests are cases of vectors/ and scenarios of scenarios/.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only this document, as its ids begin, e.g. ds-00; shows its sections
    #[arg(long, value_name = "D")]
    document: Option<String>,
    /// Only this section and those below it, e.g. 4 or 4.1
    #[arg(long, value_name = "S")]
    section: Option<String>,
    /// Only entries of this level
    #[arg(long, value_name = "L", value_parser = ["must", "should", "may", "format"])]
    level: Option<String>,
    /// List the entries that neither a case nor a scenario names
    #[arg(long)]
    untested: bool,
    /// List the entries that the documents leave open, with their readings
    #[arg(long)]
    contested: bool,
    /// Write it as JSON instead; - for standard output
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let project = super::project(root)?;
    let files = project.load_vectors()?;
    let scenarios = simulate::named(&project)?;
    let ledger = Ledger::load(&project.requirements())?;
    if let Some(name) = args.document.as_deref().filter(|n| ledger.documents.iter().all(|d| d.name() != *n)) {
        let names: Vec<&str> = ledger.documents.iter().map(|d| d.name()).collect();
        return Err(Failure::usage(format!("no document is called {name}; there are {}", names.join(", "))));
    }
    let cases = Cases::link(&files, &scenarios);
    let found = problems(&ledger, &files, &scenarios);
    let shown = |entry: &Entry| args.shows(entry);
    let coverage = coverage(&ledger, &cases, shown);
    if coverage.total.entries == 0 {
        return Err(Failure::usage("no entry of the ledger is in that section and has that level"));
    }
    match args.json.as_deref() {
        Some(to) => write(to, &as_json(&ledger, &cases, &coverage, &found, shown))?,
        None => anstream::print!("{}", args.page(&ledger, &cases, &coverage)),
    }
    for problem in &found {
        anstream::eprintln!("mimicheck: {problem}");
    }
    Ok(if found.is_empty() { Exit::Ok } else { Exit::Conformance })
}

impl Args {
    fn shows(&self, entry: &Entry) -> bool {
        let in_section = self.section.as_deref().is_none_or(|s| {
            entry.section == s || entry.section.strip_prefix(s).is_some_and(|below| below.starts_with('.'))
        });
        let of_document = self.document.as_deref().is_none_or(|d| entry.id.split(':').next() == Some(d));
        of_document && in_section && self.level.as_deref().is_none_or(|l| level_name(entry.level) == l)
    }

    fn page(&self, ledger: &Ledger, cases: &Cases<'_>, coverage: &Coverage) -> String {
        let entries = || ledger.entries().filter(|e| self.shows(e));
        let mut page = String::new();
        if self.untested {
            for entry in entries().filter(|e| cases.status(e) != Status::Tested) {
                let _ = writeln!(page, "{}  ({}, {})", entry.id, level_name(entry.level), cases.status(entry).name());
                page.push_str(&wrapped(&entry.text, 2));
                if let Some(why) = &entry.untestable {
                    page.push_str(&wrapped(&format!("untestable: {why}"), 2));
                }
            }
            page.push('\n');
        }
        if self.contested {
            for entry in entries().filter(|e| !e.contested.is_empty()) {
                let (vectors, played) = (cases.of(&entry.id).len(), cases.played(&entry.id).len());
                let _ = writeln!(page, "{}  ({vectors} cases, {played} scenarios)", entry.id);
                page.push_str(&wrapped(&entry.text, 2));
                for reading in &entry.contested {
                    page.push_str(&wrapped(&format!("- {reading}"), 4));
                }
            }
            page.push('\n');
        }
        page.push_str(&table(coverage, self.document.is_some() || self.section.is_some()));
        page
    }
}

/// A row for each document, and before it one for each of its sections, if they are wanted.
fn table(coverage: &Coverage, with_sections: bool) -> String {
    let mut table = format!(
        "{:<13}{:>8}{:>8}{:>14}{:>12}{:>8}{:>11}\n",
        if with_sections { "section" } else { "document" },
        "entries",
        "tested",
        "of them open",
        "untestable",
        "open",
        "uncovered"
    );
    let mut row = |name: &str, c: &Counts| {
        let _ = writeln!(
            table,
            "{name:<13}{:>8}{:>8}{:>14}{:>12}{:>8}{:>11}",
            c.entries, c.tested, c.tested_contested, c.untestable, c.open, c.uncovered
        );
    };
    for document in &coverage.documents {
        for (name, counts) in document.sections.iter().filter(|_| with_sections) {
            row(name, counts);
        }
        row(&document.name, &document.total);
    }
    if coverage.documents.len() > 1 {
        row("total", &coverage.total);
    }
    table.push_str("\nentries = tested + untestable + open + uncovered; open: the documents do not decide.\n");
    let growing = coverage.documents.iter().filter(|d| d.coverage == Stage::Growing);
    let growing: Vec<&str> = growing.map(|d| d.name.as_str()).collect();
    if !growing.is_empty() {
        let _ = writeln!(table, "Growing, so uncovered is no fault yet: {}.", growing.join(", "));
    }
    table
}

fn as_json(
    ledger: &Ledger,
    cases: &Cases<'_>,
    coverage: &Coverage,
    problems: &[String],
    shown: impl Fn(&Entry) -> bool,
) -> Value {
    let entry = |e: &Entry| {
        let ids: Vec<&str> = cases.of(&e.id).iter().map(|c| c.id.as_str()).collect();
        let played: Vec<&str> = cases.played(&e.id).iter().map(|s| s.name.as_str()).collect();
        json!({"entry": e, "status": cases.status(e), "cases": ids, "scenarios": played})
    };
    let sections = |sections: &[(String, Counts)]| -> Vec<Value> {
        sections.iter().map(|(s, c)| json!({"section": s, "counts": c})).collect()
    };
    let document = |d: &Covered| json!({"document": d.name, "coverage": d.coverage, "total": d.total, "sections": sections(&d.sections)});
    json!({
        "total": coverage.total,
        "documents": coverage.documents.iter().map(document).collect::<Vec<_>>(),
        "requirements": ledger.entries().filter(|e| shown(e)).map(entry).collect::<Vec<_>>(),
        "problems": problems,
    })
}

fn write(to: &str, value: &Value) -> Result<(), Failure> {
    let text = format!("{value:#}\n");
    if to == "-" {
        anstream::print!("{text}");
        return Ok(());
    }
    std::fs::write(to, text).map_err(|e| Failure::usage(format!("{to}: {e}")))
}
