//! A scenario's steps, played by sessions of several implementations.

use super::room::{Room, Wrong};
use super::speaker::Silence;
use mimicheck::sim::{Expect, Scenario, Step};
use std::fmt;

/// Why a run did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The step, from 1; 0 before the first.
    pub step: usize,
    /// The device that was asked, if it was a device.
    pub who: String,
    /// The device whose message it did not take.
    pub from: Option<String>,
    /// What came of it.
    pub what: What,
}

/// What kind of trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The scenario needs what a mixed run does not have.
    NotPlayable(String),
    /// An implementation does not have what it would need.
    Unsupported(String),
    /// An implementation refused what is right.
    Refused(String),
    /// An implementation ended or hung.
    Gone(String),
    /// Everybody did as told, and they are not where they should be.
    Broken(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.step > 0 {
            write!(f, "step {}: ", self.step)?;
        }
        match (&self.what, &self.from) {
            (What::NotPlayable(what), _) => f.write_str(what),
            (What::Unsupported(what), _) => write!(f, "{} lacks something: {what}", self.who),
            (What::Refused(what), Some(from)) => write!(f, "{} refused a message of {from}: {what}", self.who),
            (What::Refused(what), None) => write!(f, "{} refused: {what}", self.who),
            (What::Gone(what), _) => write!(f, "{} ended: {what}", self.who),
            (What::Broken(what), _) => f.write_str(what),
        }
    }
}

/// The step that a mixed run cannot play, if there is one: it has a perfect network and one blind hub.
#[must_use]
pub(super) fn unplayable(scenario: &Scenario) -> Option<String> {
    if scenario.encrypted_tree {
        return Some("its tree is encrypted, which no other implementation does".to_owned());
    }
    scenario.steps.iter().find_map(|step| match step {
        Step::Network(_) | Step::Cut(..) | Step::Mend(..) | Step::Fault(_) | Step::Release => {
            Some("it needs a network with faults, which a mixed run does not have".to_owned())
        }
        Step::Role { .. } => Some("it needs a room with roles, which mixed groups do not have".to_owned()),
        Step::Misbehave { .. } | Step::Behave { .. } => Some("its hub misbehaves".to_owned()),
        Step::Tell { .. } | Step::Expect(Expect::Knows(_) | Expect::KnewAfter(_)) => {
            Some("it is about what clients know, which other implementations do not say here".to_owned())
        }
        Step::Terminate { .. } => Some("it needs an operator of the hub".to_owned()),
        Step::Approve { .. } | Step::ReAdd { .. } | Step::Reboot { .. } | Step::Rejoin { .. } | Step::Recover(_) => {
            Some("everybody is on one branch here".to_owned())
        }
        Step::Expect(Expect::Awaits(_)) => Some("it looks inside a client of this suite".to_owned()),
        Step::Together(steps) => {
            steps.iter().find(|s| !speaks(s)).map(|_| "it does other things at once than speak".to_owned())
        }
        _ => None,
    })
}

fn speaks(step: &Step) -> bool {
    matches!(
        step,
        Step::Add { .. } | Step::Remove { .. } | Step::Update { .. } | Step::Send { .. } | Step::ExternalJoin { .. }
    )
}

/// Plays every step and holds the room against what the scenario says of its end.
pub(super) fn play(room: &mut Room<'_>, scenario: &Scenario, plays: &[usize]) -> Result<(), Trouble> {
    for (device, plays) in scenario.devices.iter().zip(plays) {
        room.arrive(&device.name, &device.provider, *plays).map_err(|w| trouble(0, w))?;
    }
    for (place, step) in scenario.steps.iter().enumerate() {
        let at = place.saturating_add(1);
        act(room, step).map_err(|w| trouble(at, w))?;
        if let Step::Expect(expect) = step {
            hold(room, expect).map_err(|what| broken(at, what))?;
        }
        room.deliver().map_err(|w| trouble(at, w))?;
        agree(room).map_err(|what| broken(at, what))?;
    }
    let end = scenario.steps.len();
    scenario.ends.iter().try_for_each(|expect| hold(room, expect)).map_err(|what| broken(end, what))
}

fn trouble(step: usize, wrong: Wrong) -> Trouble {
    let what = match wrong.silence {
        Silence::Refused(what) => What::Refused(what),
        Silence::Unsupported(what) => What::Unsupported(what),
        Silence::Gone(what) => What::Gone(what),
    };
    Trouble { step, who: wrong.who, from: wrong.from, what }
}

fn broken(step: usize, what: String) -> Trouble {
    Trouble { step, who: String::new(), from: None, what: What::Broken(what) }
}

fn act(room: &mut Room<'_>, step: &Step) -> Result<(), Wrong> {
    match step {
        Step::Create { by } => room.create(by),
        Step::Add { by, who } => room.commit(by, who, &[], false),
        Step::Remove { by, who } => room.commit(by, &[], who, false),
        Step::Update { by } => room.commit(by, &[], &[], true),
        Step::Send { by, text } => room.send(by, text),
        Step::ExternalJoin { by } => room.external_join(by),
        Step::Leave { by } => room.leave(by),
        Step::Offline(who) | Step::Online(who) => {
            let online = matches!(step, Step::Online(_));
            for device in room.devices.iter_mut().filter(|(name, _)| who.contains(name)).map(|(_, d)| d) {
                device.online = online;
            }
            Ok(())
        }
        Step::Together(steps) => steps.iter().try_for_each(|step| act(room, step)),
        _ => Ok(()),
    }
}

/// Everybody who is in the group and hears is in the same epoch, with the same secrets.
fn agree(room: &Room<'_>) -> Result<(), String> {
    let mut states =
        room.devices.iter().filter(|(_, d)| d.online).filter_map(|(name, d)| Some((name, d.state.as_ref()?)));
    let Some((first, state)) = states.next() else { return Ok(()) };
    match states.find(|(_, other)| *other != state) {
        None => Ok(()),
        Some((name, other)) => Err(format!("{first} is at {state}, {name} at {other}")),
    }
}

/// What the scenario says must hold. What concerns the hub's and the clients' insides is not looked at here.
fn hold(room: &Room<'_>, expect: &Expect) -> Result<(), String> {
    let device = |name: &String| room.devices.get(name).ok_or_else(|| format!("there is no {name}"));
    match expect {
        Expect::Together(names) => {
            let states: Result<Vec<_>, _> = names.iter().map(|n| device(n).map(|d| d.state.as_ref())).collect();
            let states = states?;
            let together = states.iter().all(|s| s.is_some() && *s == states.first().copied().flatten());
            if together && names.len() > 1 { Ok(()) } else { Err(format!("not together: {}", names.join(", "))) }
        }
        Expect::Outside(names) => names.iter().try_for_each(|name| match device(name)?.state {
            None => Ok(()),
            Some(_) => Err(format!("{name} is still in the group")),
        }),
        Expect::Epoch(epochs) => epochs.iter().try_for_each(|(name, epoch)| {
            let found = device(name)?.state.as_ref().and_then(|s| s.get("epoch")?.as_u64());
            if found == Some(*epoch) { Ok(()) } else { Err(format!("{name} is in epoch {found:?} and not {epoch}")) }
        }),
        Expect::Heard { by, text } => by.iter().try_for_each(|name| match times(device(name)?, text) {
            1 => Ok(()),
            n => Err(format!("{name} heard \"{text}\" {n} times")),
        }),
        Expect::Unheard { by, text } => by.iter().try_for_each(|name| match times(device(name)?, text) {
            0 => Ok(()),
            _ => Err(format!("{name} heard \"{text}\"")),
        }),
        Expect::Apart(_)
        | Expect::Awaits(_)
        | Expect::Refused { .. }
        | Expect::NothingRefused
        | Expect::Knows(_)
        | Expect::KnewAfter(_)
        | Expect::ForkSeen(_)
        | Expect::NoForkSeen
        | Expect::Terminated(_)
        | Expect::Live(_)
        | Expect::Crossed { .. }
        | Expect::CrossedNow { .. }
        | Expect::Silent { .. } => Ok(()),
    }
}

fn times(device: &super::room::Device, text: &str) -> usize {
    device.heard.iter().filter(|heard| *heard == text).count()
}
