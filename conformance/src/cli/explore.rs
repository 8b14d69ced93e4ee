use super::output::write_file;
use crate::draw::svg;
use crate::exit::Exit;
use crate::explore::{
    BUGS, Envelope, Must, PROPERTIES, Played, Policy, Report, Reports, Verdict, World, each_of, explore, explore_alike,
    kill_matrix, kills, play, play_all, text, told,
};
use crate::project::Failure;
use crate::runner::default_workers;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  mimicheck explore                                 three members, three commits, two faults, every rule
  mimicheck explore --clients 4 --faults 1          another size
  mimicheck explore --clients 4 --faults 1 --alike  the same, members who are alike not told apart
  mimicheck explore --policy minority --witnesses   one rule, and how everything happens that must happen
  mimicheck explore --replay 300                    what was found, and walks, with real members and hubs
  mimicheck explore --draw pictures                 pictures of them
  mimicheck explore --bugs                          bugs of the model, and which property fails for each

A world has a policy of the hub (when it ends a branch), a rule of its clients for false envelopes, and members that report
where they are at once, late or not at all (prompt, late, silent). silence: messages that somebody alone took before anybody knew, at most.
Counts are the same in every run.

Exit code 1 where something does not hold that must, or holds that is expected not to, or never happens; 0 otherwise.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Members
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(3..=4))]
    clients: u8,
    /// Providers over which members are spread; the first is the hub
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    providers: u8,
    /// Commits at most, recoveries included
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=6))]
    commits: u8,
    /// Faults at most
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=4))]
    faults: u8,
    /// When the hub ends a branch [default: all of them]
    #[arg(long, value_name = "P", value_enum)]
    policy: Vec<Policy>,
    /// What clients do with false envelopes [default: both]
    #[arg(long, value_name = "RULE", value_enum)]
    envelope: Vec<Envelope>,
    /// Print the shortest path to everything that must happen
    #[arg(long)]
    witnesses: bool,
    /// Bugs of the model, and the properties that fail for each
    #[arg(long)]
    bugs: bool,
    /// Play every path that was found with real members and hubs, and N at random; compare the ends
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0")]
    replay: Option<usize>,
    /// Write a picture of each counterexample and witness, and its trace, as it is played with real members and hubs
    #[arg(long, value_name = "DIR")]
    draw: Option<PathBuf>,
    /// States that differ in the places of members who are alike count as one; paths are not the shortest
    #[arg(long, conflicts_with_all = ["witnesses", "bugs", "replay", "draw"])]
    alike: bool,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
    /// Worlds at a time [default: one a core, at most 8]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
}

pub(super) fn run(args: &Args, _: Option<&Path>) -> Result<Exit, Failure> {
    let jobs = args.jobs.unwrap_or_else(default_workers);
    if args.bugs {
        let killed = watched(|seen| kills(jobs, seen));
        anstream::print!("{}", kill_matrix(&killed));
        let caught =
            |breaks: &(_, _, _, &str)| killed.iter().any(|(b, broken)| *b == breaks.0 && broken.contains(&breaks.3));
        return Ok(if BUGS.iter().all(caught) { Exit::Ok } else { Exit::Conformance });
    }
    let worlds = worlds(args);
    let began = Instant::now();
    let reports = watched(|seen| each_of(&worlds, jobs, seen, if args.alike { explore_alike } else { explore }));
    if args.json {
        let all: Vec<Value> = reports.iter().map(as_json).collect();
        anstream::println!("{}", serde_json::to_string_pretty(&all).map_err(Failure::harness)?);
    } else {
        anstream::print!("{}", text(&reports, began.elapsed(), args.witnesses));
    }
    let found = reports.iter().flat_map(|r| &r.found);
    let mut wrong = found.filter(|f| matches!(f.verdict, Verdict::Bad | Verdict::Stale(_))).count();
    if let Some(dir) = &args.draw {
        draw(&reports, dir)?;
    }
    if let Some(walks) = args.replay {
        let all = play_all(&reports, walks, jobs);
        wrong = wrong.saturating_add(all.wrong.len());
        for (title, path, differs) in &all.wrong {
            anstream::eprintln!("{title}: {path}");
            differs.iter().for_each(|line| anstream::eprintln!("    {line}"));
        }
        let Played { played, unsayable, wrong } = all;
        let same = played.saturating_sub(wrong.len());
        anstream::eprintln!(
            "{same} of {played} paths end the same with real members and hubs; {unsayable} can not be said"
        );
    }
    Ok(if wrong == 0 { Exit::Ok } else { Exit::Conformance })
}

fn worlds(args: &Args) -> Vec<World> {
    let policies = [Policy::Never, Policy::Minority, Policy::Count, Policy::Operator];
    let envelopes = [Envelope::Ignore, Envelope::Follow];
    let mut worlds = vec![];
    for policy in policies.into_iter().filter(|p| args.policy.is_empty() || args.policy.contains(p)) {
        for envelope in envelopes.into_iter().filter(|e| args.envelope.is_empty() || args.envelope.contains(e)) {
            let Args { clients, providers, commits, faults, .. } = *args;
            let small = |reports: &Reports| World::small(policy, envelope, *reports);
            let of = |reports: &Reports| small(reports).sized(clients, providers, commits, faults);
            // Without reports, the rules that count have nothing to count; to the others it is the same when they come.
            let reports: &[Reports] = match policy {
                Policy::Never | Policy::Operator => &[Reports::Prompt, Reports::Silent],
                Policy::Minority => &[Reports::Prompt, Reports::Late],
                Policy::Count => &[Reports::Prompt],
            };
            worlds.extend(reports.iter().map(of));
            if (policy, envelope) == (Policy::Minority, Envelope::Follow)
                && !args.alike
                && reports.iter().map(small).eq(reports.iter().map(of))
            {
                worlds.push(World::few(envelope));
            }
        }
    }
    worlds
}

/// A picture and a trace of each property: of the first world that has a path which can be played, and where it does not hold as is
/// expected, of the first for each reason.
fn draw(reports: &[Report], dir: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(dir).map_err(|e| Failure::usage(format!("{}: {e}", dir.display())))?;
    for property in PROPERTIES {
        let mut drawn: Vec<Verdict> = vec![];
        for report in reports {
            let found = report.found.iter().find(|f| f.property.name == property.name);
            let Some((verdict, path)) = found.and_then(|f| Some((f.verdict, f.path.as_ref()?))) else { continue };
            if drawn.contains(&verdict) {
                continue;
            }
            let title = format!("{}: {}", property.name, report.world.name());
            let replay = play(&report.world, path, &title, property.name).map_err(Failure::harness)?;
            let Some(replay) = replay else { continue };
            let picture = svg::render(&replay.trace, svg::Options::default());
            drawn.push(verdict);
            let name = match drawn.len() {
                1 => property.name.to_owned(),
                n => format!("{}-{n}", property.name),
            };
            write_file("--draw", &dir.join(format!("{name}.svg")), &picture)?;
            let trace = serde_json::to_string_pretty(&replay.trace).map_err(Failure::harness)?;
            write_file("--draw", &dir.join(format!("{name}.json")), &format!("{trace}\n"))?;
        }
    }
    Ok(())
}

/// Does something that counts states, and shows the count.
fn watched<T>(does: impl FnOnce(&AtomicUsize) -> T) -> T {
    let (seen, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {human_pos} states, {per_sec}, {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                bar.set_position(u64::try_from(seen.load(Ordering::Relaxed)).unwrap_or(u64::MAX));
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        let result = does(&seen);
        done.store(true, Ordering::Relaxed);
        result
    });
    bar.finish_and_clear();
    result
}

fn as_json(report: &Report) -> Value {
    let found = report.found.iter().map(|found| {
        let (verdict, why) = match found.verdict {
            Verdict::Good => ("good", None),
            Verdict::Expected(why) => ("expected", Some(why)),
            Verdict::Bad => ("bad", None),
            Verdict::Stale(why) => ("stale", Some(why)),
        };
        let path = found.path.as_ref().map(|path| told(report.world, path));
        json!({"property": found.property.name, "says": found.property.says, "verdict": verdict, "why": why,
            "must": if found.property.must == Must::Hold { "hold" } else { "happen" }, "path": path})
    });
    json!({"world": report.world, "name": report.world.name(), "states": report.states, "unique": report.unique,
        "depth": report.depth, "silence": report.silence, "properties": found.collect::<Vec<_>>()})
}
