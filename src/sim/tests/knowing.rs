//! No silent partition, whatever a hub does to whom, once members ask each other; nobody cries wolf for certain; nobody joins anew by
//! itself; and whoever the hub treats as it should goes on.

use super::*;
use crate::entropy::Stream;
use crate::sim::Place;
use std::collections::BTreeMap;

const NAMES: [&str; 5] = ["alice", "bob", "carol", "dave", "erin"];
const RUNS: usize = 96;

fn below(chance: &mut Stream, bound: usize) -> usize {
    usize::try_from(chance.below(u64::try_from(bound).unwrap())).unwrap()
}

fn pick<'a>(chance: &mut Stream, from: &[&'a str]) -> &'a str {
    from[below(chance, from.len())]
}

fn home(name: &str) -> String {
    format!("{}.example", &name[..1])
}

/// What the hub does to one device's provider, and what others do meanwhile such that it befalls something.
fn episode(chance: &mut Stream, victim: &str, (one, other): (&str, &str), text: &str) -> Vec<Value> {
    let update = |by: &str| json!({"update": {"by": by}});
    let send = |by: &str| json!({"send": {"by": by, "text": text}});
    let bad = |does: &str| json!({"misbehave": {"to": home(victim), "does": does}});
    let mut steps = match chance.below(9) {
        0 => vec![bad("withhold-commits"), update(one), send(other)],
        1 => vec![bad("withhold-messages"), send(one), update(other)],
        2 => vec![bad("withhold-everything"), send(one), update(other), send(one)],
        3 | 4 => vec![
            json!({"offline": [victim]}),
            bad("reverse"),
            json!({"together": [update(one), update(other)]}),
            json!({"online": [victim]}),
        ],
        5 => vec![bad("repeat"), send(one), update(other)],
        6 => vec![bad("false-next-partition-key"), update(one), send(one)],
        7 => vec![bad("damage"), send(one), update(other)],
        _ => vec![bad("invent-hints"), send(one)],
    };
    if chance.below(3) > 0 {
        steps.push(json!({"behave": {"to": home(victim)}}));
    }
    steps
}

fn schedule(chance: &mut Stream) -> (Vec<Value>, [&'static str; 2]) {
    let mut left = NAMES.to_vec();
    let mut take = |chance: &mut Stream| left.swap_remove(below(chance, left.len()));
    let (first, second) = (take(chance), take(chance));
    let (one, other) = (take(chance), take(chance));
    let mut steps = vec![json!({"create": {"by": "alice"}}), json!({"add": {"by": "alice", "who": &NAMES[1..]}})];
    for round in 0..chance.below(3) {
        steps.push(json!({"send": {"by": pick(chance, &NAMES), "text": format!("before {round}")}}));
        steps.push(json!({"update": {"by": pick(chance, &NAMES)}}));
    }
    steps.extend(episode(chance, first, (one, other), "first"));
    if chance.below(2) == 0 {
        steps.extend(episode(chance, second, (other, one), "second"));
    }
    for round in 0..chance.below(3) {
        steps.push(json!({"send": {"by": pick(chance, &NAMES), "text": format!("after {round}")}}));
        steps.push(json!({"update": {"by": pick(chance, &[one, other, first])}}));
    }
    // Everybody asks everybody, and then looks once more.
    for by in NAMES {
        let others: Vec<_> = NAMES.iter().filter(|name| **name != by).collect();
        steps.push(json!({"tell": {"by": by, "to": others}}));
    }
    (steps, [one, other])
}

fn played(steps: &[Value], seed: &str) -> Trace {
    // A hub that alters every envelope of an own commit has whoever makes lost commits anew do so for ever.
    let names = |name: &&str| json!({"name": name, "provider": home(name), "redo": false});
    let scenario = serde_json::from_value(json!({
        "name": "knowing", "shows": "something", "holds": "something",
        "providers": NAMES.iter().map(|name| json!({"name": home(name)})).collect::<Vec<_>>(),
        "devices": NAMES.iter().map(names).collect::<Vec<_>>(),
        "steps": steps, "ends": all_named(),
    }));
    run(&scenario.unwrap(), &Seed::new(seed), &Only).unwrap_or_else(|e| panic!("{seed}: {e}\n{steps:?}"))
}

fn all_named() -> Value {
    json!([{"together": NAMES}])
}

/// What a run comes to, for one device.
#[derive(Default)]
struct Life {
    /// By the number of the epoch.
    places: BTreeMap<u64, String>,
    now: Option<Place>,
    standing: String,
    proof: Option<String>,
}

fn lives(trace: &Trace) -> BTreeMap<&str, Life> {
    let mut lives: BTreeMap<&str, Life> = BTreeMap::new();
    for entry in &trace.entries {
        match entry {
            Entry::Moved { device, how, place, .. } => {
                assert_ne!(how, "joined", "{device} has joined anew by itself");
                let life = lives.entry(device).or_default();
                if let Some(place) = place {
                    life.places.insert(place.epoch, place.authenticator.clone());
                }
                life.now.clone_from(place);
            }
            Entry::Knows { device, standing, proof, .. } => {
                let life = lives.entry(device).or_default();
                (life.standing, life.proof) = (standing.clone(), proof.clone());
            }
            Entry::Crossed { what, from, .. } => {
                assert_ne!(what, "ExternalJoinRequest", "of {from}");
                // A GroupInfo is asked for by who was welcomed, once.
                let inside = lives.get(from.as_str()).is_some_and(|life| !life.places.is_empty());
                assert!(!inside || what != "GroupInfoRequest", "{from} asks for a GroupInfo");
            }
            _ => {}
        }
    }
    lives
}

#[test]
fn there_is_no_silent_partition_once_members_ask() {
    let (mut together, mut parted, mut certain, mut doubts) = (0, 0, 0, 0);
    for number in 0..RUNS {
        let seed = format!("knowing {number}");
        let (steps, honest) = schedule(&mut Seed::new(&seed).stream("schedule"));
        let trace = played(&steps, &seed);
        let lives = lives(&trace);
        let at = |name: &str| lives[name].now.clone().unwrap();
        let said = |name: &str| format!("{seed}: {name}\n{steps:#?}");
        assert_eq!(at(honest[0]), at(honest[1]), "{}", said(honest[0]));
        let apart = |name: &str| NAMES.iter().any(|other| at(other) != at(name));
        for name in NAMES {
            let life = &lives[name];
            let knows = !life.standing.is_empty() && life.standing != "together";
            doubts += usize::from(life.standing == "doubt");
            if life.proof.as_deref() == Some("certain") {
                certain += 1;
                assert!(apart(name), "knows for certain what is not so: {}", said(name));
            }
            for other in NAMES.iter().filter(|other| at(other) != at(name)) {
                let theirs = &lives[other];
                let contradict = life.places.iter().any(|(n, place)| theirs.places.get(n).is_some_and(|p| p != place));
                let they_know = !theirs.standing.is_empty() && theirs.standing != "together";
                assert!(knows || they_know, "neither knows: {} and {other}", said(name));
                if contradict {
                    assert!(knows && they_know, "one of them does not know: {} and {other}", said(name));
                    let proofs = [life.proof.as_deref(), theirs.proof.as_deref()];
                    assert!(proofs.contains(&Some("certain")), "{} and {other}", said(name));
                }
            }
        }
        if NAMES.iter().any(|name| apart(name)) { parted += 1 } else { together += 1 }
    }
    // The search is not vacuous.
    assert!(together > 10 && parted > 10 && certain > 20 && doubts > 5, "{together} {parted} {certain} {doubts}");
}
