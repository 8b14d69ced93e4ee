#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod checks;
mod forking;
mod knowing;
mod runs;
mod trees;

use super::{Engines, Entry, Scenario, Trace, run};
use crate::entropy::Seed;
use crate::mls::member::Engine;
use crate::mls::second;
use serde_json::{Value, json};

/// The library that every device of these tests runs.
struct Only;

impl Engines for Only {
    fn engine(&self, name: Option<&str>) -> Option<Box<dyn Engine>> {
        if name.is_none() { Some(Box::new(second::engine())) } else { None }
    }
}

/// Alice at the hub, bob and carol elsewhere.
fn scenario(steps: Value, ends: Value) -> Scenario {
    serde_json::from_value(json!({
        "name": "test", "shows": "something", "holds": "something",
        "providers": [{"name": "a.example"}, {"name": "b.example"}, {"name": "c.example"}],
        "devices": [
            {"name": "alice", "provider": "a.example"},
            {"name": "bob", "provider": "b.example"},
            {"name": "carol", "provider": "c.example"},
        ],
        "steps": steps, "ends": ends,
    }))
    .unwrap()
}

fn three() -> Value {
    json!([{"create": {"by": "alice"}}, {"add": {"by": "alice", "who": ["bob", "carol"]}}])
}

/// These steps after the group of three was made.
fn then(more: Value) -> Value {
    let mut steps = three().as_array().unwrap().clone();
    steps.extend(more.as_array().unwrap().iter().cloned());
    Value::Array(steps)
}

fn all_together() -> Value {
    json!([{"together": ["alice", "bob", "carol"]}])
}

fn traced(scenario: &Scenario, seed: &str) -> Trace {
    run(scenario, &Seed::new(seed), &Only).unwrap()
}

fn failures(trace: &Trace) -> Vec<String> {
    trace.failures().collect()
}

fn refusals(trace: &Trace) -> Vec<(&str, &str)> {
    let mut found = vec![];
    for entry in &trace.entries {
        if let Entry::Refused { by, reason, .. } = entry {
            found.push((by.as_str(), reason.as_str()));
        }
    }
    found
}
