//! One implementation's run: workers, order, verdicts.

use super::process::{Limits, Process};
use super::select::Job;
use super::target::Target;
use super::worker::{Asked, Worker, another};
use crate::builtin;
use crate::expectations::Expectations;
use crate::project::Failure;
use crate::report::{CaseResult, Final, Run};
use mimicheck::adapter::{Answer, Hello};
use mimicheck::vector::{Dialect, Outcome, Profile, judge_steps};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How a run is done.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Workers, each with a process of its own; at least one.
    pub workers: usize,
    /// Time limits; an implementation in this process has none.
    pub limits: Limits,
    /// Take no further case after the first that fails the run.
    pub fail_fast: bool,
    /// How strictly to judge; by default strict for the reference, as a receiver for any other.
    pub profile: Option<Profile>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { workers: default_workers(), limits: Limits::default(), fail_fast: false, profile: None }
    }
}

/// The cores that there are, at most 8.
#[must_use]
pub fn default_workers() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(8)
}

/// An implementation that has said what it is.
#[derive(Debug)]
pub struct Session {
    subject: Subject,
    /// The process that said hello, for the first worker.
    first: Option<Process>,
}

/// What all workers know of it.
#[derive(Debug)]
struct Subject {
    target: Target,
    settings: Settings,
    hello: Hello,
}

/// What there is to hold the answers against.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The cases, in the order in which to take them.
    pub jobs: &'a [Job],
    /// Every case of the vector files, before selection.
    pub all: &'a [Job],
    /// Expected failures.
    pub expectations: &'a Expectations,
    /// Cases that passed in an earlier run.
    pub baseline: &'a BTreeSet<String>,
}

impl Session {
    /// Starts the implementation, or makes it.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(target: Target, settings: Settings) -> Result<Self, Failure> {
        let (hello, first) = match &target {
            Target::Builtin(spec) => (builtin::make(spec)?.hello(), None),
            Target::Program(command) => {
                let (process, hello) = Process::start(command, settings.limits)?;
                (hello, Some(process))
            }
        };
        Ok(Self { subject: Subject { target, settings, hello }, first })
    }

    /// What it says of itself.
    #[must_use]
    pub fn hello(&self) -> &Hello {
        &self.subject.hello
    }

    /// Asks every case and judges the answers. `progress` is called after each, from any thread.
    ///
    /// # Errors
    /// A bug of this tool.
    pub fn run(self, judged: Judged<'_>, progress: &(dyn Fn(Final) + Sync)) -> Result<Run, Failure> {
        let begin = Instant::now();
        let Self { subject, mut first } = self;
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let workers = subject.settings.workers.clamp(1, judged.jobs.len().max(1));
        let subject = &subject;
        let mut results = thread::scope(|scope| {
            let (next, stop) = (&next, &stop);
            let threads: Vec<_> = (0..workers)
                .map(|_| {
                    let process = first.take();
                    scope.spawn(move || subject.work(process, judged, next, stop, progress))
                })
                .collect();
            let mut results = vec![];
            for thread in threads {
                results.extend(thread.join().map_err(|_| Failure::harness("a worker thread panicked"))?);
            }
            Ok(results)
        })?;
        subject.leave_none(&mut results, judged, &next, &stop);
        results.sort_by_key(|(order, _)| *order);
        let results: Vec<_> = results.into_iter().map(|(_, result)| result).collect();
        Ok(Run {
            adapter: subject.target.given().to_owned(),
            profile: subject.profile(),
            hello: subject.hello.clone(),
            available: judged.all.len(),
            stale: judged.expectations.stale(judged.all, &results),
            results,
            duration: begin.elapsed(),
        })
    }
}

impl Subject {
    /// How strictly it is judged.
    fn profile(&self) -> Profile {
        let reference = self.target.given() == "reference";
        self.settings.profile.unwrap_or(if reference { Profile::Strict } else { Profile::Receiver })
    }

    /// A worker for a thread; none when an adapter that has started once does not start again.
    fn worker(&self, process: Option<Process>) -> Option<Worker> {
        match (&self.target, process) {
            (Target::Builtin(spec), _) => builtin::make(spec).ok().map(Worker::here),
            (Target::Program(command), Some(process)) => {
                Some(Worker::there(command.clone(), self.settings.limits, process))
            }
            (Target::Program(command), None) => another(command, self.settings.limits, &self.hello).ok(),
        }
    }

    fn work(
        &self,
        process: Option<Process>,
        judged: Judged<'_>,
        next: &AtomicUsize,
        stop: &AtomicBool,
        progress: &(dyn Fn(Final) + Sync),
    ) -> Vec<(usize, CaseResult)> {
        let mut results = vec![];
        let Some(mut worker) = self.worker(process) else { return results };
        while !stop.load(Ordering::Relaxed) && !worker.gave_up() {
            let Some(job) = judged.jobs.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            let begin = Instant::now();
            let missing = job.case.steps().find(|step| !self.hello.ops.iter().any(|op| op == step.op));
            let asked = match missing {
                None => worker.ask(&job.case, Dialect::from(&self.hello)),
                Some(step) => unsupported(format!("hello does not list the operation {}", step.op)),
            };
            let result = self.settle(job, asked, begin.elapsed(), judged);
            progress(result.verdict);
            if self.settings.fail_fast && result.verdict.fails() {
                stop.store(true, Ordering::Relaxed);
            }
            results.push((job.order, result));
        }
        worker.finish();
        results
    }

    /// The cases that no worker was left to take get their verdict too.
    fn leave_none(
        &self,
        results: &mut Vec<(usize, CaseResult)>,
        judged: Judged<'_>,
        next: &AtomicUsize,
        stop: &AtomicBool,
    ) {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let taken = next.load(Ordering::Relaxed).min(judged.jobs.len());
        for job in judged.jobs.get(taken..).unwrap_or_default() {
            let what = "not asked: the adapter did not start again after a crash".to_owned();
            let asked = Asked { answers: vec![], ended: Some(Outcome::Crash(what)), stderr: String::new() };
            results.push((job.order, self.settle(job, asked, Duration::ZERO, judged)));
        }
    }

    fn settle(&self, job: &Job, asked: Asked, duration: Duration, judged: Judged<'_>) -> CaseResult {
        let Asked { answers, ended, stderr } = asked;
        let outcome =
            ended.unwrap_or_else(|| judge_steps(&job.case, &answers, Dialect::from(&self.hello), self.profile()));
        let outcome = match outcome {
            Outcome::Unsupported(why) if judged.baseline.contains(&job.case.id) => {
                Outcome::Fail(format!("passed in the baseline and is unsupported now: {why}"))
            }
            outcome => outcome,
        };
        let (verdict, because) = judged.expectations.settle(&job.case.id, &outcome);
        CaseResult {
            case: job.case.clone(),
            family: job.family.clone(),
            outcome,
            verdict,
            because,
            answers,
            stderr,
            duration,
        }
    }
}

fn unsupported(why: String) -> Asked {
    Asked { answers: vec![Answer::Unsupported(why)], ended: None, stderr: String::new() }
}
