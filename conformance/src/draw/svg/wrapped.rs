//! The trees of one commit as a picture: places in the order of their indices, each parent above its children.

use super::canvas::{Anchor, Canvas, Text};
use super::{MARGIN, Theme, paragraph};
use crate::draw::wrapped::{Touch, View};
use std::collections::BTreeMap;

/// Pixels from one place to the next, and from one level to the next.
const STEP: f64 = 34.0;
const RISE: f64 = 52.0;
const BOX: (f64, f64) = (46.0, 26.0);
/// Leaves for which there is room.
pub const MOST: usize = 32;

fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(0.0, f64::from)
}

fn middle(x: usize) -> f64 {
    MARGIN + BOX.0 / 2.0 + STEP * number(x)
}

/// Class of a box, and of what stands in it.
const fn classes(touch: Touch) -> (&'static str, &'static str) {
    match touch {
        Touch::Kept => ("box dim", "fg"),
        Touch::Wrapped => ("box good", "good name"),
        Touch::Removed => ("box bad dash", "bad"),
    }
}

/// The picture. `None` for a tree with room for more than [`MOST`] leaves.
#[must_use]
pub fn render(view: &View, theme: Theme) -> Option<String> {
    let capacity = view.panels.iter().map(|panel| panel.capacity).max()?;
    if capacity > MOST {
        return None;
    }
    let width = middle(capacity * 2) + BOX.0 / 2.0 + MARGIN;
    let mut canvas = Canvas::new(width.max(720.0));
    canvas.down(34.0);
    canvas.text(&Text { class: "fg title", x: MARGIN, anchor: Anchor::Start, text: &view.title });
    paragraph(&mut canvas, &view.about, "dim");
    canvas.down(6.0);
    view.sums.iter().for_each(|line| paragraph(&mut canvas, line, "fg"));
    for panel in &view.panels {
        canvas.down(36.0);
        canvas.text(&Text { class: "fg head", x: MARGIN, anchor: Anchor::Start, text: &panel.head });
        paragraph(&mut canvas, &panel.about, "dim");
        canvas.down(14.0);
        tree(&mut canvas, panel.capacity, &panel.spots);
    }
    canvas.down(26.0);
    canvas.text(&Text { class: "good", x: MARGIN, anchor: Anchor::Start, text: "green: wrapped by the patch" });
    canvas.text(&Text { class: "bad", x: MARGIN + 220.0, anchor: Anchor::Start, text: "red: removed by it" });
    canvas.text(&Text { class: "dim", x: MARGIN + 380.0, anchor: Anchor::Start, text: "grey: as it was" });
    canvas.down(20.0);
    Some(canvas.finish(&view.title, &view.about, theme))
}

fn tree(canvas: &mut Canvas, capacity: usize, spots: &BTreeMap<usize, (String, Touch)>) {
    let (top, height) = (canvas.y, capacity.max(1).ilog2());
    let y = |x: usize| top + RISE * f64::from(height.saturating_sub(x.trailing_ones()));
    for x in spots.keys() {
        let level = x.trailing_ones();
        let Some(half) = level.checked_sub(1).map(|below| 1_usize << below) else { continue };
        for child in [x - half, x + half].into_iter().filter(|child| spots.contains_key(child)) {
            canvas.behind("dim", (middle(*x), y(*x) + BOX.1), (middle(child), y(child)));
        }
    }
    for (x, (label, touch)) in spots {
        let (frame, text) = classes(*touch);
        canvas.rectangle(frame, (middle(*x) - BOX.0 / 2.0, y(*x), BOX.0, BOX.1));
        canvas.y = y(*x) + 17.0;
        canvas.text(&Text { class: text, x: middle(*x), anchor: Anchor::Middle, text: label });
        if level_is_leaf(*x) {
            canvas.y = y(*x) + BOX.1 + 15.0;
            canvas.text(&Text { class: "dim", x: middle(*x), anchor: Anchor::Middle, text: &x.to_string() });
        }
    }
    canvas.y = top + RISE * f64::from(height) + BOX.1 + 18.0;
}

const fn level_is_leaf(x: usize) -> bool {
    x.is_multiple_of(2)
}
