use super::crypto::Provider;
use super::door::Door;
use super::input;
use super::library::{Library, Parts, State, library, now};
use super::party::{self, Party};
use super::refusal::{joining, refuse};
use super::storage::{KeyPackages, Shelf};
use crate::entropy::{Seed, Stream};
use crate::mls::member::{Client, CommitOut, Member, PrivateKeys, Result};
use crate::protocol::CipherSuite;
use crate::reason::mls as reason;
use mls_rs::ExtensionList;
use mls_rs::error::MlsError;
use mls_rs::extension::built_in::RatchetTreeExt;
use mls_rs::group::{ExportedTree, GroupInfo};
use mls_rs_core::crypto::{CryptoProvider, SignaturePublicKey};
use std::rc::Rc;

/// One device. Each call has randomness of its own; a refused call leaves the count where it was.
#[derive(Clone)]
pub(super) struct Device {
    parts: Rc<Parts>,
    seed: Seed,
    /// How many calls have succeeded.
    calls: u64,
    key_packages: KeyPackages,
}

/// What one call works with.
struct Call {
    door: Door,
    shelf: Shelf,
    library: Library,
    /// For the member that the call may make.
    stream: Stream,
}

impl Device {
    pub(super) fn new(parts: Parts, seed: Seed, key_packages: KeyPackages) -> Self {
        Self { parts: Rc::new(parts), seed, calls: 0, key_packages }
    }

    fn call(&self) -> Call {
        let stream = |what: &str| self.seed.stream(&format!("{what} {}", self.calls));
        // The key of seals is drawn first, by `Door::new`.
        let door = Door::new(stream("call"));
        let shelf = Shelf::new(self.key_packages.clone());
        let library = library(&self.parts, &door, &shelf);
        Call { door, shelf, library, stream: stream("member") }
    }

    /// Keeps what a call that succeeded made of the KeyPackages.
    fn keep(&mut self, call: &Call) {
        self.key_packages = call.shelf.all();
        self.calls = self.calls.saturating_add(1);
    }
}

/// The leaf that has this signature key.
pub(super) fn leaf_of(tree: &ExportedTree<'_>, key: &SignaturePublicKey) -> Option<u32> {
    tree.roster().members_iter().find(|m| m.signing_identity.signature_key == *key).map(|m| m.index)
}

/// Refuses the GroupInfo of a Welcome whose signer is the leaf of who joins by it: nobody welcomes themselves, and
/// the library subtracts 2 from the distance of the two leaves.
pub(super) fn not_signed_by(
    key: &SignaturePublicKey,
    info: &GroupInfo,
    beside: Option<&ExportedTree<'_>>,
) -> Result<()> {
    let inside = info.extensions().get_as::<RatchetTreeExt>().map_err(MlsError::from)?;
    let tree = beside.or(inside.as_ref().map(|e| &e.tree_data));
    if tree.and_then(|t| leaf_of(t, key)) == Some(info.sender()) {
        return Err(refuse(reason::BAD_GROUP_INFO, "the joiner is its signer"));
    }
    Ok(())
}

impl Client for Device {
    fn key_package(&mut self) -> Result<Vec<u8>> {
        let call = self.call();
        let message =
            call.library.generate_key_package_message(ExtensionList::new(), ExtensionList::new(), Some(now()))?;
        let octets = message.to_bytes()?;
        self.keep(&call);
        Ok(octets)
    }

    fn private_keys(&self, key_package: &[u8]) -> Result<PrivateKeys> {
        let none = || refuse(reason::NO_KEY_PACKAGE, "not one of this device's, or used up");
        let bare = input::bare_key_package(key_package).ok_or_else(none)?;
        let data = self.key_packages.values().find(|d| d.key_package_bytes == bare).ok_or_else(none)?;
        let provider = Provider { door: Door::new(self.seed.stream("nothing")) };
        let suite = provider.cipher_suite_provider(self.parts.suite).ok_or_else(none)?;
        Ok(PrivateKeys {
            suite: CipherSuite(u16::from(self.parts.suite)),
            key_package: key_package.to_vec(),
            signature: suite.plain_signature_secret(&self.parts.secret).ok_or_else(none)?,
            encryption: data.leaf_node_key.as_ref().to_vec(),
            init: data.init_key.as_ref().to_vec(),
            encrypt_handshake: self.parts.encrypt_handshake,
        })
    }

    fn create(&mut self, group_id: &[u8]) -> Result<Box<dyn Member>> {
        let call = self.call();
        let none = ExtensionList::new;
        let group = call.library.create_group_with_id(group_id.to_vec(), none(), none(), Some(now()))?;
        self.keep(&call);
        Ok(Box::new(Party::new(State { group, stream: call.stream }, call.door)))
    }

    fn join(&mut self, welcome: &[u8], ratchet_tree: Option<&[u8]>) -> Result<Box<dyn Member>> {
        let welcome = input::message(welcome)?;
        let tree = ratchet_tree.map(input::tree).transpose()?;
        let call = self.call();
        let info = call.library.examine_welcome_message(&welcome)?;
        not_signed_by(&self.parts.identity.signature_key, &info, tree.as_ref())?;
        // Told no time, the library does not look at lifetimes.
        let (mut group, _) = call.library.join_group(tree, &welcome, None).map_err(joining)?;
        // This is what takes the KeyPackage off the shelf; the group itself is kept by its member.
        group.write_to_storage()?;
        self.keep(&call);
        Ok(Box::new(Party::new(State { group, stream: call.stream }, call.door)))
    }

    fn external_join(
        &mut self,
        group_info: &[u8],
        ratchet_tree: Option<&[u8]>,
    ) -> Result<(Box<dyn Member>, CommitOut)> {
        let message = input::message(group_info)?;
        let info = message.as_group_info().ok_or_else(|| refuse(reason::BAD_GROUP_INFO, "no GroupInfo"))?;
        party::has_next(info.group_context().epoch)?;
        let tree = ratchet_tree.map(input::tree).transpose()?;
        // Who comes back removes the old leaf (RFC 9420 section 12.4.3.2).
        let old = tree.as_ref().and_then(|t| leaf_of(t, &self.parts.identity.signature_key));
        let call = self.call();
        let mut builder = call.library.external_commit_builder()?.commit_time(now());
        if let Some(tree) = tree {
            builder = builder.with_tree_data(tree);
        }
        if let Some(leaf) = old {
            builder = builder.with_removal(leaf);
        }
        let (group, commit) = builder.build(message).map_err(joining)?;
        let out = party::commit_out(&group, commit.to_bytes()?, None, vec![])?;
        self.keep(&call);
        Ok((Box::new(Party::new(State { group, stream: call.stream }, call.door)), out))
    }

    fn welcome_group(&self, welcome: &[u8]) -> Result<Vec<u8>> {
        let welcome = input::message(welcome)?;
        let info = self.call().library.examine_welcome_message(&welcome)?;
        Ok(info.group_context().group_id.clone())
    }

    fn copy(&self) -> Box<dyn Client> {
        Box::new(self.clone())
    }
}
