use super::deceive::deceive;
use super::hubs::Hosting;
use super::seat::Seat;
use super::step::{Happens, Step};
use crate::client::{Input, Request, Wish};
use crate::delivery;
use crate::mls::member::Proposal;
use crate::protocol::{ContentType, PartitionKey, ReceiveRequest, ReceiveResponse};
use std::collections::BTreeMap;

/// Something under way between the hub and the device of this place.
#[derive(Clone, Debug)]
pub(super) enum Packet {
    /// A device asks; if it is refused, that is what the device is told.
    Asks(usize, Box<delivery::Input>, Option<Request>),
    /// The hub answers what a device asked of a partition.
    Answers(usize, ReceiveRequest, ReceiveResponse),
    /// The hub tells a device something else.
    Tells(usize, Box<Input>),
}

/// A message that the hub put somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequenced {
    /// Where.
    pub partition: PartitionKey,
    /// Its place there, from 0.
    pub index: u32,
    /// Who sent it.
    pub from: usize,
    /// The octets.
    pub octets: Vec<u8>,
    /// What it carries.
    pub content: Option<ContentType>,
    /// Of a commit: where it leads.
    pub next: Option<PartitionKey>,
}

/// Packets under way at most; what comes then is lost as a network loses it.
pub(super) const MOST_PACKETS: usize = 64;
/// Rounds after which everything must be quiet.
const PATIENCE: usize = 40;

/// Devices, a hub, and what is under way.
pub struct World<H> {
    /// The devices.
    pub seats: Vec<Seat>,
    /// The hub.
    pub hub: H,
    pub(super) group_id: Vec<u8>,
    pub(super) now: u64,
    pub(super) packets: Vec<Packet>,
    /// What the hub put where.
    pub sequenced: Vec<Sequenced>,
    /// What was said, by the octets of its message.
    pub said: BTreeMap<Vec<u8>, Vec<u8>>,
    utterances: usize,
}

impl<H: Hosting> World<H> {
    /// These devices and this hub, with nothing under way.
    #[must_use]
    pub fn new(seats: Vec<Seat>, hub: H, group_id: Vec<u8>) -> Self {
        Self { seats, hub, group_id, now: 0, packets: vec![], sequenced: vec![], said: BTreeMap::new(), utterances: 0 }
    }

    /// Another such world that goes its own way.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            seats: self.seats.iter().map(Seat::copy).collect(),
            hub: self.hub.clone(),
            group_id: self.group_id.clone(),
            now: self.now,
            packets: self.packets.clone(),
            sequenced: self.sequenced.clone(),
            said: self.said.clone(),
            utterances: self.utterances,
        }
    }

    /// How many packets are under way.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.packets.len()
    }

    fn place(&self, who: u8) -> usize {
        usize::from(who).checked_rem(self.seats.len()).unwrap_or_default()
    }

    /// One step.
    ///
    /// # Errors
    /// What does not hold, in words.
    pub fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Update(who) => {
                let wish = Wish { update: true, ..Wish::default() };
                self.tell(self.place(*who), Input::Commit(wish))?;
            }
            Step::Remove(who, whom) => {
                let (who, whom) = (self.place(*who), self.place(*whom));
                if who != whom
                    && let Some(leaf) = self.leaf_of(who, whom)
                {
                    self.tell(who, Input::Commit(Wish { remove: vec![leaf], ..Wish::default() }))?;
                }
            }
            Step::Propose(who) => drop(self.tell(self.place(*who), Input::Propose(Proposal::Update))?),
            Step::Say(who) => self.say(self.place(*who))?,
            Step::Look(who) => drop(self.tell(self.place(*who), Input::Look)?),
            Step::Rejoin(who) => {
                let place = self.place(*who);
                if self.seats.get(place).is_some_and(|seat| !seat.known.out) {
                    self.tell(place, Input::JoinExternally { group_id: self.group_id.clone() })?;
                }
            }
            Step::Arrive(which) => self.arrive(*which, false)?,
            Step::Twice(which) => self.arrive(*which, true)?,
            Step::Lose(which) => {
                if let Some(at) = self.answer(*which, 0) {
                    self.packets.remove(at);
                }
            }
            Step::Deceive(which, how) => self.deceive(*which, *how),
        }
        self.always()
    }

    fn say(&mut self, place: usize) -> Result<(), String> {
        self.utterances = self.utterances.saturating_add(1);
        let data = format!("{place} says {}", self.utterances).into_bytes();
        if let Some(seat) = self.seats.get_mut(place) {
            seat.known.waiting.push_back(data.clone());
        }
        if !self.tell(place, Input::Send { data })?
            && let Some(seat) = self.seats.get_mut(place)
        {
            seat.known.waiting.pop_back();
        }
        Ok(())
    }

    /// The leaf of one device, as another sees it.
    fn leaf_of(&self, by: usize, whom: usize) -> Option<u32> {
        let name = &self.seats.get(whom)?.name;
        self.seats.get(by)?.device.members().into_iter().find(|l| l.identity == *name).map(|l| l.leaf)
    }

    /// Where the device of this name is, if it is here.
    #[must_use]
    pub fn named(&self, name: &[u8]) -> Option<usize> {
        self.seats.iter().position(|seat| seat.name == name)
    }

    fn packet(&self, which: u8) -> usize {
        usize::from(which).checked_rem(self.packets.len()).unwrap_or_default()
    }

    /// Where an answer with so many messages or more is under way.
    fn answer(&self, which: u8, least: usize) -> Option<usize> {
        let is = |packet: &Packet| matches!(packet, Packet::Answers(_, _, r) if r.epoch.messages.len() >= least);
        let all: Vec<usize> =
            self.packets.iter().enumerate().filter(|(_, packet)| is(packet)).map(|(place, _)| place).collect();
        usize::from(which).checked_rem(all.len()).and_then(|place| all.get(place)).copied()
    }

    fn deceive(&mut self, which: u8, how: Happens) {
        if let Some(at) = self.answer(which, 1)
            && let Some(Packet::Answers(to, _, response)) = self.packets.get_mut(at)
            && deceive(&mut response.epoch.messages, how)
            && how.deceives()
            && let Some(seat) = self.seats.get_mut(*to)
        {
            seat.known.deceived = true;
        }
    }

    fn arrive(&mut self, which: u8, again: bool) -> Result<(), String> {
        let at = self.packet(which);
        match self.packets.get(at).cloned() {
            None => Ok(()),
            Some(packet) => {
                // A device sends its message once; only what is asked and what is answered may come twice.
                let twice = again && !matches!(packet, Packet::Asks(_, _, Some(_)) | Packet::Tells(..));
                if !twice {
                    self.packets.remove(at);
                }
                self.carry(packet)
            }
        }
    }

    /// Everything arrives, and devices look until there is nothing new.
    ///
    /// # Errors
    /// What does not hold, in words: there is always something new, for one.
    pub fn quiet(&mut self) -> Result<(), String> {
        self.settle()?;
        self.at_last()
    }

    /// Everything arrives, and devices look until there is nothing new. What holds then is not looked at.
    ///
    /// # Errors
    /// There is always something new, or what holds at any time does not.
    pub fn settle(&mut self) -> Result<(), String> {
        for _ in 0..PATIENCE {
            let before: Vec<_> = self.seats.iter().map(|seat| (seat.device.counter(), seat.device.awaits())).collect();
            let sequenced = self.sequenced.len();
            for place in 0..self.seats.len() {
                self.tell(place, Input::Look)?;
            }
            for _ in 0..MOST_PACKETS.saturating_mul(8) {
                if self.packets.is_empty() {
                    break;
                }
                let packet = self.packets.remove(0);
                self.carry(packet)?;
                self.always()?;
            }
            let after: Vec<_> = self.seats.iter().map(|seat| (seat.device.counter(), seat.device.awaits())).collect();
            if before == after && sequenced == self.sequenced.len() && self.packets.is_empty() {
                return Ok(());
            }
        }
        Err(format!("not quiet after {PATIENCE} rounds"))
    }
}
