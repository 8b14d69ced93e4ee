use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Columns of a page.
pub(super) const WIDTH: usize = 100;
/// Octets in a row.
const ROW: usize = 16;
/// Rows that are shown around the marked octet, and at the start.
const ROWS: usize = 32;

/// Words in lines of at most 100 columns, each indented by this many spaces. A longer word is cut.
#[must_use]
pub fn wrapped(text: &str, indent: usize) -> String {
    let room = WIDTH.saturating_sub(indent).max(1);
    let (mut out, mut line, mut used) = (String::new(), String::new(), 0);
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(room) {
            if used > 0 && used + 1 + piece.len() > room {
                let _ = writeln!(out, "{:indent$}{line}", "");
                (line, used) = (String::new(), 0);
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.extend(piece);
            used += piece.len();
        }
    }
    if used > 0 {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
    out
}

/// A heading, bold where there is colour.
pub(super) fn heading(text: &str) -> String {
    let bold = Style::new().bold();
    format!("{bold}{text}{bold:#}\n")
}

/// A line cut to the page's width.
pub(super) fn cut(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH - 1).chain(std::iter::once('…')).collect()
}

/// JSON in lines of at most 100 columns, indented.
pub(super) fn json(value: &serde_json::Value) -> String {
    format!("{value:#}").lines().map(|line| format!("{}\n", cut(&format!("    {line}")))).collect()
}

/// Octets in rows with their offsets; the row of the marked octet is followed by a pointer to it.
pub(super) fn octets(octets: &[u8], mark: Option<usize>) -> String {
    let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let marked_row = mark.map(|m| m / ROW);
    let near = |row: usize| marked_row.is_some_and(|m| row.abs_diff(m) <= ROWS / 2);
    let (mut out, mut skipped) = (String::new(), 0);
    // A document that ends too early is marked behind its last octet, perhaps in a row of its own.
    let rows = octets.len().div_ceil(ROW).max(marked_row.map_or(0, |m| m + 1));
    for row in 0..rows {
        if row >= ROWS && !near(row) {
            skipped += 1;
            continue;
        }
        if skipped > 0 {
            let _ = writeln!(out, "    … {} octets", skipped * ROW);
            skipped = 0;
        }
        let start = row * ROW;
        let here = octets.get(start..octets.len().min(start + ROW)).unwrap_or_default();
        let hex: Vec<String> = here.iter().map(|b| format!("{b:02x}")).collect();
        let text: String = here.iter().map(|b| if (0x20..0x7f).contains(b) { char::from(*b) } else { '.' }).collect();
        let _ = writeln!(out, "{}", format!("    {start:06x}  {:<47}  {text}", hex.join(" ")).trim_end());
        if let Some(mark) = mark.filter(|_| marked_row == Some(row)) {
            let what = if mark < octets.len() { "here" } else { "octets are missing here" };
            let _ = writeln!(out, "{:1$}{red}^^ {what}, offset {mark}{red:#}", "", 12 + 3 * (mark % ROW));
        }
    }
    if skipped > 0 {
        let _ = writeln!(out, "    … {} octets", octets.len().saturating_sub((rows - skipped) * ROW));
    }
    out
}
