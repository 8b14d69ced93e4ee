//! A run as text: lanes, arrows, notes, and the tree of partitions, in 100 columns.

mod cells;
mod tree;
mod wrapped;

use super::diagram::{Diagram, Lane, Row, Tone};
use super::graph::Graph;
use super::words::{cut, lines};
use anstyle::{AnsiColor, Color, Style};
use cells::Cells;
use mimicheck::sim::Trace;
use std::fmt::Write;
pub use wrapped::wrapped;

/// Columns.
pub const WIDTH: usize = 100;

const PLACES: [AnsiColor; 6] = [
    AnsiColor::Blue,
    AnsiColor::Magenta,
    AnsiColor::Yellow,
    AnsiColor::Cyan,
    AnsiColor::BrightMagenta,
    AnsiColor::BrightBlue,
];

fn place_style(place: usize) -> Style {
    let color = PLACES.get(place % PLACES.len()).copied().unwrap_or(AnsiColor::Blue);
    Style::new().fg_color(Some(Color::Ansi(color)))
}

fn tone_style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Fault => AnsiColor::Yellow.on_default(),
        Tone::Bad => AnsiColor::Red.on_default(),
        Tone::Good => AnsiColor::Green.on_default(),
    }
}

/// The run of a trace. Styles are always in it; the stream strips them where they are not wanted.
#[must_use]
pub fn render(trace: &Trace, all: bool) -> String {
    let diagram = Diagram::of(trace, all);
    let mut out = String::new();
    let bold = Style::new().bold();
    let _ = writeln!(out, "{bold}{}{bold:#}", cut(&diagram.title, WIDTH));
    for line in lines(&diagram.shows, WIDTH) {
        let _ = writeln!(out, "{line}");
    }
    out.push('\n');
    let mut page = Page::new(&diagram.lanes);
    page.names(&mut out);
    for row in &diagram.rows {
        page.row(&mut out, row);
    }
    page.names(&mut out);
    out.push('\n');
    for (text, holds) in &diagram.ends {
        let (mark, style) = if *holds { ("✓", tone_style(Tone::Good)) } else { ("✗", tone_style(Tone::Bad)) };
        for (i, line) in lines(text, WIDTH - 2).iter().enumerate() {
            let _ = writeln!(out, "{style}{}{style:#} {line}", if i == 0 { mark } else { " " });
        }
    }
    let _ = writeln!(out, "\n{bold}partitions{bold:#}");
    tree::write(&mut out, &Graph::of(trace));
    out
}

struct Page<'a> {
    lanes: &'a [Lane],
    at: Vec<Option<usize>>,
}

impl<'a> Page<'a> {
    fn new(lanes: &'a [Lane]) -> Self {
        Self { lanes, at: lanes.iter().map(|_| None).collect() }
    }

    /// Column of a lane.
    fn x(&self, lane: usize) -> usize {
        let spacing = WIDTH / self.lanes.len().max(1);
        lane.saturating_mul(spacing).saturating_add(spacing / 2)
    }

    /// A line with nothing but lanes.
    fn blank(&self) -> Cells {
        let mut cells = Cells::new(WIDTH);
        for (lane, at) in self.at.iter().enumerate() {
            let style = at.map_or_else(|| Style::new().dimmed(), place_style);
            cells.put(self.x(lane), if at.is_some() { "┃" } else { "│" }, style);
        }
        cells
    }

    fn names(&self, out: &mut String) {
        let room = (WIDTH / self.lanes.len().max(1)).saturating_sub(1);
        let mut cells = Cells::new(WIDTH);
        for (i, lane) in self.lanes.iter().enumerate() {
            let style = if lane.provider { Style::new().bold().underline() } else { Style::new().bold() };
            cells.centre(self.x(i), &cut(&lane.name, room), style);
        }
        cells.write(out);
    }

    fn row(&mut self, out: &mut String, row: &Row) {
        match row {
            Row::Step(text) => {
                self.blank().write(out);
                let style = match text.chars().next() {
                    Some('✓') => tone_style(Tone::Good),
                    Some('✗') => tone_style(Tone::Bad),
                    _ => Style::new().bold(),
                };
                for line in lines(text, WIDTH - 3) {
                    let _ = writeln!(out, "{style}── {line}{style:#}");
                }
            }
            Row::Arrow { path, label, tone } => self.arrow(out, path, label, *tone),
            Row::Notes(notes) => {
                let mut waiting: Vec<_> = notes.iter().collect();
                while !waiting.is_empty() {
                    let mut cells = self.blank();
                    let mut later = vec![];
                    let mut used = Cells::new(WIDTH);
                    for note in waiting {
                        let text = format!(" {} ", cut(&note.text, 40));
                        if !used.free(self.x(note.lane), &text) {
                            later.push(note);
                            continue;
                        }
                        let style = match note.moves {
                            Some(Some(place)) => place_style(place).bold(),
                            _ => tone_style(note.tone),
                        };
                        used.centre(self.x(note.lane), &text, style);
                        cells.centre(self.x(note.lane), &text, style);
                        if let (Some(to), Some(at)) = (note.moves, self.at.get_mut(note.lane)) {
                            *at = to;
                        }
                    }
                    cells.write(out);
                    waiting = later;
                }
            }
        }
    }

    fn arrow(&self, out: &mut String, path: &[usize], label: &str, tone: Tone) {
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
        let (from, to) = (self.x(*first), self.x(*last));
        let (left, right) = (from.min(to), from.max(to));
        let style = tone_style(tone);
        let stops = label.contains("(held)") || label.contains("(lost)") || label.contains("(stuck)");
        let mut line = self.blank();
        for x in left.saturating_add(1)..right {
            line.put(x, if stops { "╌" } else { "─" }, style);
        }
        for lane in path {
            line.put(self.x(*lane), "●", style);
        }
        let tip = match (stops, to > from) {
            (true, _) => "✗",
            (false, true) => "▶",
            (false, false) => "◀",
        };
        line.put(to, tip, style);
        let label = format!(" {} ", cut(label, WIDTH - 2));
        let middle = usize::midpoint(left, right);
        let inside = label.chars().count().saturating_add(4) <= right.saturating_sub(left) && path.len() == 2;
        if inside {
            line.centre(middle, &label, style);
        } else {
            let mut above = self.blank();
            above.centre(middle, &label, style);
            above.write(out);
        }
        line.write(out);
    }
}
