//! Every scenario under every assignment of a covering set, and what came of it.

use super::cover::{Assignment, cover, covered, pairs};
use super::play::{Trouble, What, play, unplayable};
use super::room::{Passage, Room};
use super::speaker::Speaker;
use crate::project::Failure;
use crate::runner::{Limits, Target};
use mimicheck::sim::Scenario;
use std::collections::{BTreeMap, BTreeSet};

/// One scenario under one assignment.
#[derive(Clone, Debug)]
pub struct Played {
    /// The scenario's name.
    pub scenario: String,
    /// Device and the implementation that played it, in the scenario's order.
    pub roles: Vec<(String, String)>,
    /// Why it did not come to its end, if it did not.
    pub trouble: Option<Trouble>,
    /// Implementations of sender and receiver, where one did not take a message of the other.
    pub between: Option<(String, String)>,
}

/// What passed from one implementation to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Messages taken.
    pub taken: usize,
    /// Messages refused, each of which ended a run.
    pub refused: usize,
}

/// All that was played.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// Names of the implementations, in the order given.
    pub names: Vec<String>,
    /// Every run.
    pub played: Vec<Played>,
    /// Sender, receiver → what passed.
    pub cells: BTreeMap<(usize, usize), Cell>,
    /// Pairs of roles and implementations that met in a run which came to its end, and all that there are.
    pub pairs: (usize, usize),
    /// Scenarios that a mixed run cannot play, and why.
    pub not_played: Vec<(String, String)>,
}

/// Plays the scenarios. `progress` is called after each run.
///
/// # Errors
/// An implementation does not start.
pub fn run(targets: &[Target], limits: Limits, scenarios: &[Scenario], progress: &dyn Fn()) -> Result<Matrix, Failure> {
    let mut matrix = Matrix::default();
    for target in targets {
        matrix.names.push(Speaker::start(target, limits)?.name().to_owned());
    }
    for scenario in scenarios {
        if let Some(why) = unplayable(scenario) {
            matrix.not_played.push((scenario.name.clone(), why));
            continue;
        }
        let (mut met, roles) = (BTreeSet::new(), scenario.devices.len());
        for (number, assignment) in cover(roles, targets.len()).into_iter().enumerate() {
            // Fresh processes: what one run does to an implementation is no other run's trouble.
            let mut speakers = targets.iter().map(|t| Speaker::start(t, limits)).collect::<Result<Vec<_>, _>>()?;
            let played = one(&mut speakers, scenario, &assignment, number, &mut matrix);
            if played.trouble.is_none() {
                met.extend(covered(&assignment));
            }
            matrix.played.push(played);
            progress();
        }
        matrix.pairs.0 += met.len();
        matrix.pairs.1 += pairs(roles, targets.len()).len();
    }
    Ok(matrix)
}

/// How many runs [`run`] makes of these scenarios.
#[must_use]
pub fn runs(targets: usize, scenarios: &[Scenario]) -> usize {
    let playable = scenarios.iter().filter(|s| unplayable(s).is_none());
    playable.map(|s| cover(s.devices.len(), targets).len()).sum()
}

fn one(
    speakers: &mut [Speaker],
    scenario: &Scenario,
    assignment: &Assignment,
    number: usize,
    matrix: &mut Matrix,
) -> Played {
    let run = format!("mixed/{}/{number}", scenario.name);
    let mut room = Room::new(speakers, run, scenario.suite, scenario.encrypt_handshake);
    let trouble = play(&mut room, scenario, assignment).err();
    room.end();
    for (Passage { from, to }, count) in &room.passed {
        matrix.cells.entry((*from, *to)).or_default().taken += count;
    }
    let device = |name: &String| scenario.devices.iter().position(|d| d.name == *name);
    let plays = |name: &String| device(name).and_then(|place| assignment.get(place)).copied();
    let between = trouble
        .as_ref()
        .filter(|t| matches!(t.what, What::Refused(_)))
        .and_then(|trouble| Some((plays(trouble.from.as_ref()?)?, plays(&trouble.who)?)));
    if let Some(pair) = between {
        matrix.cells.entry(pair).or_default().refused += 1;
    }
    let name = |place: usize| matrix.names.get(place).cloned().unwrap_or_default();
    Played {
        scenario: scenario.name.clone(),
        roles: scenario.devices.iter().map(|d| d.name.clone()).zip(assignment.iter().map(|i| name(*i))).collect(),
        trouble,
        between: between.map(|(from, to)| (name(from), name(to))),
    }
}

impl Played {
    /// What an expectations file calls this run's trouble: `mixed/SCENARIO/FROM-to-TO`, or `mixed/SCENARIO/WHO`.
    #[must_use]
    pub fn id(&self) -> String {
        let who = self.trouble.as_ref().map(|t| t.who.as_str()).unwrap_or_default();
        let implementation = self.roles.iter().find(|(device, _)| device == who).map(|(_, name)| name.as_str());
        match &self.between {
            Some((from, to)) => format!("mixed/{}/{from}-to-{to}", self.scenario),
            None => format!("mixed/{}/{}", self.scenario, implementation.unwrap_or("all")),
        }
    }

    /// Whether it failed, rather than that somebody lacks something.
    #[must_use]
    pub fn failed(&self) -> bool {
        let lacks = |t: &Trouble| matches!(t.what, What::Unsupported(_) | What::NotPlayable(_));
        self.trouble.as_ref().is_some_and(|t| !lacks(t))
    }
}
