//! JUnit XML, one suite an implementation and family.
//!
//! `failure`: the implementation answered wrongly. `error`: there was no answer to judge. `skipped`: it does not have
//! this, or an expectation says that it fails. A contested case passes, with a note in `system-out`.

use super::model::{CaseResult, Final, Report, Run};
use super::text;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

/// The report as JUnit XML.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = quick_junit::Report::new(format!("mimicheck {}", text::line(&report.version)));
    for run in &report.runs {
        out.add_test_suites(suites(run));
    }
    // Writing to memory does not fail.
    out.to_string().unwrap_or_default()
}

fn suites(run: &Run) -> Vec<TestSuite> {
    let adapter = text::line(&text::cut(&run.adapter, 200));
    let mut suites = vec![];
    for (family, tally) in run.families() {
        let mut suite = TestSuite::new(format!("{adapter}: {}", text::line(family)));
        suite.set_time(tally.duration);
        suite.add_property(("implementation", text::implementation(run).as_str()));
        suite.add_property(("profile", text::profile(run.profile)));
        suite.add_property(("selection", text::denominator(run).as_str()));
        for entry in &run.stale {
            suite.add_property(("stale expectation", text::line(&text::cut(entry, 600)).as_str()));
        }
        let cases = run.results.iter().filter(|r| &*r.family == family);
        suite.add_test_cases(cases.map(|result| case(&adapter, result)));
        suites.push(suite);
    }
    suites
}

fn case(adapter: &str, result: &CaseResult) -> TestCase {
    let mut case = TestCase::new(text::line(&result.case.id), status(result));
    case.set_classname(format!("{adapter}: {}", text::line(&result.family)));
    case.set_time(result.duration);
    if matches!(result.verdict, Final::ContestedAgrees | Final::ContestedDiffers) {
        let what = text::what(result);
        let colon = if what.is_empty() { "" } else { ": " };
        case.set_system_out(format!("{}{colon}{what}", text::label(result.verdict)));
    }
    let stderr = text::stderr(result);
    if !stderr.is_empty() {
        case.set_system_err(stderr);
    }
    case
}

fn status(result: &CaseResult) -> TestCaseStatus {
    let what = text::what(result);
    let because = result.because.as_deref().map(|b| text::line(&text::cut(b, 1000))).unwrap_or_default();
    let (mut status, message) = match result.verdict {
        Final::Pass | Final::ContestedAgrees | Final::ContestedDiffers => return TestCaseStatus::success(),
        Final::Unsupported => (TestCaseStatus::skipped(), what),
        Final::ExpectedFailure => (TestCaseStatus::skipped(), format!("expected failure: {because}: {what}")),
        Final::UnexpectedPass => (TestCaseStatus::non_success(NonSuccessKind::Failure), format!("{what}: {because}")),
        Final::Fail => (TestCaseStatus::non_success(NonSuccessKind::Failure), what),
        Final::Crash | Final::Timeout | Final::HarnessError => {
            (TestCaseStatus::non_success(NonSuccessKind::Error), what)
        }
    };
    status.set_message(message).set_type(result.verdict.name());
    if result.verdict.fails() {
        status.set_description(description(result));
    }
    status
}

fn description(result: &CaseResult) -> String {
    let case = &result.case;
    format!(
        "{}\nexpected: {}\nanswered: {}\nrequirements: {}\ninput: {}\nnext: mimicheck explain {}",
        text::line(&case.comment),
        text::expected(result.step().expect),
        text::answered(result.answer()),
        text::line(&case.requirements.join(" ")),
        text::input(result.step(), 2000),
        text::line(&case.id),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn looks_as_agreed() {
        insta::assert_snapshot!(render(&fixture::report()));
    }

    #[test]
    fn hostile_text_stays_text() {
        let xml = render(&fixture::hostile());
        let allowed = |c: char| !c.is_control() || c == '\n' || c == '\t';
        assert!(xml.chars().all(|c| allowed(c) && c != '\u{ffff}'));
        let read = quick_junit::Report::deserialize_from_str(&xml).expect("well-formed");
        let cases: usize = read.test_suites.iter().map(|s| s.test_cases.len()).sum();
        assert_eq!(cases, fixture::hostile().runs.iter().map(|r| r.results.len()).sum::<usize>());
    }
}
