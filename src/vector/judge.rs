//! A case and an answer → an outcome. Pure, total, and never trusting the answer.

use super::file::{About, Case, Expect, StepRef, Verdict};
use crate::adapter::{Answer, Hello, Rejection};
use serde_json::Value;

/// How strictly rules for documents bind the implementation that is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// It is the reference: what it does with contested cases is written down too, and it has everything.
    Reference,
    /// It claims to refuse every document that does not conform.
    Strict,
    /// It is a receiver: leniency towards a nonconforming document is no failure.
    Receiver,
}

/// Which parts of a refusal an implementation speaks in this suite's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// Reasons are our codes.
    pub reasons: bool,
    /// Offsets are ours.
    pub offsets: bool,
}

impl From<&Hello> for Dialect {
    fn from(hello: &Hello) -> Self {
        Self { reasons: hello.reasons, offsets: hello.offsets }
    }
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As expected.
    Pass,
    /// The documents do not decide, or do not address a receiver; whether it did what the reference does.
    Contested {
        /// Whether it did what the reference does.
        agrees: bool,
        /// What it did instead.
        what: String,
    },
    /// Not as expected: what was.
    Fail(String),
    /// The implementation says that it does not have this.
    Unsupported(String),
    /// The process ended: how.
    Crash(String),
    /// No answer in time: how long it was waited for, and what came instead.
    Timeout(String),
    /// Not the implementation's fault.
    HarnessError(String),
}

/// Holds an answer against a case of one step.
#[must_use]
pub fn judge(case: &Case, answer: &Answer, dialect: Dialect, profile: Profile) -> Outcome {
    judge_steps(case, std::slice::from_ref(answer), dialect, profile)
}

/// Whether the next step makes sense after this answer: a session that went wrong tells nothing more.
#[must_use]
pub fn goes_on(step: StepRef<'_>, answer: &Answer, dialect: Dialect) -> bool {
    !matches!(answer, Answer::Unsupported(_)) && difference(step.expect, answer, dialect).is_none()
}

/// Holds the answers to a case's steps against them; answers end where [`goes_on`] says so.
#[must_use]
pub fn judge_steps(case: &Case, answers: &[Answer], dialect: Dialect, profile: Profile) -> Outcome {
    for (place, step) in case.steps().enumerate() {
        let Some(answer) = answers.get(place) else {
            return Outcome::HarnessError(format!("step {} was not asked", place + 1));
        };
        let at = |what: String| if case.then.is_empty() { what } else { format!("{}: {what}", step_name(place, step)) };
        if let Answer::Unsupported(why) = answer {
            return match profile {
                Profile::Reference => Outcome::Fail(at(format!("the reference must have everything: {why}"))),
                Profile::Strict | Profile::Receiver => Outcome::Unsupported(at(why.clone())),
            };
        }
        let Some(what) = difference(step.expect, answer, dialect).map(at) else { continue };
        let open = case.contested.is_some() && profile != Profile::Reference;
        return if open || lenient(case, step, answer, profile) {
            Outcome::Contested { agrees: false, what }
        } else {
            Outcome::Fail(what)
        };
    }
    if case.contested.is_some() { Outcome::Contested { agrees: true, what: String::new() } } else { Outcome::Pass }
}

/// A step for people, e.g. `step 3 (client/process)`.
#[must_use]
pub fn step_name(place: usize, step: StepRef<'_>) -> String {
    format!("step {} ({})", place.saturating_add(1), step.op)
}

/// A receiver may take a document that its writer should not have written.
fn lenient(case: &Case, step: StepRef<'_>, answer: &Answer, profile: Profile) -> bool {
    profile == Profile::Receiver
        && case.about == About::Conformance
        && step.expect.verdict == Verdict::Reject
        && matches!(answer, Answer::Ok(_))
}

/// In which way an answer is not what is expected, in words; `None` when it is.
fn difference(expect: &Expect, answer: &Answer, dialect: Dialect) -> Option<String> {
    match (expect.verdict, answer) {
        (_, Answer::Unsupported(_)) => None,
        (Verdict::Accept, Answer::Ok(out)) => output(expect, out),
        (Verdict::Reject, Answer::Reject(rejection)) => refusal(expect, rejection, dialect),
        (Verdict::Either, Answer::Ok(out)) => output(expect, out),
        (Verdict::Either, Answer::Reject(rejection)) => refusal(expect, rejection, dialect),
        (Verdict::Accept, Answer::Reject(rejection)) => {
            Some(format!("rejected ({}) what must be accepted", describe(rejection)))
        }
        (Verdict::Reject, Answer::Ok(_)) => {
            let why = expect.reason.as_deref().unwrap_or("no reason given");
            Some(format!("accepted what must be rejected ({why})"))
        }
    }
}

fn output(expect: &Expect, out: &Value) -> Option<String> {
    if let Some(sealed) = &expect.sealed {
        return sealed::difference(sealed, out);
    }
    let expected = expect.out.as_ref()?;
    if expect.or.contains(out) {
        return None;
    }
    first_difference(expected, out, "").map(|(path, what)| {
        let at = if path.is_empty() { "the output".to_owned() } else { format!("out{path}") };
        format!("{at}: {what}")
    })
}

/// Deepest level at which outputs are compared member by member; below it they only are equal or not.
const MAX_PATH: usize = 64;

fn first_difference(expected: &Value, found: &Value, path: &str) -> Option<(String, String)> {
    if expected == found {
        return None;
    }
    let inner = match (expected, found) {
        _ if path.matches(['.', '[']).count() > MAX_PATH => None,
        (Value::Object(e), Value::Object(f)) => {
            let missing = e.keys().chain(f.keys()).find(|k| e.contains_key(*k) != f.contains_key(*k));
            match missing {
                Some(key) if e.contains_key(key) => Some((format!("{path}.{key}"), "is missing".to_owned())),
                Some(key) => Some((format!("{path}.{key}"), "does not belong".to_owned())),
                None => e.iter().find_map(|(k, v)| first_difference(v, f.get(k)?, &format!("{path}.{k}"))),
            }
        }
        (Value::Array(e), Value::Array(f)) if e.len() == f.len() => {
            e.iter().zip(f).enumerate().find_map(|(i, (e, f))| first_difference(e, f, &format!("{path}[{i}]")))
        }
        _ => None,
    };
    Some(inner.unwrap_or_else(|| (path.to_owned(), format!("expected {}, found {}", brief(expected), brief(found)))))
}

fn refusal(expect: &Expect, found: &Rejection, dialect: Dialect) -> Option<String> {
    if dialect.reasons
        && let Some(reason) = &expect.reason
    {
        let given = found.reason.as_deref().unwrap_or("none");
        if given != reason && !expect.also.iter().any(|a| a == given) {
            return Some(format!("rejected, as it must, but for {} and not for {reason}", describe(found)));
        }
    }
    if dialect.offsets
        && let Some(offset) = expect.offset
        && found.offset != Some(offset)
    {
        let given = found.offset.map_or_else(|| "no offset".to_owned(), |o| format!("offset {o}"));
        return Some(format!("rejected, as it must, but at {given} and not at offset {offset}"));
    }
    None
}

fn describe(rejection: &Rejection) -> String {
    let text = rejection.reason.as_deref().or(rejection.message.as_deref()).unwrap_or("no reason given");
    text.chars().take(200).collect()
}

fn brief(value: &Value) -> String {
    const LONGEST: usize = 80;
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain("…".chars()).collect()
}

mod sealed;
#[cfg(test)]
mod tests;
