//! Who answers a case: a process, restarted when need be, or this one.

use super::process::{Limits, Process};
use super::target::Command;
use crate::project::Failure;
use mimicheck::adapter::{Answer, Hello, Implementation};
use mimicheck::vector::{Case, Outcome};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// What became of asking.
pub(crate) struct Asked {
    /// The answer, or the outcome of a case that has none.
    pub answer: Result<Answer, Outcome>,
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

    /// Asks it one case.
    pub(crate) fn ask(&mut self, case: &Case) -> Asked {
        match self {
            Self::Here(implementation) => {
                Asked { answer: guarded(implementation.as_mut(), case), stderr: String::new() }
            }
            Self::There(there) => there.ask(case),
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
    fn ask(&mut self, case: &Case) -> Asked {
        let mut process = match self.running() {
            Ok(process) => process,
            Err(failure) => {
                self.failed_starts += 1;
                let what = format!("not asked: after the case before, {}", failure.message);
                return Asked { answer: Err(Outcome::Crash(what)), stderr: String::new() };
            }
        };
        // What came since the case before belongs to neither.
        process.stderr();
        let answer = process.ask(&case.op, &case.input, self.limits.case);
        if answer.is_err() {
            return Asked { answer, stderr: process.last_words() };
        }
        let stderr = process.stderr();
        self.process = Some(process);
        Asked { answer, stderr }
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

fn guarded(implementation: &mut dyn Implementation, case: &Case) -> Result<Answer, Outcome> {
    PANIC.set(Some(String::new()));
    let answer = catch_unwind(AssertUnwindSafe(|| implementation.answer(&case.op, &case.input)));
    let what = PANIC.take().unwrap_or_default();
    answer.map_err(|_| Outcome::Crash(what))
}
