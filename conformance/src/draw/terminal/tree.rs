//! Partitions as a tree: down the branch that most devices took, to the side where a commit forks off.

use super::{WIDTH, place_style};
use crate::draw::graph::{Graph, Node};
use crate::draw::words::cut;
use anstyle::Style;
use std::fmt::Write;

pub(super) fn write(out: &mut String, graph: &Graph) {
    let mut done = vec![false; graph.nodes.len()];
    let mut order: Vec<usize> = (0..graph.nodes.len()).collect();
    order.sort_by_key(|n| graph.nodes.get(*n).map(|node| (node.row, node.column)));
    for node in order {
        branch(out, graph, node, "", &mut done);
    }
}

/// A node and what its commits lead to.
fn branch(out: &mut String, graph: &Graph, start: usize, indent: &str, done: &mut [bool]) {
    let mut next = Some(start);
    let mut via: Option<&str> = None;
    while let Some(node) = next.take() {
        match done.get_mut(node) {
            Some(seen @ false) => *seen = true,
            _ => return,
        }
        let Some(known) = graph.nodes.get(node) else { return };
        if let Some(what) = via {
            let _ = writeln!(out, "{indent}│ {what}");
        }
        line(out, indent, known);
        let mut children: Vec<_> = graph.edges.iter().filter(|e| e.0 == node).collect();
        children.sort_by_key(|e| graph.nodes.get(e.1).map(|n| n.row));
        let Some((main, forks)) = children.split_first() else { return };
        for (_, child, what) in forks {
            let _ = writeln!(out, "{indent}├╴{what}");
            branch(out, graph, *child, &format!("{indent}│   "), done);
        }
        (next, via) = (Some(main.1), Some(main.2.as_str()));
    }
}

fn line(out: &mut String, indent: &str, node: &Node) {
    let style = node.place.map_or_else(|| Style::new().dimmed(), |n| place_style(n).bold());
    let title = node.title();
    let rest = format!("  {}…  {}  {}", node.key, node.count(), node.here.join(", "));
    let room = WIDTH.saturating_sub(indent.chars().count()).saturating_sub(title.chars().count());
    let _ = writeln!(out, "{indent}{style}{title}{style:#}{}", cut(rest.trim_end(), room));
}
