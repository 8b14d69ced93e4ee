//! A path as a scenario: the same commits, reads and faults with real members and hubs, and the end held against the model's.
//!
//! Everybody is offline but for the moment in which it acts. Who commits comes online, commits and goes again before anything
//! arrives; who reads stays online until there is nothing new, and where reports are prompt it reports before it goes. So the
//! order of events is that of the path. Where the hub ends branches by rule, the real one does so by itself, from what it is asked
//! and told; no step says so.

use super::action::{Action, name, names};
use super::rule::{apart_from, forks};
use super::search::{Found, Report, end, walk};
use super::state::{Kind, State, bit};
use super::world::{ATTACKER, Envelope, Policy, Reports, World};
use crate::simulate::Libraries;
use mimicheck::delivery::Weight;
use mimicheck::entropy::Seed;
use mimicheck::sim::{
    Device, Does, Entry, EnvelopeRule, Expect, Fault, Forbids, HubKind, Network, Place, Provider, Publishes, Scenario,
    SeenFork, Step, Terminates, To, Trace, run,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whom only those add who do not know the ban.
const BANNED: &str = "trudy";
/// What a member may say that has seen nothing wrong: a commit was late.
const LATE: &str = "old-partition";

/// More requests than a device makes between its first for a partition and its report of it.
const ENOUGH: u64 = 100;

/// A path, played.
#[derive(Debug)]
pub struct Replay {
    /// What happened.
    pub trace: Trace,
    /// Where the real end is otherwise than the model's, in words.
    pub differs: Vec<String>,
}

/// Plays a path with real members and hubs. `None` where no scenario can say it: see [`scenario`].
///
/// # Errors
/// The scenario can not be run, in words.
pub fn play(world: &World, path: &[Action], title: &str, seed: &str) -> Result<Option<Replay>, String> {
    compared(world, world, path, title, seed)
}

/// Plays a path of a world with the hub of another one, and compares it with the first.
pub(super) fn compared(
    world: &World,
    played: &World,
    path: &[Action],
    title: &str,
    seed: &str,
) -> Result<Option<Replay>, String> {
    let mut path = path.to_vec();
    if end(*world, &path).flying.is_some() {
        // What is held must travel on before a run may end.
        path.push(Action::Arrives);
    }
    let path = path.as_slice();
    let Some(mut scenario) = scenario(world, path, title) else { return Ok(None) };
    scenario.providers.iter_mut().for_each(|provider| provider.terminates = terminates(played));
    let mut trace = run(&scenario, &Seed::new(seed), &Libraries::default()).map_err(|broken| broken.to_string())?;
    // A scenario ends with somebody together; a fork need not. What holds at its end is compared here instead.
    let mut expected: Vec<_> = trace.entries.extract_if(.., |entry| matches!(entry, Entry::Expected { .. })).collect();
    expected.pop();
    let mut differs = differences(world, &end(*world, path), &trace);
    differs.extend(expected.into_iter().filter_map(|entry| match entry {
        Entry::Expected { text, otherwise, .. } if !otherwise.is_empty() => Some(format!("{text}: {otherwise}")),
        _ => None,
    }));
    Ok(Some(Replay { trace, differs }))
}

/// Paths that were played.
#[derive(Debug, Default)]
pub struct Played {
    /// Those that could be said.
    pub played: usize,
    /// Those that no scenario can say.
    pub unsayable: usize,
    /// Title, path in words, and what is otherwise.
    pub wrong: Vec<(String, String, Vec<String>)>,
}

/// Plays every path that was found, and so many at random of the same worlds.
#[must_use]
pub fn play_all(reports: &[Report], walks: usize, jobs: usize) -> Played {
    let found = reports.iter().flat_map(|r| {
        let title = |f: &Found| format!("{} in {}", f.property.name, r.world.name());
        r.found.iter().filter_map(move |f| Some((r.world, title(f), f.path.clone()?)))
    });
    let mut paths: Vec<(World, String, Vec<Action>)> = found.collect();
    let mut chance = Seed::new("mimicheck explore").stream("walks");
    for (n, report) in reports.iter().cycle().take(walks).enumerate() {
        let most = chance.below(20).saturating_add(4);
        let mut steps = 0_u64;
        let path = walk(report.world, |choices| {
            steps = steps.saturating_add(1);
            let choices = u64::try_from(choices).ok().filter(|n| *n > 0 && steps <= most)?;
            usize::try_from(chance.below(choices)).ok()
        });
        paths.push((report.world, format!("walk {n} in {}", report.world.name()), path));
    }
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Played::default()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, paths.len().max(1)) {
            scope.spawn(|| {
                while let Some((world, title, path)) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = play(world, path, title, title);
                    let Ok(mut all) = all.lock() else { return };
                    let differs = match result {
                        Ok(None) => {
                            all.unsayable = all.unsayable.saturating_add(1);
                            continue;
                        }
                        Ok(Some(replay)) => replay.differs,
                        Err(why) => vec![why],
                    };
                    all.played = all.played.saturating_add(1);
                    if !differs.is_empty() {
                        all.wrong.push((title.clone(), super::table::told(*world, path).join("; "), differs));
                    }
                }
            });
        }
    });
    let mut all = all.into_inner().unwrap_or_default();
    all.wrong.sort();
    all
}

/// A path as a scenario. `None` for a path with messages in reverse, for which there is no fault of the network; and for one
/// whose victim of a spoiled path may be another member than the model's, as the tree is no longer that of the beginning.
#[must_use]
pub fn scenario(world: &World, path: &[Action], title: &str) -> Option<Scenario> {
    let provider = |n: u8| format!("{}.example", char::from(b'a'.saturating_add(world.provider(n))));
    let everybody: Vec<String> = world.everybody().map(|c| name(c).to_owned()).collect();
    let device = |name: &str, provider: String, lax: bool| Device {
        name: name.to_owned(),
        user: None,
        provider,
        engine: None,
        envelope: if world.envelope == Envelope::Follow { EnvelopeRule::Follow } else { EnvelopeRule::Ignore },
        publishes: Publishes::default(),
        forbids: Forbids { banned: if lax { vec![] } else { vec![BANNED.to_owned()] }, muted: vec![] },
        replace: false,
        redo: false,
        lawless: false,
    };
    let mut devices: Vec<Device> = world.everybody().map(|c| device(name(c), provider(c), world.lax(c))).collect();
    let mut steps = vec![
        Step::Create { by: name(0).to_owned() },
        Step::Add { by: name(0).to_owned(), who: everybody.iter().skip(1).cloned().collect() },
        Step::Offline(everybody.clone()),
    ];
    if path.iter().any(|a| matches!(a, Action::Commit(_, Kind::AgainstPolicy))) {
        devices.push(device(BANNED, provider(world.providers.saturating_sub(1)), true));
        steps.push(Step::Offline(vec![BANNED.to_owned()]));
    }
    for (n, action) in path.iter().enumerate() {
        let before = end(*world, path.get(..n)?);
        said(world, &before, *action, &mut steps)?;
    }
    let last = end(*world, path);
    let parts: Vec<String> = world
        .everybody()
        .map(|c| format!("{} in {}", name(c), super::action::epoch(&last, last.client(c).part)))
        .collect();
    Some(Scenario {
        name: title.to_owned(),
        shows: super::table::told(*world, path).join("; "),
        holds: format!("{}.", parts.join(", ")),
        requirements: vec![],
        also: vec![],
        room: std::collections::BTreeMap::new(),
        suite: 1,
        encrypt_handshake: false,
        encrypted_tree: false,
        network: Network::default(),
        providers: (0..world.providers)
            .map(|n| Provider {
                name: provider(n),
                keeps: false,
                hub: HubKind::Blind,
                hints: false,
                pushes: false,
                terminates: terminates(world),
                late_trees: None,
            })
            .collect(),
        devices,
        steps,
        ends: [seen(world, &last), vec![Expect::Together(everybody)]].concat(),
    })
}

/// The setting of the hubs.
fn terminates(world: &World) -> Terminates {
    match (world.policy, world.reports) {
        (Policy::Minority, Reports::Late) => Terminates::Minority { after: 0, lapse: None },
        (Policy::Minority, _) => Terminates::Minority { after: ENOUGH, lapse: None },
        _ => Terminates::default(),
    }
}

/// What the hub should see at the end, where its rule asks: each fork, by the members that are in its branches. One with a branch
/// that nobody is in any more can not be said.
fn seen(world: &World, last: &State) -> Vec<Expect> {
    if world.policy != Policy::Minority {
        return vec![];
    }
    let forks = forks(world, last);
    if forks.is_empty() {
        return vec![Expect::NoForkSeen];
    }
    let here = |branch: &u8| -> Vec<String> {
        world.everybody().filter(|c| branch & bit(last.client(*c).part) != 0).map(|c| name(c).to_owned()).collect()
    };
    let said = forks.iter().filter_map(|(branches, weight)| {
        let branches: Vec<Vec<String>> = branches.iter().map(here).collect();
        let (finding, of) = match weight {
            Weight::Open => ("open", None),
            Weight::Undecidable => ("undecidable", None),
            Weight::Majority(at) => ("majority", branches.get(*at).and_then(|who| who.first()).cloned()),
        };
        let all = !branches.iter().any(Vec::is_empty);
        all.then(|| Expect::ForkSeen(SeenFork { branches, finding: finding.to_owned(), of }))
    });
    said.collect()
}

/// Comes online for one thing, and is gone before anything arrives.
fn briefly(who: &str, does: Vec<Step>) -> Step {
    let who = vec![who.to_owned()];
    Step::Together([vec![Step::Online(who.clone())], does, vec![Step::Offline(who)]].concat())
}

/// Whether the victim of a spoiled path is the last member: the tree must be that of the beginning, but for the paths of
/// those who are not beside the victim.
fn same_tree(world: &World, state: &State, part: u8) -> bool {
    state.road(part).iter().skip(1).filter_map(|node| state.node(*node)).all(|node| {
        let plain = matches!(node.kind, Kind::Good | Kind::Invalid | Kind::Fragmented);
        plain && (world.clients == 3 || node.sender < 2)
    })
}

fn said(world: &World, before: &State, action: Action, steps: &mut Vec<Step>) -> Option<()> {
    let reports = |who: u8| Step::Report { by: name(who).to_owned(), falsely: false };
    let reads = |who: u8| {
        let report = (world.reports == Reports::Prompt).then(|| reports(who));
        let (online, offline) = (vec![name(who).to_owned()], vec![name(who).to_owned()]);
        [vec![Step::Online(online)], report.into_iter().collect(), vec![Step::Offline(offline)]].concat()
    };
    match action {
        Action::Commit(who, kind) => {
            let (by, part) = (name(who).to_owned(), before.client(who).part);
            if before.ended & bit(part) != 0 {
                // It hears that it is refused, and nothing else, as it has read everything.
                let commit = Step::Together(vec![Step::Online(vec![by.clone()]), Step::Update { by: by.clone() }]);
                steps.extend([commit, Step::Offline(vec![by])]);
                return Some(());
            }
            let sabotage = |fault: &str| Step::Sabotage { by: by.clone(), fault: fault.to_owned() };
            let does = match kind {
                Kind::Invalid => vec![sabotage("wrong-signature"), Step::Update { by: by.clone() }],
                Kind::Fragmented if !same_tree(world, before, part) => return None,
                Kind::Fragmented => vec![sabotage("fragmented-path-one"), Step::Update { by: by.clone() }],
                Kind::AgainstPolicy => vec![Step::Add { by: by.clone(), who: vec![BANNED.to_owned()] }],
                Kind::Good | Kind::ReAdd(_) | Kind::External => vec![Step::Update { by: by.clone() }],
            };
            steps.push(briefly(&by, does));
        }
        Action::Slow(who) => {
            let by = name(who).to_owned();
            let (on, from) = ("SendRequest".to_owned(), Some(by.clone()));
            let hold = Step::Fault(Fault { on, from, to: None, does: Does::Hold });
            steps.push(briefly(&by, vec![hold, Step::Update { by: by.clone() }]));
        }
        Action::Arrives => steps.push(Step::Release),
        Action::Read(who) => steps.extend(reads(who)),
        Action::ReadFalse(who) => {
            let (on, to) = ("ReceiveResponse".to_owned(), Some(name(who).to_owned()));
            steps.push(Step::Fault(Fault { on, from: None, to, does: Does::FalseNextPartitionKey }));
            steps.extend(reads(who));
        }
        // There is no fault of the network for the one; the other is for a comparison of searches.
        Action::ReadReversed(_) | Action::Judges => return None,
        Action::Report(who) => steps.push(briefly(name(who), vec![reports(who)])),
        // Whom the hub shows nothing sees what one sees who is offline.
        Action::Withhold(_) => {}
        Action::ReAdd(who) => {
            let by = name(who).to_owned();
            let back: Vec<String> =
                names(apart_from(world, before, who) & !bit(ATTACKER)).into_iter().map(str::to_owned).collect();
            steps.push(Step::Approve { who: back.clone(), to: To::BranchOf(by.clone()) });
            steps.push(briefly(&by, vec![Step::ReAdd { by: by.clone(), who: back }]));
        }
        Action::Rejoin(who) => {
            let by = name(who).to_owned();
            steps.push(Step::Approve { who: vec![by.clone()], to: To::BranchOf(by.clone()) });
            steps.push(Step::Together(vec![Step::Online(vec![by.clone()]), Step::Rejoin { by }]));
            // It is online, and is so once more.
            steps.extend(reads(who));
        }
        Action::End(part) => {
            let of = world.everybody().find(|c| before.client(*c).part == part)?;
            steps.push(Step::Terminate { of: name(of).to_owned() });
        }
    }
    Some(())
}

/// Where the end of a run is otherwise than that of a path: who is with whom and in which epoch, who waits for its own
/// commit, who refused something, who was refused by the hub, and which partitions the hub has ended.
fn differences(world: &World, model: &State, trace: &Trace) -> Vec<String> {
    let mut at: BTreeMap<&str, (Option<&Place>, &str)> = BTreeMap::new();
    let (mut refused, mut unsent) = (BTreeSet::new(), BTreeSet::new());
    // Partitions in the order in which commits to them were sequenced; the first is that of the commit which added everybody.
    let (mut begun, mut ended) = (vec![], BTreeSet::new());
    for entry in &trace.entries {
        match entry {
            Entry::At { device, place, awaits, .. } => {
                at.insert(device, (place.as_ref(), awaits));
            }
            Entry::Refused { by, reason, .. } if reason != LATE => {
                refused.insert(by.as_str());
            }
            Entry::Sequenced { next: Some(next), .. } => begun.push(next.as_str()),
            Entry::Ended { partition, .. } => {
                ended.insert(partition.as_str());
            }
            Entry::Noted { device, text, .. } if text.starts_with("could not send") => {
                unsent.insert(device.as_str());
            }
            _ => {}
        }
    }
    let place = |who: u8| at.get(name(who)).and_then(|(place, _)| *place);
    let mut differs = vec![];
    let mut held = |says: String, model: String, real: String| {
        if model != real {
            differs.push(format!("{says}: {model} in the model, {real} in the run"));
        }
    };
    held("commits in place".to_owned(), model.order.len().to_string(), begun.len().to_string());
    let names = |ended: &dyn Fn(u8, &str) -> bool| -> String {
        let all = model.order.iter().zip(&begun).filter(|(node, key)| ended(**node, key));
        all.map(|(node, _)| super::action::epoch(model, *node)).collect::<Vec<_>>().join(", ")
    };
    held(
        "partitions that are ended".to_owned(),
        names(&|node, _| model.ended & bit(node) != 0),
        names(&|_, key| ended.contains(key)),
    );
    held("how many".to_owned(), model.ended.count_ones().to_string(), ended.len().to_string());
    for who in world.everybody() {
        let client = model.client(who);
        let number = place(who).map(|p| p.epoch.to_string()).unwrap_or_default();
        held(format!("epoch of {}", name(who)), model.depth(client.part).saturating_add(1).to_string(), number);
        let awaits = at.get(name(who)).map_or("", |(_, awaits)| awaits);
        let own = match (client.waits, client.pending) {
            (true, _) => "tree",
            (false, Some(_)) => "own commit",
            (false, None) => "messages",
        };
        held(format!("{} waits for", name(who)), own.to_owned(), awaits.to_owned());
        held(
            format!("{} has refused something", name(who)),
            client.refused.to_string(),
            refused.contains(name(who)).to_string(),
        );
        held(format!("{} was refused", name(who)), client.blocked.to_string(), unsent.contains(name(who)).to_string());
        for other in world.everybody().filter(|other| *other > who) {
            let real = place(who).map(|p| &p.authenticator) == place(other).map(|p| &p.authenticator);
            let together = client.part == model.client(other).part;
            held(format!("{} and {} are together", name(who), name(other)), together.to_string(), real.to_string());
        }
    }
    differs
}
