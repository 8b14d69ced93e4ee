//! What must hold, held against what is. No check passes because there was nothing to look at.

use super::{Broken, Result, World};
use crate::sim::scenario::Expect;
use crate::sim::trace::{Entry, Place};
use std::collections::BTreeSet;

impl World<'_> {
    pub(super) fn expect(&mut self, expectation: &Expect) -> Result<()> {
        for name in named(expectation) {
            if !self.devices.contains_key(name) && !self.providers.contains_key(name) {
                return Err(Broken(format!("no party {name}")));
            }
        }
        let otherwise = self.otherwise(expectation).err().unwrap_or_default();
        self.entries.push(Entry::Expected { at: self.now, text: expectation.to_string(), otherwise });
        Ok(())
    }

    fn place(&self, name: &str) -> Option<Place> {
        self.devices.get(name)?.device.position().map(Place::from)
    }

    fn inside(&self, who: &[String]) -> std::result::Result<Vec<Place>, String> {
        if who.len() < 2 {
            return Err("fewer than two are named".to_owned());
        }
        who.iter().map(|name| self.place(name).ok_or_else(|| format!("{name} is in no group"))).collect()
    }

    fn otherwise(&mut self, expectation: &Expect) -> std::result::Result<(), String> {
        match expectation {
            Expect::Together(who) => self.together(who),
            Expect::Apart(who) => {
                let places = self.inside(who)?;
                let distinct: BTreeSet<_> = places.iter().map(|p| &p.authenticator).collect();
                if distinct.len() == places.len() { Ok(()) } else { Err("some share an epoch".to_owned()) }
            }
            Expect::Outside(who) => none(who, |name| self.place(name).is_some(), "is in the group"),
            Expect::Awaits(who) => {
                for (name, awaits) in who {
                    let is = self.devices.get(name).map_or("", |actor| actor.device.awaits());
                    if is != awaits {
                        return Err(format!("{name} waits for {is}"));
                    }
                }
                some(!who.is_empty())
            }
            Expect::Epoch(who) => {
                for (name, epoch) in who {
                    let is = self.place(name).map(|p| p.epoch);
                    if is != Some(*epoch) {
                        return Err(is.map_or_else(|| format!("{name} is outside"), |e| format!("{name} is in {e}")));
                    }
                }
                some(!who.is_empty())
            }
            Expect::Heard { by, text } => none(by, |name| self.heard(name, text) != 1, "did not hear it just once"),
            Expect::Unheard { by, text } => {
                some(self.entries.iter().any(|e| matches!(e, Entry::Heard { .. } | Entry::Crossed { .. })))?;
                none(by, |name| self.heard(name, text) > 0, "heard it")
            }
            Expect::Refused { by, reason } => {
                let is = |e: &Entry| matches!(e, Entry::Refused { by: b, reason: r, .. } if b == by && r == reason);
                if self.entries.iter().any(is) { Ok(()) } else { Err("it did not".to_owned()) }
            }
            Expect::NothingRefused => self.entries.iter().try_for_each(|entry| match entry {
                Entry::Refused { by, reason, .. } => Err(format!("{by} refused: {reason}")),
                _ => Ok(()),
            }),
            Expect::Knows(who) => {
                for (name, standing) in who {
                    let known = self.devices.get(name).and_then(|actor| actor.device.knowledge());
                    let is = known.map_or("outside", |known| known.standing.name());
                    if is != standing {
                        return Err(format!("{name} knows: {is}"));
                    }
                }
                some(!who.is_empty())
            }
            Expect::KnewAfter(who) => {
                for (name, k) in who {
                    let is = self.devices.get(name).and_then(|actor| actor.k);
                    if is != Some(*k) {
                        return Err(is.map_or_else(|| format!("{name} never knew"), |is| format!("{name} after {is}")));
                    }
                }
                some(!who.is_empty())
            }
            Expect::ForkSeen(seen) => {
                let picture = self.forks()?;
                self.fork_seen(&picture, seen)
            }
            Expect::NoForkSeen => {
                let picture = self.forks()?;
                some(!picture.partitions.is_empty())?;
                let seen = picture.forks.len();
                if seen == 0 { Ok(()) } else { Err(format!("it sees {seen}")) }
            }
            Expect::Terminated(who) => {
                let picture = self.forks()?;
                self.all_ended(&picture, who, true)
            }
            Expect::Live(who) => {
                let picture = self.forks()?;
                self.all_ended(&picture, who, false)
            }
            Expect::Crossed { what, from, to } => crossed(&self.entries, (what, from, to)),
            Expect::CrossedNow { what, from, to } => crossed(self.recent(), (what, from, to)),
            Expect::Silent { what, from, to } => {
                some(self.recent().iter().any(|e| matches!(e, Entry::Crossed { .. })))?;
                crossed(self.recent(), (what, from, to)).err().map(drop).ok_or_else(|| "there was one".to_owned())
            }
        }
    }

    /// One epoch, one authenticator, one list of members, and that list is who is named.
    fn together(&self, who: &[String]) -> std::result::Result<(), String> {
        let places = self.inside(who)?;
        let places: BTreeSet<_> = places.into_iter().collect();
        if places.len() > 1 {
            let epochs: Vec<_> = places.iter().map(|p| p.epoch.to_string()).collect();
            return Err(format!("they are in {} places, epochs {}", places.len(), epochs.join(", ")));
        }
        let mut named: Vec<&[u8]> = who.iter().map(String::as_bytes).collect();
        named.sort_unstable();
        for name in who {
            let members = self.devices.get(name).map(|actor| actor.device.members()).unwrap_or_default();
            let mut members: Vec<&[u8]> = members.iter().map(|l| l.identity.as_slice()).collect();
            members.sort_unstable();
            if members != named {
                let list: Vec<_> = members.iter().map(|m| String::from_utf8_lossy(m)).collect();
                return Err(format!("{name} sees as members {}", list.join(", ")));
            }
        }
        Ok(())
    }

    /// What has happened since the last step that was no expectation began.
    fn recent(&self) -> &[Entry] {
        self.entries.get(self.began..).unwrap_or_default()
    }

    fn heard(&self, name: &str, text: &str) -> usize {
        let is = |e: &&Entry| matches!(e, Entry::Heard { device, text: t, .. } if device == name && t == text);
        self.entries.iter().filter(is).count()
    }
}

fn crossed(entries: &[Entry], packet: (&String, &String, &String)) -> std::result::Result<(), String> {
    let is = |e: &Entry| match e {
        Entry::Crossed { what, from, to, .. } => (what, from, to) == packet,
        _ => false,
    };
    if entries.iter().any(is) { Ok(()) } else { Err("none did".to_owned()) }
}

fn some(there: bool) -> std::result::Result<(), String> {
    if there { Ok(()) } else { Err("there is nothing to look at".to_owned()) }
}

fn none(who: &[String], is: impl Fn(&str) -> bool, what: &str) -> std::result::Result<(), String> {
    some(!who.is_empty())?;
    let found = who.iter().find(|name| is(name));
    found.map_or(Ok(()), |name| Err(format!("{name} {what}")))
}

/// Every party that an expectation names.
fn named(expectation: &Expect) -> Vec<&String> {
    match expectation {
        Expect::Together(who) | Expect::Apart(who) | Expect::Outside(who) => who.iter().collect(),
        Expect::Awaits(who) | Expect::Knows(who) => who.keys().collect(),
        Expect::Epoch(who) | Expect::KnewAfter(who) => who.keys().collect(),
        Expect::Heard { by, .. } | Expect::Unheard { by, .. } => by.iter().collect(),
        Expect::Refused { by, .. } => vec![by],
        Expect::NothingRefused | Expect::NoForkSeen => vec![],
        Expect::ForkSeen(seen) => seen.branches.iter().flatten().chain(&seen.of).collect(),
        Expect::Terminated(who) | Expect::Live(who) => who.iter().collect(),
        Expect::Crossed { from, to, .. } | Expect::CrossedNow { from, to, .. } | Expect::Silent { from, to, .. } => {
            vec![from, to]
        }
    }
}
