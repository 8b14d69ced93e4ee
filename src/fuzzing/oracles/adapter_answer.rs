use crate::adapter::{Answer, Response};
use crate::fuzzing::{Verdict, holds};
use crate::vector::{Case, Dialect, Expect, File, Outcome, Profile, StepRef, Verdict as Expected, families, judge};
use std::sync::LazyLock;

/// Families whose files are made by playing groups: seconds of cryptography, for first steps that all expect the same.
const PLAYED: [&str; 5] = ["client/", "delivery/tracking", "room/follower", "room/hub", "room/join"];

/// Whether answers are held against the cases of this family.
fn judged(family: &str) -> bool {
    !PLAYED.iter().any(|played| family.starts_with(played))
}

/// The cases, made once: they are constants. One line answers one step, so each step is a case of its own.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let families = families::ALL.iter().filter(|family| judged(family.name));
    let files: Vec<File> = families.map(|family| (family.generate)()).collect();
    files.iter().flat_map(File::cases).flat_map(each_step).collect()
});

/// A case of one step for each step of a case.
fn each_step(case: &Case) -> Vec<Case> {
    let single = |step: StepRef<'_>| Case {
        op: step.op.to_owned(),
        input: step.input.clone(),
        expect: step.expect.clone(),
        then: vec![],
        ..case.clone()
    };
    case.steps().map(single).collect()
}

/// What answers are held against, in the order of their ids.
#[must_use]
pub fn judged_cases() -> &'static [Case] {
    &CASES
}

/// Any line of an adapter: reading it is total; what was read is written and read back as it was; and judging it
/// against the case that its id points to (modulo their number) gives no pass to a wrong verdict, an answer that was
/// not given, or an output that was not expected, and no verdict that only a runner can give.
///
/// # Errors
/// The property that does not hold.
pub fn adapter_answer(line: &str) -> Verdict {
    let Ok(response) = Response::parse(line) else { return Ok(()) };
    let written = serde_json::to_string(&response).map_err(|e| format!("cannot be written: {e}"))?;
    let again = Response::parse(&written).map_err(|e| format!("{written} cannot be read back: {e}"))?;
    holds(again == response, || format!("read back otherwise: {written}"))?;
    let count = u64::try_from(CASES.len()).unwrap_or(u64::MAX);
    let chosen = response.id.checked_rem(count).and_then(|n| usize::try_from(n).ok());
    let Some(case) = chosen.and_then(|n| CASES.get(n)) else { return Ok(()) };
    for profile in [Profile::Strict, Profile::Receiver] {
        for (reasons, offsets) in [(false, false), (false, true), (true, false), (true, true)] {
            let dialect = Dialect { reasons, offsets };
            let outcome = judge(case, &response.answer, dialect, profile);
            holds(sound(case, &response.answer, dialect, &outcome), || {
                format!("{}: {outcome:?} in {dialect:?} and {profile:?} for {written}", case.id)
            })?;
        }
    }
    Ok(())
}

/// Whether an outcome is one that the answer can have earned.
fn sound(case: &Case, answer: &Answer, dialect: Dialect, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Crash(_) | Outcome::Timeout(_) | Outcome::HarnessError(_) => false,
        Outcome::Unsupported(why) => matches!(answer, Answer::Unsupported(given) if given == why),
        Outcome::Contested { .. } => !matches!(answer, Answer::Unsupported(_)),
        Outcome::Fail(why) => case.contested.is_none() && !why.is_empty() && !right(&case.expect, answer, dialect),
        Outcome::Pass => case.contested.is_none() && right(&case.expect, answer, dialect),
    }
}

/// Whether it is the answer that is expected, or one that is just as good.
fn right(expect: &Expect, answer: &Answer, dialect: Dialect) -> bool {
    match answer {
        Answer::Unsupported(_) => false,
        Answer::Ok(out) => {
            let wanted = expect.out.as_ref().is_none_or(|expected| expected == out);
            expect.verdict != Expected::Reject && (wanted || expect.or.contains(out))
        }
        Answer::Reject(rejection) => {
            let given = rejection.reason.as_ref();
            let reason = !dialect.reasons
                || expect.reason.is_none()
                || given == expect.reason.as_ref()
                || given.is_some_and(|reason| expect.also.contains(reason));
            let offset = !dialect.offsets || expect.offset.is_none() || rejection.offset == expect.offset;
            expect.verdict != Expected::Accept && reason && offset
        }
    }
}
