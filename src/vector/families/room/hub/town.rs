//! The group of a room and the people in it. Its members run OpenMLS, which knows AppDataUpdate; what the room keeps in
//! the group changes by the forge's own rule, which lets everything pass.

use crate::mls::member::{Application, CommitOut, Plan, Result, Settings};
use crate::protocol::CipherSuite;
use crate::vector::families::crowd::{Crowd, Devices};
use crate::vector::forge::rooms::{Participants, metadata, public_key};
use crate::vector::forge::traffic::vector;
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

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

impl Devices for Ground {
    fn settings(&self, name: &str) -> Settings {
        let application =
            Application { external_senders: senders(&self.senders), data: self.data.clone(), update: updated };
        Settings {
            identity: identity(name),
            suite: CipherSuite(1),
            seed: format!("room/hub {name}"),
            encrypt_handshake: false,
            application: Some(application),
        }
    }
}

/// A group, and the devices in it.
pub(super) type Town = Crowd<Ground>;

impl Town {
    /// Alice's group, with Alice, two devices of Bob, Cathy, and Hana, who lives at the hub; in epoch 1.
    pub fn new(ground: Ground) -> Result<Self> {
        let mut town = Self::found(ground, "alice-laptop", GROUP)?;
        town.add("alice-laptop", &["bob-phone", "bob-laptop", "cathy-laptop", "hana-laptop"], Plan::default())?;
        Ok(town)
    }

    /// A KeyPackage of a device.
    pub fn key_package(&self, name: &str) -> Result<Vec<u8>> {
        self.device(name)?.key_package()
    }

    /// A commit of another epoch, group or branch than the room's: nobody here follows it.
    pub fn aside(&self, by: &str, plan: &Plan) -> Result<CommitOut> {
        self.copy().commit(by, plan)
    }

    /// The KeyPackageRef under which a device is added first: hash of its KeyPackage (RFC 9420 section 5.2).
    pub fn reference(&self, name: &str) -> Result<Vec<u8>> {
        let package = self.device(name)?.key_package()?;
        let input = [vector("MLS 1.0 KeyPackage Reference"), vector(package.get(4..).unwrap_or_default())].concat();
        Ok(Sha256::digest(input).to_vec())
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
