use super::mixed::{Meeting, can_meet};
use super::{output, select};
use crate::exit::Exit;
use crate::expectations::{self, Expectations};
use crate::project::Failure;
use crate::report::{Final, Report, Run, json};
use crate::runner::{Judged, Limits, Session, Settings, Target, default_workers};
use indicatif::{ProgressBar, ProgressStyle};
use mimicheck::vector::Profile;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  mimicheck run --adapter ./my-adapter
  mimicheck run --adapter 'node adapter.js' --run 'content/decode/*' --junit report/junit.xml
  mimicheck run --adapter reference --adapter ./my-adapter --html report
  mimicheck run --adapter mls-rs --adapter ./my-adapter --run 'mixed/*'
  mimicheck run --adapter ./my-adapter --write-expectations conformance/expectations/my-mimi.json

An adapter is the name of a built-in one (mimicheck list adapters), a path, or a command line;
no shell reads it. A .py file that is not executable is run by python3. The protocol is described
in conformance/README.md, and mimicheck doctor helps to write one.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Implementation to judge; may be given several times
    #[arg(long, short, required = true, value_name = "ADAPTER")]
    adapter: Vec<String>,
    /// With two or more that play clients: do not let them meet in scenarios
    #[arg(long)]
    no_mixed: bool,
    /// Write as JSON what came of the scenarios in which implementations met
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    matrix: Option<PathBuf>,
    /// Run built-in adapters as processes too
    #[arg(long)]
    isolate: bool,
    /// How strictly to judge [default: strict for the reference, receiver for others]
    #[arg(long, value_name = "strict|receiver", value_parser = profile)]
    profile: Option<Profile>,
    /// Seconds for one case
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    timeout: Duration,
    /// Seconds from the start of an adapter to its hello
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    start_timeout: Duration,
    /// Expected failures [default: conformance/expectations/NAME.json, NAME as in hello]
    #[arg(long, value_name = "FILE", help_heading = "Expectations")]
    expectations: Option<PathBuf>,
    /// Write the expectations under which this run would pass, to be reviewed
    #[arg(long, value_name = "FILE", help_heading = "Expectations")]
    write_expectations: Option<PathBuf>,
    /// An earlier --json report: what passed there and is unsupported now is a failure
    #[arg(long, value_name = "FILE", help_heading = "Expectations")]
    baseline: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// What `check` takes too.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Workers, each with a process of its own [default: one a core, at most 8]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
    /// Stop at the first case that fails the run
    #[arg(long)]
    fail_fast: bool,
    #[command(flatten)]
    cases: select::Options,
    #[command(flatten)]
    order: select::Order,
    #[command(flatten)]
    output: output::Options,
}

/// What `run` adds to it.
#[derive(Default)]
pub(super) struct Extra<'a> {
    pub profile: Option<Profile>,
    pub limits: Limits,
    pub expectations: Option<&'a Path>,
    pub write_expectations: Option<&'a Path>,
    pub baseline: Option<&'a Path>,
    pub mixed: bool,
    pub matrix: Option<&'a Path>,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    if args.adapter.len() > 1 && (args.expectations.is_some() || args.write_expectations.is_some()) {
        return Err(Failure::usage("an expectations FILE is about one adapter; give one --adapter"));
    }
    let targets = args.adapter.iter().map(|given| {
        let target = Target::parse(given)?;
        if args.isolate { target.isolated() } else { Ok(target) }
    });
    let extra = Extra {
        profile: args.profile,
        limits: Limits { start: args.start_timeout, case: args.timeout },
        expectations: args.expectations.as_deref(),
        write_expectations: args.write_expectations.as_deref(),
        baseline: args.baseline.as_deref(),
        mixed: !args.no_mixed,
        matrix: args.matrix.as_deref(),
    };
    judge(targets.collect::<Result<_, _>>()?, &args.common, &extra, root)
}

/// Judges the targets one after the other and writes one report.
pub(super) fn judge(
    targets: Vec<Target>,
    common: &Common,
    extra: &Extra<'_>,
    root: Option<&Path>,
) -> Result<Exit, Failure> {
    let project = super::project(root)?;
    common.output.check()?;
    let cases = common.cases.cases(&project, &common.order)?;
    let mut report =
        Report { version: env!("CARGO_PKG_VERSION").to_owned(), seed: common.order.seed.clone(), runs: vec![] };
    let settings = Settings {
        workers: common.jobs.unwrap_or_else(default_workers),
        limits: extra.limits,
        fail_fast: common.fail_fast,
        profile: extra.profile,
    };
    let (run, skip) = (common.cases.run.as_slice(), common.cases.skip.as_slice());
    let mut meeting = Meeting {
        targets: vec![],
        names: vec![],
        expectations: vec![],
        limits: extra.limits,
        matrix: extra.matrix,
        run,
        skip,
    };
    for target in targets {
        let session = Session::start(target.clone(), settings)?;
        let name = session.hello().name.clone();
        let expectations = match extra.expectations {
            Some(path) => Expectations::read(path, &name)?,
            None => Expectations::default_for(&project.expectations(), &name)?,
        };
        let baseline = extra.baseline.map_or_else(|| Ok(BTreeSet::new()), |path| passed(path, &name))?;
        let bar = progress(&common.output, cases.jobs.len(), &name);
        let judged = Judged { jobs: &cases.jobs, all: &cases.all, expectations: &expectations, baseline: &baseline };
        let run = session.run(judged, &|_: Final| bar.inc(1))?;
        bar.finish_and_clear();
        if run.results.len() < cases.jobs.len() {
            anstream::eprintln!("stopped after {} of {} cases (--fail-fast)", run.results.len(), cases.jobs.len());
        }
        if expectations.unreviewed() > 0 {
            let n = expectations.unreviewed();
            anstream::eprintln!("{n} expectations are {}: look at them, and say why", expectations::UNREVIEWED);
        }
        if let Some(path) = extra.write_expectations {
            write_expectations(path, &run)?;
        }
        if can_meet(&run.hello.ops) {
            meeting.targets.push(target);
            meeting.names.push(name);
            meeting.expectations.push(expectations);
        }
        report.runs.push(run);
    }
    if !cases.jobs.is_empty() {
        common.output.write(&report, &project)?;
    }
    let met = if extra.mixed {
        meeting.hold(&project, common.output.progress(), common.output.is_quiet())?
    } else {
        Exit::Ok
    };
    Ok(output::exit(&report).worse(met))
}

fn progress(options: &output::Options, cases: usize, name: &str) -> ProgressBar {
    if !options.progress() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(cases).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    // The name is another program's: it must not steer the terminal.
    bar.with_message(name.chars().filter(|c| !c.is_control()).take(40).collect::<String>())
}

fn write_expectations(path: &Path, run: &Run) -> Result<(), Failure> {
    let file = expectations::from_run(run);
    let mut text = serde_json::to_string_pretty(&file).map_err(Failure::harness)?;
    text.push('\n');
    output::write_file("--write-expectations", path, &text)?;
    let n = file.expectations.iter().filter(|e| e.because == expectations::UNREVIEWED).count();
    anstream::eprintln!("wrote {}: {} expectations, {n} of them unreviewed", path.display(), file.expectations.len());
    Ok(())
}

/// Ids of the cases that passed for this implementation in an earlier report.
fn passed(path: &Path, name: &str) -> Result<BTreeSet<String>, Failure> {
    let at = |e: &dyn std::fmt::Display| Failure::usage(format!("--baseline {}: {e}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| at(&e))?;
    let earlier = json::parse(&text).map_err(|e| at(&e))?;
    let mut runs = earlier.runs.into_iter().filter(|run| run.name == name).peekable();
    if runs.peek().is_none() {
        return Err(at(&format!("has no run of {name}")));
    }
    Ok(runs.flat_map(|run| run.cases).filter(|c| c.verdict == Final::Pass).map(|c| c.id).collect())
}

fn profile(text: &str) -> Result<Profile, String> {
    match text {
        "strict" => Ok(Profile::Strict),
        "receiver" => Ok(Profile::Receiver),
        _ => Err("neither strict nor receiver".to_owned()),
    }
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a positive number of seconds".to_owned()),
    }
}
