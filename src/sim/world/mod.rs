//! All parties, and the queue of what is under way.
//!
//! | file | what |
//! |---|---|
//! | `build` | parties from a scenario |
//! | `run` | steps, and waiting until all is quiet |
//! | `post` | packets between parties: faults, cuts, the network |
//! | `device` | what a device is told and what it does |
//! | `crooked` | hubs that misbehave, and who knows of it |
//! | `forks` | reports to the hub, and what it sees and ends |
//! | `provider` | what a provider is told: relay, hub, mailbox |
//! | `keeping` | a provider that fetches for its users |
//! | `recovery` | what people start after a fork |
//! | `trees` | encrypted trees: help, wrong patches, what a hub keeps to misbehave with |
//! | `expect` | what must hold |

mod build;
mod crooked;
mod device;
mod expect;
mod forks;
mod keeping;
mod post;
mod provider;
mod recovery;
mod run;
mod trees;

pub use run::run;

use super::crooked::Crook;
use super::network::Network;
use super::packet::Packet;
use super::scenario::{Fault, Scenario};
use super::trace::Entry;
use crate::client;
use crate::delivery::Hub;
use crate::entropy::Stream;
use crate::mls::hostile::Saboteur;
use crate::mls::member::Engine;
use crate::protocol::MlsMessage;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Gives engines by name; `None` is the runner's choice.
pub trait Engines {
    /// The engine of this name.
    fn engine(&self, name: Option<&str>) -> Option<Box<dyn Engine>>;
}

/// A scenario that can not be run. What goes wrong within a run is in its trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

type Result<T> = std::result::Result<T, Broken>;

/// The group's id, the same in every scenario.
const GROUP: &[u8] = b"room";

struct Actor {
    device: client::Device,
    provider: String,
    redo: bool,
    online: bool,
    /// Since when not all devices are in one epoch, in answers of its hub.
    parted: Option<u64>,
    /// After how many more it knew.
    k: Option<u64>,
}

struct Service {
    hub: Box<dyn Hub>,
    /// KeyPackageRefs of its users' devices.
    refs: BTreeMap<Vec<u8>, String>,
    /// What it fetches for its users; none for a provider that passes on what they ask.
    keeper: Option<keeping::Keeper>,
    /// Welcomes for devices that are offline.
    mailbox: BTreeMap<String, Vec<MlsMessage>>,
}

/// A packet on its way.
#[derive(Clone, Debug)]
struct Travelling {
    from: String,
    to: String,
    packet: Packet,
    /// In hex.
    octets: String,
}

/// A wish, with names for those who are added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Named {
    add: Vec<String>,
    remove: Vec<u32>,
    update: bool,
    updates: Vec<(u16, Vec<u8>)>,
}

enum Event {
    Arrives(Box<Travelling>),
    Redo { device: String, wish: Named },
}

struct World<'a> {
    scenario: &'a Scenario,
    now: u64,
    serial: u64,
    queue: BTreeMap<(u64, u64), Event>,
    devices: BTreeMap<String, Actor>,
    providers: BTreeMap<String, Service>,
    /// Whose group it is.
    hub: Option<String>,
    /// Which device each KeyPackage in a wish is of.
    key_packages: BTreeMap<Vec<u8>, String>,
    network: Network,
    chance: Stream,
    faults: Vec<Fault>,
    /// Who makes malformed commits when told to.
    saboteurs: BTreeMap<String, Saboteur>,
    /// What the hub does to providers.
    crooks: BTreeMap<String, Crook>,
    held: Vec<Travelling>,
    cuts: BTreeSet<(String, String)>,
    stuck: Vec<Travelling>,
    entries: Vec<Entry>,
    /// Where in the record the last step that was no expectation began.
    began: usize,
}
