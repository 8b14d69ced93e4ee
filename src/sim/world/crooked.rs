//! Hubs that misbehave, and members who say over another channel where they are.

use super::build::id;
use super::{Broken, GROUP, Result, World};
use crate::client::{Input, Told};
use crate::delivery::{self, Effect, Response};
use crate::entropy::Time;
use crate::protocol::{GroupInfoRequest, GroupInfoResponse};
use crate::sim::crooked::Misdeed;
use crate::sim::trace::{Entry, Place};
use std::collections::BTreeSet;

impl World<'_> {
    /// From now on the hub does this to a provider, or nothing.
    pub(super) fn misbehave(&mut self, to: &str, does: Option<Misdeed>, of: Option<&str>) -> Result<()> {
        if !self.providers.contains_key(to) {
            return Err(Broken(format!("no provider {to}")));
        }
        self.unstruck(to)?;
        let stale = if does == Some(Misdeed::StaleGroupInfo) { self.group_info_of_now(to) } else { None };
        let keepsake = self.keepsake(does, of)?;
        self.crooks.entry(to.to_owned()).or_default().turn(does, stale, keepsake);
        Ok(())
    }

    fn group_info_of_now(&mut self, to: &str) -> Option<GroupInfoResponse> {
        let hub = self.hub.clone()?;
        let service = self.providers.get_mut(&hub)?;
        let mut effects = vec![];
        let ask = delivery::Input::GroupInfo(GroupInfoRequest { group_id: GROUP.to_vec() });
        service.hub.step(Time(self.now), &id(to), ask, &mut effects).ok()?;
        effects.into_iter().find_map(|effect| match effect {
            Effect::Respond(Response::GroupInfo(response)) => Some(response),
            _ => None,
        })
    }

    /// What befell nothing shows nothing.
    pub(super) fn unstruck(&self, to: &str) -> Result<()> {
        match self.crooks.get(to) {
            Some(crook) if !crook.struck() => Err(Broken(format!("what the hub did to {to} befell nothing"))),
            _ => Ok(()),
        }
    }

    /// A device says to others where it is; `stranger`: somebody else says so in its name.
    pub(super) fn tell(&mut self, by: &str, to: &[String], stranger: bool) -> Result<()> {
        self.known(by)?;
        let position = self.devices.get(by).and_then(|actor| actor.device.position()).cloned();
        let position = position.ok_or_else(|| Broken(format!("{by} is in no group")))?;
        for name in to {
            self.awake(name)?;
            let told = Told {
                member: by.as_bytes().to_vec(),
                group_id: position.group_id.clone(),
                epoch: position.epoch,
                epoch_authenticator: position.epoch_authenticator.clone(),
                authentic: !stranger,
            };
            self.told(name, Input::Told(told));
        }
        Ok(())
    }

    /// Who is in one place with everybody, and who is not: looked at whenever somebody has moved.
    pub(super) fn watch(&mut self) {
        let place = |name: &String| self.devices.get(name)?.device.position().map(Place::from);
        let places: BTreeSet<_> = self.devices.keys().filter_map(place).map(|place| place.authenticator).collect();
        let parted = places.len() > 1;
        for actor in self.devices.values_mut() {
            let deliveries = actor.device.knowledge().map(|known| known.deliveries);
            match (parted, actor.parted) {
                (true, None) => actor.parted = deliveries,
                (false, Some(_)) => actor.parted = None,
                _ => {}
            }
        }
    }

    /// A device knows something new.
    pub(super) fn knows(&mut self, me: &str, knowledge: &crate::client::Knowledge) {
        let Some(actor) = self.devices.get_mut(me) else { return };
        let doubts = knowledge.standing != crate::client::Standing::Together;
        let k = actor.parted.filter(|_| doubts).map(|then| knowledge.deliveries.saturating_sub(then));
        if doubts && actor.k.is_none() {
            actor.k = k;
        }
        self.entries.push(Entry::Knows {
            at: self.now,
            device: me.to_owned(),
            standing: knowledge.standing.name().to_owned(),
            proof: knowledge.proof.map(|proof| proof.name().to_owned()),
            k,
        });
    }
}
