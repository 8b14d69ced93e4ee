use super::{Broken, Engines, Event, GROUP, Named, Result, World};
use crate::client::Input;
use crate::entropy::Seed;
use crate::mls::hostile::Fault;
use crate::protocol::room::PARTICIPANT_LIST;
use crate::sim::packet::Packet;
use crate::sim::room;
use crate::sim::scenario::{Scenario, Step};
use crate::sim::trace::{Entry, Place, Trace};
use std::collections::BTreeMap;

/// Events between two steps, after which a scenario is said not to come to rest.
const PATIENCE: usize = 100_000;
/// Rounds of looking for what is new.
const ROUNDS: usize = 64;
/// Milliseconds between two steps.
const PAUSE: u64 = 10;

/// Runs a scenario.
///
/// # Errors
/// The scenario names somebody who is not there, asks a device for something that its library refuses at once, or
/// does not come to rest.
pub fn run(scenario: &Scenario, seed: &Seed, engines: &dyn Engines) -> Result<Trace> {
    let mut world = World::new(scenario, seed, engines)?;
    for (index, step) in scenario.steps.iter().enumerate() {
        world.now = world.now.saturating_add(PAUSE);
        if !matches!(step, Step::Expect(_)) {
            world.began = world.entries.len();
        }
        world.entries.push(Entry::Step { at: world.now, index, text: step.to_string() });
        let still = world.step(step).and_then(|()| if rests(step) { world.settle() } else { Ok(()) });
        still.map_err(|Broken(why)| Broken(format!("step {index}, {step}: {why}")))?;
        world.positions();
    }
    world.unspent()?;
    for expectation in &scenario.ends {
        world.expect(expectation)?;
    }
    Ok(Trace {
        scenario: scenario.name.clone(),
        shows: scenario.shows.clone(),
        holds: scenario.holds.clone(),
        seed: seed.text().to_owned(),
        providers: scenario.providers.iter().map(|p| p.name.clone()).collect(),
        devices: scenario.devices.iter().map(|d| (d.name.clone(), d.provider.clone())).collect(),
        entries: world.entries,
    })
}

/// Whether everything arrives after this step.
fn rests(step: &Step) -> bool {
    !matches!(
        step,
        Step::Offline(_)
            | Step::Network(_)
            | Step::Cut(..)
            | Step::Fault(_)
            | Step::Sabotage { .. }
            | Step::Misbehave { .. }
            | Step::Expect(_)
    )
}

impl World<'_> {
    fn give_roles(&mut self, by: &str, who: &BTreeMap<String, String>) -> Result<()> {
        let said = |what: &str| Broken(format!("{by} {what}"));
        let actor = self.devices.get(by).ok_or_else(|| said("is not there"))?;
        let list = actor.device.application_data(PARTICIPANT_LIST).ok_or_else(|| said("knows no participant list"))?;
        let update = room::changes(&list, who).ok_or_else(|| said("can not give these roles"))?;
        let banned = |user: &str| who.get(user).is_some_and(|role| role == "banned");
        let mut remove = vec![];
        for device in &self.scenario.devices {
            let user = device.user.as_deref().unwrap_or(&device.name);
            let mut there = actor.device.members().into_iter();
            let leaf = there.find(|l| l.identity == device.name.as_bytes()).map(|l| l.leaf);
            remove.extend(leaf.filter(|_| banned(user)));
        }
        self.commit(by, Named { remove, updates: vec![update], ..Named::default() });
        Ok(())
    }

    pub(super) fn known(&self, name: &str) -> Result<()> {
        if self.devices.contains_key(name) { Ok(()) } else { Err(Broken(format!("no device {name}"))) }
    }

    fn known_all(&self, names: &[String]) -> Result<()> {
        names.iter().try_for_each(|name| self.known(name))
    }

    /// Who acts: it must be there, and be online.
    pub(super) fn awake(&self, name: &str) -> Result<()> {
        self.known(name)?;
        let online = self.devices.get(name).is_some_and(|actor| actor.online);
        if online { Ok(()) } else { Err(Broken(format!("{name} is offline"))) }
    }

    fn step(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Create { by } => self.wish(by, Input::Create { group_id: GROUP.to_vec() }),
            Step::Add { by, who } => {
                who.iter().try_for_each(|name| self.known(name))?;
                self.awake(by)?;
                self.commit(by, Named { add: who.clone(), ..Named::default() });
                Ok(())
            }
            Step::Remove { by, who } => {
                self.awake(by)?;
                let remove = who.iter().map(|name| self.leaf(by, name)).collect::<Result<_>>()?;
                self.commit(by, Named { remove, ..Named::default() });
                Ok(())
            }
            Step::Role { by, who } => {
                self.awake(by)?;
                self.give_roles(by, who)
            }
            Step::Update { by } => {
                self.awake(by)?;
                self.commit(by, Named { update: true, ..Named::default() });
                Ok(())
            }
            Step::Send { by, text } => self.wish(by, Input::Send { data: text.as_bytes().to_vec() }),
            Step::ExternalJoin { by } => self.wish(by, Input::JoinExternally { group_id: GROUP.to_vec() }),
            Step::Sabotage { by, fault } => {
                let known = Fault::named(fault).ok_or_else(|| Broken(format!("no fault {fault}")))?;
                self.spent(by)?;
                let saboteur = self.saboteurs.get(by).ok_or_else(|| Broken(format!("no device {by}")))?;
                saboteur.next(known);
                Ok(())
            }
            Step::Leave { by } => self.wish(by, Input::Leave),
            Step::Offline(who) => who.iter().try_for_each(|name| self.switch(name, false)),
            Step::Online(who) => who.iter().try_for_each(|name| self.switch(name, true)),
            Step::Together(steps) => steps.iter().try_for_each(|step| self.step(step)),
            Step::Network(network) => {
                self.network = *network;
                Ok(())
            }
            Step::Cut(a, b) => {
                self.link(a, b)?;
                self.cut(a, b);
                Ok(())
            }
            Step::Mend(a, b) => {
                self.link(a, b)?;
                self.mend(a, b);
                Ok(())
            }
            Step::Fault(fault) => {
                self.faults.push(fault.clone());
                Ok(())
            }
            Step::Misbehave { to, does, of } => self.misbehave(to, Some(*does), of.as_deref()),
            Step::Behave { to } => self.misbehave(to, None, None),
            Step::Tell { by, to, stranger } => self.tell(by, to, *stranger),
            Step::Report { by, falsely } => self.report(by, *falsely),
            Step::Look { by } => self.wish(by, Input::Look),
            Step::Help { by, to } => self.help(by, to),
            Step::Release => {
                if self.held.is_empty() {
                    return Err(Broken("nothing is held".to_owned()));
                }
                self.release();
                Ok(())
            }
            Step::Terminate { of } => {
                self.known(of)?;
                let position = self.devices.get(of).and_then(|actor| actor.device.position());
                let position = position.ok_or_else(|| Broken(format!("{of} is in no group")))?;
                let (group_id, key) = (position.group_id.clone(), position.partition_key);
                self.terminate(group_id, key);
                Ok(())
            }
            Step::Approve { who, to } => {
                self.known_all(who)?;
                who.iter().try_for_each(|name| self.approve(name, to))
            }
            Step::ReAdd { by, who } => {
                self.known_all(who)?;
                self.re_add(by, who)
            }
            Step::Reboot { by, with, after } => {
                self.known_all(with)?;
                self.reboot(by, with, *after)
            }
            Step::Rejoin { by } => self.rejoin(by),
            Step::Recover(recovery) => self.recover(recovery),
            Step::Expect(expectation) => self.expect(expectation),
        }
    }

    fn wish(&mut self, by: &str, input: Input) -> Result<()> {
        self.awake(by)?;
        self.told(by, input);
        Ok(())
    }

    fn link(&self, a: &str, b: &str) -> Result<()> {
        let unknown = [a, b].into_iter().find(|name| !self.providers.contains_key(*name));
        unknown.map_or(Ok(()), |name| Err(Broken(format!("no provider {name}"))))
    }

    pub(super) fn leaf(&self, by: &str, name: &str) -> Result<u32> {
        let members = self.devices.get(by).map(|actor| actor.device.members()).unwrap_or_default();
        let found = members.into_iter().find(|l| l.identity == name.as_bytes());
        found.map(|l| l.leaf).ok_or_else(|| Broken(format!("{by} knows no member {name}")))
    }

    fn switch(&mut self, name: &str, online: bool) -> Result<()> {
        self.known(name)?;
        let Some(actor) = self.devices.get_mut(name) else { return Ok(()) };
        actor.online = online;
        let home = actor.provider.clone();
        if !online {
            return Ok(());
        }
        let kept = self.providers.get_mut(&home).and_then(|s| s.mailbox.remove(name)).unwrap_or_default();
        for welcome in kept {
            self.post(&home, name, Packet::Welcome(welcome));
        }
        Ok(())
    }

    /// Lets everything arrive, and devices look for what is new, until nothing changes.
    pub(super) fn settle(&mut self) -> Result<()> {
        for _ in 0..ROUNDS {
            self.drain()?;
            let before = self.progress();
            let looking = self.devices.iter().filter(|(_, a)| a.online && a.device.position().is_some());
            let looking: Vec<String> = looking.map(|(name, _)| name.clone()).collect();
            for name in looking {
                self.told(&name, Input::Look);
            }
            if let Some(hub) = self.hub.clone() {
                let keeping = self.providers.keys().filter(|name| **name != hub && self.keeps(name));
                for name in keeping.cloned().collect::<Vec<_>>() {
                    self.keeper_fetches(&name, &hub);
                }
            }
            self.drain()?;
            if self.progress() == before {
                return Ok(());
            }
        }
        Err(Broken(format!("no rest after {ROUNDS} rounds")))
    }

    fn drain(&mut self) -> Result<()> {
        for _ in 0..PATIENCE {
            let Some(((at, _), event)) = self.queue.pop_first() else { return Ok(()) };
            self.now = self.now.max(at);
            match event {
                Event::Redo { device, wish } => self.commit(&device, wish),
                Event::Arrives(travelling) if self.providers.contains_key(&travelling.to) => {
                    self.provider_gets(&travelling.to, &travelling.from, travelling.packet);
                }
                Event::Arrives(travelling) => self.device_gets(&travelling.to, &travelling.from, travelling.packet),
            }
        }
        Err(Broken(format!("no rest after {PATIENCE} events")))
    }

    /// What changes as long as something happens.
    fn progress(&self) -> Vec<(Option<u32>, Option<Place>, &'static str)> {
        let state = |a: &super::Actor| {
            (a.device.counter().map(|(_, n)| n), a.device.position().map(Place::from), a.device.awaits())
        };
        self.devices.values().map(state).collect()
    }

    fn positions(&mut self) {
        for device in &self.scenario.devices {
            let Some(actor) = self.devices.get(&device.name) else { continue };
            self.entries.push(Entry::At {
                at: self.now,
                device: device.name.clone(),
                place: actor.device.position().map(Place::from),
                awaits: actor.device.awaits().to_owned(),
            });
        }
    }

    /// That the fault which was asked of this device before has befallen a commit.
    fn spent(&self, by: &str) -> Result<()> {
        match self.saboteurs.get(by) {
            Some(saboteur) if saboteur.waits() => Err(Broken(format!("a fault of {by} befell nothing"))),
            _ => Ok(()),
        }
    }

    /// A fault that befell nothing shows nothing.
    fn unspent(&self) -> Result<()> {
        self.saboteurs.keys().try_for_each(|by| self.spent(by))?;
        self.crooks.keys().try_for_each(|to| self.unstruck(to))?;
        match self.faults.first() {
            Some(fault) => Err(Broken(format!("a fault on {} befell nothing", fault.on))),
            None if !self.held.is_empty() => Err(Broken("something is held and never released".to_owned())),
            None => Ok(()),
        }
    }
}
