use super::setting::Setting;
use mimicheck::mls::member::{Client, CommitOut, Engine, Member, Plan, Position, Refusal, Result, Settings};
use mimicheck::mls::open;
use mimicheck::protocol::CipherSuite;
use mimicheck::reason::delivery;
use mimicheck::recovery::{Epoch, Evidence, LINK_LABEL, LINK_OCTETS, Link, Report};
use std::collections::BTreeSet;

/// Members who refresh their leaves before anything happens, evenly spread: a tree in use has keys in its upper part.
const WARM: usize = 8;

/// A member and its device.
pub(super) struct Person {
    pub name: Vec<u8>,
    pub device: Box<dyn Client>,
    pub member: Box<dyn Member>,
}

/// A group that has split in two, each side a commit after the last epoch that all shared.
pub(super) struct Split {
    pub setting: Setting,
    pub people: Vec<Person>,
    /// Places of those on the other branch, evenly spread over the tree; the first member is never among them.
    pub away: BTreeSet<usize>,
    /// The last epoch that all shared.
    common: Epoch,
    /// The first successor after it.
    pub successor: Vec<u8>,
    /// Of the messages said meanwhile, one on each branch: how often a member could not read one.
    pub unread: usize,
}

pub(super) const GROUP: &[u8] = b"room";

pub(super) fn broken(said: &str) -> Refusal {
    Refusal { reason: delivery::NO_STATE, said: said.to_owned() }
}

fn place(position: &Position) -> Epoch {
    Epoch { number: position.epoch, authenticator: position.epoch_authenticator.clone() }
}

impl Split {
    pub fn new(setting: Setting) -> Result<Self> {
        let people = everybody(setting)?;
        let away = (1..=setting.away).map(|n| n * setting.members / setting.away - 1).collect();
        let first = people.first().ok_or_else(|| broken("nobody"))?;
        let common = place(&first.member.position()?);
        let link = Link::new(&first.member.export(LINK_LABEL, &[], LINK_OCTETS)?);
        let successor = link.and_then(|link| link.successor(CipherSuite(setting.suite), 0));
        let successor = successor.ok_or_else(|| broken("no successor"))?;
        let mut split = Self { setting, people, away, common, successor, unread: 0 };
        let [stays, goes] = [false, true].map(|away| split.side(away));
        for side in [&stays, &goes] {
            let by = *side.first().ok_or_else(|| broken("a side without members"))?;
            split.commit(by, &Plan { update: true, ..Plan::default() }, side)?;
            split.say(by)?;
        }
        Ok(split)
    }

    /// Places of those on one side.
    pub fn side(&self, away: bool) -> Vec<usize> {
        (0..self.people.len()).filter(|at| self.away.contains(at) == away).collect()
    }

    pub fn person(&mut self, at: usize) -> Result<&mut Person> {
        self.people.get_mut(at).ok_or_else(|| broken("nobody there"))
    }

    /// A commit that these follow, the committer apart.
    pub fn commit(&mut self, by: usize, plan: &Plan, follow: &[usize]) -> Result<CommitOut> {
        let out = self.person(by)?.member.commit(plan)?;
        self.person(by)?.member.merge_own()?;
        self.follow(follow.iter().copied().filter(|at| *at != by), &out.commit)?;
        Ok(out)
    }

    pub fn follow(&mut self, who: impl Iterator<Item = usize>, commit: &[u8]) -> Result<()> {
        for at in who {
            let member = &mut self.person(at)?.member;
            member.process(commit)?;
            member.merge()?;
        }
        Ok(())
    }

    /// One member says something; whoever can not read it is counted.
    fn say(&mut self, by: usize) -> Result<()> {
        let said = self.person(by)?.member.send(b"said meanwhile", &[])?;
        for at in 0..self.people.len() {
            if at != by && self.person(at)?.member.process(&said).is_err() {
                self.unread += 1;
            }
        }
        Ok(())
    }

    /// What everybody would report.
    pub fn reports(&self) -> Result<Vec<Report>> {
        let report = |person: &Person| {
            let trail = vec![self.common.clone(), place(&person.member.position()?)];
            Ok(Report { member: person.name.clone(), group_id: GROUP.to_vec(), trail })
        };
        self.people.iter().map(report).collect()
    }

    pub fn evidence(&self) -> Result<Evidence> {
        let roster = self.people.iter().map(|person| person.name.clone()).collect();
        Evidence::of(GROUP, &roster, &self.reports()?).map_err(|why| broken(why.code()))
    }

    /// Place of the person of this name.
    pub fn find(&self, name: &[u8]) -> Result<usize> {
        self.people.iter().position(|person| person.name == name).ok_or_else(|| broken("no such person"))
    }

    /// A copy that goes its own way.
    pub fn copy(&self) -> Self {
        let person = |p: &Person| Person { name: p.name.clone(), device: p.device.copy(), member: p.member.copy() };
        Self {
            setting: self.setting,
            people: self.people.iter().map(person).collect(),
            away: self.away.clone(),
            common: self.common.clone(),
            successor: self.successor.clone(),
            unread: self.unread,
        }
    }
}

/// Everybody in one group, in one epoch.
fn everybody(setting: Setting) -> Result<Vec<Person>> {
    let mut devices = vec![];
    for at in 0..setting.members {
        let name = format!("mimi://a.example/d/user{at:04}/1").into_bytes();
        let device = open::engine().client(&Settings {
            identity: name.clone(),
            suite: CipherSuite(setting.suite),
            seed: format!("recovery {setting:?} {at}"),
            encrypt_handshake: setting.private,
            application: None,
        })?;
        devices.push((name, device));
    }
    let mut plan = Plan::default();
    for (_, device) in devices.iter_mut().skip(1) {
        plan.add.push(device.key_package()?);
    }
    let mut devices = devices.into_iter();
    let (name, mut device) = devices.next().ok_or_else(|| broken("nobody"))?;
    let mut founder = device.create(GROUP)?;
    let out = founder.commit(&plan)?;
    founder.merge_own()?;
    let mut people = vec![Person { name, device, member: founder }];
    for (name, mut device) in devices {
        let member = device.join(out.welcome.as_deref().unwrap_or_default(), Some(&out.ratchet_tree))?;
        people.push(Person { name, device, member });
    }
    let warm = WARM.min(setting.members);
    for by in (0..warm).map(|n| n * setting.members / warm) {
        let out = people
            .get_mut(by)
            .ok_or_else(|| broken("nobody"))?
            .member
            .commit(&Plan { update: true, ..Plan::default() })?;
        for (at, person) in people.iter_mut().enumerate() {
            if at == by {
                person.member.merge_own()?;
            } else {
                person.member.process(&out.commit)?;
                person.member.merge()?;
            }
        }
    }
    Ok(people)
}
