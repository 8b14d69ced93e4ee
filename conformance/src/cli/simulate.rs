use crate::exit::Exit;
use crate::project::Failure;
use crate::simulate::{self, Libraries, NAMES};
use mimicheck::entropy::Seed;
use mimicheck::sim::{Scenario, Trace, run as simulate_one};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  mimicheck simulate
  mimicheck simulate scenarios/leaving.yaml --trace leaving.json
  mimicheck simulate my-scenario.yaml --seed another

Exit code 0 where everything holds, 1 where something does not, 2 for a scenario that can not be run.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Scenarios, YAML or JSON [default: every one in scenarios/]
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// Where all randomness comes from
    #[arg(long, value_name = "TEXT", default_value = "mimicheck")]
    seed: String,
    /// The MLS library of devices that name none
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(NAMES))]
    engine: Option<String>,
    /// Write the trace as JSON; needs exactly one scenario
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Only what does not hold
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let paths = match args.scenarios.as_slice() {
        [] => simulate::all(&super::project(root)?.scenarios())?,
        given => given.to_vec(),
    };
    if args.trace.is_some() && paths.len() != 1 {
        return Err(Failure::usage("--trace takes one scenario"));
    }
    let variants = match variants(&paths)? {
        // A trace is of one run: of the scenario as it is written.
        all if args.trace.is_some() => all.into_iter().take(1).collect(),
        all => all,
    };
    let mut failed = 0_usize;
    let mut played = 0_usize;
    for (path, scenario) in variants {
        played += 1;
        let trace = traced(&path, &scenario, &args.seed, args.engine.as_deref())?;
        if let Some(file) = &args.trace {
            write(file, &trace)?;
        }
        let failures: Vec<_> = trace.failures().collect();
        failed += usize::from(!failures.is_empty());
        if args.quiet {
            for failure in failures {
                anstream::println!("{}: {failure}", trace.scenario);
            }
        } else {
            anstream::println!("{}", simulate::render(&trace));
        }
    }
    if played > 1 {
        anstream::println!("{} of {played} scenarios hold", played - failed);
    }
    Ok(if failed == 0 { Exit::Ok } else { Exit::Conformance })
}

/// Each scenario in these files, as it is written and as it is played besides.
fn variants(paths: &[PathBuf]) -> Result<Vec<(PathBuf, Scenario)>, Failure> {
    let mut all = vec![];
    for path in paths {
        let variants = simulate::scenario(path)?.variants();
        all.extend(variants.into_iter().map(|scenario| (path.clone(), scenario)));
    }
    Ok(all)
}

/// Runs the scenario in this file as it is written.
pub(super) fn one(path: &Path, seed: &str, engine: Option<&str>) -> Result<Trace, Failure> {
    traced(path, &simulate::scenario(path)?, seed, engine)
}

fn traced(path: &Path, scenario: &Scenario, seed: &str, engine: Option<&str>) -> Result<Trace, Failure> {
    let engines = Libraries { default: engine.map(str::to_owned) };
    simulate_one(scenario, &Seed::new(seed), &engines).map_err(|e| Failure::usage(format!("{}: {e}", path.display())))
}

fn write(file: &Path, trace: &Trace) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(trace).map_err(Failure::harness)?;
    text.push('\n');
    std::fs::write(file, text).map_err(|e| Failure::usage(format!("{}: {e}", file.display())))
}
