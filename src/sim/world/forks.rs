//! What members report to their hub of where they are, and what the hub then sees and ends.

use super::build::id;
use super::{Broken, GROUP, Result, World};
use crate::delivery::{Effect, Finding, Input, PictureOfFork, PictureOfForks, Response};
use crate::entropy::Time;
use crate::protocol::{ForkReport, PartitionKey, REPORT_LABEL};
use crate::sim::forking::SeenFork;
use crate::sim::packet::{Packet, Request};
use crate::sim::trace::Entry;
use crate::wire::hex;
use std::collections::BTreeSet;

/// Octets of a report's tag.
const TAG: usize = 32;

impl World<'_> {
    /// A device reports where it is, or, `falsely`, an epoch that it made up for the partition in which it is.
    pub(super) fn report(&mut self, by: &str, falsely: bool) -> Result<()> {
        self.awake(by)?;
        let said = |what: &str| Broken(format!("{by} {what}"));
        let actor = self.devices.get(by).ok_or_else(|| said("is not there"))?;
        let position = actor.device.position().ok_or_else(|| said("is in no group"))?;
        let exported = actor.device.export(REPORT_LABEL, &position.epoch_authenticator, TAG);
        let tag = exported.ok().and_then(|octets| <[u8; TAG]>::try_from(octets).ok());
        let mut tag = tag.ok_or_else(|| said("has no tag for its epoch"))?;
        if let Some(octet) = tag.first_mut().filter(|_| falsely) {
            *octet ^= 1;
        }
        let report = ForkReport { partition_key: position.partition_key, epoch: position.epoch, tag };
        let (group_id, home) = (position.group_id.clone(), actor.provider.clone());
        let request = Request::Report { group_id, report };
        self.post(by, &home, Packet::Request { device: by.to_owned(), request });
        Ok(())
    }

    /// What the hub's operator sees.
    pub(super) fn forks(&mut self) -> std::result::Result<PictureOfForks, String> {
        let none = || "no hub has the group".to_owned();
        let hub = self.hub.clone().ok_or_else(none)?;
        let service = self.providers.get_mut(&hub).ok_or_else(none)?;
        let (ask, mut effects) = (Input::Forks { group_id: GROUP.to_vec() }, vec![]);
        service.hub.step(Time(self.now), &id(&hub), ask, &mut effects).map_err(|no| no.to_string())?;
        let picture = effects.into_iter().find_map(|effect| match effect {
            Effect::Respond(Response::Forks(_, picture)) => Some(picture),
            _ => None,
        });
        picture.ok_or_else(none)
    }

    /// A partition was ended, by whomever.
    pub(super) fn ended(&mut self, by: &str, partition: &PartitionKey) {
        let partition = hex::encode(&partition.0);
        self.entries.push(Entry::Ended { at: self.now, by: by.to_owned(), partition });
    }

    fn partition_of(&self, name: &str) -> std::result::Result<PartitionKey, String> {
        let position = self.devices.get(name).and_then(|actor| actor.device.position());
        position.map(|position| position.partition_key).ok_or_else(|| format!("{name} is in no group"))
    }

    pub(super) fn fork_seen(&self, picture: &PictureOfForks, seen: &SeenFork) -> std::result::Result<(), String> {
        let named = seen.branches.iter().map(|branch| self.roots(picture, branch)).collect::<Vec<_>>();
        let fits = |fork: &&PictureOfFork| {
            fork.branches.len() == named.len()
                && named.iter().all(|roots| roots.as_ref().is_ok_and(|roots| meet(roots, &fork.branches) == 1))
                && fork.branches.iter().all(|root| named.iter().flatten().any(|roots| roots.contains(root)))
        };
        for roots in &named {
            roots.as_ref().map_err(Clone::clone)?;
        }
        let fork = picture.forks.iter().find(fits);
        let fork = fork.ok_or_else(|| format!("it sees {} forks, and not this one", picture.forks.len()))?;
        let of = seen.of.as_ref().map(|name| self.ways_to(picture, name)).transpose()?;
        let (found, there) = match fork.finding {
            Finding::Open => ("open", of.is_none()),
            Finding::Undecidable => ("undecidable", of.is_none()),
            Finding::Majority(root) => ("majority", of.is_some_and(|roots| roots.contains(&root))),
        };
        if found == seen.finding && there { Ok(()) } else { Err(format!("it finds: {found}")) }
    }

    /// Partitions from which commits lead to that of every one of these.
    fn roots(&self, picture: &PictureOfForks, who: &[String]) -> std::result::Result<BTreeSet<PartitionKey>, String> {
        let mut all = who.iter().map(|name| self.ways_to(picture, name));
        let first = all.next().ok_or("a branch that nobody is in")??;
        all.try_fold(first, |roots, more| Ok(roots.intersection(&more?).copied().collect()))
    }

    /// The partition of a device, and all from which commits lead there.
    fn ways_to(&self, picture: &PictureOfForks, name: &str) -> std::result::Result<BTreeSet<PartitionKey>, String> {
        let here = self.partition_of(name)?;
        let (mut found, mut next) = (BTreeSet::from([here]), vec![here]);
        while let Some(key) = next.pop() {
            for (from, _) in picture.edges.iter().filter(|(_, to)| *to == key) {
                if found.insert(*from) {
                    next.push(*from);
                }
            }
        }
        Ok(found)
    }

    /// Whether the hub has ended the partition of each of these, or of none.
    pub(super) fn all_ended(
        &self,
        picture: &PictureOfForks,
        who: &[String],
        ended: bool,
    ) -> std::result::Result<(), String> {
        if who.is_empty() {
            return Err("there is nothing to look at".to_owned());
        }
        for name in who {
            let key = self.partition_of(name)?;
            let there = picture.partitions.iter().find(|partition| partition.key == key);
            let there = there.ok_or_else(|| format!("the hub knows no partition of {name}"))?;
            if there.live == ended {
                return Err(format!("{name}'s is {}", if ended { "live" } else { "ended" }));
            }
        }
        Ok(())
    }
}

/// How many of these are among those.
fn meet(roots: &BTreeSet<PartitionKey>, branches: &[PartitionKey]) -> usize {
    branches.iter().filter(|root| roots.contains(root)).count()
}
