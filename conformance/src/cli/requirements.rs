use crate::exit::Exit;
use crate::explain::wrapped;
use crate::ledger::{Cases, Counts, Coverage, Entry, Ledger, Status, coverage, level_name, problems};
use crate::project::Failure;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

const EXAMPLES: &str = "Examples:
  mimicheck requirements                       every section: entries, tested, why not
  mimicheck requirements --section 6 --untested
  mimicheck requirements --level must --contested
  mimicheck requirements --json -

Exit code 1 when an entry has neither a case nor a reason for having none, or a name has no entry.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only this section and those below it, e.g. 4 or 4.1
    #[arg(long, value_name = "S")]
    section: Option<String>,
    /// Only entries of this level
    #[arg(long, value_name = "L", value_parser = ["must", "should", "may", "format"])]
    level: Option<String>,
    /// List the entries that no case names
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
    let ledger = Ledger::load(&project.requirements())?;
    let cases = Cases::link(&files);
    let found = problems(&ledger, &files);
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
        in_section && self.level.as_deref().is_none_or(|l| level_name(entry.level) == l)
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
                let _ = writeln!(page, "{}  ({} cases)", entry.id, cases.of(&entry.id).len());
                page.push_str(&wrapped(&entry.text, 2));
                for reading in &entry.contested {
                    page.push_str(&wrapped(&format!("- {reading}"), 4));
                }
            }
            page.push('\n');
        }
        page.push_str(&table(coverage));
        page
    }
}

fn table(coverage: &Coverage) -> String {
    let mut table = format!(
        "{:<9}{:>8}{:>8}{:>14}{:>12}{:>8}{:>11}\n",
        "section", "entries", "tested", "of them open", "untestable", "open", "uncovered"
    );
    let mut row = |name: &str, c: &Counts| {
        let _ = writeln!(
            table,
            "{name:<9}{:>8}{:>8}{:>14}{:>12}{:>8}{:>11}",
            c.entries, c.tested, c.tested_contested, c.untestable, c.open, c.uncovered
        );
    };
    for (name, counts) in &coverage.sections {
        row(name, counts);
    }
    row("total", &coverage.total);
    table.push_str("\nentries = tested + untestable + open + uncovered; open: the documents do not decide.\n");
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
        json!({"entry": e, "status": cases.status(e), "cases": ids})
    };
    let sections: Vec<Value> = coverage.sections.iter().map(|(s, c)| json!({"section": s, "counts": c})).collect();
    json!({
        "total": coverage.total,
        "sections": sections,
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
