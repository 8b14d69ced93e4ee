use super::*;
use crate::report::fixture;
use unicode_width::UnicodeWidthStr;

const BARE: Style = Style { color: false, width: 100, verbose: false };

#[test]
fn looks_as_agreed() {
    insta::assert_snapshot!(render(&fixture::report(), BARE));
}

#[test]
fn looks_as_agreed_when_verbose() {
    insta::assert_snapshot!(render(&fixture::report(), Style { verbose: true, ..BARE }));
}

#[test]
fn colour_adds_colour_and_nothing_else() {
    let colored = render(&fixture::report(), Style { color: true, ..BARE });
    assert!(colored.contains("\u{1b}[31m"));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), render(&fixture::report(), BARE));
}

#[test]
fn fits_its_width_and_keeps_hostile_text_harmless() {
    for report in [fixture::report(), fixture::hostile()] {
        for width in [40, 80, 100, 200] {
            let text = render(&report, Style { color: false, width, verbose: true });
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
            // The table has a least width of its own.
            for line in text.lines().filter(|_| width >= 100) {
                assert!(line.width() <= width, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let mut report = fixture::report();
    let failing = report.runs[0].failing().next().unwrap().clone();
    report.runs[0].results = vec![failing; 23];
    for (n, result) in report.runs[0].results.iter_mut().enumerate() {
        result.outcome = mimicheck::vector::Outcome::Fail(format!("difference {n}"));
    }
    let text = render(&report, BARE);
    assert!(text.contains("\n… and 3 more (--verbose)\n"));
    assert_eq!(text.matches("  next  ").count(), 20);
    let all = render(&report, Style { verbose: true, ..BARE });
    assert!(!all.contains("--verbose"));
    assert_eq!(all.matches("  next  ").count(), 23);
}

#[test]
fn cases_that_fail_alike_are_shown_once() {
    let mut report = fixture::report();
    let failing = report.runs[0].failing().next().unwrap().clone();
    report.runs[0].results = vec![failing; 5];
    for (n, result) in report.runs[0].results.iter_mut().enumerate() {
        std::sync::Arc::make_mut(&mut result.case).id = format!("a/{n}");
    }
    report.runs[0].results[2].family = "b".into();
    let text = render(&report, BARE);
    assert_eq!(text.matches("  next  ").count(), 2, "{text}");
    assert!(text.contains("  likewise  a/1, a/3, a/4\n") && text.contains("FAILED: 5 of 5 cases"), "{text}");
    let again = report.runs[0].results.clone();
    report.runs[0].results.extend(again);
    let text = render(&report, BARE);
    assert!(text.contains("  likewise  a/1, a/3, a/4 and 4 more (--verbose)\n"), "{text}");
    assert_eq!(render(&report, Style { verbose: true, ..BARE }).matches("  next  ").count(), 10);
}

#[test]
fn crashes_that_differ_in_the_quoted_line_alone_are_alike() {
    let mut report = fixture::report();
    let mut crash = report.runs[0].results[7].clone();
    let what = |n: usize| format!("garbage on stdout, \"id\" is {n} and must be the request's, 1: `{{\"id\":{n}}}`");
    report.runs[0].results.clear();
    for n in [12, 7] {
        crash.outcome = mimicheck::vector::Outcome::Crash(what(n));
        report.runs[0].results.push(crash.clone());
    }
    assert_eq!(render(&report, BARE).matches("  likewise  ").count(), 1);
}

#[test]
fn what_crashed_is_replayed_alone() {
    let text = render(&fixture::report(), BARE);
    let next = "  next      mimicheck run -v --adapter './adapter --fast' --run content/thread/deep\n";
    assert!(text.contains(next), "{text}");
}

#[test]
fn nothing_run_is_not_ok() {
    let mut report = fixture::report();
    report.runs[1].results.clear();
    let text = render(&report, BARE);
    assert!(text.contains("none of 14 cases run") && text.contains("NOTHING RUN") && !text.contains("OK"));
    report.runs.clear();
    assert!(render(&report, BARE).contains("nothing was run"));
}

#[test]
fn wrapping_breaks_at_spaces_else_anywhere() {
    assert_eq!(wrap("one two three", 8), ["one two", "three"]);
    assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(wrap("日本語", 4), ["日本", "語"]);
    assert!(wrap("", 9).is_empty());
}
