use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Columns of a page.
pub(super) const WIDTH: usize = 100;
/// Octets in a row.
const ROW: usize = 16;
/// Rows up to which octets are shown whole.
const WHOLE: usize = 32;
/// Rows of more octets that are shown at the start, and on either side of the marked row.
const ROWS: usize = 8;
/// Lines of JSON that are shown.
const LINES: usize = 200;

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

/// JSON in lines of at most 100 columns, indented; of very many lines the first.
pub(super) fn json(value: &serde_json::Value) -> String {
    let text = format!("{value:#}");
    let shown = text.lines().take(LINES).map(|line| format!("{}\n", cut(&format!("    {line}"))));
    let left_out = match text.lines().count().saturating_sub(LINES) {
        0 => String::new(),
        n => format!("    … {n} lines left out\n"),
    };
    shown.chain([left_out]).collect()
}

/// Octets in rows with their offsets; the row of the marked octet is followed by a pointer to it.
pub(super) fn octets(octets: &[u8], mark: Option<usize>) -> String {
    let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let marked_row = mark.map(|m| m / ROW);
    let near = |row: usize| marked_row.is_some_and(|m| row.abs_diff(m) <= ROWS);
    let (mut out, mut skipped) = (String::new(), 0);
    // A document that ends too early is marked behind its last octet, perhaps in a row of its own.
    let rows = octets.len().div_ceil(ROW).max(marked_row.map_or(0, |m| m + 1));
    for row in 0..rows {
        if rows > WHOLE && row >= ROWS && !near(row) {
            skipped += 1;
            continue;
        }
        if skipped > 0 {
            let _ = writeln!(out, "    … {} octets left out", skipped * ROW);
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
        let _ = writeln!(out, "    … {} octets left out", octets.len().saturating_sub((rows - skipped) * ROW));
    }
    out
}
