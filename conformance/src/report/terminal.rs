//! The report for a person at a terminal.

use super::model::{CaseResult, Final, Report, Run};
use super::text;
use anstyle::{AnsiColor, Effects};
use std::collections::BTreeMap;
use std::fmt::Write as _;

mod table;

/// Most failing cases that are shown a run, unless verbose.
const SHOWN: usize = 20;

/// Cases named as failing in the way of the one that is shown.
const NAMED: usize = 3;

/// How it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to show every failing and contested case, with stderr.
    pub verbose: bool,
}

impl Style {
    fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.paint(anstyle::Style::new().bold(), text)
    }

    fn dim(self, text: &str) -> String {
        self.paint(anstyle::Style::new().effects(Effects::DIMMED), text)
    }
}

/// The colour of a verdict.
const fn color(verdict: Final) -> anstyle::Style {
    let color = match verdict {
        Final::Pass => AnsiColor::Green,
        Final::Fail | Final::UnexpectedPass | Final::Crash | Final::Timeout | Final::HarnessError => AnsiColor::Red,
        Final::ExpectedFailure => AnsiColor::Yellow,
        Final::ContestedAgrees | Final::ContestedDiffers => AnsiColor::Cyan,
        Final::Unsupported => AnsiColor::BrightBlack,
    };
    color.on_default()
}

/// The report as text that fits the width.
#[must_use]
pub fn render(report: &Report, style: Style) -> String {
    let style = Style { width: style.width.max(40), ..style };
    let seed = report.seed.as_deref().map(|s| format!(", seed {}", text::cut(s, 80))).unwrap_or_default();
    let mut out = String::new();
    for line in wrap(&text::line(&format!("mimicheck {}{seed}", report.version)), style.width) {
        let _ = writeln!(out, "{}", style.bold(&line));
    }
    for run in &report.runs {
        out.push('\n');
        section(&mut out, run, style);
    }
    if report.runs.is_empty() {
        out.push_str("nothing was run: name an implementation with --adapter\n");
    }
    out
}

fn section(out: &mut String, run: &Run, style: Style) {
    for (i, line) in wrap(&text::implementation(run), style.width).iter().enumerate() {
        let _ = writeln!(out, "{}", if i == 0 { style.bold(line) } else { line.clone() });
    }
    let summary =
        format!("{}, {} profile, {}", text::denominator(run), text::profile(run.profile), text::duration(run.duration));
    let _ = writeln!(out, "{summary}\n");
    if !run.results.is_empty() {
        table::write(out, run, style);
        failing(out, run, style);
        contested(out, run, style);
    }
    stale(out, run, style);
    out.push_str(&verdict(run, style));
}

fn failing(out: &mut String, run: &Run, style: Style) {
    let groups = alike(run, style.verbose);
    let shown = if style.verbose { usize::MAX } else { SHOWN };
    for (first, others) in groups.iter().take(shown) {
        out.push('\n');
        case(out, run, first, others, style);
    }
    let more: usize = groups.iter().skip(shown).map(|(_, others)| 1 + others.len()).sum();
    if more > 0 {
        let _ = writeln!(out, "\n… and {more} more (--verbose)");
    }
}

/// A failing case, and the later ones of its family of which the same is to be said.
type Alike<'a> = (&'a CaseResult, Vec<&'a CaseResult>);

/// The failing cases; when verbose, each alone.
fn alike(run: &Run, verbose: bool) -> Vec<Alike<'_>> {
    let mut groups: Vec<Alike<'_>> = vec![];
    let mut places = BTreeMap::new();
    for result in run.failing() {
        let same = (result.verdict, &result.family, gist(result), &result.because);
        let place = *places.entry(same).or_insert(groups.len());
        match groups.get_mut(place).filter(|_| !verbose) {
            Some((_, others)) => others.push(result),
            None => groups.push((result, vec![])),
        }
    }
    groups
}

/// What is to be said of a failing case, without the line that it quotes: that differs in its id at least.
fn gist(result: &CaseResult) -> String {
    let what = text::what(result);
    match what.split_once('`').filter(|_| result.verdict == Final::Crash) {
        Some((before, _)) => before.chars().filter(|c| !c.is_ascii_digit()).collect(),
        None => what,
    }
}

fn case(out: &mut String, run: &Run, result: &CaseResult, others: &[&CaseResult], style: Style) {
    let case = &result.case;
    let label = text::label(result.verdict);
    let ids = wrap(&text::line(&case.id), style.width.saturating_sub(label.len() + 2));
    let painted = style.paint(color(result.verdict).bold(), label);
    let _ = writeln!(out, "{painted}  {}", style.bold(&ids.join("\n")));
    let room = style.width.saturating_sub(INDENT);
    let mut field = |name: &str, text: &str| {
        for (i, line) in wrap(text, room).iter().enumerate() {
            let _ = writeln!(out, "  {}{line}", style.dim(&format!("{:<10}", if i == 0 { name } else { "" })));
        }
    };
    field("case", &text::line(&text::cut(&case.comment, 600)));
    field("differs", &text::what(result));
    if let Some(because) = &result.because {
        field("expected", &format!("to fail: {}", text::line(&text::cut(because, 600))));
    }
    field("rules", &text::line(&case.requirements.join(" ")));
    field("input", &text::input(result.step(), room));
    if style.verbose {
        field("wanted", &text::expected(result.step().expect));
        field("answered", &text::answered(result.answer()));
        text::stderr(result).lines().for_each(|line| field("stderr", line));
    }
    if !others.is_empty() {
        let named: Vec<_> = others.iter().take(NAMED).map(|r| text::line(&r.case.id)).collect();
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {n} more (--verbose)"),
        };
        field("likewise", &format!("{}{more}", named.join(", ")));
    }
    let id = text::quoted(&text::line(&case.id));
    let explain = format!("mimicheck explain {id}");
    if matches!(result.verdict, Final::Crash | Final::Timeout) {
        let adapter = text::quoted(&text::line(&run.adapter));
        field("next", &format!("mimicheck run -v --adapter {adapter} --run {id}"));
        field("", &explain);
    } else {
        field("next", &explain);
    }
}

/// Columns before a field's text.
const INDENT: usize = 12;

fn contested(out: &mut String, run: &Run, style: Style) {
    let differs: Vec<_> = run.results.iter().filter(|r| r.verdict == Final::ContestedDiffers).collect();
    if differs.is_empty() {
        return;
    }
    let verb = if differs.len() == 1 { "differs" } else { "differ" };
    let hint = if style.verbose { "" } else { "; --verbose lists them" };
    let text = format!(
        "{} {verb} from the reference where the documents leave it open, or only \
         bind who writes a document. That is no failure; \
         mimicheck explain ID tells the readings{hint}.",
        text::cases(differs.len())
    );
    out.push('\n');
    wrap(&text, style.width).iter().for_each(|line| {
        let _ = writeln!(out, "{line}");
    });
    if style.verbose {
        for result in differs {
            for line in wrap(&format!("{}: {}", text::line(&result.case.id), text::what(result)), style.width - 2) {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
}

fn stale(out: &mut String, run: &Run, style: Style) {
    if run.stale.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style.bold("Stale expectations, to be removed:"));
    for entry in &run.stale {
        for line in wrap(&text::line(&text::cut(entry, 600)), style.width - 2) {
            let _ = writeln!(out, "  {line}");
        }
    }
}

fn verdict(run: &Run, style: Style) -> String {
    let failing = run.failing().count();
    let (verdict, text) = match (failing, run.results.len()) {
        (0, 0) => (Final::Unsupported, "NOTHING RUN".to_owned()),
        (0, _) if run.stale.is_empty() => (Final::Pass, "OK: no failing case".to_owned()),
        (0, _) => (Final::Fail, "STALE: no failing case, but stale expectations".to_owned()),
        (n, of) => (Final::Fail, format!("FAILED: {n} of {}", text::cases(of))),
    };
    format!("\n{}\n", style.paint(color(verdict).bold(), &text))
}

/// Lines of at most `width` columns, broken at spaces where there are any; none for an empty text.
fn wrap(text: &str, width: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthChar;
    let (mut lines, mut line, mut columns, mut space) = (vec![], String::new(), 0, None);
    for c in text.chars() {
        let w = c.width().unwrap_or_default();
        if columns + w > width && !line.is_empty() {
            let rest = match space.filter(|_| c != ' ') {
                Some(at) => line.split_off(at),
                None => String::new(),
            };
            lines.push(std::mem::replace(&mut line, rest.trim_start().to_owned()).trim_end().to_owned());
            columns = unicode_width::UnicodeWidthStr::width(line.as_str());
            space = None;
        }
        if c == ' ' {
            if line.is_empty() && !lines.is_empty() {
                continue;
            }
            space = Some(line.len());
        }
        line.push(c);
        columns += w;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests;
