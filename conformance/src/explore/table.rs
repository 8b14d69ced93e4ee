//! What was found, as text of 100 columns.

use super::action::Action;
use super::bug::{ALL as BUGS, Bug};
use super::property::{ALL as PROPERTIES, Must, Property};
use super::search::{Found, Report, Verdict, end};
use super::state::bit;
use super::world::World;
use std::fmt::Write;
use std::time::Duration;

fn per_second(states: usize, took: Duration) -> u128 {
    let ms = took.as_millis().max(1);
    u128::try_from(states).unwrap_or(0).saturating_mul(1000).checked_div(ms).unwrap_or(0)
}

/// Worlds, a line each; then properties, with the shortest path to a counterexample; with those to witnesses if `witnesses`.
#[must_use]
pub fn text(reports: &[Report], took: Duration, witnesses: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:<24}{:>10}{:>10}{:>7}{:>9}{:>12}",
        "world", "states", "unique", "depth", "silence", "states/s"
    );
    for r in reports {
        let rate = per_second(r.states, r.took);
        let name = r.world.name();
        let _ = writeln!(out, "{name:<24}{:>10}{:>10}{:>7}{:>9}{rate:>12}", r.states, r.unique, r.depth, r.silence);
    }
    let (states, unique) = (reports.iter().map(|r| r.states).sum(), reports.iter().map(|r| r.unique).sum::<usize>());
    let (all, rate) = (format!("{} worlds", reports.len()), per_second(states, took));
    let _ = writeln!(out, "{all:<24}{states:>10}{unique:>10}{:>28}", rate);
    for must in [Must::Hold, Must::Happen] {
        let _ = writeln!(
            out,
            "\n{}",
            if must == Must::Hold { "must hold in every state" } else { "must happen in some state" }
        );
        for property in PROPERTIES.iter().filter(|p| p.must == must) {
            one(&mut out, reports, property, witnesses);
        }
    }
    out
}

fn one(out: &mut String, reports: &[Report], property: &Property, witnesses: bool) {
    let of = |r: &'_ Report| r.found.iter().position(|f| f.property.name == property.name);
    let all: Vec<(&Report, &Found)> = reports.iter().filter_map(|r| r.found.get(of(r)?).map(|f| (r, f))).collect();
    let count = |wanted: fn(&Verdict) -> bool| all.iter().filter(|(_, f)| wanted(&f.verdict)).count();
    let good = count(|v| *v == Verdict::Good);
    let (bad, expected) = (count(|v| *v == Verdict::Bad), count(|v| matches!(v, Verdict::Expected(_))));
    let stale = count(|v| matches!(v, Verdict::Stale(_)));
    let hold = property.must == Must::Hold;
    let (yes, no) = if hold { ("holds", "does not") } else { ("happens", "never") };
    let mut says = format!("{yes} in {good}");
    for (n, what) in [(expected, format!("{no}, as expected, in {expected}")), (bad, format!("{no} in {bad}"))] {
        if n > 0 {
            says = format!("{says}; {what}");
        }
    }
    if stale > 0 {
        says = format!("{says}; {yes} against what is expected in {stale}");
    }
    let mark = if bad + stale > 0 { "FAIL" } else { "ok" };
    let _ = writeln!(out, "  {mark:<5}{:<22} {}\n       {says}", property.name, property.says);
    let mut reasons: Vec<&str> = vec![];
    for (report, found) in &all {
        let why = match found.verdict {
            Verdict::Expected(why) | Verdict::Stale(why) => why,
            Verdict::Bad => "unexpected",
            Verdict::Good => "",
        };
        if reasons.contains(&why) || (why.is_empty() && (hold || !witnesses)) {
            continue;
        }
        reasons.push(why);
        let _ = writeln!(out, "         {} {}", report.world.name(), why);
        for (n, event) in told(report.world, found.path.as_deref().unwrap_or_default()).into_iter().enumerate() {
            let _ = writeln!(out, "         {:>3} {event}", n.saturating_add(1));
        }
    }
}

/// Each bug of the model, the property that it is there for, and what it breaks.
#[must_use]
pub fn kill_matrix(kills: &[(Bug, Vec<&'static str>)]) -> String {
    let mut out = String::new();
    for (bug, name, about, breaks) in BUGS {
        let broken = kills.iter().find(|(b, _)| b == bug).map(|(_, broken)| broken.clone()).unwrap_or_default();
        let mark = if broken.contains(breaks) { "ok" } else { "FAIL" };
        let _ = writeln!(out, "  {mark:<5}{name:<26}{about}\n       for {breaks}; breaks {}", broken.join(", "));
    }
    out
}

/// The events of a path in words, each with what the hub ends by rule at once.
#[must_use]
pub fn told(world: World, path: &[Action]) -> Vec<String> {
    let state = |events: usize| end(world, path.get(..events).unwrap_or_default());
    let event = |(n, action): (usize, &Action)| {
        let (before, after) = (state(n), state(n.saturating_add(1)));
        let ends = after.order.iter().filter(|node| (after.ended & !before.ended) & bit(**node) != 0);
        let ends: Vec<String> = ends.map(ToString::to_string).collect();
        if ends.is_empty() || matches!(action, Action::End(_)) {
            action.to_string()
        } else {
            format!("{action}, and the hub's rule ends partition {}", ends.join(", "))
        }
    };
    path.iter().enumerate().map(event).collect()
}
