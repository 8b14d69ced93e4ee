//! Lanes and arrows.

use super::MARGIN;
use super::canvas::{Anchor, Canvas, PLACES, Text, width as wide};
use crate::draw::diagram::{Diagram, Lane, Note, Row, Tone};
use crate::draw::words::{cut, lines};

/// Pixels between lanes, at least.
const LEAST: f64 = 130.0;
/// Pixels of a row.
const ROW: f64 = 24.0;
/// Characters of a note.
const NOTE: usize = 48;

fn spacing(diagram: &Diagram) -> f64 {
    let longest = diagram.lanes.iter().map(|lane| wide(&lane.name)).fold(0.0, f64::max);
    LEAST.max(longest + 24.0)
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(0.0, f64::from)
}

pub(super) fn width(diagram: &Diagram) -> f64 {
    2.0 * MARGIN + spacing(diagram) * count(diagram.lanes.len().max(1))
}

struct Lanes<'a> {
    lanes: &'a [Lane],
    spacing: f64,
    left: f64,
    /// Where each is, and since which height it has been drawn.
    at: Vec<(Option<usize>, f64)>,
}

impl Lanes<'_> {
    fn x(&self, lane: usize) -> f64 {
        self.left + self.spacing * (count(lane) + 0.5)
    }

    /// Draws a lane down to here.
    fn grow(&mut self, canvas: &mut Canvas, lane: usize) {
        let x = self.x(lane);
        let Some((place, since)) = self.at.get_mut(lane) else { return };
        let class = place.map_or_else(|| "lane".to_owned(), |n| format!("stay p{}", n % PLACES));
        canvas.behind(&class, (x, *since), (x, canvas.y));
        *since = canvas.y;
    }

    fn names(&self, canvas: &mut Canvas) {
        for (i, lane) in self.lanes.iter().enumerate() {
            let x = self.x(i);
            if lane.provider {
                let w = wide(&lane.name) + 16.0;
                let y = canvas.y;
                canvas.rectangle("box fg", (x - w / 2.0, y - 15.0, w, 22.0));
            }
            canvas.text(&Text { class: "fg name", x, anchor: Anchor::Middle, text: &lane.name });
        }
    }
}

pub(super) fn draw(canvas: &mut Canvas, diagram: &Diagram) {
    let spacing = spacing(diagram);
    let left = (canvas.width - spacing * count(diagram.lanes.len())) / 2.0;
    let mut lanes = Lanes { lanes: &diagram.lanes, spacing, left, at: vec![] };
    canvas.down(18.0);
    lanes.names(canvas);
    canvas.down(12.0);
    lanes.at = diagram.lanes.iter().map(|_| (None, canvas.y)).collect();
    for row in &diagram.rows {
        match row {
            Row::Step(text) => step(canvas, text),
            Row::Arrow { path, label, tone } => arrow(canvas, &lanes, path, label, *tone),
            Row::Notes(all) => notes(canvas, &mut lanes, all),
        }
    }
    canvas.down(14.0);
    for lane in 0..diagram.lanes.len() {
        lanes.grow(canvas, lane);
    }
    canvas.down(18.0);
    lanes.names(canvas);
}

fn step(canvas: &mut Canvas, text: &str) {
    let class = match text.chars().next() {
        Some('✓') => "good step onband",
        Some('✗') => "bad step onband",
        _ => "fg step onband",
    };
    let all = lines(text, super::canvas::fitting(canvas.width - 2.0 * MARGIN - 16.0));
    canvas.down(12.0);
    let height = 8.0 + 17.0 * count(all.len());
    canvas.rectangle("band", (MARGIN, canvas.y, canvas.width - 2.0 * MARGIN, height));
    for line in all {
        canvas.down(17.0);
        canvas.text(&Text { class, x: MARGIN + 8.0, anchor: Anchor::Start, text: &line });
    }
    canvas.down(12.0);
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "fg",
        Tone::Fault => "fault",
        Tone::Bad => "bad",
        Tone::Good => "good",
    }
}

fn arrow(canvas: &mut Canvas, lanes: &Lanes, path: &[usize], label: &str, tone: Tone) {
    let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
    let (from, to) = (lanes.x(*first), lanes.x(*last));
    canvas.down(ROW - 6.0);
    canvas.text(&Text { class: class(tone), x: f64::midpoint(from, to), anchor: Anchor::Middle, text: label });
    canvas.down(9.0);
    let (y, right) = (canvas.y, to > from);
    let (start, end) = if right { (from + 3.0, to - 3.0) } else { (from - 3.0, to + 3.0) };
    let stops = label.contains("(held)") || label.contains("(lost)") || label.contains("(stuck)");
    if stops {
        canvas.line(&format!("{} dash", class(tone)), (start, y), (end, y));
        for slope in [-5.0, 5.0] {
            canvas.line(class(tone), (end - 5.0, y - slope), (end + 5.0, y + slope));
        }
    } else {
        canvas.line(class(tone), (start, y), (end, y));
        canvas.tip(class(tone), end, y, right);
    }
    for lane in path.iter().skip(1).rev().skip(1) {
        canvas.dot(class(tone), lanes.x(*lane), y);
    }
    canvas.down(5.0);
}

/// Left and right end of a note; as texts are moved into the picture.
fn extent(canvas: &Canvas, x: f64, text: &str) -> (f64, f64) {
    let w = wide(text) + 14.0;
    let left = (x - w / 2.0).clamp(MARGIN / 2.0, (canvas.width - MARGIN / 2.0 - w).max(MARGIN / 2.0));
    (left, left + w)
}

/// Notes beside one another where they fit, else below.
fn notes(canvas: &mut Canvas, lanes: &mut Lanes, all: &[Note]) {
    let mut waiting: Vec<&Note> = all.iter().collect();
    while !waiting.is_empty() {
        canvas.down(ROW);
        let mut taken: Vec<(f64, f64)> = vec![];
        let mut later = vec![];
        for note in waiting {
            let text = cut(&note.text, NOTE);
            let (left, right) = extent(canvas, lanes.x(note.lane), &text);
            if taken.iter().any(|(l, r)| left < r + 6.0 && *l < right + 6.0) {
                later.push(note);
                continue;
            }
            taken.push((left, right));
            put(canvas, lanes, note, &text, (left, right));
        }
        waiting = later;
    }
    if all.iter().any(|note| note.moves.is_some()) {
        canvas.down(4.0);
    }
}

fn put(canvas: &mut Canvas, lanes: &mut Lanes, note: &Note, text: &str, (left, right): (f64, f64)) {
    let class = match note.moves {
        Some(Some(place)) => format!("p{}", place % PLACES),
        _ => class(note.tone).to_owned(),
    };
    if let Some(to) = note.moves {
        lanes.grow(canvas, note.lane);
        if let Some((place, _)) = lanes.at.get_mut(note.lane) {
            *place = to;
        }
        let y = canvas.y;
        canvas.rectangle(&format!("box {class}"), (left, y - 14.0, right - left, 20.0));
    }
    canvas.text(&Text { class: &class, x: f64::midpoint(left, right), anchor: Anchor::Middle, text });
}
