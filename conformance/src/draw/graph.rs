//! A trace → partitions, the commits between them, and who is where at the end.

use super::diagram::places;
use super::words::{letter, plain};
use mimicheck::sim::{Entry, Place, Trace};
use std::collections::{BTreeMap, BTreeSet};

/// Partitions in rows and columns: a commit leads one column on, and the branch that most devices took stays in its row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Graph {
    pub nodes: Vec<Node>,
    /// From, to, what: indexes of nodes.
    pub edges: Vec<(usize, usize, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// Number of the place, if a device was ever there.
    pub place: Option<usize>,
    pub epoch: Option<u64>,
    /// First digits of the partition key.
    pub key: String,
    pub messages: usize,
    /// Who is there at the end, and how it stands as far as it knows, where something speaks for a fork.
    pub here: Vec<String>,
    /// Whether the hub has ended it.
    pub ended: bool,
    pub row: usize,
    pub column: usize,
}

impl Node {
    /// Its name, and what is known of it.
    pub fn title(&self) -> String {
        let name = self.place.map_or_else(|| "nobody".to_owned(), letter);
        let title = self.epoch.map_or_else(|| name.clone(), |epoch| format!("{name} · epoch {epoch}"));
        if self.ended { format!("{title} · ended") } else { title }
    }

    pub fn count(&self) -> String {
        match self.messages {
            1 => "1 message".to_owned(),
            n => format!("{n} messages"),
        }
    }
}

/// What it is, and whose: `commit by alice`.
fn by(about: &str, device: Option<&str>) -> String {
    device.map_or_else(|| about.to_owned(), |device| format!("{about} by {device}"))
}

/// A device, and how it stands where it does not think that all are together.
fn stands(device: &str, standing: Option<&str>) -> String {
    let doubts = standing.filter(|standing| *standing != TOGETHER);
    plain(&doubts.map_or_else(|| device.to_owned(), |standing| format!("{device} (knows: {standing})")))
}

/// What a device says that knows of no fork.
const TOGETHER: &str = "together";

/// Partitions that are drawn; what comes after is left out.
const MOST: usize = 500;
/// Digits of a partition key that are shown.
pub(super) const DIGITS: usize = 6;

impl Graph {
    pub fn of(trace: &Trace) -> Self {
        let numbers = places(trace);
        let mut order: Vec<&str> = vec![];
        let mut known: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        let mut messages: BTreeMap<&str, usize> = BTreeMap::new();
        let mut edges: Vec<(&str, &str, String)> = vec![];
        let mut last: BTreeMap<&str, Option<&Place>> = BTreeMap::new();
        let mut visits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut knows: BTreeMap<&str, &str> = BTreeMap::new();
        let mut ended: BTreeSet<&str> = BTreeSet::new();
        let mut meet = |key| {
            if !order.contains(&key) {
                order.push(key);
            }
        };
        for entry in &trace.entries {
            match entry {
                Entry::Moved { device, place, .. } => {
                    last.insert(device, place.as_ref());
                    if let Some(place) = place {
                        meet(&place.partition);
                        visits.entry(&place.partition).or_default().insert(device);
                        if let Some(number) = numbers.get(place.authenticator.as_str()) {
                            known.insert(&place.partition, (*number, place.epoch));
                        }
                    }
                }
                Entry::Sequenced { partition, next, about, device, .. } => {
                    meet(partition);
                    *messages.entry(partition).or_default() += 1;
                    if let Some(next) = next {
                        meet(next);
                        edges.push((partition, next, by(about, device.as_deref())));
                    }
                }
                Entry::Knows { device, standing, .. } => {
                    knows.insert(device, standing);
                }
                Entry::Ended { partition, .. } => {
                    ended.insert(partition);
                }
                _ => {}
            }
        }
        order.truncate(MOST);
        let index = |key: &str| order.iter().position(|k| *k == key);
        let nodes = order.iter().map(|key| {
            let at = known.get(key);
            let here = last.iter().filter(|(_, p)| p.is_some_and(|p| p.partition == **key));
            Node {
                place: at.map(|(number, _)| *number),
                epoch: at.map(|(_, epoch)| *epoch),
                key: key.chars().take(DIGITS).collect(),
                messages: messages.get(key).copied().unwrap_or(0),
                here: here.map(|(device, _)| stands(device, knows.get(device).copied())).collect(),
                ended: ended.contains(key),
                row: 0,
                column: 0,
            }
        });
        let mut graph = Self { nodes: nodes.collect(), edges: vec![] };
        for (from, to, about) in edges {
            if let (Some(from), Some(to)) = (index(from), index(to))
                && !graph.edges.iter().any(|e| (e.0, e.1) == (from, to))
            {
                graph.edges.push((from, to, plain(&about)));
            }
        }
        let visited: Vec<usize> = order.iter().map(|k| visits.get(k).map_or(0, BTreeSet::len)).collect();
        graph.arrange(&visited);
        graph
    }

    /// Where the commits of a partition lead, the branch that most devices took first.
    fn children(&self, of: usize, visited: &[usize]) -> Vec<usize> {
        let mut children: Vec<usize> = self.edges.iter().filter(|e| e.0 == of).map(|e| e.1).collect();
        children.sort_by_key(|child| std::cmp::Reverse(self.weight(*child, visited)));
        children
    }

    /// Devices that are on this branch at the end, then those that ever were.
    fn weight(&self, node: usize, visited: &[usize]) -> (usize, usize) {
        let mut branch = BTreeSet::from([node]);
        let mut look = vec![node];
        while let Some(from) = look.pop() {
            look.extend(self.edges.iter().filter(|e| e.0 == from && branch.insert(e.1)).map(|e| e.1));
        }
        let ends = branch.iter().filter_map(|n| self.nodes.get(*n)).map(|n| n.here.len()).sum();
        (ends, branch.iter().filter_map(|n| visited.get(*n)).sum())
    }

    fn arrange(&mut self, visited: &[usize]) {
        let mut placed = vec![false; self.nodes.len()];
        let targets: BTreeSet<usize> = self.edges.iter().filter(|e| e.0 != e.1).map(|e| e.1).collect();
        let mut row = 0;
        for root in (0..self.nodes.len()).filter(|n| !targets.contains(n)) {
            self.place(root, &mut row, 0, &mut placed, visited);
            row += 1;
        }
    }

    /// Puts a branch into the row, and what forks off below it. `row` is the last one used then.
    fn place(&mut self, node: usize, row: &mut usize, column: usize, placed: &mut [bool], visited: &[usize]) {
        match placed.get_mut(node) {
            Some(done @ false) => *done = true,
            _ => return,
        }
        if let Some(node) = self.nodes.get_mut(node) {
            (node.row, node.column) = (*row, column);
        }
        let mut first = true;
        for child in self.children(node, visited) {
            if placed.get(child).copied().unwrap_or(true) {
                continue;
            }
            if !std::mem::take(&mut first) {
                *row = row.saturating_add(1);
            }
            self.place(child, row, column.saturating_add(1), placed, visited);
        }
    }
}
