//! The part of `run` in which several implementations meet.

use crate::exit::Exit;
use crate::expectations::Expectations;
use crate::mixed::{self, Came, Matrix, came};
use crate::project::{Failure, Project};
use crate::runner::{Limits, Target, matcher};
use crate::simulate;
use indicatif::ProgressBar;
use mimicheck::sim::Scenario;
use std::collections::BTreeSet;
use std::path::Path;

/// What a client must have to play in a scenario.
const NEEDED: [&str; 6] =
    ["client/new", "client/create", "client/commit", "client/join", "client/process", "client/members"];

/// What a mixed run is made of.
pub(super) struct Meeting<'a> {
    /// Those who take part.
    pub targets: Vec<Target>,
    /// Their names.
    pub names: Vec<String>,
    /// Their expectations.
    pub expectations: Vec<Expectations>,
    /// Time limits.
    pub limits: Limits,
    /// Where to write the matrix as JSON.
    pub matrix: Option<&'a Path>,
    /// Globs over `mixed/SCENARIO`; none takes all.
    pub run: &'a [String],
    /// Globs over `mixed/SCENARIO` that are left out.
    pub skip: &'a [String],
}

/// Whether an implementation can take part.
pub(super) fn can_meet(ops: &[String]) -> bool {
    NEEDED.iter().all(|needed| ops.iter().any(|op| op == needed))
}

impl Meeting<'_> {
    /// Plays the scenarios and prints the matrix; nothing where fewer than two can take part, or nothing is selected.
    pub(super) fn hold(&self, project: &Project, progress: bool, quiet: bool) -> Result<Exit, Failure> {
        let scenarios = self.scenarios(project)?;
        if self.targets.len() < 2 || scenarios.is_empty() {
            return Ok(Exit::Ok);
        }
        let bar = if progress {
            let runs = mixed::runs(self.targets.len(), &scenarios);
            ProgressBar::new(u64::try_from(runs).unwrap_or(u64::MAX)).with_message("mixed runs")
        } else {
            ProgressBar::hidden()
        };
        let matrix = mixed::run(&self.targets, self.limits, &scenarios, &|| bar.inc(1))?;
        bar.finish_and_clear();
        if !quiet {
            anstream::println!("{}", mixed::render(&matrix, &self.expectations).trim_end());
        }
        if let Some(path) = self.matrix {
            let text = format!("{:#}\n", mixed::json(&matrix, &self.expectations));
            super::output::write_file("--matrix", path, &text)?;
        }
        let stale = self.stale(&matrix);
        for what in &stale {
            anstream::println!("stale expectation: {what}");
        }
        let failed = matrix.played.iter().any(|p| came(p, &self.expectations).0 == Came::Failed);
        Ok(match (failed, stale.is_empty()) {
            (true, _) => Exit::Conformance,
            (false, false) => Exit::Stale,
            (false, true) => Exit::Ok,
        })
    }

    fn scenarios(&self, project: &Project) -> Result<Vec<Scenario>, Failure> {
        let globs = |list: &[String]| list.iter().map(|g| matcher(g)).collect::<Result<Vec<_>, _>>();
        let (run, skip) = (globs(self.run)?, globs(self.skip)?);
        let folder = project.scenarios().join("mixed");
        if !folder.is_dir() {
            return Ok(vec![]);
        }
        let paths = simulate::all(&folder)?;
        let all = paths.iter().map(|path| simulate::scenario(path)).collect::<Result<Vec<_>, _>>()?;
        let taken = |scenario: &Scenario| {
            let id = format!("mixed/{}", scenario.name);
            (run.is_empty() || run.iter().any(|g| g.is_match(&id))) && !skip.iter().any(|g| g.is_match(&id))
        };
        Ok(all.into_iter().filter(taken).collect())
    }

    /// Expectations of mixed runs that no run bears out, where everybody that they name took part.
    fn stale(&self, matrix: &Matrix) -> Vec<String> {
        let failing: BTreeSet<String> = matrix.played.iter().filter(|p| p.failed()).map(mixed::Played::id).collect();
        let played: BTreeSet<&str> = matrix.played.iter().map(|p| p.scenario.as_str()).collect();
        let entries = self.expectations.iter().flat_map(Expectations::mixed);
        entries
            .filter(|(glob, _)| {
                let mut parts = glob.split('/').skip(1);
                let scenario = parts.next().unwrap_or_default();
                let who = parts.next().unwrap_or_default();
                let there = who.split("-to-").all(|name| name.contains('*') || self.names.iter().any(|n| n == name));
                there && (scenario.contains('*') || played.contains(scenario))
            })
            .filter(|(_, matcher)| !failing.iter().any(|id| matcher.is_match(id)))
            .map(|(glob, _)| format!("{glob}: no mixed run fails like that; delete it"))
            .collect()
    }
}
