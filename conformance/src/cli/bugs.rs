use crate::exit::Exit;
use crate::faulty::{Bug, Idle, Kill, Matrix, find, matrix};
use crate::project::Failure;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  mimicheck bugs
  mimicheck bugs --kind thread --idle
  mimicheck bugs --bug takes-short-salt
  mimicheck bugs --json report/kill-matrix.json
  mimicheck run --adapter faulty:takes-short-salt --profile strict

Exit code 1 when a bug survives every case.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// This bug only, with every case that catches it
    #[arg(long, value_name = "NAME")]
    bug: Option<String>,
    /// Bugs of this kind only
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// List the cases that catch nothing
    #[arg(long)]
    idle: bool,
    /// Write the whole matrix as JSON; - for standard output
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    if let Some(name) = &args.bug
        && find(name).is_none()
    {
        return Err(Failure::usage(format!("no bug {name}; see mimicheck list adapters, or mimicheck bugs")));
    }
    let files = super::project(root)?.load_vectors()?;
    let wanted =
        |bug: &Bug| args.bug.as_ref().is_none_or(|n| n == bug.name) && args.kind.as_ref().is_none_or(|k| k == bug.kind);
    let bar = ProgressBar::new(u64::try_from(crate::faulty::all().filter(|b| wanted(b)).count()).unwrap_or(0));
    let matrix = matrix(&files, wanted, || bar.inc(1));
    bar.finish_and_clear();
    if matrix.kills.is_empty() {
        return Err(Failure::usage("no bug of that kind; see mimicheck bugs"));
    }
    match args.json.as_deref() {
        Some(path) if path == Path::new("-") => anstream::println!("{:#}", as_json(&matrix)),
        json => {
            if let Some(path) = json {
                let text = format!("{:#}\n", as_json(&matrix));
                std::fs::write(path, text).map_err(|e| Failure::usage(format!("{}: {e}", path.display())))?;
            }
            print(&matrix, args);
        }
    }
    Ok(if matrix.survivors().next().is_none() { Exit::Ok } else { Exit::Conformance })
}

fn print(matrix: &Matrix, args: &Args) {
    let width = matrix.kills.iter().map(|k| k.bug.name.len()).max().unwrap_or(0);
    anstream::println!("{:<11} {:<width$} {:>6} {:>8}  caught by", "kind", "bug", "strict", "receiver");
    for kill in &matrix.kills {
        let first = kill.strict.first().map_or("NOTHING", String::as_str);
        let Kill { bug, strict, receiver } = kill;
        anstream::println!("{:<11} {:<width$} {:>6} {receiver:>8}  {}", bug.kind, bug.name, strict.len(), cut(first));
        if args.bug.is_some() {
            anstream::println!("  {}", bug.about);
            for id in strict {
                anstream::println!("  {id}");
            }
        }
    }
    let caught = matrix.kills.len() - matrix.survivors().count();
    anstream::println!("\n{caught} of {} bugs caught, over {} cases", matrix.kills.len(), matrix.cases);
    let safe_for_receivers = matrix.kills.iter().filter(|k| k.receiver == 0).count();
    anstream::println!("{safe_for_receivers} of them fail no case under the receiver profile: they bind writers only");
    if args.bug.is_none() && args.kind.is_none() {
        idle(matrix, args.idle);
    }
}

/// Cases that catch nothing, by family: a case may earn its place by what it accepts.
fn idle(matrix: &Matrix, list: bool) {
    let mut families: BTreeMap<&str, BTreeMap<Idle, usize>> = BTreeMap::new();
    for (id, why) in &matrix.idle {
        let family = id.rsplit_once('/').map_or(id.as_str(), |(family, _)| family);
        *families.entry(family).or_default().entry(*why).or_default() += 1;
    }
    anstream::println!("\n{} cases catch none of these bugs (--idle lists them):", matrix.idle.len());
    anstream::println!("  {:<20} {:>9} {:>8} {:>8}", "family", "contested", "accepts", "refuses");
    for (family, counts) in families {
        let count = |why| counts.get(&why).copied().unwrap_or(0);
        let [contested, accepts, refuses] = [Idle::Contested, Idle::Accepts, Idle::Refuses].map(count);
        anstream::println!("  {family:<20} {contested:>9} {accepts:>8} {refuses:>8}");
    }
    anstream::println!(
        "A contested case fails nobody; one that accepts guards against what is stricter than the\n\
         documents; one that refuses stands at another place than those that catch a bug."
    );
    for (id, _) in matrix.idle.iter().filter(|_| list) {
        anstream::println!("  {id}");
    }
}

fn cut(id: &str) -> String {
    const LONGEST: usize = 36;
    if id.chars().count() <= LONGEST { id.to_owned() } else { id.chars().take(LONGEST - 1).chain(['…']).collect() }
}

fn as_json(matrix: &Matrix) -> Value {
    let bugs = matrix.kills.iter().map(|k| {
        let Kill { bug, strict, receiver } = k;
        json!({"name": bug.name, "kind": bug.kind, "about": bug.about, "caught_by": strict, "receiver": receiver})
    });
    json!({"bugs": bugs.collect::<Vec<_>>(), "idle_cases": matrix.idle.iter().map(|(id, _)| id).collect::<Vec<_>>()})
}
