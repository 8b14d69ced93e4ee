use super::{Event, Travelling, World};
use crate::sim::faults;
use crate::sim::network::NEAR;
use crate::sim::packet::{Packet, Unfit};
use crate::sim::scenario::Does;
use crate::sim::trace::Entry;
use crate::wire::hex;

fn link(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

impl World<'_> {
    /// A party says something to another.
    pub(super) fn post(&mut self, from: &str, to: &str, packet: Packet) {
        let mut packet = packet;
        let befalls = self.faults.iter().position(|f| faults::befalls(f, from, to, &packet));
        // A fault that finds nothing to alter stays: one that befell nothing at the end is a fault of the scenario.
        let fault = befalls.and_then(|at| self.faults.get(at).map(|f| (at, f.does)));
        let alters = |does, packet: &mut Packet| match does {
            Does::WrongPatch => self.spoil_patch(packet),
            does => faults::alter(does, packet),
        };
        let fault = fault.filter(|(_, does)| alters(*does, &mut packet)).map(|(at, does)| {
            self.faults.remove(at);
            does
        });
        let (octets, packet) = match packet.crosses() {
            Ok(crosses) => crosses,
            Err(Unfit { reason, said }) => return self.refused(from, reason.code(), &said),
        };
        let octets = hex::encode(&octets);
        let travelling = Travelling { from: from.to_owned(), to: to.to_owned(), packet, octets };
        match fault {
            Some(Does::Hold) => {
                self.record(&travelling, vec![], Some("held"));
                self.held.push(travelling);
            }
            Some(Does::Lose) => self.record(&travelling, vec![], Some("lost")),
            Some(_) => self.travel(travelling, Some("altered")),
            None => self.travel(travelling, None),
        }
    }

    /// Lets a packet go.
    fn travel(&mut self, travelling: Travelling, fault: Option<&str>) {
        if self.cuts.contains(&link(&travelling.from, &travelling.to)) {
            self.record(&travelling, vec![], Some(fault.unwrap_or("stuck")));
            self.stuck.push(travelling);
            return;
        }
        let between_providers =
            self.providers.contains_key(&travelling.from) && self.providers.contains_key(&travelling.to);
        let after = if between_providers { self.network.arrivals(&mut self.chance) } else { vec![NEAR] };
        let arrives: Vec<u64> = after.into_iter().map(|ms| self.now.saturating_add(ms)).collect();
        self.record(&travelling, arrives.clone(), fault);
        for at in arrives {
            self.at(at, Event::Arrives(Box::new(travelling.clone())));
        }
    }

    pub(super) fn at(&mut self, at: u64, event: Event) {
        self.serial = self.serial.saturating_add(1);
        self.queue.insert((at, self.serial), event);
    }

    fn record(&mut self, travelling: &Travelling, arrives: Vec<u64>, fault: Option<&str>) {
        let Travelling { from, to, packet, octets } = travelling;
        self.entries.push(Entry::Crossed {
            at: self.now,
            arrives,
            from: from.clone(),
            to: to.clone(),
            what: packet.what().to_owned(),
            about: packet.about(),
            octets: octets.clone(),
            fault: fault.map(str::to_owned),
        });
    }

    /// What was held travels on.
    pub(super) fn release(&mut self) {
        for travelling in std::mem::take(&mut self.held) {
            self.travel(travelling, Some("released"));
        }
    }

    pub(super) fn cut(&mut self, a: &str, b: &str) {
        self.cuts.insert(link(a, b));
    }

    /// What waited for this link passes.
    pub(super) fn mend(&mut self, a: &str, b: &str) {
        let mended = link(a, b);
        self.cuts.remove(&mended);
        let (pass, stay) = std::mem::take(&mut self.stuck).into_iter().partition(|t| link(&t.from, &t.to) == mended);
        self.stuck = stay;
        let pass: Vec<Travelling> = pass;
        for travelling in pass {
            self.travel(travelling, Some("passed late"));
        }
    }

    pub(super) fn refused(&mut self, by: &str, reason: &str, said: &str) {
        let (at, by) = (self.now, by.to_owned());
        self.entries.push(Entry::Refused { at, by, reason: reason.to_owned(), said: said.to_owned() });
    }

    pub(super) fn noted(&mut self, device: &str, text: &str) {
        self.entries.push(Entry::Noted { at: self.now, device: device.to_owned(), text: text.to_owned() });
    }
}
