//! A group that keeps its participant list and its roles itself. Its members run OpenMLS, which knows AppDataUpdate; what
//! the group keeps changes by the forge's own rule, which lets everything pass. Nobody here looks at the policy.

use super::scene::{ADMIN, BANNED, GUEST, MEMBER, MODERATOR};
use crate::mls::member::{
    Application, Client, CommitOut, Engine, Member, Plan, PrivateKeys, Proposal, Refusal, Result, Settings,
};
use crate::mls::open;
use crate::protocol::CipherSuite;
use crate::reason::delivery;
use crate::vector::forge::rooms::{self, Change, Participants};
use crate::wire::hex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// ComponentIDs: the list, and the roles.
const LIST: u16 = 0x22;
const ROLES: u16 = 0x25;

/// The list, in its order. Dora is the client under test.
const LISTED: &[(&str, u32)] =
    &[("alice", ADMIN), ("bob", MODERATOR), ("carol", MEMBER), ("dave", GUEST), ("dora", MEMBER), ("erin", BANNED)];

/// Numbers of capabilities, as the draft's registry has them (section 10.2).
const OWN: [u16; 4] = [0x0002, 0x0003, 0x0006, 0x0100];
const OTHERS: [u16; 6] = [0x0000, 0x0001, 0x000a, 0x000b, 0x000c, 0x000f];
const DEFINITIONS: u16 = 0x0503;
/// canKick.
pub(super) const KICK: u16 = 0x000c;

fn rows() -> Vec<rooms::Role> {
    let all: Vec<u32> = vec![0, 1, 2, 3, 4, 5];
    let moderator = [&OWN[..], &OTHERS].concat();
    let admin = [&moderator[..], &[DEFINITIONS]].concat();
    vec![
        (BANNED, "banned", vec![], vec![]),
        (GUEST, "guest", vec![0x0006, 0x0101], vec![(2, vec![0])]),
        (MEMBER, "member", OWN.to_vec(), vec![(3, vec![0])]),
        (
            MODERATOR,
            "moderator",
            moderator,
            vec![(0, vec![1, 2, 3]), (1, vec![0, 2, 3]), (2, vec![0, 1, 3]), (3, vec![0, 1, 2])],
        ),
        (ADMIN, "admin", admin, all.iter().map(|from| (*from, all.clone())).collect()),
    ]
}

/// RoleData, in which this role has a further capability.
fn roles(more: Option<(u32, u16)>) -> Vec<u8> {
    let mut rows = rows();
    for (index, _, can, _) in &mut rows {
        can.extend(more.filter(|(of, _)| of == index).map(|(_, capability)| capability));
    }
    rooms::roles(rows)
}

/// AppDataUpdate of the roles.
pub(super) fn rules(more: Option<(u32, u16)>) -> (u16, Vec<u8>) {
    (ROLES, roles(more))
}

/// Where somebody is in the list.
fn place(user: &str) -> u32 {
    LISTED.iter().zip(0..).find(|((name, _), _)| *name == user).map_or(u32::MAX, |(_, at)| at)
}

/// AppDataUpdate that changes roles.
pub(super) fn changes(roles: &[(&str, u32)]) -> (u16, Vec<u8>) {
    let roles = roles.iter().map(|(user, role)| (place(user), *role)).collect();
    (LIST, Change { roles, ..Change::default() }.octets())
}

/// AppDataUpdate that takes users off the list and adds others.
pub(super) fn moves(removed: &[&str], added: &[(&str, u32)]) -> (u16, Vec<u8>) {
    let removed = removed.iter().map(|user| place(user)).collect();
    let added = added.iter().map(|(user, role)| ((*user).to_owned(), *role)).collect();
    (LIST, Change { roles: vec![], removed, added }.octets())
}

fn updated(component: u16, before: Option<&[u8]>, updates: &[&[u8]]) -> Option<Vec<u8>> {
    let mut data = before.unwrap_or(&[0]).to_vec();
    for update in updates {
        data = if component == LIST { Participants::after(&data, update) } else { update.to_vec() };
    }
    Some(data)
}

pub(super) fn identity(name: &str) -> Vec<u8> {
    format!("mimi://{name}.example/d/{name}/1").into_bytes()
}

/// What the client under test is told: whose each client is. All else it reads in its group.
pub(super) fn told() -> Value {
    let users = ["alice", "bob", "carol", "dave", "dora", "erin", "frank"];
    let client = |user: &&str| json!({"identity": hex::encode(&identity(user)), "user": user});
    json!({"clients": users.iter().map(client).collect::<Vec<_>>()})
}

/// The group and its people, by name.
pub(super) struct House {
    suite: CipherSuite,
    private: bool,
    seed: String,
    people: BTreeMap<String, Box<dyn Member>>,
}

fn missing(who: &str) -> Refusal {
    Refusal { reason: delivery::NO_STATE, said: format!("{who} is not in the group") }
}

impl House {
    /// Alice's group, with bob, carol and dave, and with the client under test, which joins by this commit.
    pub(super) fn new(suite: CipherSuite, private: bool, seed: &str) -> Result<(Self, PrivateKeys, CommitOut)> {
        let mut house = Self { suite, private, seed: seed.to_owned(), people: BTreeMap::new() };
        let alice = house.device("alice")?.create(b"house of alice")?;
        house.people.insert("alice".to_owned(), alice);
        let mut device = house.device("dora")?;
        let package = device.key_package()?;
        let dora = device.private_keys(&package)?;
        let plan = Plan { add: vec![package], ..Plan::default() };
        let out = house.add("alice", &["bob", "carol", "dave"], plan)?;
        Ok((house, dora, out))
    }

    fn device(&self, name: &str) -> Result<Box<dyn Client>> {
        let list = LISTED.iter().map(|(user, role)| (user.as_bytes().to_vec(), *role)).collect();
        let application = Application {
            external_senders: vec![],
            data: vec![(LIST, Participants(list).octets()), (ROLES, roles(None))],
            update: updated,
        };
        open::engine().client(&Settings {
            identity: identity(name),
            suite: self.suite,
            seed: format!("{} {name}", self.seed),
            encrypt_handshake: self.private,
            application: Some(application),
        })
    }

    /// A copy that goes its own way.
    pub(super) fn copy(&self) -> Self {
        let people = self.people.iter().map(|(name, member)| (name.clone(), member.copy())).collect();
        Self { suite: self.suite, private: self.private, seed: self.seed.clone(), people }
    }

    fn member(&mut self, name: &str) -> Result<&mut Box<dyn Member>> {
        self.people.get_mut(name).ok_or_else(|| missing(name))
    }

    pub(super) fn leaf(&mut self, name: &str) -> Result<u32> {
        Ok(self.member(name)?.leaf())
    }

    /// A commit that everybody here follows who is not removed by it.
    pub(super) fn commit(&mut self, by: &str, plan: &Plan) -> Result<CommitOut> {
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
    pub(super) fn add(&mut self, by: &str, names: &[&str], mut plan: Plan) -> Result<CommitOut> {
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
    pub(super) fn propose(&mut self, by: &str, proposal: &Proposal) -> Result<Vec<u8>> {
        let message = self.member(by)?.propose(proposal)?;
        for (_, member) in self.people.iter_mut().filter(|(name, _)| *name != by) {
            member.process(&message)?;
        }
        Ok(message)
    }

    pub(super) fn send(&mut self, by: &str, data: &[u8]) -> Result<Vec<u8>> {
        self.member(by)?.send(data, &[])
    }

    /// Somebody joins by an external commit that everybody here follows.
    pub(super) fn join(&mut self, name: &str, host: &str) -> Result<CommitOut> {
        let (info, tree) = self.member(host)?.group_info()?;
        let (member, out) = self.device(name)?.external_join(&info, Some(&tree))?;
        self.follow(name, &out.commit)?;
        self.people.insert(name.to_owned(), member);
        Ok(out)
    }
}
