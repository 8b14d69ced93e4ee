use super::issued;
use super::library::{self, Parts};
use super::party::Party;
use super::refusal::refuse;
use super::work::{Work, has_next, octets};
use super::{ahead, application, input, library::lifetime};
use crate::crypto::{Kept, Provider};
use crate::entropy::{Seed, Stream};
use crate::mls::member::{Ahead, Client, CommitOut, Member, PrivateKeys, Result};
use crate::protocol::CipherSuite;
use crate::reason::mls as reason;
use openmls::group::{GroupId, MlsGroup, ProcessedWelcome, StagedWelcome};
use openmls::prelude::{Capabilities, JoinBuilder, KeyPackage, LeafNodeParameters, MlsMessageOut, OpenMlsProvider};
use std::rc::Rc;

/// One device. Each call has randomness of its own; a refused call leaves the count where it was.
#[derive(Clone)]
pub(super) struct Device {
    parts: Rc<Parts>,
    seed: Seed,
    /// How many calls have succeeded.
    calls: u64,
    /// Its KeyPackages.
    kept: Kept,
}

impl Device {
    pub(super) fn new(parts: Parts, seed: Seed, kept: Kept) -> Self {
        Self { parts: Rc::new(parts), seed, calls: 0, kept }
    }

    fn stream(&self, what: &str) -> Stream {
        self.seed.stream(&format!("{what} {}", self.calls))
    }

    fn provider(&self) -> Provider {
        Provider::under(self.stream("call"), &self.kept, &self.parts.faults)
    }

    fn capabilities(&self) -> Capabilities {
        self.parts.capabilities()
    }

    /// The member in a group that a call led to. What the call used up of the KeyPackages is used up then.
    fn enter(&mut self, work: &Work) -> Result<Box<dyn Member>> {
        let place = work.place(&self.kept)?;
        let member = Party::new(Rc::clone(&self.parts), place, self.stream("member"));
        self.kept = self.kept.still_in(&work.provider.kept());
        self.calls = self.calls.saturating_add(1);
        Ok(Box::new(member))
    }

    fn staged(&self, provider: &Provider, welcome: &[u8], ratchet_tree: Option<&[u8]>) -> Result<StagedWelcome> {
        let welcome = input::welcome(welcome)?;
        let tree = ratchet_tree.map(input::tree).transpose()?;
        let processed = ProcessedWelcome::new_from_welcome(provider, &self.parts.configuration(), welcome)?;
        let mut builder = JoinBuilder::new(provider, processed).skip_lifetime_validation();
        if let Some(tree) = tree {
            builder = builder.with_ratchet_tree(tree);
        }
        let staged = builder.build()?;
        if staged.welcome_sender_index() == staged.own_leaf_index() {
            return Err(refuse(reason::BAD_GROUP_INFO, "the joiner is its signer"));
        }
        Ok(staged)
    }
}

impl Client for Device {
    fn key_package(&mut self) -> Result<Vec<u8>> {
        let provider = self.provider();
        let bundle = KeyPackage::builder()
            .key_package_lifetime(lifetime())
            .leaf_node_capabilities(self.capabilities())
            .build(self.parts.suite, &provider, &self.parts.keys, self.parts.credential())?;
        let octets = octets(&MlsMessageOut::from(bundle.into_key_package()))?;
        self.kept = provider.kept();
        self.calls = self.calls.saturating_add(1);
        Ok(octets)
    }

    fn private_keys(&self, key_package: &[u8]) -> Result<PrivateKeys> {
        let none = || refuse(reason::NO_KEY_PACKAGE, "not one of this device's, or used up");
        let provider = self.provider();
        let package = input::key_package(key_package, provider.crypto()).map_err(|_| none())?;
        let private = issued::private(&provider, &package)?.ok_or_else(none)?;
        Ok(PrivateKeys {
            suite: CipherSuite(u16::from(self.parts.suite)),
            key_package: key_package.to_vec(),
            signature: self.parts.keys.honest().private().to_vec(),
            encryption: private.encryption,
            init: private.init,
            encrypt_handshake: self.parts.encrypt_handshake,
        })
    }

    fn create(&mut self, group_id: &[u8]) -> Result<Box<dyn Member>> {
        let provider = self.provider();
        let context = self.parts.application.as_ref().map(application::context).transpose()?.unwrap_or_default();
        let group = MlsGroup::builder()
            .with_group_context_extensions(context)
            .with_group_id(GroupId::from_slice(group_id))
            .ciphersuite(self.parts.suite)
            .with_wire_format_policy(library::policy(self.parts.encrypt_handshake))
            .padding_size(0)
            .max_past_epochs(0)
            .use_ratchet_tree_extension(false)
            .sender_ratchet_configuration(library::ratchets())
            .lifetime(lifetime())
            .with_capabilities(self.capabilities())
            .build(&provider, &self.parts.keys, self.parts.credential())?;
        self.enter(&Work { provider, group })
    }

    fn join(&mut self, welcome: &[u8], ratchet_tree: Option<&[u8]>) -> Result<Box<dyn Member>> {
        let provider = self.provider();
        let group = self.staged(&provider, welcome, ratchet_tree)?.into_group(&provider)?;
        self.enter(&Work { provider, group })
    }

    fn external_join(
        &mut self,
        group_info: &[u8],
        ratchet_tree: Option<&[u8]>,
    ) -> Result<(Box<dyn Member>, CommitOut)> {
        let info = input::group_info(group_info)?;
        has_next(info.epoch().as_u64())?;
        let provider = self.provider();
        let mut builder =
            MlsGroup::external_commit_builder().with_config(self.parts.configuration()).skip_lifetime_validation();
        if let Some(tree) = ratchet_tree {
            builder = builder.with_ratchet_tree(input::tree(tree)?);
        }
        // Who comes back removes the old leaf (RFC 9420 section 12.4.3.2): the library finds it by the signature key.
        let leaf = LeafNodeParameters::builder().with_capabilities(self.capabilities()).build();
        let built = builder
            .build_group(&provider, info, self.parts.credential())?
            .leaf_node_parameters(leaf)
            .load_psks(provider.storage())?
            .create_group_info(false)
            .use_ratchet_tree_extension(false)
            .build(provider.rand(), provider.crypto(), &self.parts.keys, |_| true)?;
        let (group, bundle) = built.finalize(&provider)?;
        let work = Work { provider, group };
        let out = work.commit_out(&self.parts, octets(bundle.commit())?, None, vec![])?;
        Ok((self.enter(&work)?, out))
    }

    fn welcome_group(&self, welcome: &[u8]) -> Result<Vec<u8>> {
        let welcome = input::welcome(welcome)?;
        let processed = ProcessedWelcome::new_from_welcome(&self.provider(), &self.parts.configuration(), welcome)?;
        Ok(processed.unverified_group_info().group_id().as_slice().to_vec())
    }

    fn ahead(&self, welcome: &[u8], label: &str, octets: usize) -> Result<Ahead> {
        ahead::look(&self.provider(), &self.parts, welcome, label, octets)
    }

    fn seal_to(&self, key_package: &[u8], label: &str, plaintext: &[u8]) -> Result<Vec<u8>> {
        let provider = self.provider();
        let package = input::key_package(key_package, provider.crypto())?;
        ahead::seal(&provider, &package, label, plaintext)
    }

    fn unseal(&self, key_package: &[u8], label: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let init = self.private_keys(key_package)?.init;
        let provider = self.provider();
        let package = input::key_package(key_package, provider.crypto())?;
        ahead::open(&provider, &package, &init, label, sealed)
    }

    fn copy(&self) -> Box<dyn Client> {
        Box::new(self.clone())
    }
}
