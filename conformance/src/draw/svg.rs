//! One picture: what it is about, the sequence, the end, the partitions. Every text has a width that is known before,
//! as all of it is set in a font of one width; so nothing overlaps.

mod canvas;
mod partitions;
mod sequence;
pub mod wrapped;

use super::diagram::Diagram;
use super::graph::Graph;
use super::words::lines;
use canvas::{Anchor, Canvas, Text};
use mimicheck::sim::Trace;

/// Which background it is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the viewer prefers.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What is drawn, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Everything that crossed a boundary, each part of a way by itself.
    pub all: bool,
    /// Which background it is for.
    pub theme: Theme,
}

/// Left and right of everything.
const MARGIN: f64 = 24.0;

/// The picture of a run.
#[must_use]
pub fn render(trace: &Trace, options: Options) -> String {
    let diagram = Diagram::of(trace, options.all);
    let graph = Graph::of(trace);
    let width = sequence::width(&diagram).max(partitions::width(&graph)).max(720.0);
    let mut canvas = Canvas::new(width);
    canvas.down(34.0);
    canvas.text(&Text { class: "fg title", x: MARGIN, anchor: Anchor::Start, text: &diagram.title });
    paragraph(&mut canvas, &diagram.shows, "dim");
    canvas.down(18.0);
    sequence::draw(&mut canvas, &diagram);
    canvas.down(34.0);
    canvas.text(&Text { class: "fg head", x: MARGIN, anchor: Anchor::Start, text: "At the end" });
    paragraph(&mut canvas, &diagram.holds, "dim");
    canvas.down(4.0);
    for (text, holds) in &diagram.ends {
        let (mark, class) = if *holds { ("✓", "good") } else { ("✗", "bad") };
        paragraph(&mut canvas, &format!("{mark} {text}"), class);
    }
    canvas.down(38.0);
    canvas.text(&Text { class: "fg head", x: MARGIN, anchor: Anchor::Start, text: "Partitions" });
    partitions::draw(&mut canvas, &graph);
    canvas.down(16.0);
    canvas.finish(&diagram.title, &diagram.shows, options.theme)
}

fn paragraph(canvas: &mut Canvas, text: &str, class: &str) {
    let room = canvas::fitting(canvas.width - 2.0 * MARGIN);
    for line in lines(text, room) {
        canvas.down(18.0);
        canvas.text(&Text { class, x: MARGIN, anchor: Anchor::Start, text: &line });
    }
}
