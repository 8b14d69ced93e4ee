//! The Test Anything Protocol, version 14: one subtest an implementation, one test point a case.
//!
//! An unexpected pass is a plain `not ok`: TAP's own `ok … # TODO` would not fail the run, and it must.

use super::model::{CaseResult, Final, Report, Run};
use super::text;
use std::fmt::Write as _;

/// The report as TAP 14.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::from("TAP version 14\n");
    if report.runs.is_empty() {
        out.push_str("1..0 # SKIP no implementation was run\n");
        return out;
    }
    let _ = writeln!(out, "1..{}", report.runs.len());
    for (number, run) in (1_usize..).zip(&report.runs) {
        let name = escape(&text::implementation(run));
        let _ = writeln!(out, "\n# Subtest: {name}");
        let _ = writeln!(out, "    # {} profile, {}", text::profile(run.profile), text::denominator(run));
        for entry in &run.stale {
            let _ = writeln!(out, "    # stale expectation: {}", text::line(&text::cut(entry, 600)));
        }
        points(&mut out, run);
        let _ = writeln!(out, "{} {number} - {name}", status(!run.failed()));
    }
    out
}

fn points(out: &mut String, run: &Run) {
    if run.results.is_empty() {
        out.push_str("    1..0 # SKIP no case was selected\n");
        return;
    }
    let _ = writeln!(out, "    1..{}", run.results.len());
    for (number, result) in (1_usize..).zip(&run.results) {
        let verdict = result.verdict;
        let ok = !verdict.fails() && verdict != Final::ExpectedFailure;
        let because = result.because.as_deref().map(|b| text::line(&text::cut(b, 400))).unwrap_or_default();
        let directive = match verdict {
            Final::Unsupported => format!(" # SKIP {}", escape(&text::what(result))),
            Final::ExpectedFailure => format!(" # TODO {}", escape(&because)),
            _ => String::new(),
        };
        let _ = writeln!(out, "    {} {number} - {}{directive}", status(ok), escape(&text::line(&result.case.id)));
        if !matches!(verdict, Final::Pass | Final::Unsupported) {
            diagnostic(out, result, &because);
        }
    }
}

/// A YAML block; its values are JSON strings, which YAML 1.2 reads as they are.
fn diagnostic(out: &mut String, result: &CaseResult, because: &str) {
    let mut lines = vec![
        ("verdict", result.verdict.name().to_owned()),
        ("comment", text::line(&result.case.comment)),
        ("what", text::what(result)),
        ("because", because.to_owned()),
        ("expected", text::expected(result.step().expect)),
        ("answered", text::answered(result.answer())),
        ("requirements", text::line(&result.case.requirements.join(" "))),
        ("input", text::input(result.step(), 400)),
        ("stderr", text::stderr(result)),
    ];
    lines.retain(|(_, value)| !value.is_empty());
    out.push_str("      ---\n");
    for (key, value) in lines {
        let _ = writeln!(out, "      {key}: {}", serde_json::Value::from(value));
    }
    let _ = writeln!(out, "      duration_us: {}\n      ...", result.duration.as_micros());
}

const fn status(ok: bool) -> &'static str {
    if ok { "ok" } else { "not ok" }
}

/// A description in which no `#` starts a directive.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('#', "\\#")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn looks_as_agreed() {
        insta::assert_snapshot!(render(&fixture::report()));
    }

    /// Every line is one that TAP 14 knows, plans match, and a run fails exactly when a point without directive does.
    #[test]
    fn every_line_is_valid_and_points_match_the_plan() {
        for report in [fixture::report(), fixture::hostile()] {
            let text = render(&report);
            let (mut points, mut planned, mut failed) = (0, 0, false);
            for line in text.lines().skip(1).filter(|l| !l.is_empty()) {
                let inner = line.strip_prefix("    ");
                match inner.unwrap_or(line) {
                    l if l.starts_with("# ") || l.starts_with("  ") => {}
                    l if l.starts_with("1..") => planned += l[3..].parse::<usize>().unwrap(),
                    l if l.starts_with("ok ") || l.starts_with("not ok ") => {
                        points += 1;
                        let bad = l.starts_with("not ok") && !l.contains(" # TODO ");
                        if inner.is_none() {
                            assert_eq!(bad, failed, "{l}");
                        }
                        failed = inner.is_some() && (failed || bad);
                    }
                    l => panic!("not TAP: {l}"),
                }
            }
            assert_eq!(points, planned);
            assert_eq!(points, report.runs.iter().map(|r| r.results.len() + 1).sum::<usize>());
        }
    }

    #[test]
    fn nothing_run_is_not_a_pass() {
        let mut report = fixture::report();
        report.runs[0].results.clear();
        assert!(render(&report).contains("    1..0 # SKIP no case was selected\n"));
        report.runs.clear();
        assert!(render(&report).contains("\n1..0 # SKIP"));
    }
}
