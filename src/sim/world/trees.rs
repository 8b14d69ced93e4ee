//! Encrypted trees: help for who stands outside, patches that are wrong, and what a hub that misbehaves gives instead of a tree.

use super::build::id;
use super::{Broken, GROUP, Result, World};
use crate::client::{Effect, Input};
use crate::delivery::{self, Response};
use crate::entropy::Time;
use crate::protocol::CipherSuite;
use crate::sim::crooked::Misdeed;
use crate::sim::crooked_trees::{Keepsake, Secrets};
use crate::sim::packet::{Packet, Request};
use crate::sim::trace::Entry;
use crate::tree::{RATCHET_TREE, Setup, TreeRequest};
use crate::wire::hex;

/// An epoch's secret that nobody has, to wrap a tree that nobody opens.
const MADE_UP: u8 = 0xbd;

impl World<'_> {
    /// A member helps a device that is outside to join by an external commit: KeyPackage and help pass over another channel.
    pub(super) fn help(&mut self, by: &str, to: &str) -> Result<()> {
        self.awake(by)?;
        self.awake(to)?;
        let asked = self.makes(to, Input::KeyPackage)?;
        let key_package = asked.into_iter().find_map(|effect| match effect {
            Effect::KeyPackage(octets) => Some(octets),
            _ => None,
        });
        let key_package = key_package.ok_or_else(|| Broken(format!("{to} makes no KeyPackage")))?;
        let given = self.makes(by, Input::Help { key_package: key_package.clone() })?;
        let sealed = given.into_iter().find_map(|effect| match effect {
            Effect::Help(octets) => Some(octets),
            _ => None,
        });
        let sealed = sealed.ok_or_else(|| Broken(format!("{by} gives no help")))?;
        self.entries.push(Entry::Crossed {
            at: self.now,
            arrives: vec![self.now],
            from: by.to_owned(),
            to: to.to_owned(),
            what: "ERTHelp".to_owned(),
            about: "over another channel".to_owned(),
            octets: hex::encode(&sealed),
            fault: None,
        });
        self.told(to, Input::Helped { key_package, sealed });
        Ok(())
    }

    /// What a device does on an input that it has to take.
    fn makes(&mut self, name: &str, input: Input) -> Result<Vec<Effect>> {
        let actor = self.devices.get_mut(name).ok_or_else(|| Broken(format!("no device {name}")))?;
        let mut effects = vec![];
        let done = actor.device.step(Time(self.now), input, &mut effects);
        done.map_err(|refusal| Broken(format!("{name}: {refusal}")))?;
        Ok(effects)
    }

    /// The patch of a commit becomes one of the right shape under a secret that nobody has, as if nothing had changed. A hub
    /// can not tell. Whether there was one.
    pub(super) fn spoil_patch(&self, packet: &mut Packet) -> bool {
        let Packet::Request { device, request: Request::Patched { patch, .. } } = packet else { return false };
        let Some(tree) = self.devices.get(device).and_then(|actor| actor.device.encrypted_tree()) else { return false };
        let octets = patch.ert_tag.len();
        let Ok((_, wrong)) = tree.next(&vec![MADE_UP; octets], &tree.payloads()) else { return false };
        *patch = wrong;
        true
    }

    /// What a hub keeps to misbehave with later: the trees of the place where a device is now, and what that device knows.
    pub(super) fn keepsake(&mut self, does: Option<Misdeed>, of: Option<&str>) -> Result<Keepsake> {
        let mut kept = Keepsake::default();
        let (Some(does), Some(of)) = (does, of) else {
            return match does {
                Some(does) if does.needs_a_place() => Err(Broken("of which device, is not said".to_owned())),
                _ => Ok(kept),
            };
        };
        self.known(of)?;
        let suite = CipherSuite(self.scenario.suite);
        kept.setup = Some(Setup::new(RATCHET_TREE, suite, GROUP).map_err(|e| Broken(e.to_string()))?);
        let place = self.devices.get(of).and_then(|actor| actor.device.position()).map(|p| p.partition_key);
        let partition_key = place.ok_or_else(|| Broken(format!("{of} is in no group")))?;
        if does == Misdeed::PoisonedTree {
            kept.secrets = Some(self.secrets_of(of)?);
        }
        let hub = self.hub.clone().ok_or_else(|| Broken("there is no hub".to_owned()))?;
        let service = self.providers.get_mut(&hub).ok_or_else(|| Broken("there is no hub".to_owned()))?;
        let ask = delivery::Input::Trees(TreeRequest { group_id: GROUP.to_vec(), partition_key });
        let mut effects = vec![];
        let none = |why| Broken(format!("the hub has no tree of the place of {of}: {why}"));
        service.hub.step(Time(self.now), &id(&hub), ask, &mut effects).map_err(none)?;
        kept.trees = effects.into_iter().find_map(|effect| match effect {
            delivery::Effect::Respond(Response::Trees(response)) => Some(response),
            _ => None,
        });
        Ok(kept)
    }

    /// The tree of a member who will be removed, and the secret of its epoch, which it does not delete.
    fn secrets_of(&self, name: &str) -> Result<Secrets> {
        let broken = |why: &dyn std::fmt::Display| Broken(format!("{name}: {why}"));
        let device = self.devices.get(name).map(|actor| &actor.device).ok_or_else(|| broken(&"nobody"))?;
        let tree = device.encrypted_tree().ok_or_else(|| broken(&"has no encrypted tree"))?;
        let secret = device.export(RATCHET_TREE.label, GROUP, tree.hash().len()).map_err(|e| broken(&e))?;
        let payloads = tree.payloads().into_iter().map(<[u8]>::to_vec).collect();
        Ok(Secrets { secret, payloads })
    }
}
