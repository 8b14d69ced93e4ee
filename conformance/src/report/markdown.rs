//! GitHub-flavoured Markdown for the summary of a job.

use super::model::{CaseResult, Final, Report, Run};
use super::{tally::Tally, text};
use std::fmt::Write as _;

/// Most failing cases that are listed a run; job summaries are limited in size.
const LISTED: usize = 100;

/// The report as Markdown.
#[must_use]
pub fn render(report: &Report) -> String {
    let failed = report.runs.iter().filter(|r| r.failed()).count();
    let stale: usize = report.runs.iter().map(|r| r.stale.len()).sum();
    let headline = if report.runs.iter().all(|r| r.results.is_empty()) {
        "nothing was run".to_owned()
    } else if failed > 0 {
        format!("{failed} of {} runs failed", report.runs.len())
    } else if stale > 0 {
        "no failures, but stale expectations".to_owned()
    } else {
        "no failures".to_owned()
    };
    let mut out = format!("## mimicheck {}: {headline}\n", escape(&report.version));
    for run in &report.runs {
        section(&mut out, run);
    }
    out
}

fn section(out: &mut String, run: &Run) {
    let mark = match (run.failed() || !run.stale.is_empty(), run.results.is_empty()) {
        (true, _) => "❌",
        (false, true) => "⚪",
        (false, false) => "✅",
    };
    let _ = writeln!(out, "\n### {mark} {}\n", escape(&text::implementation(run)));
    let _ = writeln!(
        out,
        "**{}**, {} profile, {}.\n",
        text::denominator(run),
        text::profile(run.profile),
        text::duration(run.duration)
    );
    table(out, run);
    list(out, "failing", run.failing(), "`mimicheck explain ID` shows a case and the rule behind it.");
    let contested = run.results.iter().filter(|r| r.verdict == Final::ContestedDiffers);
    list(out, "contested and different from the reference", contested, "Not failures: the documents leave these open.");
    for stale in &run.stale {
        let _ = writeln!(out, "\n> **Stale expectation:** {}", escape(stale));
    }
}

fn table(out: &mut String, run: &Run) {
    let total = run.total();
    let verdicts: Vec<Final> = total.counts.keys().copied().collect();
    let either = total.either > 0;
    let _ = write!(out, "| family | cases | accept | reject |{}", if either { " either |" } else { "" });
    for verdict in &verdicts {
        let _ = write!(out, " {} |", text::label(*verdict));
    }
    let columns = 4 + usize::from(either) + verdicts.len();
    let _ = writeln!(out, " time |\n|---|{}", "---:|".repeat(columns));
    for (family, tally) in run.families() {
        row(out, &code(family), &tally, &verdicts, either);
    }
    row(out, "**total**", &total, &verdicts, either);
}

fn row(out: &mut String, name: &str, tally: &Tally, verdicts: &[Final], either: bool) {
    let _ = write!(out, "| {name} | {} | {} | {} |", tally.cases, tally.accept, tally.reject);
    if either {
        let _ = write!(out, " {} |", tally.either);
    }
    for verdict in verdicts {
        let _ = write!(out, " {} |", tally.count(*verdict));
    }
    let _ = writeln!(out, " {} |", text::duration(tally.duration));
}

fn list<'a>(out: &mut String, kind: &str, results: impl Iterator<Item = &'a CaseResult>, hint: &str) {
    let results: Vec<_> = results.collect();
    if results.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n<details>\n<summary>{} {kind}</summary>\n\n{hint}\n", text::cases(results.len()));
    out.push_str("| case | verdict | what differed | requirements | input |\n|---|---|---|---|---|\n");
    for result in results.iter().take(LISTED) {
        let rules: Vec<_> = result.case.requirements.iter().map(|id| code(id)).collect();
        let _ = writeln!(
            out,
            "| {}<br>{} | {} | {} | {} | {} |",
            code(&result.case.id),
            escape(&result.case.comment),
            text::label(result.verdict),
            escape(&text::what(result)),
            rules.join("<br>"),
            code(&text::input(result.step(), 100))
        );
    }
    if let Some(more) = results.len().checked_sub(LISTED).filter(|n| *n > 0) {
        let _ = writeln!(out, "\n… and {more} more; the HTML report lists all.");
    }
    out.push_str("\n</details>\n");
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// Text on one line in which nothing is Markdown, HTML, a link or a mention: entities are never syntax.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text::line(&text::cut(text, 2000)).chars() {
        match c {
            '|' | '`' | '<' | '>' | '&' | '*' | '_' | '[' | ']' | '\\' | '~' | '@' | '#' | '$' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.replace("://", "&#58;//")
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
    fn hostile_text_adds_no_syntax() {
        let text = render(&fixture::hostile());
        assert!(!text.contains("<script") && !text.contains("</script") && !text.contains('\0'));
        let tables = text.lines().filter(|l| l.starts_with('|'));
        for line in tables {
            assert!(line.ends_with('|') && !line.contains("```"), "{line}");
        }
        assert_eq!(escape("a|b`c`<i>\n@x"), "a&#124;b&#96;c&#96;&#60;i&#62;␊&#64;x");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }

    #[test]
    fn the_headline_is_no_better_than_the_runs() {
        let mut report = fixture::report();
        report.runs[0].results.retain(|r| !r.verdict.fails());
        assert!(render(&report).contains(": no failures, but stale expectations\n"));
        report.runs[0].stale.clear();
        assert!(render(&report).contains(": no failures\n"));
        report.runs.iter_mut().for_each(|r| r.results.clear());
        assert!(render(&report).contains(": nothing was run\n") && !render(&report).contains('✅'));
    }

    #[test]
    fn a_long_list_is_cut_and_says_so() {
        let mut report = fixture::report();
        let failing = report.runs[0].failing().next().unwrap().clone();
        report.runs[0].results = vec![failing; 103];
        assert!(render(&report).contains("… and 3 more"));
    }
}
