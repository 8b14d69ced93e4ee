//! The group of a room and the people in it. Its members run OpenMLS, which knows AppDataUpdate; what the room keeps in
//! the group changes by the forge's own rule, which lets everything pass.

use crate::mls::member::{Application, Client, CommitOut, Engine, Member, Plan, Proposal, Refusal, Result, Settings};
use crate::mls::open;
use crate::protocol::CipherSuite;
use crate::reason::delivery;
use crate::vector::forge::rooms::{Participants, metadata, public_key};
use crate::vector::forge::traffic::vector;
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub(super) const HUB: &str = "hub.example";
pub(super) const ROOM: &str = "mimi://hub.example/r/engineering";
pub(super) const GROUP: &[u8] = b"group of engineering";
/// ComponentIDs (section 10).
pub(super) const AGENT: u16 = 0x21;
pub(super) const LIST: u16 = 0x22;
pub(super) const METADATA: u16 = 0x23;
/// Roles: that of the banned, and two that may act.
pub(super) const BANNED: u32 = 1;
pub(super) const MEMBER: u32 = 2;
const ADMIN: u32 = 4;

/// The provider of whoever has this name: by its first letter.
pub(super) fn home(name: &str) -> String {
    match name.chars().next() {
        Some('h') | None => HUB.to_owned(),
        Some(letter) => format!("{letter}.example"),
    }
}

/// URI of the user whose client this is: the name up to the dash.
pub(super) fn user(name: &str) -> String {
    let user = name.split('-').next().unwrap_or_default();
    format!("mimi://{}/u/{user}", home(name))
}

/// Identity of a client.
pub(super) fn identity(name: &str) -> Vec<u8> {
    format!("mimi://{}/d/{name}", home(name)).into_bytes()
}

/// A seed of 32 octets for whatever has this name.
pub(super) fn seed(name: &str) -> [u8; 32] {
    Sha256::digest(format!("room/hub {name}")).into()
}

/// Where the hub is among the group's external senders at first.
pub(super) const HUB_INDEX: u32 = 0;

fn senders(providers: &[&str]) -> Vec<(Vec<u8>, Vec<u8>)> {
    providers.iter().map(|name| (public_key(&seed(name)), name.as_bytes().to_vec())).collect()
}

/// Every client that an authentication service knows, in the group or not.
const CLIENTS: &[&str] =
    &["alice-laptop", "bob-phone", "bob-laptop", "bob-tablet", "cathy-laptop", "dave-phone", "hana-laptop", "ed-phone"];

/// What a group begins with.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub senders: Vec<&'static str>,
    pub data: Vec<(u16, Vec<u8>)>,
}

impl Default for Ground {
    fn default() -> Self {
        let people = [("alice", ADMIN), ("bob", MEMBER), ("cathy", MEMBER), ("hana", MEMBER)];
        let list = people.iter().map(|(name, role)| (user(name).into_bytes(), *role)).collect();
        let data = vec![(LIST, Participants(list).octets()), (METADATA, metadata(ROOM, "Engineering"))];
        Self { senders: vec![HUB], data }
    }
}

/// By the forge's rule; metadata are replaced.
fn updated(component: u16, before: Option<&[u8]>, updates: &[&[u8]]) -> Option<Vec<u8>> {
    let mut data = before.unwrap_or(&[0]).to_vec();
    for update in updates {
        data = if component == LIST { Participants::after(&data, update) } else { update.to_vec() };
    }
    Some(data)
}

/// A group, and the devices in it.
pub(super) struct Town {
    people: BTreeMap<String, Box<dyn Member>>,
    ground: Ground,
}

fn missing(who: &str) -> Refusal {
    Refusal { reason: delivery::NO_STATE, said: format!("{who} is not in the group") }
}

impl Town {
    /// Alice's group, with Alice, two devices of Bob, Cathy, and Hana, who lives at the hub; in epoch 1.
    pub fn new(ground: Ground) -> Result<Self> {
        let mut town = Self { people: BTreeMap::new(), ground };
        let alice = town.device("alice-laptop")?.create(GROUP)?;
        town.people.insert("alice-laptop".to_owned(), alice);
        town.add("alice-laptop", &["bob-phone", "bob-laptop", "cathy-laptop", "hana-laptop"], Plan::default())?;
        Ok(town)
    }

    fn device(&self, name: &str) -> Result<Box<dyn Client>> {
        let application = Application {
            external_senders: senders(&self.ground.senders),
            data: self.ground.data.clone(),
            update: updated,
        };
        open::engine().client(&Settings {
            identity: identity(name),
            suite: CipherSuite(1),
            seed: format!("room/hub {name}"),
            encrypt_handshake: false,
            application: Some(application),
        })
    }

    /// A KeyPackage of a device.
    pub fn key_package(&self, name: &str) -> Result<Vec<u8>> {
        self.device(name)?.key_package()
    }

    /// A copy that goes its own way.
    pub fn copy(&self) -> Self {
        let people = self.people.iter().map(|(name, member)| (name.clone(), member.copy())).collect();
        Self { people, ground: self.ground.clone() }
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

    /// A commit of another epoch, group or branch than the room's: nobody here follows it.
    pub fn aside(&self, by: &str, plan: &Plan) -> Result<CommitOut> {
        self.copy().commit(by, plan)
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

    /// A commit that adds these devices and does what the plan says.
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

    /// The KeyPackageRef under which a device is added first: hash of its KeyPackage (RFC 9420 section 5.2).
    pub fn reference(&self, name: &str) -> Result<Vec<u8>> {
        let package = self.device(name)?.key_package()?;
        let input = [vector("MLS 1.0 KeyPackage Reference"), vector(package.get(4..).unwrap_or_default())].concat();
        Ok(Sha256::digest(input).to_vec())
    }

    /// A proposal that everybody here keeps.
    pub fn propose(&mut self, by: &str, proposal: &Proposal) -> Result<Vec<u8>> {
        let message = self.member(by)?.propose(proposal)?;
        self.hear(by, &message)?;
        Ok(message)
    }

    /// A proposal from outside the group, or from one of its members, that everybody here keeps.
    pub fn hear(&mut self, by: &str, message: &[u8]) -> Result<()> {
        for (_, member) in self.people.iter_mut().filter(|(name, _)| *name != by) {
            member.process(message)?;
        }
        Ok(())
    }

    pub fn send(&mut self, by: &str, text: &str) -> Result<Vec<u8>> {
        self.member(by)?.send(text.as_bytes(), &[])
    }

    /// Somebody joins by an external commit that everybody here follows.
    pub fn join(&mut self, name: &str, host: &str) -> Result<CommitOut> {
        let (info, tree) = self.member(host)?.group_info()?;
        let (member, out) = self.device(name)?.external_join(&info, Some(&tree))?;
        self.follow(name, &out.commit)?;
        self.people.insert(name.to_owned(), member);
        Ok(out)
    }

    /// What the room is opened with.
    pub fn opening(&mut self) -> Result<Value> {
        let (info, tree) = self.member("alice-laptop")?.group_info()?;
        let client = |name: &&str| {
            let key = hex::encode(&public_key(&seed(name)));
            // Only the client that asks for the GroupInfo has a key that the service knows: the others' are in the group.
            match *name {
                "bob-tablet" => {
                    json!({"identity": hex::encode(&identity(name)), "user": user(name), "signature_key": key})
                }
                _ => json!({"identity": hex::encode(&identity(name)), "user": user(name)}),
            }
        };
        Ok(json!({
            "provider": HUB, "room_id": ROOM, "cipher_suite": 1, "signature_priv": hex::encode(&seed(HUB)),
            "group_info": hex::encode(&info), "ratchet_tree": hex::encode(&tree),
            "clients": CLIENTS.iter().map(client).collect::<Vec<_>>(), "past_epochs": 1,
        }))
    }
}
