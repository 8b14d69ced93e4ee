//! A matrix for a terminal of 100 columns.

use super::matrix::{Matrix, Played};
use super::play::What;
use crate::expectations::Expectations;
use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Names longer than this are cut in the head of the matrix.
const COLUMN: usize = 14;

/// A run, and why it was expected to fail, if it was.
type Told<'a> = (&'a Played, Option<String>);

/// What a run came to, with what was expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// To its end.
    Through,
    /// Somebody lacks something.
    NotRun,
    /// It failed, and a file of expectations says so.
    Expected,
    /// It failed.
    Failed,
}

/// What a run came to; `expectations` are those of every implementation.
#[must_use]
pub fn came(played: &Played, expectations: &[Expectations]) -> (Came, Option<String>) {
    let id = played.id();
    let because = expectations.iter().find_map(|e| e.reason(&id));
    match (&played.trouble, because) {
        (None, _) => (Came::Through, None),
        (Some(_), _) if !played.failed() => (Came::NotRun, None),
        (Some(_), Some(because)) => (Came::Expected, Some(because)),
        (Some(_), None) => (Came::Failed, None),
    }
}

/// All of it for machines: implementations, cells, pairs met, every run with its roles and what came of it.
#[must_use]
pub fn json(matrix: &Matrix, expectations: &[Expectations]) -> Value {
    let name = |place: usize| matrix.names.get(place).cloned().unwrap_or_default();
    let cells = matrix.cells.iter().map(|((from, to), cell)| {
        json!({"from": name(*from), "to": name(*to), "taken": cell.taken, "refused": cell.refused})
    });
    let runs = matrix.played.iter().map(|played| {
        let (came, because) = came(played, expectations);
        let roles: serde_json::Map<String, Value> =
            played.roles.iter().map(|(device, name)| (device.clone(), name.as_str().into())).collect();
        json!({
            "scenario": played.scenario,
            "roles": roles,
            "outcome": match came {
                Came::Through => "through",
                Came::NotRun => "not-run",
                Came::Expected => "expected-failure",
                Came::Failed => "failed",
            },
            "id": played.trouble.is_some().then(|| played.id()),
            "what": played.trouble.as_ref().map(ToString::to_string),
            "because": because,
        })
    });
    json!({
        "implementations": matrix.names,
        "pairs": {"met": matrix.pairs.0, "all": matrix.pairs.1},
        "cells": cells.collect::<Vec<_>>(),
        "runs": runs.collect::<Vec<_>>(),
        "not_played": matrix.not_played.iter()
            .map(|(scenario, why)| json!({"scenario": scenario, "why": why})).collect::<Vec<_>>(),
    })
}

/// The matrix, and what did not come to its end.
#[must_use]
pub fn render(matrix: &Matrix, expectations: &[Expectations]) -> String {
    let mut out = String::new();
    let scenarios: std::collections::BTreeSet<_> = matrix.played.iter().map(|p| &p.scenario).collect();
    let _ = writeln!(
        out,
        "\n{BOLD}mixed runs{BOLD:#}: {} scenarios in {} runs; {} of {} pairs of implementations in pairs of roles met",
        scenarios.len(),
        matrix.played.len(),
        matrix.pairs.0,
        matrix.pairs.1
    );
    let short = |name: &String| name.chars().take(COLUMN - 1).collect::<String>();
    let _ = write!(out, "\n{DIM}{:COLUMN$}", "from \\ to");
    matrix.names.iter().for_each(|name| {
        let _ = write!(out, "{:>COLUMN$}", short(name));
    });
    let _ = writeln!(out, "{DIM:#}");
    for (from, name) in matrix.names.iter().enumerate() {
        let _ = write!(out, "{:COLUMN$}", short(name));
        for to in 0..matrix.names.len() {
            let cell = matrix.cells.get(&(from, to)).copied().unwrap_or_default();
            let text =
                if cell.refused == 0 { cell.taken.to_string() } else { format!("{}, {} no", cell.taken, cell.refused) };
            let _ = write!(out, "{text:>COLUMN$}");
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{DIM}messages that the one took of the other; no: refused, which ends a run{DIM:#}");
    let mut groups: BTreeMap<(Came, String), Vec<Told<'_>>> = BTreeMap::new();
    for played in &matrix.played {
        let (came, because) = came(played, expectations);
        if came != Came::Through {
            groups.entry((came, played.id())).or_default().push((played, because));
        }
    }
    for ((came, id), runs) in &groups {
        group(&mut out, *came, id, runs);
    }
    for (scenario, why) in &matrix.not_played {
        let _ = writeln!(out, "{DIM}not played{DIM:#}  {scenario}: {why}");
    }
    out
}

/// Lines of at most so many characters, broken at spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn group(out: &mut String, came: Came, id: &str, runs: &[Told<'_>]) {
    let (style, label) = match came {
        Came::Failed => (BAD, "FAILED"),
        Came::Expected => (DIM, "expected"),
        _ => (DIM, "not run"),
    };
    let Some((first, because)) = runs.first() else { return };
    let times = if runs.len() == 1 { String::new() } else { format!(" ({} runs)", runs.len()) };
    let _ = writeln!(out, "{style}{label}{style:#}  {BOLD}{id}{BOLD:#}{times}");
    let mut field = |name: &str, text: &str| {
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(600).collect();
        for (i, line) in wrap(&clean, 86).iter().enumerate() {
            let _ = writeln!(out, "  {DIM}{:<10}{DIM:#}{line}", if i == 0 { name } else { "" });
        }
    };
    if let Some(trouble) = &first.trouble {
        field(if matches!(trouble.what, What::Unsupported(_)) { "lacks" } else { "what" }, &trouble.to_string());
    }
    if let Some(because) = because {
        field("because", because);
    }
    let roles: Vec<_> = first.roles.iter().map(|(device, name)| format!("{device} {name}")).collect();
    field("roles", &roles.join(", "));
}
