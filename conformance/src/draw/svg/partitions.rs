//! Partitions as boxes, commits as arrows between them.

use super::MARGIN;
use super::canvas::{Anchor, Canvas, PLACES, Text, width as wide};
use crate::draw::graph::{Graph, Node};
use crate::draw::words::cut;

/// Pixels between boxes: for what stands on the arrow.
const GAP: f64 = 160.0;
const ROW: f64 = 92.0;
const HEIGHT: f64 = 70.0;
const LEAST: f64 = 150.0;
/// Characters of the list of who is there.
const WHO: usize = 60;

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(0.0, f64::from)
}

fn who(node: &Node) -> String {
    cut(&node.here.join(", "), WHO)
}

fn about(node: &Node) -> String {
    format!("{}… · {}", node.key, node.count())
}

fn box_width(node: &Node) -> f64 {
    LEAST.max(wide(&who(node)).max(wide(&about(node))).max(wide(&node.title())) + 24.0)
}

/// Left edge of each column, and the right edge of the last.
fn columns(graph: &Graph) -> Vec<f64> {
    let most = graph.nodes.iter().map(|n| n.column).max().map_or(0, |n| n.saturating_add(1));
    let mut left = MARGIN;
    let mut edges = vec![left];
    for column in 0..most {
        let widest = graph.nodes.iter().filter(|n| n.column == column).map(box_width).fold(LEAST, f64::max);
        left += widest + GAP;
        edges.push(left);
    }
    edges
}

pub(super) fn width(graph: &Graph) -> f64 {
    columns(graph).last().map_or(0.0, |right| right - GAP + MARGIN)
}

pub(super) fn draw(canvas: &mut Canvas, graph: &Graph) {
    canvas.down(20.0);
    let (top, edges) = (canvas.y, columns(graph));
    let x = |node: &Node| edges.get(node.column).copied().unwrap_or(MARGIN);
    let y = |node: &Node| top + ROW * count(node.row);
    for (from, to, what) in &graph.edges {
        let (Some(from), Some(to)) = (graph.nodes.get(*from), graph.nodes.get(*to)) else { continue };
        let (start, end) = (x(from) + box_width(from), x(to));
        let (high, low) = (y(from) + HEIGHT / 2.0, y(to) + HEIGHT / 2.0);
        if to.column <= from.column {
            // Two commits to one partition, or back: a plain line says so.
            canvas.line("dim dash", (start, high), (x(to) + box_width(to), low));
            continue;
        }
        // Down in the gap before the box, so that lines never cross one.
        let bend = end - GAP + 14.0;
        canvas.line("fg", (start, high), (bend, high));
        canvas.line("fg", (bend, high), (bend, low));
        canvas.line("fg", (bend, low), (end - 3.0, low));
        canvas.tip("fg", end - 3.0, low, true);
        canvas.y = low - 6.0;
        let text = cut(what, super::canvas::fitting(GAP - 30.0));
        canvas.text(&Text { class: "dim", x: f64::midpoint(bend, end), anchor: Anchor::Middle, text: &text });
    }
    for node in &graph.nodes {
        let (left, high, w) = (x(node), y(node), box_width(node));
        let class = node.place.map_or_else(|| "dim dash".to_owned(), |n| format!("p{}", n % PLACES));
        canvas.rectangle(&format!("box {class}"), (left, high, w, HEIGHT));
        let name = node.place.map_or_else(|| "dim name".to_owned(), |n| format!("name p{}", n % PLACES));
        for (down, class, text) in
            [(20.0, name.as_str(), node.title()), (38.0, "dim", about(node)), (57.0, "fg", who(node))]
        {
            canvas.y = high + down;
            canvas.text(&Text { class, x: left + w / 2.0, anchor: Anchor::Middle, text: &text });
        }
    }
    let rows = graph.nodes.iter().map(|n| n.row).max().map_or(0, |n| n.saturating_add(1));
    canvas.y = top + ROW * count(rows);
}
