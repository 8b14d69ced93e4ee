//! Every scenario holds, gives one trace a seed, and can be drawn.

#![allow(clippy::unwrap_used, reason = "tests")]

use mimicheck::entropy::Seed;
use mimicheck::sim::{Entry, Expect, HubKind, Place, Scenario, Trace, run};
use mimicheck_conformance::draw::{svg, terminal};
use mimicheck_conformance::project::Project;
use mimicheck_conformance::simulate::{self, Libraries};
use std::path::PathBuf;

fn scenarios() -> Vec<(PathBuf, Scenario)> {
    let project = Project::find(None).unwrap();
    let folders = [project.scenarios(), project.scenarios().join("mixed")];
    let paths = folders.iter().flat_map(|dir| simulate::all(dir).unwrap());
    let variants = |path: PathBuf| {
        let all = simulate::scenario(&path).unwrap().variants();
        all.into_iter().map(move |scenario| (path.clone(), scenario))
    };
    paths.flat_map(variants).collect()
}

fn traced(scenario: &Scenario, seed: &str) -> Trace {
    run(scenario, &Seed::new(seed), &Libraries::default()).unwrap()
}

fn shown(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn every_scenario_holds_and_is_the_same_twice() {
    let all = scenarios();
    assert!(all.len() >= 12, "the test looks at the wrong place");
    for (path, scenario) in &all {
        let trace = traced(scenario, "mimicheck");
        assert_eq!(trace.failures().collect::<Vec<_>>(), Vec::<String>::new(), "{}", path.display());
        assert_eq!(trace, traced(scenario, "mimicheck"), "{}", path.display());
        assert_eq!(
            path.file_stem().unwrap().to_str(),
            scenario.name.split('@').next(),
            "a file is called as its scenario"
        );
    }
}

#[test]
fn every_scenario_holds_for_other_seeds() {
    for (path, scenario) in &scenarios() {
        for seed in ["one", "two", "three"] {
            let failures: Vec<_> = traced(scenario, seed).failures().collect();
            assert_eq!(failures, Vec::<String>::new(), "{} with seed {seed}", path.display());
        }
    }
}

/// Who is together is not apart: with that expected as well, each scenario must fail.
#[test]
fn every_scenario_can_fail() {
    for (path, mut scenario) in scenarios() {
        let who =
            scenario.ends.iter().find_map(|e| if let Expect::Together(who) = e { Some(who.clone()) } else { None });
        scenario.ends.push(Expect::Apart(who.unwrap()));
        assert_eq!(traced(&scenario, "mimicheck").failures().count(), 1, "{}", path.display());
    }
}

/// What a provider or a hub is for shows: without it these do not hold.
#[test]
fn a_scenario_of_a_role_needs_that_role() {
    let mut seen = 0;
    for (path, mut scenario) in scenarios() {
        match path.file_stem().unwrap().to_str().unwrap() {
            "hub-out-of-reach" => scenario.providers.iter_mut().for_each(|provider| provider.keeps = false),
            "tree-known-to-the-hub" | "damaged-commit-at-a-tracking-hub" => {
                scenario.providers.iter_mut().for_each(|provider| provider.hub = HubKind::Blind);
            }
            _ => continue,
        }
        assert!(traced(&scenario, "mimicheck").failures().count() > 0, "{}", scenario.name);
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn text_fits_a_hundred_columns() {
    for (_, scenario) in &scenarios() {
        let trace = traced(scenario, "mimicheck");
        let texts = [terminal::render(&trace, false), terminal::render(&trace, true), simulate::render(&trace)];
        for line in texts.iter().flat_map(|text| text.lines()) {
            let width = unicode_width::UnicodeWidthStr::width(shown(line).as_str());
            assert!(width <= 100, "{width}: {line}");
        }
    }
}

#[test]
fn a_picture_names_everybody_and_every_step() {
    for (_, scenario) in &scenarios() {
        let trace = traced(scenario, "mimicheck");
        let picture = svg::render(&trace, svg::Options::default());
        let text = shown(&terminal::render(&trace, false));
        let first = |step: &str| step.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        for name in trace.providers.iter().chain(trace.devices.iter().map(|(name, _)| name)) {
            assert!(picture.contains(&format!(">{name}<")) && text.contains(name.as_str()), "{name}");
        }
        for step in &scenario.steps {
            assert!(text.contains(&first(&step.to_string())), "{}: {step}", scenario.name);
        }
    }
}

/// A trace may come from anywhere.
#[test]
fn what_a_trace_says_does_nothing_to_a_terminal_or_a_picture() {
    let evil = "<script>alert('\u{1b}[2J')</script>&\u{202e}\u{0}";
    let place =
        |n: u64| Place { epoch: u64::MAX, authenticator: format!("{evil}{n}"), partition: format!("{evil}{n}") };
    let name = evil.to_owned();
    let crossed = |to: &str| Entry::Crossed {
        at: u64::MAX,
        arrives: vec![0, u64::MAX],
        from: name.clone(),
        to: to.to_owned(),
        what: name.clone(),
        about: name.clone(),
        octets: name.clone(),
        fault: Some(name.clone()),
    };
    let sequenced = |from: u64, to: u64| Entry::Sequenced {
        at: 0,
        by: name.clone(),
        partition: place(from).partition,
        index: u32::MAX,
        device: Some(name.clone()),
        about: name.clone(),
        next: Some(place(to).partition),
    };
    let moved = |n| Entry::Moved { at: 0, device: name.clone(), how: name.clone(), place: Some(place(n)) };
    let mut entries = vec![
        Entry::Step { at: 0, index: usize::MAX, text: name.clone() },
        crossed(evil),
        crossed("nobody"),
        crossed("p"),
        moved(0),
        moved(1),
        sequenced(0, 1),
        sequenced(1, 0),
        sequenced(2, 2),
        Entry::Heard { at: 0, device: name.clone(), sender: name.clone(), text: name.repeat(100) },
        Entry::Refused { at: 0, by: name.clone(), reason: name.clone(), said: name.clone() },
        Entry::Noted { at: 0, device: name.clone(), text: name.clone() },
        Entry::At { at: 0, device: name.clone(), place: None, awaits: name.clone() },
        Entry::Expected { at: 0, text: name.clone(), otherwise: name.clone() },
    ];
    entries.extend((3..2000).map(|n| sequenced(n, n + 1)));
    let trace = Trace {
        scenario: name.clone(),
        shows: name.repeat(50),
        holds: name.clone(),
        seed: name.clone(),
        providers: vec!["p".to_owned(), "長い名前".to_owned()],
        devices: vec![(name.clone(), "p".to_owned())],
        entries,
    };
    let empty = Trace { providers: vec![], devices: vec![], entries: vec![], ..trace.clone() };
    for trace in [trace, empty] {
        for all in [false, true] {
            let picture = svg::render(&trace, svg::Options { all, ..svg::Options::default() });
            assert!(!picture.contains("<script") && !picture.contains(['\u{1b}', '\u{202e}', '\u{0}']));
            let text = shown(&(terminal::render(&trace, all) + &simulate::render(&trace)));
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{0}']), "{text}");
        }
    }
}
