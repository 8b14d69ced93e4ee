//! A group that keeps its participant list and its roles itself. Its members run OpenMLS, which knows AppDataUpdate; what
//! the group keeps changes by the forge's own rule, which lets everything pass. Nobody here looks at the policy.

use super::scene::{ADMIN, BANNED, GUEST, MEMBER, MODERATOR};
use crate::mls::member::{Application, CommitOut, Plan, PrivateKeys, Result, Settings};
use crate::protocol::CipherSuite;
use crate::vector::families::crowd::{Crowd, Devices};
use crate::vector::forge::rooms::{self, Change, Participants};
use crate::wire::hex;
use serde_json::{Value, json};

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

/// How the people of the house are set up.
#[derive(Clone)]
pub(super) struct Home {
    suite: CipherSuite,
    private: bool,
    seed: String,
}

impl Devices for Home {
    fn settings(&self, name: &str) -> Settings {
        let list = LISTED.iter().map(|(user, role)| (user.as_bytes().to_vec(), *role)).collect();
        let application = Application {
            external_senders: vec![],
            data: vec![(LIST, Participants(list).octets()), (ROLES, roles(None))],
            update: updated,
        };
        Settings {
            identity: identity(name),
            suite: self.suite,
            seed: format!("{} {name}", self.seed),
            encrypt_handshake: self.private,
            application: Some(application),
        }
    }
}

/// The group and its people.
pub(super) type House = Crowd<Home>;

impl House {
    /// Alice's group, with bob, carol and dave, and with the client under test, which joins by this commit.
    pub(super) fn new(suite: CipherSuite, private: bool, seed: &str) -> Result<(Self, PrivateKeys, CommitOut)> {
        let mut house = Self::found(Home { suite, private, seed: seed.to_owned() }, "alice", b"house of alice")?;
        let mut device = house.device("dora")?;
        let package = device.key_package()?;
        let dora = device.private_keys(&package)?;
        let plan = Plan { add: vec![package], ..Plan::default() };
        let out = house.add("alice", &["bob", "carol", "dave"], plan)?;
        Ok((house, dora, out))
    }
}
