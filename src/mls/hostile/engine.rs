//! OpenMLS members whose commits come out wrong when somebody says so.

use super::fault::{Fault, Technique};
use super::lie::{self, Scene};
use super::rewrite::{self, Around};
use super::saboteur::Saboteur;
use crate::crypto::faults::{self, Does, Edit, Kind, Select, replaced};
use crate::mls::anatomy::{Framed, broken};
use crate::mls::member::{
    Ahead, Client, CommitOut, Engine, Listed, Member, Plan, Position, PrivateKeys, Proposal, Received, Result, Settings,
};
use crate::mls::open::{self, OpenMls};
use crate::protocol::CipherSuite;

/// OpenMLS under this handle. Its members are honest but for the commits that the handle names.
#[must_use]
pub fn engine(saboteur: &Saboteur) -> Hostile {
    Hostile { inner: open::engine(), saboteur: saboteur.clone() }
}

/// The engine.
pub struct Hostile {
    inner: OpenMls,
    saboteur: Saboteur,
}

impl Engine for Hostile {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn byte_stable(&self) -> bool {
        self.inner.byte_stable()
    }

    fn client(&self, settings: &Settings) -> Result<Box<dyn Client>> {
        let inner = self.inner.client_under(settings, self.saboteur.faults())?;
        // Somebody whom a commit adds that nobody asked for: a KeyPackage that is valid, and of nobody here.
        let identity = [b"stranger of ", settings.identity.as_slice()].concat();
        let seed = format!("{} stranger", settings.seed);
        let stranger = Settings { identity, seed, ..settings.clone() };
        let stranger = self.inner.client(&stranger)?.key_package()?;
        Ok(Box::new(Device { inner, saboteur: self.saboteur.clone(), suite: settings.suite, stranger }))
    }

    fn restore(&self, keys: &PrivateKeys) -> Result<Box<dyn Client>> {
        self.inner.restore(keys)
    }
}

struct Device {
    inner: Box<dyn Client>,
    saboteur: Saboteur,
    suite: CipherSuite,
    /// The KeyPackage as MLSMessage.
    stranger: Vec<u8>,
}

/// Octets of `version` and `wire_format` in front of a KeyPackage.
const FRAME: usize = 4;

impl Device {
    fn member(&self, inner: Box<dyn Member>) -> Box<dyn Member> {
        let (saboteur, stranger) = (self.saboteur.clone(), self.stranger.clone());
        Box::new(Liar { inner, saboteur, suite: self.suite, stranger })
    }
}

/// What is wrong with one commit, once it is known what the honest one looks like.
struct Scheme {
    fault: Fault,
    lies: Vec<faults::Fault>,
    /// Content that is signed, and what stands in its place.
    content: Option<(Vec<u8>, Vec<u8>)>,
}

impl Scheme {
    /// From what the honest commit has asked of the cryptography.
    fn new(fault: Fault, saboteur: &Saboteur, scene: &Scene<'_>, stranger: &[u8]) -> Result<Self> {
        let mut lies = lie::plan(fault, scene)?;
        let stranger = stranger.get(FRAME..).unwrap_or_default();
        let mut content = None;
        if let Some((from, to)) = lie::key_instead(fault, scene, stranger)? {
            let edit = || Does::Input(Edit::Replace(from.clone(), to.clone()));
            let kinds = [Kind::Sign, Kind::Hash, Kind::Hmac, Kind::AeadEncrypt];
            lies.extend(kinds.map(|kind| faults::Fault { on: Select::every(kind), does: edit() }));
            content = Some((from, to));
        }
        if matches!(fault.technique(), Technique::Content | Technique::External) {
            let framed = saboteur.faults().signed().iter().rev().find_map(|payload| Framed::signed(payload));
            let framed = framed.ok_or_else(|| broken("nothing was signed"))?;
            let around = Around { me: scene.me, others: scene.others, stranger };
            let (from, to) = (framed.octets()?, rewrite::content(fault, &framed, &around)?.octets()?);
            if from != to {
                let edit = || Does::Input(Edit::Replace(from.clone(), to.clone()));
                let kinds = [Kind::Sign, Kind::Hash, Kind::Hmac];
                lies.extend(kinds.map(|kind| faults::Fault { on: Select::every(kind), does: edit() }));
                // What is encrypted begins with the Commit: the header is not in it.
                let (commit, spoiled) = (framed.commit.octets()?, rewrite::content(fault, &framed, &around)?.commit);
                let edit = Does::Input(Edit::Replace(commit, spoiled.octets()?));
                lies.push(faults::Fault { on: Select::every(Kind::AeadEncrypt).labelled("message"), does: edit });
                content = Some((from, to));
            }
        }
        Ok(Self { fault, lies, content })
    }

    /// Makes the commit once more, with the fault.
    fn carry_out<T>(&self, saboteur: &Saboteur, make: impl FnOnce() -> Result<T>) -> Result<T> {
        let armed = saboteur.faults().arm(self.lies.clone());
        let made = make();
        if armed && !saboteur.faults().struck().is_empty() {
            saboteur.done();
        }
        saboteur.faults().disarm();
        made
    }

    /// What is left to change in the finished message.
    fn finish(&self, saboteur: &Saboteur, out: &mut CommitOut) {
        if let Some((from, to)) = &self.content {
            out.commit = replaced(&out.commit, from, to);
        }
        if self.fault.technique() == Technique::Octets {
            out.commit = rewrite::octets(self.fault, &out.commit);
            saboteur.done();
        }
    }
}

fn of_members(fault: Fault) -> bool {
    fault.technique() != Technique::External
}

impl Client for Device {
    fn key_package(&mut self) -> Result<Vec<u8>> {
        self.inner.key_package()
    }

    fn private_keys(&self, key_package: &[u8]) -> Result<PrivateKeys> {
        self.inner.private_keys(key_package)
    }

    fn create(&mut self, group_id: &[u8]) -> Result<Box<dyn Member>> {
        let member = self.inner.create(group_id)?;
        Ok(self.member(member))
    }

    fn join(&mut self, welcome: &[u8], ratchet_tree: Option<&[u8]>) -> Result<Box<dyn Member>> {
        let member = self.inner.join(welcome, ratchet_tree)?;
        Ok(self.member(member))
    }

    fn external_join(
        &mut self,
        group_info: &[u8],
        ratchet_tree: Option<&[u8]>,
    ) -> Result<(Box<dyn Member>, CommitOut)> {
        let wanted = |fault: Fault| matches!(fault.technique(), Technique::External | Technique::Octets);
        let Some(fault) = self.saboteur.take(wanted) else {
            let (member, out) = self.inner.external_join(group_info, ratchet_tree)?;
            return Ok((self.member(member), out));
        };
        if !self.saboteur.faults().arm(vec![]) {
            return Err(broken("a handle of no plan"));
        }
        let (member, honest) = self.inner.copy().external_join(group_info, ratchet_tree)?;
        let me = member.leaf();
        let others: Vec<Listed> = member.members().into_iter().filter(|listed| listed.leaf != me).collect();
        let tree = ratchet_tree.unwrap_or_default();
        let (after, calls) = (honest.ratchet_tree.as_slice(), self.saboteur.faults());
        let scene = Scene { suite: self.suite, tree, after, me, others: &others, calls };
        let scheme = Scheme::new(fault, &self.saboteur, &scene, &self.stranger)?;
        let saboteur = self.saboteur.clone();
        let (member, mut out) = scheme.carry_out(&saboteur, || self.inner.external_join(group_info, ratchet_tree))?;
        scheme.finish(&saboteur, &mut out);
        Ok((self.member(member), out))
    }

    fn welcome_group(&self, welcome: &[u8]) -> Result<Vec<u8>> {
        self.inner.welcome_group(welcome)
    }

    fn ahead(&self, welcome: &[u8], label: &str, octets: usize) -> Result<Ahead> {
        self.inner.ahead(welcome, label, octets)
    }

    fn seal_to(&self, key_package: &[u8], label: &str, plaintext: &[u8]) -> Result<Vec<u8>> {
        self.inner.seal_to(key_package, label, plaintext)
    }

    fn unseal(&self, key_package: &[u8], label: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.inner.unseal(key_package, label, sealed)
    }

    fn copy(&self) -> Box<dyn Client> {
        let (saboteur, stranger) = (self.saboteur.clone(), self.stranger.clone());
        Box::new(Self { inner: self.inner.copy(), saboteur, suite: self.suite, stranger })
    }
}

struct Liar {
    inner: Box<dyn Member>,
    saboteur: Saboteur,
    suite: CipherSuite,
    stranger: Vec<u8>,
}

impl Liar {
    fn spoiled(&mut self, fault: Fault, plan: &Plan) -> Result<CommitOut> {
        if !self.saboteur.faults().arm(vec![]) {
            return Err(broken("a handle of no plan"));
        }
        let mut copy = self.inner.copy();
        let (_, tree) = copy.group_info()?;
        let me = copy.leaf();
        let others = copy.members().into_iter().filter(|l| l.leaf != me && !plan.remove.contains(&l.leaf));
        let others: Vec<Listed> = others.collect();
        let honest = copy.commit(plan)?;
        let (after, calls) = (honest.ratchet_tree.as_slice(), self.saboteur.faults());
        let scene = Scene { suite: self.suite, tree: &tree, after, me, others: &others, calls };
        let scheme = Scheme::new(fault, &self.saboteur, &scene, &self.stranger)?;
        let saboteur = self.saboteur.clone();
        let mut out = scheme.carry_out(&saboteur, || self.inner.commit(plan))?;
        scheme.finish(&saboteur, &mut out);
        Ok(out)
    }
}

impl Member for Liar {
    fn position(&self) -> Result<Position> {
        self.inner.position()
    }

    fn leaf(&self) -> u32 {
        self.inner.leaf()
    }

    fn members(&self) -> Vec<Listed> {
        self.inner.members()
    }

    fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>> {
        self.inner.export(label, context, octets)
    }

    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)> {
        self.inner.group_info()
    }

    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        self.inner.group_info_with_tree()
    }

    fn send(&mut self, data: &[u8], aad: &[u8]) -> Result<Vec<u8>> {
        self.inner.send(data, aad)
    }

    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>> {
        self.inner.propose(proposal)
    }

    fn commit(&mut self, plan: &Plan) -> Result<CommitOut> {
        match self.saboteur.take(of_members) {
            Some(fault) => self.spoiled(fault, plan),
            None => self.inner.commit(plan),
        }
    }

    fn merge_own(&mut self) -> Result<()> {
        self.inner.merge_own()
    }

    fn drop_own(&mut self) {
        self.inner.drop_own();
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        self.inner.process(message)
    }

    fn merge(&mut self) -> Result<()> {
        self.inner.merge()
    }

    fn discard(&mut self) {
        self.inner.discard();
    }

    fn copy(&self) -> Box<dyn Member> {
        let (saboteur, stranger) = (self.saboteur.clone(), self.stranger.clone());
        Box::new(Self { inner: self.inner.copy(), saboteur, suite: self.suite, stranger })
    }
}

#[cfg(all(test, feature = "fuzzing"))]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// The commit of a liar with other authenticated data than it was planned with.
    pub fn rewritten(liar: &mut Box<dyn Member>, saboteur: &Saboteur, plan: &Plan, aad: &[u8]) -> CommitOut {
        assert!(saboteur.faults().arm(vec![]));
        liar.copy().commit(plan).unwrap();
        let framed = saboteur.faults().signed().iter().rev().find_map(|p| Framed::signed(p)).unwrap();
        let other = Framed { authenticated_data: aad.to_vec(), ..framed.clone() };
        let (from, to) = (framed.octets().unwrap(), other.octets().unwrap());
        let edit = || Does::Input(Edit::Replace(from.clone(), to.clone()));
        let kinds = [Kind::Sign, Kind::Hash, Kind::Hmac];
        let lies = kinds.map(|kind| faults::Fault { on: Select::every(kind), does: edit() }).to_vec();
        let scheme = Scheme { fault: Fault::WrongGroup, lies, content: Some((from, to)) };
        let mut out = scheme.carry_out(saboteur, || liar.commit(plan)).unwrap();
        scheme.finish(saboteur, &mut out);
        out
    }
}
