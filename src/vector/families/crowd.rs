//! People of a group whose members run OpenMLS and follow everything that they are told: ground for families in which the
//! group is right and something else is tried. Nobody here looks at a policy.

use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Refusal, Result, Settings};
use crate::mls::open;
use crate::reason::delivery;
use std::collections::BTreeMap;

/// What the people's devices are.
pub(super) trait Devices: Clone {
    /// Of the device of this name.
    fn settings(&self, name: &str) -> Settings;
}

/// A group, and the devices in it by name.
pub(super) struct Crowd<D> {
    devices: D,
    people: BTreeMap<String, Box<dyn Member>>,
}

fn missing(who: &str) -> Refusal {
    Refusal { reason: delivery::NO_STATE, said: format!("{who} is not in the group") }
}

impl<D: Devices> Crowd<D> {
    /// A group of one.
    pub fn found(devices: D, name: &str, group_id: &[u8]) -> Result<Self> {
        let mut crowd = Self { devices, people: BTreeMap::new() };
        let founder = crowd.device(name)?.create(group_id)?;
        crowd.people.insert(name.to_owned(), founder);
        Ok(crowd)
    }

    /// A device that is not in the group yet.
    pub fn device(&self, name: &str) -> Result<Box<dyn Client>> {
        open::engine().client(&self.devices.settings(name))
    }

    /// A copy that goes its own way.
    pub fn copy(&self) -> Self {
        let people = self.people.iter().map(|(name, member)| (name.clone(), member.copy())).collect();
        Self { devices: self.devices.clone(), people }
    }

    pub fn member(&mut self, name: &str) -> Result<&mut Box<dyn Member>> {
        self.people.get_mut(name).ok_or_else(|| missing(name))
    }

    pub fn leaf(&mut self, name: &str) -> Result<u32> {
        Ok(self.member(name)?.leaf())
    }

    /// A commit that everybody here follows who is not removed by it.
    pub fn commit(&mut self, by: &str, plan: &Plan) -> Result<CommitOut> {
        let out = self.member(by)?.commit(plan)?;
        self.member(by)?.merge_own()?;
        self.follow(by, &out.commit)?;
        Ok(out)
    }

    fn follow(&mut self, by: &str, commit: &[u8]) -> Result<()> {
        let mut gone = vec![];
        for (name, member) in self.people.iter_mut().filter(|(name, _)| *name != by) {
            member.process(commit)?;
            member.merge()?;
            if member.position().is_err() {
                gone.push(name.clone());
            }
        }
        for name in gone {
            self.people.remove(&name);
        }
        Ok(())
    }

    /// A commit that adds these people, who join, and does what the plan says.
    pub fn add(&mut self, by: &str, names: &[&str], mut plan: Plan) -> Result<CommitOut> {
        let mut devices = vec![];
        for name in names {
            let mut device = self.device(name)?;
            plan.add.push(device.key_package()?);
            devices.push((*name, device));
        }
        let out = self.commit(by, &plan)?;
        for (name, mut device) in devices {
            let welcome = out.welcome.as_deref().ok_or_else(|| missing(name))?;
            let member = device.join(welcome, Some(&out.ratchet_tree))?;
            self.people.insert(name.to_owned(), member);
        }
        Ok(out)
    }

    /// A proposal that everybody here keeps.
    pub fn propose(&mut self, by: &str, proposal: &Proposal) -> Result<Vec<u8>> {
        let message = self.member(by)?.propose(proposal)?;
        self.hear(by, &message)?;
        Ok(message)
    }

    /// A proposal of one of them, or from outside the group, that everybody else here keeps.
    pub fn hear(&mut self, by: &str, message: &[u8]) -> Result<()> {
        for (_, member) in self.people.iter_mut().filter(|(name, _)| *name != by) {
            member.process(message)?;
        }
        Ok(())
    }

    pub fn send(&mut self, by: &str, data: impl AsRef<[u8]>) -> Result<Vec<u8>> {
        self.member(by)?.send(data.as_ref(), &[])
    }

    /// Somebody joins by an external commit that everybody here follows.
    pub fn join(&mut self, name: &str, host: &str) -> Result<CommitOut> {
        let (info, tree) = self.member(host)?.group_info()?;
        let (member, out) = self.device(name)?.external_join(&info, Some(&tree))?;
        self.follow(name, &out.commit)?;
        self.people.insert(name.to_owned(), member);
        Ok(out)
    }
}
