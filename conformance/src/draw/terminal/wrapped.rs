//! The trees of one commit as text: places in the order of their indices, each parent above its children.

use super::WIDTH;
use super::cells::Cells;
use crate::draw::words::{cut, lines};
use crate::draw::wrapped::{Touch, View};
use anstyle::{AnsiColor, Style};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Leaves for which there is room.
const MOST: usize = 16;

fn style(touch: Touch) -> Style {
    match touch {
        Touch::Kept => Style::new(),
        Touch::Wrapped => AnsiColor::Green.on_default().bold(),
        Touch::Removed => AnsiColor::Red.on_default(),
    }
}

/// What a place says also without colour.
fn shown(label: &str, touch: Touch) -> String {
    match touch {
        Touch::Kept => label.to_owned(),
        Touch::Wrapped => format!("[{label}]"),
        Touch::Removed => format!("×{label}"),
    }
}

/// The trees of a commit in 100 columns. Styles are always in it; the stream strips them where they are not wanted.
#[must_use]
pub fn wrapped(view: &View) -> String {
    let (mut out, bold) = (String::new(), Style::new().bold());
    let _ = writeln!(out, "{bold}{}{bold:#}", cut(&view.title, WIDTH));
    for line in lines(&view.about, WIDTH) {
        let _ = writeln!(out, "{line}");
    }
    for line in view.sums.iter().flat_map(|line| lines(line, WIDTH)) {
        let _ = writeln!(out, "{line}");
    }
    for panel in &view.panels {
        let _ = writeln!(out, "\n{bold}{}{bold:#}", panel.head);
        for line in lines(&panel.about, WIDTH) {
            let _ = writeln!(out, "{line}");
        }
        if panel.capacity > MOST {
            levels(&mut out, &panel.spots);
        } else {
            tree(&mut out, panel.capacity, &panel.spots);
        }
    }
    let _ = writeln!(out, "\n[ ] wrapped by the patch  × removed by it");
    out
}

fn tree(out: &mut String, capacity: usize, spots: &BTreeMap<usize, (String, Touch)>) {
    let places = capacity.saturating_mul(2).saturating_sub(1).max(1);
    let step = (WIDTH / places).clamp(3, 8);
    let column = |x: usize| x * step + step / 2;
    for level in (0..=capacity.max(1).ilog2()).rev() {
        let (mut row, mut below) = (Cells::new(WIDTH), Cells::new(WIDTH));
        for (x, (label, touch)) in spots.iter().filter(|(x, _)| x.trailing_ones() == level) {
            row.centre(column(*x), &shown(label, *touch), style(*touch));
            let Some(half) = level.checked_sub(1).map(|below| 1_usize << below) else { continue };
            let (left, right) = (spots.contains_key(&(x - half)), spots.contains_key(&(x + half)));
            for at in column(x - half)..=column(x + half) {
                if (at < column(*x) && left) || (at > column(*x) && right) {
                    below.put(at, "─", Style::new());
                }
            }
            below.put(
                column(*x),
                if left && right {
                    "┴"
                } else if left {
                    "┘"
                } else {
                    "└"
                },
                Style::new(),
            );
            if left {
                below.put(column(x - half), "┌", Style::new());
            }
            if right {
                below.put(column(x + half), "┐", Style::new());
            }
        }
        row.write(out);
        if level > 0 {
            below.write(out);
        }
    }
}

/// A tree that is too large to be drawn: what the patch does on each level.
fn levels(out: &mut String, spots: &BTreeMap<usize, (String, Touch)>) {
    let highest = spots.keys().map(|x| x.trailing_ones()).max().unwrap_or(0);
    let _ = writeln!(out, "{:>5} {:>8} {:>8} {:>8}  places wrapped", "level", "nodes", "wrapped", "removed");
    for level in (0..=highest).rev() {
        let here = || spots.iter().filter(|(x, _)| x.trailing_ones() == level);
        let count = |touch: Touch| here().filter(|(_, spot)| spot.1 == touch).count();
        let places: Vec<String> =
            here().filter(|(_, spot)| spot.1 == Touch::Wrapped).map(|(x, _)| x.to_string()).collect();
        let line = format!(
            "{level:>5} {:>8} {:>8} {:>8}  {}",
            here().count(),
            count(Touch::Wrapped),
            count(Touch::Removed),
            places.join(", ")
        );
        let _ = writeln!(out, "{}", cut(&line, WIDTH));
    }
}
