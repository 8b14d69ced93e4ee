//! Where a report goes: arguments that several subcommands share.

use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::project::{Failure, Project};
use crate::report::{Final, Report, html, json, junit, markdown, tap, terminal};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The forms of a report. Those to `-` go to stdout, and the table then to stderr.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Options {
    /// Write the report as JSON; - is stdout
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    json: Option<PathBuf>,
    /// Write the report as JUnit XML
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    junit: Option<PathBuf>,
    /// Write the report as TAP 14; - is stdout
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    tap: Option<PathBuf>,
    /// Write the report as Markdown; - is stdout
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    markdown: Option<PathBuf>,
    /// Write the report as a page to read in a browser
    #[arg(long, value_name = "DIR", help_heading = "Reports")]
    html: Option<PathBuf>,
    /// No table
    #[arg(long, short, help_heading = "Reports")]
    quiet: bool,
    /// Every failing and contested case under the table, with stderr
    #[arg(long, short, conflicts_with = "quiet", help_heading = "Reports")]
    verbose: bool,
}

type Render = fn(&Report) -> String;

impl Options {
    /// Whether nothing is to be printed but failures of this tool.
    pub(super) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether to show progress: on a terminal, unless told to be quiet.
    pub(super) fn progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Two forms cannot share stdout; said before anything runs.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.to_stdout() > 1 {
            return Err(Failure::usage("only one report can go to stdout; give the others a FILE"));
        }
        Ok(())
    }

    fn files(&self) -> [(&'static str, Option<&Path>, Render); 4] {
        [
            ("--json", self.json.as_deref(), json::render),
            ("--junit", self.junit.as_deref(), junit::render),
            ("--tap", self.tap.as_deref(), tap::render),
            ("--markdown", self.markdown.as_deref(), markdown::render),
        ]
    }

    fn to_stdout(&self) -> usize {
        self.files().iter().filter(|(_, path, _)| *path == Some(Path::new("-"))).count()
    }

    /// Writes every form asked for, and the table.
    pub(super) fn write(&self, report: &Report, project: &Project) -> Result<(), Failure> {
        for (option, path, render) in self.files() {
            if let Some(path) = path {
                write_to(option, path, &render(report))?;
            }
        }
        if let Some(dir) = &self.html {
            let page = html::write(report, &requirements(project)?, dir)
                .map_err(|e| Failure::usage(format!("--html {}: {e}", dir.display())))?;
            if !self.quiet {
                anstream::eprintln!("wrote {}", page.display());
            }
        }
        if !self.quiet {
            self.table(report)?;
        }
        Ok(())
    }

    fn table(&self, report: &Report) -> Result<(), Failure> {
        // Colour is always rendered; the stream strips it where it is not wanted.
        let text = terminal::render(report, terminal::Style { color: true, width: 100, verbose: self.verbose });
        let written = if self.to_stdout() == 0 {
            writeln!(anstream::stdout(), "{}", text.trim_end())
        } else {
            writeln!(anstream::stderr(), "{}", text.trim_end())
        };
        written.or_else(closed_pipe).map_err(Failure::usage)
    }
}

/// How an invocation with these results ends.
pub(super) fn exit(report: &Report) -> Exit {
    let verdicts = || report.runs.iter().flat_map(|run| &run.results).map(|r| r.verdict);
    if verdicts().any(|v| v == Final::HarnessError) {
        Exit::Harness
    } else if verdicts().any(Final::fails) {
        Exit::Conformance
    } else if report.runs.iter().any(|run| !run.stale.is_empty()) {
        Exit::Stale
    } else {
        Exit::Ok
    }
}

fn write_to(option: &str, path: &Path, text: &str) -> Result<(), Failure> {
    if path == Path::new("-") {
        return std::io::stdout().write_all(text.as_bytes()).or_else(closed_pipe).map_err(Failure::usage);
    }
    write_file(option, path, text)
}

/// Writes a file that an option names, and the folders that it needs.
pub(super) fn write_file(option: &str, path: &Path, text: &str) -> Result<(), Failure> {
    let fault = |at: &Path, e| Failure::usage(format!("{option} {}: {e}", at.display()));
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|e| fault(dir, e))?;
    }
    std::fs::write(path, text).map_err(|e| fault(path, e))
}

/// A reader that has seen enough, such as `head`, is no failure.
fn closed_pipe(e: std::io::Error) -> std::io::Result<()> {
    if e.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(e) }
}

/// Every requirement's text by its id, for the page to show beside a case.
fn requirements(project: &Project) -> Result<BTreeMap<String, String>, Failure> {
    let ledger = Ledger::load(&project.requirements())?;
    Ok(ledger.entries().map(|e| (e.id.clone(), e.text.clone())).collect())
}
