use super::keeping::Keeper;
use super::{Actor, Broken, Engines, Result, Service, World};
use crate::client::{self, Effect, Envelope, Input, Publish};
use crate::delivery::{self, Blind, Hints, Hub, Pushes, TrackingHub, TreeSettings, Upload, WithTrees};
use crate::entropy::{Seed, Time};
use crate::mls::hostile::{self, Saboteur};
use crate::mls::member;
use crate::policy::Known;
use crate::protocol::{CipherSuite, ServiceProviderId};
use crate::sim::room;
use crate::sim::scenario::{self, EnvelopeRule, Expect, HubKind, Publishes, Scenario, Step};
use crate::sim::trace::Entry;
use crate::wire::hex;
use std::collections::{BTreeMap, BTreeSet};

/// KeyPackages that each device uploads before anything happens.
const UPLOADED: usize = 4;
/// `version` and `wire_format` before a KeyPackage in an MLSMessage.
const FRAME: usize = 4;
/// Partitions that a tracking hub keeps in sight.
const IN_SIGHT: usize = 64;

pub(super) fn token(device: &str) -> Vec<u8> {
    format!("token of {device}").into_bytes()
}

pub(super) fn id(provider: &str) -> ServiceProviderId {
    ServiceProviderId(provider.as_bytes().to_vec())
}

fn names(list: &[String]) -> BTreeSet<Vec<u8>> {
    list.iter().map(|name| name.as_bytes().to_vec()).collect()
}

/// What a device takes the policy to be, by users; `None` for one that forbids nothing.
pub(super) fn known(scenario: &Scenario, forbids: &scenario::Forbids) -> Option<Known> {
    let user = |device: &scenario::Device| device.user.clone().unwrap_or_else(|| device.name.clone()).into_bytes();
    let owners = scenario.devices.iter().map(|device| (device.name.as_bytes().to_vec(), user(device))).collect();
    if !scenario.room.is_empty() {
        return Some(Known { owners, ..Known::default() });
    }
    let forbids_nothing = *forbids == scenario::Forbids::default();
    let known = || Known { owners, ..Known::forbidding(&names(&forbids.banned), &names(&forbids.muted)) };
    (!forbids_nothing).then(known)
}

fn settings(suite: CipherSuite, scenario: &Scenario, device: &scenario::Device) -> client::Settings {
    client::Settings {
        suite,
        envelope: match device.envelope {
            EnvelopeRule::Ignore => Envelope::Ignore,
            EnvelopeRule::Follow => Envelope::Follow,
        },
        publish: match device.publishes {
            Publishes::Nothing => Publish::Nothing,
            Publishes::WithoutTree => Publish::WithoutTree,
            Publishes::WithTree => Publish::WithTree,
        },
        policy: if device.lawless { None } else { known(scenario, &device.forbids) },
        replace: device.replace,
        trees: scenario.encrypted_tree,
    }
}

/// A handle for each device that is told to make a malformed commit.
fn saboteurs(steps: &[Step]) -> BTreeMap<String, Saboteur> {
    let mut found = BTreeMap::new();
    for step in steps {
        match step {
            Step::Sabotage { by, .. } => drop(found.entry(by.clone()).or_default()),
            Step::Together(steps) => found.extend(saboteurs(steps)),
            _ => {}
        }
    }
    found
}

fn service(provider: &scenario::Provider, encrypted_tree: bool) -> Service {
    let mut settings = delivery::Settings::new(id(&provider.name));
    settings.hints = if provider.hints { Hints::All } else { Hints::None };
    settings.pushes = if provider.pushes { Pushes::Followers } else { Pushes::Never };
    settings.termination = provider.terminates.into();
    let mut trees = TreeSettings::default();
    trees.late = provider.late_trees.unwrap_or(trees.late);
    let hub: Box<dyn Hub> = match (provider.hub, encrypted_tree) {
        (HubKind::Blind, false) => Box::new(Blind::new(settings)),
        (HubKind::Blind, true) => Box::new(WithTrees::new(Blind::new(settings), trees)),
        (HubKind::Tracking, _) => Box::new(TrackingHub::tracking(settings, IN_SIGHT)),
    };
    let keeper = provider.keeps.then(Keeper::new);
    Service { hub, keeper, refs: BTreeMap::new(), mailbox: BTreeMap::new() }
}

impl<'a> World<'a> {
    pub(super) fn new(scenario: &'a Scenario, seed: &Seed, engines: &dyn Engines) -> Result<Self> {
        let mut world = World {
            scenario,
            now: 0,
            serial: 0,
            queue: BTreeMap::new(),
            devices: BTreeMap::new(),
            providers: BTreeMap::new(),
            hub: None,
            key_packages: BTreeMap::new(),
            network: scenario.network,
            chance: seed.stream("network"),
            faults: vec![],
            saboteurs: saboteurs(&scenario.steps),
            crooks: BTreeMap::new(),
            held: vec![],
            cuts: BTreeSet::new(),
            stuck: vec![],
            entries: vec![],
            began: 0,
        };
        for provider in &scenario.providers {
            if scenario.encrypted_tree && provider.hub == HubKind::Tracking {
                return Err(Broken(format!(
                    "{} reads handshakes and so the tree, which is to be encrypted",
                    provider.name
                )));
            }
            if world.providers.insert(provider.name.clone(), service(provider, scenario.encrypted_tree)).is_some() {
                return Err(Broken(format!("provider {} twice", provider.name)));
            }
        }
        for device in &scenario.devices {
            world.move_in(device, seed, engines)?;
        }
        let together = |e: &Expect| matches!(e, Expect::Together(who) if who.len() > 1);
        if !scenario.ends.iter().any(together) {
            return Err(Broken("at the end, at least two devices must be together".to_owned()));
        }
        Ok(world)
    }

    fn move_in(&mut self, device: &scenario::Device, seed: &Seed, engines: &dyn Engines) -> Result<()> {
        let scenario::Device { name, provider, .. } = device;
        if self.devices.contains_key(name) || self.providers.contains_key(name) {
            return Err(Broken(format!("{name} twice")));
        }
        let engine = match (self.saboteurs.get(name), device.engine.as_deref()) {
            (Some(saboteur), None) => Box::new(hostile::engine(saboteur)),
            (Some(_), Some(engine)) => {
                return Err(Broken(format!("{name} makes malformed commits, which {engine} can not")));
            }
            (None, engine) => {
                let none = || Broken(format!("no engine {}", engine.unwrap_or("")));
                engines.engine(engine).ok_or_else(none)?
            }
        };
        let suite = CipherSuite(self.scenario.suite);
        let no_role = || Broken("a role that there is not".to_owned());
        let room = Some(&self.scenario.room).filter(|room| !room.is_empty());
        let application = room.map(|room| room::application(room).ok_or_else(no_role)).transpose()?;
        let made = engine.client(&member::Settings {
            identity: name.as_bytes().to_vec(),
            suite,
            seed: format!("{} device {name}", seed.text()),
            encrypt_handshake: self.scenario.encrypt_handshake,
            application,
        });
        let client = made.map_err(|e| Broken(format!("{name}: {e}")))?;
        let mut actor = Actor {
            device: client::Device::new(client, settings(suite, self.scenario, device)),
            provider: provider.clone(),
            redo: device.redo,
            online: true,
            parted: None,
            k: None,
        };
        self.upload(name, &mut actor, suite)?;
        self.devices.insert(name.clone(), actor);
        Ok(())
    }

    fn upload(&mut self, name: &str, actor: &mut Actor, suite: CipherSuite) -> Result<()> {
        let broken = |e: &dyn std::fmt::Display| Broken(format!("{name}: {e}"));
        let home = self.providers.get_mut(&actor.provider);
        let home = home.ok_or_else(|| Broken(format!("{name}: no provider {}", actor.provider)))?;
        let mut effects = vec![];
        for _ in 0..UPLOADED {
            actor.device.step(Time(self.now), Input::KeyPackage, &mut effects).map_err(|e| broken(&e))?;
        }
        let (mut key_packages, mut references) = (vec![], vec![]);
        for effect in effects {
            let Effect::KeyPackage(octets) = effect else { continue };
            let bare = octets.get(FRAME..).unwrap_or_default().to_vec();
            if let Some(reference) = client::key_package_ref(suite, &octets) {
                home.refs.insert(reference.clone(), name.to_owned());
                references.push(reference);
            }
            self.entries.push(Entry::Crossed {
                at: self.now,
                arrives: vec![self.now],
                from: name.to_owned(),
                to: actor.provider.clone(),
                what: "upload".to_owned(),
                about: "KeyPackage".to_owned(),
                octets: hex::encode(&bare),
                fault: None,
            });
            key_packages.push(bare);
        }
        let upload =
            Upload { user_id: name.as_bytes().to_vec(), bearer_token: token(name), key_packages, last_resort: None };
        let input = delivery::Input::Upload(upload);
        home.hub.step(Time(self.now), &id(&actor.provider), input, &mut vec![]).map_err(|e| broken(&e))?;
        if self.keeps(&actor.provider) {
            self.expects(&actor.provider, name, references);
        }
        Ok(())
    }
}
