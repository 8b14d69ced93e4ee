use crate::builtin;
use crate::project::Failure;
use crate::runner::{Limits, Process, Target};
use mimicheck::adapter::{Answer, Hello, Implementation};
use mimicheck::vector::Outcome;
use serde_json::{Value, json};

/// An implementation that is asked step by step.
pub(super) struct Speaker {
    hello: Hello,
    voice: Voice,
    limits: Limits,
}

enum Voice {
    Here(Box<dyn Implementation>),
    There(Box<Process>),
    /// It crashed or hung, and is not asked any more in this run.
    Gone(String),
}

/// Why there is no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// It refuses.
    Refused(String),
    /// It does not have this.
    Unsupported(String),
    /// It ended, hung, or wrote garbage.
    Gone(String),
}

impl Speaker {
    pub(super) fn start(target: &Target, limits: Limits) -> Result<Self, Failure> {
        let (voice, hello) = match target {
            Target::Builtin(spec) => {
                let implementation = builtin::make(spec)?;
                let hello = implementation.hello();
                (Voice::Here(implementation), hello)
            }
            Target::Program(command) => {
                let (process, hello) = Process::start(command, limits)?;
                (Voice::There(Box::new(process)), hello)
            }
        };
        Ok(Self { hello, voice, limits })
    }

    pub(super) fn name(&self) -> &str {
        &self.hello.name
    }

    pub(super) fn has(&self, op: &str) -> bool {
        self.hello.ops.iter().any(|o| o == op)
    }

    /// One operation of a session.
    pub(super) fn ask(&mut self, session: &str, op: &str, input: &Value) -> Result<Value, Silence> {
        if !self.has(op) {
            return Err(Silence::Unsupported(format!("{} has no {op}", self.hello.name)));
        }
        let answer = match &mut self.voice {
            Voice::Here(implementation) => implementation.step(session, op, input),
            Voice::There(process) => match process.ask(Some(session), op, input, self.limits.case) {
                Ok(answer) => answer,
                Err(outcome) => {
                    let what = match outcome {
                        Outcome::Crash(what) | Outcome::HarnessError(what) | Outcome::Timeout(what) => what,
                        other => format!("{other:?}"),
                    };
                    self.voice = Voice::Gone(what.clone());
                    return Err(Silence::Gone(what));
                }
            },
            Voice::Gone(what) => return Err(Silence::Gone(what.clone())),
        };
        match answer {
            Answer::Ok(out) => Ok(out),
            Answer::Reject(r) => {
                Err(Silence::Refused(r.message.or(r.reason).unwrap_or_else(|| "no reason given".to_owned())))
            }
            Answer::Unsupported(why) => Err(Silence::Unsupported(why)),
        }
    }

    /// Forgets a session, as far as it is still there to do so.
    pub(super) fn end(&mut self, session: &str) {
        match &mut self.voice {
            Voice::Here(implementation) => implementation.end(session),
            Voice::There(process) => {
                let _ = process.ask(Some(session), "end", &json!(null), self.limits.case);
            }
            Voice::Gone(_) => {}
        }
    }
}
