use super::select;
use crate::exit::Exit;
use crate::faulty::{self, Bug, Kill, Matrix};
use crate::project::Failure;
use crate::runner::default_workers;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  mimicheck bugs                                  every bug, and the cases that catch it
  mimicheck bugs --bug any-nan --bug salt-once    two of them, with every case
  mimicheck bugs --family 'content/thread'        what one family catches
  mimicheck bugs --idle                           cases that catch no bug, and why they are there
  mimicheck run --adapter faulty:any-nan          one of them as an implementation to be judged

A bug is caught by a wrong verdict or output, a crash or a hang under the strict profile; a contested case
never catches anything. Exit code 1 when a bug is caught by no case.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these bugs, with every case that catches them
    #[arg(long, value_name = "NAME")]
    bug: Vec<String>,
    /// Only bugs of this kind, e.g. decode, message-id, thread
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// List the bugs, and run nothing
    #[arg(long)]
    list: bool,
    /// Show the cases that catch no bug
    #[arg(long, visible_alias = "vectors-that-kill-nothing")]
    idle: bool,
    /// Write the whole matrix as JSON
    #[arg(long, value_name = "FILE|-")]
    json: Option<PathBuf>,
    /// Bugs at a time [default: one a core, at most 8]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    cases: select::Options,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let bugs = chosen(&args.bug, args.kind.as_deref())?;
    if args.list {
        let width = bugs.iter().map(|b| b.name.len()).max().unwrap_or(0);
        return show(
            &bugs.iter().map(|b| format!("{:10}  {:width$}  {}", b.kind.name(), b.name, b.about)).collect::<Vec<_>>(),
        );
    }
    let cases = args.cases.cases(&super::project(root)?, &select::Order { seed: None })?;
    let bar = ProgressBar::new(u64::try_from(bugs.len()).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("bugs {wide_bar} {pos}/{len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let matrix = faulty::run(&bugs, &cases.jobs, args.jobs.unwrap_or_else(default_workers), &|| bar.inc(1))?;
    bar.finish_and_clear();
    let to_stdout = args.json.as_deref() == Some(Path::new("-"));
    if let Some(path) = &args.json {
        let mut text = serde_json::to_string_pretty(&as_json(&matrix)).map_err(Failure::harness)?;
        text.push('\n');
        if to_stdout {
            show(&[text.trim_end()])?;
        } else {
            std::fs::write(path, text).map_err(|e| Failure::usage(format!("{}: {e}", path.display())))?;
        }
    }
    if !to_stdout {
        show(&if args.idle { idle(&matrix) } else { table(&matrix, !args.bug.is_empty()) })?;
        // What a few bugs do not need says nothing of the cases.
        show(&summary(&matrix, args.idle || bugs.len() == faulty::ALL.len()))?;
    }
    Ok(if matrix.survivors().next().is_none() { Exit::Ok } else { Exit::Conformance })
}

fn chosen(names: &[String], kind: Option<&str>) -> Result<Vec<&'static Bug>, Failure> {
    if let Some(unknown) = names.iter().find(|name| faulty::find(name).is_none()) {
        return Err(Failure::usage(format!("no bug {unknown}; mimicheck bugs --list shows them")));
    }
    let named = |bug: &&Bug| names.is_empty() || names.iter().any(|name| name == bug.name);
    let bugs: Vec<_> = faulty::ALL.iter().filter(named).filter(|b| kind.is_none_or(|k| k == b.kind.name())).collect();
    if bugs.is_empty() {
        return Err(Failure::usage("no bug of that name and kind; mimicheck bugs --list shows them"));
    }
    Ok(bugs)
}

/// A line a bug, cut to the width of a page; with `all`, every case on a line of its own.
fn table(matrix: &Matrix, all: bool) -> Vec<String> {
    const WIDTH: usize = 100;
    let name = matrix.kills.iter().map(|k| k.bug.name.len()).max().unwrap_or(0);
    let mut lines = vec![format!("{:name$}  {:>6}  {:>8}  cases", "bug", "strict", "receiver")];
    for kill in &matrix.kills {
        let ids: Vec<&str> = kill.strict.iter().map(|id| short(id)).collect();
        let start = format!("{:name$}  {:>6}  {:>8}  ", kill.bug.name, ids.len(), kill.receiver);
        let mut line = start.clone() + &ended(kill);
        if ids.is_empty() {
            line += "caught by none";
        }
        for (i, id) in ids.iter().enumerate().take_while(|_| !all) {
            let comma = if i == 0 { "" } else { ", " };
            if i > 0 && line.len() + comma.len() + id.len() + 3 > WIDTH {
                line += ", …";
                break;
            }
            line = line + comma + id;
        }
        lines.push(line.trim_end().chars().take(WIDTH).collect());
        if all {
            lines.push(format!("  {}: {}", kill.bug.kind.name(), kill.bug.about));
            lines.push(format!("  like: {}", kill.bug.like));
            lines.extend(kill.strict.iter().map(|id| format!("  {id}")));
        }
    }
    lines
}

/// How cases ended that have no answer.
fn ended(kill: &Kill) -> String {
    match (kill.crashes, kill.timeouts) {
        (0, 0) => String::new(),
        (crashes, 0) => format!("[{crashes} crash] "),
        (0, hangs) => format!("[{hangs} hang] "),
        (crashes, hangs) => format!("[{crashes} crash, {hangs} hang] "),
    }
}

fn short(id: &str) -> &str {
    id.strip_prefix("content/").unwrap_or(id)
}

fn idle(matrix: &Matrix) -> Vec<String> {
    matrix
        .idle()
        .map(|case| format!("{:9}  {}  {}", case.standing(), case.job.case.id, case.job.case.comment))
        .collect()
}

/// How many bugs are caught, and what the cases that catch none are, by family.
fn summary(matrix: &Matrix, idle: bool) -> Vec<String> {
    let survivors: Vec<_> = matrix.survivors().map(|bug| bug.name).collect();
    let killed = matrix.kills.len() - survivors.len();
    let mut lines = vec![String::new(), format!("{killed} of {} bugs are caught", matrix.kills.len())];
    if !survivors.is_empty() {
        lines.push(format!("caught by no case: {}", survivors.join(", ")));
    }
    if !idle {
        return lines;
    }
    lines.push(format!(
        "{} of {} cases catch none (mimicheck bugs --idle shows them):",
        matrix.idle().count(),
        matrix.cases.len()
    ));
    for (family, (all, standings)) in by_family(matrix) {
        let kinds: Vec<_> = standings.iter().map(|(standing, n)| format!("{n} {standing}")).collect();
        let none: usize = standings.values().sum();
        lines.push(format!("  {family:20}  {none:>4} of {all:>4}  {}", kinds.join(", ")).trim_end().to_owned());
    }
    lines
}

type Standings = BTreeMap<&'static str, usize>;

fn by_family(matrix: &Matrix) -> BTreeMap<&str, (usize, Standings)> {
    let mut families: BTreeMap<&str, (usize, Standings)> = BTreeMap::new();
    for case in &matrix.cases {
        let (all, standings) = families.entry(&case.job.family).or_default();
        *all += 1;
        if case.kills == 0 {
            *standings.entry(case.standing()).or_default() += 1;
        }
    }
    families
}

fn as_json(matrix: &Matrix) -> Value {
    let bug = |kill: &Kill| {
        json!({"bug": kill.bug.name, "kind": kill.bug.kind, "about": kill.bug.about, "like": kill.bug.like,
            "strict": kill.strict.len(), "receiver": kill.receiver, "crashes": kill.crashes,
            "timeouts": kill.timeouts, "cases": kill.strict})
    };
    let case =
        |case: &faulty::CaseKills| json!({"case": case.job.case.id, "kills": case.kills, "standing": case.standing()});
    json!({"version": env!("CARGO_PKG_VERSION"), "bugs": matrix.kills.iter().map(bug).collect::<Vec<_>>(),
        "cases": matrix.cases.iter().map(case).collect::<Vec<_>>()})
}

fn show<T: AsRef<str>>(lines: &[T]) -> Result<Exit, Failure> {
    let mut out = anstream::stdout().lock();
    for line in lines {
        match writeln!(out, "{}", line.as_ref()) {
            // Whoever reads has seen enough.
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => break,
            written => written.map_err(Failure::usage)?,
        }
    }
    Ok(Exit::Ok)
}
