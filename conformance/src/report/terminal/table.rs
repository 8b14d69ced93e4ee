//! One run's table: families, what kind of cases they hold, how these came out.

use super::{Style, color, wrap};
use crate::report::model::{Final, Run};
use crate::report::{tally::Tally, text};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// A column: its heading in two lines, and what it shows.
struct Column {
    heading: [&'static str; 2],
    verdict: Option<Final>,
    value: fn(&Tally, Option<Final>) -> String,
}

/// Writes the table, in short words when long ones do not fit.
pub(super) fn write(out: &mut String, run: &Run, style: Style) {
    let (families, total) = (run.families(), run.total());
    let mut rows: Vec<(String, &Tally)> = families.iter().map(|(name, tally)| (text::line(name), tally)).collect();
    rows.push(("total".to_owned(), &total));
    let names = rows.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
    let long = columns(&total, false);
    let room = |columns: &[Column], gap: usize| {
        let widths: usize = columns.iter().map(|c| width(c, &rows) + gap).sum();
        style.width.saturating_sub(widths)
    };
    if room(&long, 2) >= names {
        draw(out, &rows, &long, names, 2, style);
        return legend(out, contested(&total), style);
    }
    let short = columns(&total, true);
    let gap = if room(&short, 2) >= names { 2 } else { 1 };
    draw(out, &rows, &short, names.min(room(&short, gap).max(8)), gap, style);
    legend(out, Some(brief_words(&total)).filter(|words| !words.is_empty()), style);
    legend(out, contested(&total), style);
}

fn legend(out: &mut String, words: Option<String>, style: Style) {
    for line in words.iter().flat_map(|words| wrap(words, style.width)) {
        let _ = writeln!(out, "{}", style.dim(&line));
    }
}

fn columns(total: &Tally, short: bool) -> Vec<Column> {
    let plain = |heading, value| Column { heading: ["", heading], verdict: None, value };
    let name = |long, brief| if short { brief } else { long };
    let mut columns = vec![
        plain("cases", |t, _| t.cases.to_string()),
        plain(name("accept", "acc"), |t, _| t.accept.to_string()),
        plain(name("reject", "rej"), |t, _| t.reject.to_string()),
    ];
    if total.either > 0 {
        columns.push(plain(name("either", "eit"), |t, _| t.either.to_string()));
    }
    for verdict in total.counts.keys().copied() {
        let heading = if short { ["", brief(verdict)] } else { long(verdict) };
        let value = |t: &Tally, v: Option<Final>| match v.map_or(0, |v| t.count(v)) {
            0 => "·".to_owned(),
            n => n.to_string(),
        };
        columns.push(Column { heading, verdict: Some(verdict), value });
    }
    columns.push(plain("time", |t, _| text::duration(t.duration)));
    columns
}

const fn long(verdict: Final) -> [&'static str; 2] {
    match verdict {
        Final::Pass => ["", "pass"],
        Final::Fail => ["", "fail"],
        Final::ExpectedFailure => ["expected", "failure"],
        Final::UnexpectedPass => ["unexpected", "pass"],
        Final::ContestedAgrees => ["contested", "same"],
        Final::ContestedDiffers => ["contested", "differs"],
        Final::Unsupported => ["", "unsupported"],
        Final::Crash => ["", "crash"],
        Final::Timeout => ["", "timeout"],
        Final::HarnessError => ["harness", "error"],
    }
}

const fn brief(verdict: Final) -> &'static str {
    match verdict {
        Final::Pass => "pass",
        Final::Fail => "fail",
        Final::ExpectedFailure => "xfail",
        Final::UnexpectedPass => "xpass",
        Final::ContestedAgrees => "same",
        Final::ContestedDiffers => "diff",
        Final::Unsupported => "none",
        Final::Crash => "crash",
        Final::Timeout => "hang",
        Final::HarnessError => "harn",
    }
}

/// What the short words that occur stand for.
fn brief_words(total: &Tally) -> String {
    let keys = total.counts.keys().filter(|v| brief(**v) != text::label(**v));
    let words: Vec<_> = keys.map(|v| format!("{} {}", brief(*v), text::label(*v).replace(',', ""))).collect();
    words.join(", ")
}

/// What it means that a contested case is the same or differs.
fn contested(total: &Tally) -> Option<String> {
    let words = total.counts.keys().filter_map(|v| match v {
        Final::ContestedAgrees => Some("same: answered as the reference does"),
        Final::ContestedDiffers => Some("differs: answered otherwise"),
        _ => None,
    });
    let words: Vec<_> = words.collect();
    let open = "contested, and never a failure: the documents leave it open, or bind only who writes a document";
    (!words.is_empty()).then(|| format!("{open}; {}", words.join("; ")))
}

fn width(column: &Column, rows: &[(String, &Tally)]) -> usize {
    let cells = rows.iter().map(|(_, tally)| (column.value)(tally, column.verdict).width());
    cells.chain(column.heading.map(UnicodeWidthStr::width)).max().unwrap_or_default()
}

fn draw(out: &mut String, rows: &[(String, &Tally)], columns: &[Column], names: usize, gap: usize, style: Style) {
    let widths: Vec<usize> = columns.iter().map(|c| width(c, rows)).collect();
    let all = names + widths.iter().map(|w| w + gap).sum::<usize>();
    let [upper, lower] = [0, 1].map(|half| columns.iter().map(move |c| c.heading.into_iter().nth(half).unwrap_or("")));
    for (name, half) in [("", upper.collect::<Vec<_>>()), ("family", lower.collect())] {
        if half.iter().all(|h| h.is_empty()) {
            continue;
        }
        let cells: String = half.iter().zip(&widths).map(|(h, w)| pad(h, w + gap)).collect();
        let _ = writeln!(out, "{}", style.bold(format!("{name:<names$}{cells}").trim_end()));
    }
    let rule = style.dim(&"─".repeat(all));
    let _ = writeln!(out, "{rule}");
    for (i, (name, tally)) in rows.iter().enumerate() {
        if i + 1 == rows.len() {
            let _ = writeln!(out, "{rule}");
        }
        let name = clip(name, names);
        let _ = write!(out, "{name}{}", " ".repeat(names.saturating_sub(name.width())));
        for (column, width) in columns.iter().zip(&widths) {
            let cell = pad(&(column.value)(tally, column.verdict), width + gap);
            match column.verdict {
                Some(v) if tally.count(v) > 0 => out.push_str(&style.paint(color(v), &cell)),
                Some(_) => out.push_str(&style.dim(&cell)),
                None => out.push_str(&cell),
            }
        }
        out.push('\n');
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// The end of a name tells families apart, so the start goes.
fn clip(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut kept: Vec<char> = vec![];
    let mut used = 1;
    for c in name.chars().rev() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or_default();
        if used > columns {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept.into_iter().rev().collect()
}
