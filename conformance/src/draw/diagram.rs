//! A trace → lanes and rows.

use super::graph::DIGITS;
use super::relay::{self, Journey};
use super::words::{letter, plain};
use mimicheck::sim::{Entry, Trace};
use std::collections::BTreeMap;

/// Who stands where, and what happens row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Diagram {
    pub title: String,
    pub shows: String,
    pub holds: String,
    pub lanes: Vec<Lane>,
    pub rows: Vec<Row>,
    /// Expectations at the end, and whether each holds.
    pub ends: Vec<(String, bool)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub name: String,
    pub provider: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A step of the scenario.
    Step(String),
    /// A packet; lanes in the order in which it passes them.
    Arrow { path: Vec<usize>, label: String, tone: Tone },
    /// What happened at lanes, at the same time or nearly.
    Notes(Vec<Note>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub lane: usize,
    pub text: String,
    pub tone: Tone,
    /// The lane is there from here on: the place's number, or `None` for outside.
    pub moves: Option<Option<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Altered, held, lost.
    Fault,
    /// A refusal, or an expectation that does not hold.
    Bad,
    Good,
}

/// The lanes: providers with their devices beside them, those of the first provider to its left.
fn lanes(trace: &Trace) -> Vec<Lane> {
    let lane = |name: &String, provider| Lane { name: plain(name), provider };
    let mut lanes = vec![];
    for (i, provider) in trace.providers.iter().enumerate() {
        let own = || trace.devices.iter().filter(move |(_, home)| home == provider).map(|(name, _)| lane(name, false));
        if i == 0 {
            lanes.extend(own());
        }
        lanes.push(lane(provider, true));
        if i > 0 {
            lanes.extend(own());
        }
    }
    lanes
}

/// Numbers for places, in the order in which devices come to them, by epoch authenticator.
pub(super) fn places(trace: &Trace) -> BTreeMap<&str, usize> {
    let mut places = BTreeMap::new();
    for entry in &trace.entries {
        if let Entry::Moved { place: Some(place), .. } = entry {
            let next = places.len();
            places.entry(place.authenticator.as_str()).or_insert(next);
        }
    }
    places
}

impl Diagram {
    /// With `all`, also questions without an answer, acknowledgements, uploads, and each part of a way by itself.
    pub fn of(trace: &Trace, all: bool) -> Self {
        let mut build = Build { lanes: lanes(trace), places: places(trace), rows: vec![] };
        let journeys = relay::journeys(trace);
        for (entry, journey) in trace.entries.iter().zip(&journeys) {
            match journey {
                _ if all => build.single(entry),
                Some(journey) if worth(journey) => build.arrow(journey),
                _ => {}
            }
            build.note(entry);
        }
        let ends = trace.entries.iter().rev().map_while(|entry| match entry {
            Entry::Expected { text, otherwise, .. } => Some(verdict(text, otherwise)),
            _ => None,
        });
        let mut ends: Vec<_> = ends.collect();
        ends.reverse();
        let Build { lanes, mut rows, .. } = build;
        rows.truncate(rows.len().saturating_sub(trailing(&rows, ends.len())));
        let title = plain(&trace.scenario);
        Self { title, shows: plain(&trace.shows), holds: plain(&trace.holds), lanes, rows, ends }
    }
}

/// Rows of the last expectations; they are shown apart.
fn trailing(rows: &[Row], ends: usize) -> usize {
    let expected = |row: &&Row| matches!(row, Row::Step(text) if text.starts_with(HOLDS) || text.starts_with(FAILS));
    rows.iter().rev().take_while(expected).count().min(ends)
}

const HOLDS: &str = "✓ ";
const FAILS: &str = "✗ ";

fn verdict(text: &str, otherwise: &str) -> (String, bool) {
    let text = plain(text);
    if otherwise.is_empty() { (text, true) } else { (format!("{text}: {}", plain(otherwise)), false) }
}

/// Whether a packet tells a reader something.
fn worth(journey: &Journey<'_>) -> bool {
    let silent = ["ReceiveRequest", "done", "upload", "KeyPackageRequest"];
    journey.fault.is_some() || !(silent.contains(&journey.what) || journey.empty)
}

/// A way in parts that each go in one direction.
fn straight(path: &[usize]) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = vec![];
    for pair in path.windows(2) {
        let [from, to] = pair else { continue };
        match parts.last_mut() {
            Some(part) if part.first().is_some_and(|first| (first < from) == (from < to)) => part.push(*to),
            _ => parts.push(vec![*from, *to]),
        }
    }
    parts
}

struct Build<'a> {
    lanes: Vec<Lane>,
    places: BTreeMap<&'a str, usize>,
    rows: Vec<Row>,
}

impl<'a> Build<'a> {
    fn lane(&self, name: &str) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.name == plain(name))
    }

    fn arrow(&mut self, journey: &Journey<'_>) {
        let path: Vec<usize> = journey.path.iter().filter_map(|name| self.lane(name)).collect();
        let mut label = match journey.about {
            "" => journey.what.to_owned(),
            about => format!("{}: {about}", journey.what),
        };
        let mut tone = if journey.what == "refused" { Tone::Bad } else { Tone::Plain };
        if let Some(fault) = journey.fault {
            label.push_str(&format!(" ({fault})"));
            tone = Tone::Fault;
        }
        if journey.copies > 1 {
            label.push_str(&format!(" ×{}", journey.copies));
        }
        for path in straight(&path) {
            self.rows.push(Row::Arrow { path, label: plain(&label), tone });
        }
    }

    /// One part of a way, whatever it carries.
    fn single(&mut self, entry: &Entry) {
        if let Entry::Crossed { from, to, what, about, fault, arrives, .. } = entry {
            let (path, fault) = (vec![from.as_str(), to], fault.as_deref());
            self.arrow(&Journey { path, what, about, fault, copies: arrives.len(), empty: false });
        }
    }

    fn note(&mut self, entry: &'a Entry) {
        match entry {
            Entry::Step { text, .. } => self.rows.push(Row::Step(plain(text))),
            Entry::Moved { device, how, place, .. } => {
                let number = place.as_ref().and_then(|p| self.places.get(p.authenticator.as_str())).copied();
                let text = match (place, number) {
                    (Some(place), Some(number)) => format!("{} · epoch {} · {how}", letter(number), place.epoch),
                    _ => how.clone(),
                };
                self.put(device, text, Tone::Plain, Some(number));
            }
            Entry::Heard { device, sender, text, .. } => {
                self.put(device, format!("{sender}: {text}"), Tone::Good, None);
            }
            Entry::Refused { by, reason, .. } => self.put(by, format!("✗ {reason}"), Tone::Bad, None),
            Entry::Noted { device, text, .. } => self.put(device, text.clone(), Tone::Plain, None),
            Entry::Knows { device, standing, proof, .. } => {
                let proof = proof.as_ref().map(|proof| format!(", {proof}")).unwrap_or_default();
                self.put(device, format!("knows: {standing}{proof}"), Tone::Plain, None);
            }
            Entry::Expected { text, otherwise, .. } => {
                let (text, holds) = verdict(text, otherwise);
                self.expected(&text, holds);
            }
            Entry::Ended { by, partition, .. } => {
                let key: String = partition.chars().take(DIGITS).collect();
                self.put(by, format!("ended: {key}"), Tone::Bad, None);
            }
            Entry::Crossed { .. } | Entry::Sequenced { .. } | Entry::At { .. } => {}
        }
    }

    /// An expectation that is a step has said so already; its verdict goes before it.
    fn expected(&mut self, text: &str, holds: bool) {
        let marked = format!("{}{text}", if holds { HOLDS } else { FAILS });
        match self.rows.last_mut() {
            Some(Row::Step(said)) if text.starts_with(said.as_str()) => *said = marked,
            _ => self.rows.push(Row::Step(marked)),
        }
    }

    /// Notes of different lanes share a row until something else happens; the same note twice is one with a count.
    fn put(&mut self, lane: &str, text: String, tone: Tone, moves: Option<Option<usize>>) {
        let Some(lane) = self.lane(lane) else { return };
        let note = Note { lane, text: plain(&text), tone, moves };
        if let Some(Row::Notes(notes)) = self.rows.last_mut() {
            if notes.contains(&note) {
                return;
            }
            if notes.iter().all(|n| n.lane != lane) {
                notes.push(note);
                return;
            }
        }
        self.rows.push(Row::Notes(vec![note]));
    }
}
