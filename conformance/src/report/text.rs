//! What every form of report says the same way.

use super::model::{CaseResult, Final, Report, Run};
use mimicheck::adapter::Answer;
use mimicheck::vector::{Expect, Outcome, Profile, StepRef, Verdict};
use std::iter::Peekable;
use std::str::Chars;
use std::time::Duration;

/// Characters of an adapter's stderr that a report keeps.
pub(super) const STDERR: usize = 4096;

/// Text from outside without terminal escape sequences; other control characters, and those that reorder text,
/// become visible ones. Line feeds and tabs stay.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\u{1b}' if escape(&mut chars) => {}
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Consumes the rest of an escape sequence, if a whole one follows; else nothing, so that text is never swallowed.
fn escape(chars: &mut Peekable<Chars<'_>>) -> bool {
    let mut ahead = chars.clone();
    let whole = match ahead.next() {
        Some('[') => {
            ahead.by_ref().find(|c| !matches!(c, '\u{20}'..='\u{3f}')).is_some_and(|c| ('@'..='~').contains(&c))
        }
        Some(']') => loop {
            match ahead.next() {
                Some('\u{7}') => break true,
                Some('\u{1b}') => break ahead.next() == Some('\\'),
                None | Some('\n') => break false,
                Some(_) => {}
            }
        },
        Some('\u{30}'..='\u{7e}') => true,
        _ => false,
    };
    if whole {
        *chars = ahead;
    }
    whole
}

/// [`plain`], on one line.
pub(super) fn line(text: &str) -> String {
    plain(text).replace('\n', "\u{240a}").replace('\t', " ")
}

/// A word as a shell takes it: quoted where it needs to be.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+@%,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// At most `longest` characters; says how many are left out.
pub(super) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => {
            let (kept, rest) = text.split_at(end);
            format!("{kept}… (+{} characters)", rest.chars().count())
        }
    }
}

/// An adapter's stderr: harmless, and cut before it is copied.
pub(super) fn stderr(result: &CaseResult) -> String {
    plain(cut(&result.stderr, STDERR).trim_end())
}

/// A verdict for people.
pub(super) const fn label(verdict: Final) -> &'static str {
    match verdict {
        Final::Pass => "pass",
        Final::Fail => "fail",
        Final::ExpectedFailure => "expected failure",
        Final::UnexpectedPass => "unexpected pass",
        Final::ContestedAgrees => "contested, same",
        Final::ContestedDiffers => "contested, differs",
        Final::Unsupported => "unsupported",
        Final::Crash => "crash",
        Final::Timeout => "timeout",
        Final::HarnessError => "harness error",
    }
}

/// What differed, or what else there is to say of an outcome; empty for a plain pass.
pub(super) fn what(result: &CaseResult) -> String {
    let what = match &result.outcome {
        Outcome::Pass if result.verdict == Final::UnexpectedPass => "passes, though an expectation says that it fails",
        Outcome::Pass => "",
        Outcome::Contested { what, .. } => what,
        Outcome::Fail(what)
        | Outcome::Unsupported(what)
        | Outcome::Crash(what)
        | Outcome::Timeout(what)
        | Outcome::HarnessError(what) => what,
    };
    line(&cut(what, 1000))
}

/// What is expected of a case, without the output.
pub(super) fn expected(expect: &Expect) -> String {
    let offset = expect.offset.map(|o| format!(" at offset {o}")).unwrap_or_default();
    let reason = expect.reason.as_deref().map(|r| format!(" ({r})")).unwrap_or_default();
    match expect.verdict {
        Verdict::Accept => "accept".to_owned(),
        Verdict::Reject => format!("reject{reason}{offset}"),
        Verdict::Either => format!("accept or reject{reason}{offset}"),
    }
}

/// What an implementation answered, without the output.
pub(super) fn answered(answer: Option<&Answer>) -> String {
    match answer {
        None => "nothing".to_owned(),
        Some(Answer::Ok(_)) => "accept".to_owned(),
        Some(Answer::Unsupported(_)) => "unsupported".to_owned(),
        Some(Answer::Reject(r)) => {
            let reason = r.reason.as_deref().map(|r| format!(" ({})", line(&cut(r, 80)))).unwrap_or_default();
            let offset = r.offset.map(|o| format!(" at offset {o}")).unwrap_or_default();
            let message = r.message.as_deref().map(|m| format!(": {}", line(&cut(m, 400)))).unwrap_or_default();
            format!("reject{reason}{offset}{message}")
        }
    }
}

/// A profile's name.
pub(super) const fn profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Reference => "reference",
        Profile::Strict => "strict",
        Profile::Receiver => "receiver",
    }
}

/// The implementation as it calls itself, and how it was named on the command line where that differs.
pub(super) fn implementation(run: &Run) -> String {
    let part = |s: &str| line(&cut(s, 80));
    let mut text = format!("{} {}", part(&run.hello.name), part(&run.hello.version)).trim().to_owned();
    if !run.hello.language.is_empty() {
        text.push_str(&format!(" ({})", part(&run.hello.language)));
    }
    if run.adapter != run.hello.name {
        text.push_str(&format!(", run as {}", part(&run.adapter)));
    }
    text
}

/// A short name for each run: the implementation's own, or how it was named on the command line where two share one.
pub(super) fn names(report: &Report) -> Vec<String> {
    let same = |name: &str| report.runs.iter().filter(|r| r.hello.name == name).count();
    let name = |run: &Run| if same(&run.hello.name) == 1 { run.hello.name.clone() } else { run.adapter.clone() };
    report.runs.iter().map(|run| line(&cut(&name(run), 80))).collect()
}

/// The denominator: how many of the cases there are were run at all.
pub(super) fn denominator(run: &Run) -> String {
    match run.results.len() {
        0 => format!("none of {} cases run: this says nothing about the implementation", run.available),
        n => format!("{n} of {} cases run", run.available),
    }
}

/// `1 case`, `2 cases`.
pub(super) fn cases(n: usize) -> String {
    if n == 1 { "1 case".to_owned() } else { format!("{n} cases") }
}

/// A duration in the unit that suits it.
pub(super) fn duration(d: Duration) -> String {
    match d.as_micros() {
        us @ 0..1000 => format!("{us} µs"),
        us @ 1000..1_000_000 => format!("{} ms", us / 1000),
        us @ 1_000_000..60_000_000 => format!("{}.{:02} s", us / 1_000_000, us / 10_000 % 100),
        us => format!("{} min {:02} s", us / 60_000_000, us / 1_000_000 % 60),
    }
}

/// A step's input on one line of about `longest` characters. Octets are shown as hex, around the offset of the item
/// that breaks the rule, whose first octet is in brackets.
pub(super) fn input(step: StepRef<'_>, longest: usize) -> String {
    let octets_of = |name: &str| step.input.get(name).and_then(|v| v.as_str()).filter(|hex| hex.is_ascii());
    match octets_of("cbor").or_else(|| octets_of("octets")) {
        Some(hex) => octets(hex, step.expect.offset, longest),
        None => line(&cut(&step.input.to_string(), longest)),
    }
}

fn octets(hex: &str, offset: Option<u64>, longest: usize) -> String {
    let total = hex.len() / 2;
    let marked = offset.and_then(|o| usize::try_from(o).ok()).filter(|o| *o <= total);
    let count = if total == 1 { "1 octet".to_owned() } else { format!("{total} octets") };
    let note = marked.map_or_else(|| format!("  ({count})"), |o| format!("  (offset {o} of {count})"));
    // Two dots, two brackets, two digits an octet.
    let room = (longest.saturating_sub(note.chars().count() + 4) / 2).max(4);
    let start = marked.unwrap_or_default().saturating_sub(room / 2).min(total.saturating_sub(room));
    let end = start.saturating_add(room).min(total);
    let part = |from: usize, to: usize| hex.get(from * 2..to * 2).unwrap_or_default();
    let dots = |yes: bool| if yes { "…" } else { "" };
    let shown = match marked {
        Some(at) => {
            let after = at.saturating_add(1).min(end);
            format!("{}[{}]{}", part(start, at), part(at, after), part(after, end))
        }
        None => part(start, end).to_owned(),
    };
    format!("{}{shown}{}{note}", dots(start > 0), dots(end < total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_go_and_other_controls_become_visible() {
        assert_eq!(plain("a\u{1b}[31;1mred\u{1b}[0m b"), "ared b");
        assert_eq!(plain("\u{1b}]0;title\u{7}x\u{1b}]8;;http://e\u{1b}\\y"), "xy");
        assert_eq!(plain("\0\r\n\r\u{8}\u{7f}\u{9b}31m"), "␀\n␍␈␡\u{fffd}31m");
        assert_eq!(plain("user\u{202e}txt.exe"), "user\u{fffd}txt.exe");
        assert_eq!(plain("Grüße, 日本\t!"), "Grüße, 日本\t!");
    }

    #[test]
    fn an_unfinished_escape_sequence_swallows_nothing() {
        assert_eq!(plain("\u{1b}]0;the rest\nis kept"), "␛]0;the rest\nis kept");
        assert_eq!(plain("\u{1b}[12"), "␛[12");
        assert_eq!(plain("end\u{1b}"), "end␛");
    }

    #[test]
    fn durations_have_a_fitting_unit() {
        let shown = |us| duration(Duration::from_micros(us));
        assert_eq!(shown(0), "0 µs");
        assert_eq!(shown(999), "999 µs");
        assert_eq!(shown(1000), "1 ms");
        assert_eq!(shown(1_234_567), "1.23 s");
        assert_eq!(shown(59_999_999), "59.99 s");
        assert_eq!(shown(61_000_000), "1 min 01 s");
    }

    #[test]
    fn octets_are_shown_around_the_offset() {
        assert_eq!(octets("874f00", Some(1), 80), "87[4f]00  (offset 1 of 3 octets)");
        assert_eq!(octets("874f00", Some(3), 80), "874f00[]  (offset 3 of 3 octets)");
        assert_eq!(octets("874f00", Some(9), 80), "874f00  (3 octets)");
        assert_eq!(octets("", Some(0), 80), "[]  (offset 0 of 0 octets)");
        let long = "ab".repeat(1000);
        for offset in [0, 1, 10, 500, 990, 998, 999, 1000] {
            let shown = octets(&long, Some(offset), 60);
            assert!(shown.chars().count() <= 60, "{shown}");
            let mark = if offset == 1000 { "[]" } else { "[ab]" };
            assert!(shown.contains(mark), "{shown}");
        }
    }

    #[test]
    fn runs_that_share_a_name_are_told_apart() {
        let mut report = crate::report::fixture::report();
        assert_eq!(names(&report), ["alpha", "beta"]);
        report.runs[1].hello.name = "alpha".into();
        assert_eq!(names(&report), ["./adapter --fast", "beta"]);
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(quoted("./my-adapter"), "./my-adapter");
        assert_eq!(quoted("node adapter.js"), "'node adapter.js'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn cutting_says_what_is_missing() {
        assert_eq!(cut("日本語", 3), "日本語");
        assert_eq!(cut("日本語", 2), "日本… (+1 characters)");
    }
}
