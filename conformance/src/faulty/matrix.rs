//! The kill matrix: every bug against every case, in this process.

use super::adapter::make;
use super::bug::Bug;
use crate::project::Failure;
use crate::runner::{Asked, Job, Worker};
use mimicheck::adapter::Answer;
use mimicheck::vector::{Case, Dialect, Outcome, Profile, Verdict, judge_steps};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long an answer in this process may take; the slowest of the vectors take some milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a bug costs in cases.
#[derive(Clone, Debug)]
pub struct Kill {
    /// The bug.
    pub bug: &'static Bug,
    /// Ids of the cases that fail an implementation which claims to refuse what does not conform.
    pub strict: Vec<String>,
    /// How many of them fail a lenient receiver too.
    pub receiver: usize,
    /// How many of them end in a crash.
    pub crashes: usize,
    /// How many of them end in no answer.
    pub timeouts: usize,
}

/// A case, and how many bugs it kills.
#[derive(Clone, Debug)]
pub struct CaseKills {
    /// The case.
    pub job: Job,
    /// How many bugs it kills.
    pub kills: usize,
}

impl CaseKills {
    /// Why a case that kills nothing may be there all the same, in a word: `contested` and `either` never fail
    /// anybody; an `accept` shows what a bug yet unnamed would break; a `reject` looks at one more place.
    #[must_use]
    pub fn standing(&self) -> &'static str {
        let case = &self.job.case;
        match case.expect.verdict {
            _ if case.contested.is_some() => "contested",
            Verdict::Either => "either",
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
        }
    }
}

/// Every bug against every case.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// One a bug, in the order given.
    pub kills: Vec<Kill>,
    /// One a case, in the order given.
    pub cases: Vec<CaseKills>,
}

impl Matrix {
    /// Bugs that no case kills.
    pub fn survivors(&self) -> impl Iterator<Item = &'static Bug> {
        self.kills.iter().filter(|kill| kill.strict.is_empty()).map(|kill| kill.bug)
    }

    /// Cases that kill no bug.
    pub fn idle(&self) -> impl Iterator<Item = &CaseKills> {
        self.cases.iter().filter(|case| case.kills == 0)
    }
}

/// Runs every bug over every case on so many threads. `progress` is called after each bug, from any thread.
///
/// # Errors
/// A bug of this tool.
pub fn run(
    bugs: &[&'static Bug],
    jobs: &[Job],
    workers: usize,
    progress: &(dyn Fn() + Sync),
) -> Result<Matrix, Failure> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut kills = vec![];
        while let Some((place, bug)) = bugs.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed)) {
            kills.push((place, kill(bug, jobs)));
            progress();
        }
        kills
    };
    let mut kills = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers.max(1)).map(|_| scope.spawn(work)).collect();
        let mut kills = vec![];
        for thread in threads {
            kills.extend(thread.join().map_err(|_| Failure::harness("a worker thread panicked"))?);
        }
        Ok::<_, Failure>(kills)
    })?;
    kills.sort_by_key(|(place, _)| *place);
    let kills = kills.into_iter().map(|(_, kill)| kill).collect::<Result<Vec<_>, _>>()?;
    let mut by_case: BTreeMap<&str, usize> = BTreeMap::new();
    for id in kills.iter().flat_map(|kill| &kill.strict) {
        *by_case.entry(id).or_default() += 1;
    }
    let of = |job: &Job| by_case.get(job.case.id.as_str()).copied().unwrap_or(0);
    let cases = jobs.iter().map(|job| CaseKills { job: job.clone(), kills: of(job) }).collect();
    Ok(Matrix { kills, cases })
}

fn kill(bug: &'static Bug, jobs: &[Job]) -> Result<Kill, Failure> {
    let mut found = Kill { bug, strict: vec![], receiver: 0, crashes: 0, timeouts: 0 };
    let mut watched = Watched::start(bug);
    for job in jobs.iter().filter(|job| job.case.op.starts_with(bug.kind.area())) {
        let strict = match watched.ask(&job.case)? {
            Ok(answers) => {
                // Neither reasons nor offsets: a bug is caught by what it does, not by how it says so.
                let under = |profile| judge_steps(&job.case, &answers, Dialect::default(), profile);
                found.receiver += usize::from(matches!(under(Profile::Receiver), Outcome::Fail(_)));
                under(Profile::Strict)
            }
            Err(outcome) => {
                found.receiver += 1;
                found.crashes += usize::from(matches!(outcome, Outcome::Crash(_)));
                if matches!(outcome, Outcome::Timeout(_)) {
                    found.timeouts += 1;
                    watched = Watched::start(bug);
                }
                outcome
            }
        };
        match strict {
            Outcome::Pass | Outcome::Contested { .. } | Outcome::Unsupported(_) => {}
            Outcome::Fail(_) | Outcome::Crash(_) | Outcome::Timeout(_) => found.strict.push(job.case.id.clone()),
            Outcome::HarnessError(what) => return Err(Failure::harness(format!("{}: {what}", job.case.id))),
        }
    }
    Ok(found)
}

/// The answers to all steps, or how it ended.
fn said(asked: Asked) -> Result<Vec<Answer>, Outcome> {
    asked.ended.map_or(Ok(asked.answers), Err)
}

/// An implementation in a thread of its own, which is left behind when it does not answer.
struct Watched {
    cases: Sender<Arc<Case>>,
    answers: Receiver<Result<Vec<Answer>, Outcome>>,
}

impl Watched {
    fn start(bug: &'static Bug) -> Self {
        let (cases, asked) = channel::<Arc<Case>>();
        let (answer, answers) = channel();
        thread::spawn(move || {
            let Some(mut worker) = make(bug.name).map(Worker::here) else { return };
            // It ends with whoever asks.
            let _ = asked.iter().try_for_each(|case| answer.send(said(worker.ask(&case, Dialect::default()))));
        });
        Self { cases, answers }
    }

    fn ask(&mut self, case: &Arc<Case>) -> Result<Result<Vec<Answer>, Outcome>, Failure> {
        let gone = || Failure::harness("a watched thread ended");
        self.cases.send(Arc::clone(case)).map_err(|_| gone())?;
        match self.answers.recv_timeout(PATIENCE) {
            Ok(answer) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => {
                Ok(Err(Outcome::Timeout(format!("no answer within {} s", PATIENCE.as_secs_f32()))))
            }
            Err(RecvTimeoutError::Disconnected) => Err(gone()),
        }
    }
}
