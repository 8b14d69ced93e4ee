use super::hubs::{EitherHub, Hosting};
use super::seat::Seat;
use super::walk::World;
use crate::client::{self, Device, Effect, Input, Invitation, Wish};
use crate::delivery::{self, Blind, CreateGroup, Hints, Response, TrackingHub};
use crate::entropy::Time;
use crate::fuzzing::generators::hub_name;
use crate::fuzzing::memory::{Memory, remembering};
use crate::mls::member::{Client, Engine, Settings};
use crate::protocol::{CipherSuite, MlsMessage};

/// How a world is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Whether handshakes are encrypted.
    pub private: bool,
    /// Whether the hub reads handshakes.
    pub tracking: bool,
    /// Whether the hub says unasked what other partitions hold.
    pub hints: bool,
}

impl Setting {
    /// All that make sense together: who encrypts has a hub that can not read.
    pub const ALL: [Self; 4] = [
        Self { private: false, tracking: true, hints: false },
        Self { private: true, tracking: false, hints: false },
        Self { private: false, tracking: true, hints: true },
        Self { private: false, tracking: false, hints: true },
    ];

    /// A hub set up so, without groups.
    #[must_use]
    pub fn hub(self) -> EitherHub {
        let hints = if self.hints { Hints::All } else { Hints::None };
        let settings = delivery::Settings { hints, ..delivery::Settings::new(hub_name()) };
        match self.tracking {
            true => EitherHub::Tracking(Box::new(TrackingHub::tracking(settings, 16))),
            false => EitherHub::Blind(Box::new(Blind::new(settings))),
        }
    }
}

/// Who is there; every other one has the second library.
const NAMES: [&str; 4] = ["alice", "bob", "carol", "dave"];

/// Somebody with this name and this library.
///
/// # Errors
/// The library's, in words.
pub fn somebody(engine: &dyn Engine, setting: Setting, name: &str) -> Result<Person, String> {
    let device = engine.client(&Settings {
        identity: name.as_bytes().to_vec(),
        suite: CipherSuite::X25519,
        seed: format!("fork_world {} {name}", setting.private),
        encrypt_handshake: setting.private,
        application: None,
    });
    Ok((name.as_bytes().to_vec(), device.map_err(|e| e.to_string())?))
}

/// The name of a device, and what it has of its library.
pub type Person = (Vec<u8>, Box<dyn Client>);

/// Four people, half of them with each library. They go by memory, if there is one.
///
/// # Errors
/// A library's, in words.
pub fn people(engines: [&dyn Engine; 2], setting: Setting, memory: Option<&Memory>) -> Result<Vec<Person>, String> {
    let [open, other] = engines;
    let mut people = vec![];
    for (place, name) in NAMES.iter().enumerate() {
        let (name, device) = somebody(if place % 2 == 1 { other } else { open }, setting, name)?;
        people.push((name, memory.map_or_else(|| device.copy(), |memory| remembering(device.copy(), memory))));
    }
    Ok(people)
}

/// A world of these people in one group, hosted by this hub, with nothing under way. The first makes the group.
///
/// # Errors
/// What could not be done, in words.
pub fn built<H: Hosting>(people: Vec<Person>, setting: Setting, hub: H) -> Result<World<H>, String> {
    let mut seats = vec![];
    for (name, device) in people {
        let mut settings = client::Settings::new(CipherSuite::X25519);
        settings.replace = true;
        if setting.private || !setting.tracking {
            // Nobody but a hub that reads handshakes finds out the tree.
            settings.publish = client::Publish::WithTree;
        }
        seats.push(Seat::new(&name, Device::new(device, settings)));
    }
    Builder { seats, hub }.built()
}

struct Builder<H> {
    seats: Vec<Seat>,
    hub: H,
}

impl<H: Hosting> Builder<H> {
    fn tell(&mut self, place: usize, input: Input) -> Result<Vec<Effect>, String> {
        let seat = self.seats.get_mut(place).ok_or("no such device")?;
        seat.take(Time::default(), input)?.map_err(|e| e.to_string())
    }

    fn ask(&mut self, input: delivery::Input) -> Result<delivery::Effects, String> {
        let mut out = vec![];
        self.hub.step(Time::default(), &hub_name(), input, &mut out).map_err(|e| e.to_string())?;
        Ok(out)
    }

    fn built(mut self) -> Result<World<H>, String> {
        let group_id = b"a room".to_vec();
        let mut add = vec![];
        for place in 1..self.seats.len() {
            for effect in self.tell(place, Input::KeyPackage)? {
                if let Effect::KeyPackage(key_package) = effect {
                    add.push(Invitation { key_package, provider: hub_name() });
                }
            }
        }
        for effect in self.tell(0, Input::Create { group_id: group_id.clone() })? {
            if let Effect::Create(new) = effect {
                let client::Creation { group_id, suite, partition_key, group_info, ratchet_tree } = new;
                self.ask(delivery::Input::CreateGroup(CreateGroup {
                    group_id,
                    suite,
                    partition_key,
                    group_info,
                    ratchet_tree,
                    room: None,
                }))?;
            }
        }
        let mut welcomes: Vec<MlsMessage> = vec![];
        for effect in self.tell(0, Input::Commit(Wish { add, ..Wish::default() }))? {
            if let Effect::Send(request) = effect {
                let key = request.partition_key;
                for effect in self.ask(delivery::Input::Send(request))? {
                    if let delivery::Effect::Welcome { welcome, .. } = effect {
                        welcomes.push(welcome);
                    }
                }
                let request = crate::protocol::ReceiveRequest { partition_key: key, counter: 0 };
                for effect in self.ask(delivery::Input::Receive { group_id: group_id.clone(), request })? {
                    if let delivery::Effect::Respond(Response::Received(response)) = effect {
                        let messages = response.epoch.messages;
                        self.tell(0, Input::Delivered { partition_key: key, first: 0, messages })?;
                    }
                }
            }
        }
        let welcome = welcomes.first().ok_or("no Welcome")?.clone();
        for place in 1..self.seats.len() {
            for effect in self.tell(place, Input::Welcome(welcome.clone()))? {
                if let Effect::AskGroupInfo(request) = effect {
                    for effect in self.ask(delivery::Input::GroupInfo(request))? {
                        if let delivery::Effect::Respond(Response::GroupInfo(info)) = effect {
                            self.tell(place, Input::GroupInfo(info))?;
                        }
                    }
                }
            }
        }
        let here = self.seats.first().and_then(Seat::partition);
        for seat in &mut self.seats {
            if seat.partition() != here || here.is_none() {
                return Err(format!("{} is not in the group", String::from_utf8_lossy(&seat.name)));
            }
            // What it was in before is not asked about.
            seat.known.been = here.into_iter().collect();
        }
        Ok(World::new(self.seats, self.hub, group_id))
    }
}
