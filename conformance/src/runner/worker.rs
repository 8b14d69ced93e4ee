//! Who answers a case: a process, restarted when need be, or this one.

use super::process::{Limits, Process};
use super::target::Command;
use crate::project::Failure;
use mimicheck::adapter::{Answer, Hello, Implementation, stateful};
use mimicheck::vector::{Case, Dialect, Outcome, StepRef, goes_on, step_name};
use serde_json::Value;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// What became of asking.
pub(crate) struct Asked {
    /// The answers to the steps, as far as it was asked.
    pub answers: Vec<Answer>,
    /// What became of the step after them, where no answer came.
    pub ended: Option<Outcome>,
    /// What was written on stderr meanwhile.
    pub stderr: String,
}

/// Starts in a row that may fail before a worker gives up.
const PATIENCE: usize = 3;

/// Answers cases, one after the other.
pub(crate) enum Worker {
    /// In this process.
    Here(Box<dyn Implementation>),
    /// A process of its own.
    There(There),
}

/// A process and how to start another.
pub(crate) struct There {
    command: Command,
    limits: Limits,
    process: Option<Process>,
    failed_starts: usize,
}

impl Worker {
    /// An implementation in this process.
    pub(crate) fn here(implementation: Box<dyn Implementation>) -> Self {
        hush_panics();
        Self::Here(implementation)
    }

    /// A process that has started already, and what to start when it ends.
    pub(super) fn there(command: Command, limits: Limits, process: Process) -> Self {
        Self::There(There { command, limits, process: Some(process), failed_starts: 0 })
    }

    /// Asks it one case, step by step, for as long as the answers are as expected.
    pub(crate) fn ask(&mut self, case: &Case, dialect: Dialect) -> Asked {
        match self {
            Self::Here(implementation) => {
                let (answers, ended) = steps(case, dialect, |session, step| {
                    guarded(|| match session {
                        Some(session) => implementation.step(session, step.op, step.input),
                        None => implementation.answer(step.op, step.input),
                    })
                });
                if stateful(&case.op) {
                    // A session that cannot even be forgotten has shown its fault already.
                    let _ = guarded(|| implementation.end(&case.id));
                }
                Asked { answers, ended, stderr: String::new() }
            }
            Self::There(there) => there.ask(case, dialect),
        }
    }

    /// Whether it is of no use any more.
    pub(super) fn gave_up(&self) -> bool {
        matches!(self, Self::There(there) if there.failed_starts >= PATIENCE)
    }

    /// Lets a process end by itself.
    pub(super) fn finish(self) {
        if let Self::There(There { process: Some(process), .. }) = self {
            process.finish();
        }
    }
}

impl There {
    fn ask(&mut self, case: &Case, dialect: Dialect) -> Asked {
        let mut process = match self.running() {
            Ok(process) => process,
            Err(failure) => {
                self.failed_starts += 1;
                let what = format!("not asked: after the case before, {}", failure.message);
                return Asked { answers: vec![], ended: Some(Outcome::Crash(what)), stderr: String::new() };
            }
        };
        // What came since the case before belongs to neither.
        process.stderr();
        let (answers, mut ended) =
            steps(case, dialect, |session, step| process.ask(session, step.op, step.input, self.limits.case));
        if ended.is_none() && stateful(&case.op) {
            ended = process.ask(Some(&case.id), "end", &Value::Null, self.limits.case).err();
        }
        if ended.is_some() {
            return Asked { answers, ended, stderr: process.last_words() };
        }
        let stderr = process.stderr();
        self.process = Some(process);
        Asked { answers, ended, stderr }
    }

    fn running(&mut self) -> Result<Process, Failure> {
        if let Some(process) = self.process.take() {
            return Ok(process);
        }
        let (process, _) = Process::start(&self.command, self.limits)?;
        self.failed_starts = 0;
        Ok(process)
    }
}

/// Starts a further process of an adapter that has started once and must say the same of itself.
pub(super) fn another(command: &Command, limits: Limits, first: &Hello) -> Result<Worker, Failure> {
    let (process, hello) = Process::start(command, limits)?;
    if hello == *first {
        Ok(Worker::there(command.clone(), limits, process))
    } else {
        Err(Failure::usage(format!("adapter {command}: hello differs from one start to the next")))
    }
}

thread_local! {
    /// The last panic of this thread while an implementation answers, `None` outside.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic is the verdict on a case, with its message; it need not be printed as well.
fn hush_panics() {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let hushed = PANIC.with_borrow_mut(|panic| panic.as_mut().map(|p| *p = info.to_string()).is_some());
            if !hushed {
                usual(info);
            }
        }));
    });
}

fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Outcome> {
    PANIC.set(Some(String::new()));
    let done = catch_unwind(AssertUnwindSafe(work));
    let what = PANIC.take().unwrap_or_default();
    done.map_err(|_| Outcome::Crash(what))
}

/// Asks step by step until one goes wrong; with the outcome of the step that was not answered, if one was not.
fn steps(
    case: &Case,
    dialect: Dialect,
    mut ask: impl FnMut(Option<&str>, StepRef<'_>) -> Result<Answer, Outcome>,
) -> (Vec<Answer>, Option<Outcome>) {
    let session = stateful(&case.op).then_some(case.id.as_str());
    let mut answers = vec![];
    for (place, step) in case.steps().enumerate() {
        match ask(session, step) {
            Ok(answer) => {
                let on = goes_on(step, &answer, dialect);
                answers.push(answer);
                if !on {
                    break;
                }
            }
            Err(Outcome::Crash(what)) if !case.then.is_empty() => {
                return (answers, Some(Outcome::Crash(format!("{}: {what}", step_name(place, step)))));
            }
            Err(outcome) => return (answers, Some(outcome)),
        }
    }
    (answers, None)
}
