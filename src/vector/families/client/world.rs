//! The group around the client: its members commit, add and send, half of them with OpenMLS, half with mls-rs, and
//! each follows the others, so that nothing is published that only one library takes. The client under test is only a
//! KeyPackage and its private keys here, and never asked.

mod again;

use crate::crypto::faults::{Fault, Faults};
use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, PrivateKeys, Proposal, Refusal, Result, Settings};
use crate::mls::open;
use crate::protocol::CipherSuite;
use crate::reason::delivery;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Suite, framing, and what makes a world's octets its own.
#[derive(Clone, Debug)]
pub(in crate::vector::families) struct Setting {
    /// Cipher suite.
    pub suite: CipherSuite,
    /// Whether handshake messages are PrivateMessages.
    pub private: bool,
    /// Seed of everything random in it.
    pub seed: String,
}

struct Person {
    device: Box<dyn Client>,
    member: Option<Box<dyn Member>>,
}

/// The libraries of a world: one for everybody who is not in [`SECOND`], one for those who are.
#[derive(Clone)]
pub(in crate::vector::families) struct Libraries(pub Rc<dyn Engine>, pub Rc<dyn Engine>);

/// Whose devices run the second library.
const SECOND: &[&str] = &["bob", "erin", "grace", "ivan", "p17"];

/// Whose cryptography lies when it is told to; honest until then.
pub(in crate::vector::families) const LIAR: &str = "mallory";

/// A group and the people around it, by name.
pub(in crate::vector::families) struct World {
    libraries: Libraries,
    faults: Faults,
    setting: Setting,
    group_id: Vec<u8>,
    people: BTreeMap<String, Person>,
}

/// The identity of the device of this name.
pub(in crate::vector::families) fn identity(name: &str) -> Vec<u8> {
    format!("mimi://{name}.example/d/{name}/1").into_bytes()
}

fn missing(who: &str) -> Refusal {
    Refusal { reason: delivery::NO_STATE, said: format!("{who} is not in the group") }
}

impl World {
    /// A group that `founder` has just created.
    pub fn new(libraries: Libraries, setting: Setting, founder: &str) -> Result<Self> {
        let group_id = format!("room of {founder}").into_bytes();
        let (faults, people) = (Faults::watch(), BTreeMap::new());
        let mut world = Self { libraries, faults, setting, group_id: group_id.clone(), people };
        let mut device = world.device(founder)?;
        let member = device.create(&group_id)?;
        world.people.insert(founder.to_owned(), Person { device, member: Some(member) });
        Ok(world)
    }

    /// The setting it was made with.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The libraries that it is made with.
    pub fn libraries(&self) -> Libraries {
        self.libraries.clone()
    }

    /// Somebody is about to be removed by a proposal, and does not follow any more.
    pub fn forget(&mut self, name: &str) {
        if let Some(person) = self.people.get_mut(name) {
            person.member = None;
        }
    }

    /// A device that is nobody's yet.
    fn device(&self, name: &str) -> Result<Box<dyn Client>> {
        let settings = Settings {
            identity: identity(name),
            suite: self.setting.suite,
            seed: format!("{} {name}", self.setting.seed),
            encrypt_handshake: self.setting.private,
            application: None,
        };
        if name == LIAR {
            return open::engine().client_under(&settings, &self.faults);
        }
        let engine = if SECOND.contains(&name) { &self.libraries.1 } else { &self.libraries.0 };
        engine.client(&settings)
    }

    /// A device for a client under test: one KeyPackage and its private keys.
    pub fn keys(&self, name: &str) -> Result<PrivateKeys> {
        let mut device = self.device(name)?;
        let key_package = device.key_package()?;
        device.private_keys(&key_package)
    }

    /// A further KeyPackage of somebody who is here.
    pub fn key_package_of(&mut self, name: &str) -> Result<Vec<u8>> {
        self.people.get_mut(name).ok_or_else(|| missing(name))?.device.key_package()
    }

    /// The member of this name.
    pub fn member(&mut self, name: &str) -> Result<&mut Box<dyn Member>> {
        self.people.get_mut(name).and_then(|p| p.member.as_mut()).ok_or_else(|| missing(name))
    }

    /// This member's leaf.
    pub fn leaf(&mut self, name: &str) -> Result<u32> {
        Ok(self.member(name)?.leaf())
    }

    /// The leaf of the device of this name, as seen by another.
    pub fn leaf_of(&mut self, by: &str, name: &str) -> Result<u32> {
        let wanted = identity(name);
        let found = self.member(by)?.members().into_iter().find(|m| m.identity == wanted);
        found.map(|m| m.leaf).ok_or_else(|| missing(name))
    }

    /// Makes a commit and leaves it pending.
    pub fn prepare(&mut self, by: &str, plan: &Plan) -> Result<CommitOut> {
        self.member(by)?.commit(plan)
    }

    /// A commit that everybody here follows.
    pub fn commit(&mut self, by: &str, plan: &Plan) -> Result<CommitOut> {
        let out = self.prepare(by, plan)?;
        self.member(by)?.merge_own()?;
        self.follow(by, &out.commit)?;
        Ok(out)
    }

    /// A commit that refreshes the committer's path.
    pub fn update(&mut self, by: &str) -> Result<CommitOut> {
        self.commit(by, &Plan { update: true, ..Plan::default() })
    }

    /// A commit that adds these people, who join by its Welcome, and clients under test, who do not.
    pub fn add(&mut self, by: &str, names: &[&str], under_test: &[&PrivateKeys]) -> Result<CommitOut> {
        let mut plan = Plan::default();
        let mut devices = vec![];
        for name in names {
            let mut device = self.device(name)?;
            plan.add.push(device.key_package()?);
            devices.push(((*name).to_owned(), device));
        }
        plan.add.extend(under_test.iter().map(|keys| keys.key_package.clone()));
        let out = self.commit(by, &plan)?;
        for (name, mut device) in devices {
            let welcome = out.welcome.as_deref().ok_or_else(|| missing(&name))?;
            let member = device.join(welcome, Some(&out.ratchet_tree))?;
            self.people.insert(name, Person { device, member: Some(member) });
        }
        Ok(out)
    }

    /// Removes these people.
    pub fn remove(&mut self, by: &str, names: &[&str]) -> Result<CommitOut> {
        let remove = names.iter().map(|name| self.leaf_of(by, name)).collect::<Result<_>>()?;
        for name in names {
            if let Some(person) = self.people.get_mut(*name) {
                person.member = None;
            }
        }
        self.commit(by, &Plan { remove, ..Plan::default() })
    }

    /// A proposal that everybody here keeps.
    pub fn propose(&mut self, by: &str, proposal: &Proposal) -> Result<Vec<u8>> {
        let message = self.member(by)?.propose(proposal)?;
        for (_, person) in self.people.iter_mut().filter(|(name, _)| *name != by) {
            if let Some(member) = &mut person.member {
                member.process(&message)?;
            }
        }
        Ok(message)
    }

    /// An application message; nobody here reads it.
    pub fn send(&mut self, by: &str, data: &[u8]) -> Result<Vec<u8>> {
        self.member(by)?.send(data, &[])
    }

    /// GroupInfo and tree, as this member gives them out.
    pub fn group_info(&mut self, by: &str) -> Result<(Vec<u8>, Vec<u8>)> {
        self.member(by)?.group_info()
    }

    /// An external commit of somebody new, from a GroupInfo, which nobody follows yet.
    pub fn knock(&mut self, name: &str, group_info: &[u8], tree: &[u8]) -> Result<CommitOut> {
        let mut device = self.device(name)?;
        let (member, out) = device.external_join(group_info, Some(tree))?;
        self.people.insert(name.to_owned(), Person { device, member: Some(member) });
        Ok(out)
    }

    /// An external commit of somebody new that everybody here follows.
    pub fn join_externally(&mut self, name: &str, host: &str) -> Result<CommitOut> {
        let (group_info, tree) = self.group_info(host)?;
        let out = self.knock(name, &group_info, &tree)?;
        self.follow(name, &out.commit)?;
        Ok(out)
    }

    /// What the liar makes under these faults, in a copy of this world that goes its own way.
    pub fn lie<T>(&self, faults: &[Fault], make: impl FnOnce(&mut Box<dyn Member>) -> Result<T>) -> Result<T> {
        let mut world = self.copy();
        let idle = |said: &str| Refusal { reason: delivery::NO_STATE, said: said.to_owned() };
        if !self.faults.arm(faults.to_vec()) {
            return Err(idle("nothing to arm"));
        }
        let made = world.member(LIAR).and_then(make);
        let struck = self.faults.struck().len();
        self.faults.disarm();
        if struck < faults.len() { Err(idle("a fault that befell nothing")) } else { made }
    }

    /// A copy that goes its own way: the other side of a fork.
    pub fn copy(&self) -> Self {
        let person = |(name, p): (&String, &Person)| {
            (name.clone(), Person { device: p.device.copy(), member: p.member.as_ref().map(|m| m.copy()) })
        };
        Self {
            libraries: self.libraries.clone(),
            faults: self.faults.clone(),
            setting: self.setting.clone(),
            group_id: self.group_id.clone(),
            people: self.people.iter().map(person).collect(),
        }
    }

    /// Everybody but the committer moves.
    pub fn follow(&mut self, committer: &str, commit: &[u8]) -> Result<()> {
        for (_, person) in self.people.iter_mut().filter(|(name, _)| *name != committer) {
            if let Some(member) = &mut person.member {
                member.process(commit)?;
                member.merge()?;
            }
        }
        Ok(())
    }
}
