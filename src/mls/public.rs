//! What anybody can follow of a group whose handshakes are not encrypted: its public state, epoch by epoch.
//!
//! A view holds no secret, so it can verify neither a membership tag nor a confirmation tag, nor open a path: a commit
//! that it takes may still be refused by members. What it refuses no member takes.

mod refusal;
#[cfg(test)]
mod tests;

use super::member::Refusal;
use super::open::{application, staged};
use super::strict::{self, Once};
use crate::crypto::{Kept, Provider};
use crate::entropy::Seed;
use crate::protocol::room::{self, updated};
use crate::protocol::{ContentType, Head, Held, MlsMessage, Structure};
use crate::reason::{Reason, mls as reason};
use openmls::component::ComponentData;
use openmls::group::{GroupContext, GroupId, PublicGroup};
use openmls::prelude::tls_codec::{Deserialize, Serialize};
use openmls::prelude::{
    ExternalSender, MlsMessageBodyIn, MlsMessageIn, OpenMlsProvider, ProcessedMessageContent, ProposalStore,
    ProtocolMessage, RatchetTreeIn, hash_ref::ProposalRef,
};
use openmls_memory_storage::MemoryStorage;
use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

/// Why a view refuses, in this suite's words, with the library's own beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// The stable reason.
    pub reason: Reason,
    /// What the library said.
    pub said: String,
}

type Result<T> = std::result::Result<T, Unseen>;

fn refuse<T>(reason: Reason, said: impl std::fmt::Display) -> Result<T> {
    Err(Unseen { reason, said: said.to_string() })
}

/// The public state of one epoch, with the proposals that were sent in it. It never moves: it makes others.
#[derive(Clone, Debug)]
pub struct PublicView {
    kept: Kept,
    /// Shared by all copies: a hub that keeps many branches is copied, and compared, without looking into any.
    state: Rc<State>,
    hot: Hot,
}

/// The library's group, left over from a message that it refused. Copies of a view share it, and whoever changes it
/// takes it away.
#[derive(Clone, Default)]
struct Hot(Rc<Cell<Option<Box<PublicGroup>>>>);

impl Hot {
    fn take(&self) -> Option<Box<PublicGroup>> {
        self.0.take()
    }

    fn set(&self, group: Option<Box<PublicGroup>>) {
        self.0.set(group);
    }
}

impl fmt::Debug for Hot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hot")
    }
}

/// What tells one state from another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    group_id: Vec<u8>,
    epoch: u64,
    context: Vec<u8>,
    confirmation_tag: Vec<u8>,
    tree_hash: Vec<u8>,
    ratchet_tree: Vec<u8>,
    proposals: Vec<Vec<u8>>,
    members: Vec<(u32, Vec<u8>)>,
    external_senders: Vec<(Vec<u8>, Vec<u8>)>,
    data: Vec<(u16, Vec<u8>)>,
    committer: Option<u32>,
    joined: Vec<Vec<u8>>,
    held: Vec<Held>,
}

impl State {
    fn octets(&self) -> usize {
        let one = [&self.group_id, &self.context, &self.confirmation_tag, &self.tree_hash, &self.ratchet_tree];
        let many = self.proposals.iter().chain(&self.joined).chain(self.members.iter().map(|(_, identity)| identity));
        let pairs = self.external_senders.iter().flat_map(|(key, identity)| [key, identity]);
        let data = self.data.iter().map(|(_, data)| data);
        let kept: usize =
            one.into_iter().chain(many).chain(pairs).chain(data).map(|part| part.len().saturating_add(PART)).sum();
        self.held.iter().fold(kept, |sum, held| sum.saturating_add(held.octets()).saturating_add(PART))
    }
}

/// What a vector of octets takes beside them, its place in another vector with it.
const PART: usize = 64;

impl PartialEq for PublicView {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

/// What a message does in an epoch.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// It is encrypted: nothing can be seen but that it is of this epoch.
    Sealed,
    /// A proposal: the same epoch, with it.
    Proposal(Box<PublicView>),
    /// A commit: the epoch that it begins.
    Commit(Box<PublicView>),
}

impl PublicView {
    /// The epoch that a GroupInfo describes, with the tree beside it where it has none.
    ///
    /// # Errors
    /// The GroupInfo or its tree is not valid, or does not belong to it.
    pub fn new(group_info: &MlsMessage, ratchet_tree: Option<&[u8]>) -> Result<Self> {
        let Head::GroupInfo { ratchet_tree: within, .. } = group_info.head() else {
            return refuse(reason::BAD_GROUP_INFO, "no GroupInfo");
        };
        let Some(tree) = within.as_deref().or(ratchet_tree) else {
            return refuse(reason::MISSING_TREE, "no tree in or beside the GroupInfo");
        };
        let tree = RatchetTreeIn::tls_deserialize_exact(tree).or_else(|e| refuse(reason::BAD_TREE, e))?;
        let MlsMessageBodyIn::GroupInfo(info) = read(group_info, reason::BAD_GROUP_INFO)?.extract() else {
            return refuse(reason::BAD_GROUP_INFO, "no GroupInfo");
        };
        let provider = provider(&Kept::default());
        let (crypto, storage) = (provider.crypto(), provider.storage());
        let (group, _) = PublicGroup::from_external(crypto, storage, tree, info, ProposalStore::new())
            .map_err(|e| refusal::of_creation(&e))?;
        Self::of(storage, &group, None, vec![], vec![])
    }

    fn of(
        storage: &MemoryStorage,
        group: &PublicGroup,
        committer: Option<u32>,
        joined: Vec<Vec<u8>>,
        held: Vec<Held>,
    ) -> Result<Self> {
        let broken = |e: &dyn std::fmt::Display| Unseen { reason: reason::MLS_OTHER, said: e.to_string() };
        let context = group.group_context();
        let mut proposals = vec![];
        for (reference, _) in group.queued_proposals(storage).map_err(|e| broken(&e))? {
            proposals.push(reference.tls_serialize_detached().map_err(|e| broken(&e))?);
        }
        proposals.sort();
        let state = State {
            group_id: group.group_id().as_slice().to_vec(),
            epoch: context.epoch().as_u64(),
            context: context.tls_serialize_detached().map_err(|e| broken(&e))?,
            confirmation_tag: group.confirmation_tag().tls_serialize_detached().map_err(|e| broken(&e))?,
            tree_hash: context.tree_hash().to_vec(),
            ratchet_tree: group.export_ratchet_tree().tls_serialize_detached().map_err(|e| broken(&e))?,
            proposals,
            members: group.members().map(|m| (m.index.u32(), m.credential.serialized_content().to_vec())).collect(),
            external_senders: senders(context)?,
            data: context
                .extensions()
                .app_data_dictionary()
                .into_iter()
                .flat_map(|extension| extension.dictionary().entries())
                .map(entry)
                .collect(),
            committer,
            joined,
            held,
        };
        Ok(Self { kept: Kept::of(storage), state: Rc::new(state), hot: Hot::default() })
    }

    /// The library's group of this epoch. What it refuses does not change it, and loading it costs most of a refusal.
    fn warm(&self) -> Result<Box<PublicGroup>> {
        if let Some(group) = self.hot.take() {
            return Ok(group);
        }
        let provider = provider(&self.kept);
        let loaded = PublicGroup::load(provider.storage(), &GroupId::from_slice(&self.state.group_id));
        let Some(group) = loaded.or_else(|e| refuse(reason::MLS_OTHER, e))? else {
            return refuse(reason::MLS_OTHER, "a view without its group");
        };
        Ok(Box::new(group))
    }

    /// What a message of the group does in this epoch.
    ///
    /// # Errors
    /// It is not valid in this epoch, as far as anybody can tell without secrets.
    pub fn process(&self, message: &MlsMessage) -> Result<Seen> {
        let (group_id, epoch) = match message.head() {
            Head::Public { group_id, epoch, .. } | Head::Private { group_id, epoch, .. } => (group_id, *epoch),
            _ => return refuse(reason::WRONG_WIRE_FORMAT, "neither a PublicMessage nor a PrivateMessage"),
        };
        if *group_id != self.state.group_id {
            return refuse(reason::WRONG_GROUP, "of another group");
        }
        if epoch != self.state.epoch {
            return refuse(reason::WRONG_EPOCH, format!("of epoch {epoch}, in epoch {}", self.state.epoch));
        }
        match message.head() {
            Head::Public { content: ContentType::Application, .. } => {
                return refuse(reason::WRONG_WIRE_FORMAT, "application data in a PublicMessage");
            }
            Head::Public { .. } => {}
            _ => return Ok(Seen::Sealed),
        }
        let protocol: ProtocolMessage = read(message, reason::MLS_OTHER)?
            .try_into_protocol_message()
            .or_else(|e| refuse(reason::WRONG_WIRE_FORMAT, e))?;
        let mut group = self.warm()?;
        let none = provider(&Kept::default());
        let crypto = none.crypto();
        let mut processed = match group.process_message(crypto, protocol) {
            Ok(processed) => processed,
            Err(refused) => {
                self.hot.set(Some(group));
                return Err(refusal::of_message(&refused));
            }
        };
        if let ProcessedMessageContent::UnresolvedAppDataCommit(commit) = processed.content() {
            let updates = application::by_component(commit.app_data_update_proposals()).map_err(unseen)?;
            let rule = |component, before: Option<&[u8]>, updates: &[&[u8]]| updated(component, before, updates).ok();
            let updates = application::apply(&updates, group.app_data_dictionary_updater(), rule).map_err(unseen)?;
            let resolved = group.resolve_app_data_commit(crypto, processed, updates);
            processed = resolved.map_err(|e| refusal::of_resolving(&e))?;
        }
        let sender = processed.sender().clone();
        let provider = provider(&self.kept);
        let storage = provider.storage();
        match processed.into_content() {
            ProcessedMessageContent::ProposalMessage(proposal)
            | ProcessedMessageContent::ExternalJoinProposalMessage(proposal) => {
                group.add_proposal(storage, *proposal).or_else(|e| refuse(reason::MLS_OTHER, e))?;
                let (committer, joined) = (self.state.committer, self.state.joined.clone());
                let held = self.state.held.clone();
                Ok(Seen::Proposal(Box::new(Self::of(storage, &group, committer, joined, held)?)))
            }
            ProcessedMessageContent::StagedCommitMessage(commit) => {
                let raw = strict::public(message.octets()).map_err(unseen)?;
                if let Err(refused) = strict::proposals(&raw, |reference| pending(&group, storage, reference)) {
                    self.hot.set(Some(group));
                    return Err(unseen(refused));
                }
                let new = strict::added(&commit).map_err(unseen)?;
                let (joined, held) = (staged::added(&commit, &sender), staged::held(&commit));
                let key = commit.update_path_leaf_node().map(|leaf| leaf.signature_key().as_slice().to_vec());
                group.merge_commit(storage, *commit).or_else(|e| refuse(reason::MLS_OTHER, e))?;
                let joiner = || group.members().find(|m| Some(&m.signature_key) == key.as_ref()).map(|m| m.index.u32());
                let committer = staged::member(&sender).or_else(joiner);
                let begun = Self::of(storage, &group, committer, joined, held)?;
                if let Some(path) = &raw.path {
                    strict::ciphertexts(path, &new, begun.ratchet_tree()).map_err(unseen)?;
                }
                // Who goes on from there need not load it.
                begun.hot.set(Some(group));
                Ok(Seen::Commit(Box::new(begun)))
            }
            _ => refuse(reason::MLS_OTHER, "a message of a kind that a view does not follow"),
        }
    }

    /// Octets that the view takes: the library's state, as it is stored and once more as it may be loaded, and what is
    /// read off it.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.kept.octets().saturating_mul(2).saturating_add(self.state.octets())
    }

    /// The group.
    #[must_use]
    pub fn group_id(&self) -> &[u8] {
        &self.state.group_id
    }

    /// The epoch.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.state.epoch
    }

    /// Leaf index and identity of everybody, by leaf.
    #[must_use]
    pub fn members(&self) -> &[(u32, Vec<u8>)] {
        &self.state.members
    }

    /// Octets of the GroupContext (RFC 9420 section 8.1).
    #[must_use]
    pub fn group_context(&self) -> &[u8] {
        &self.state.context
    }

    /// Octets of the `confirmation_tag` of the commit that began the epoch, with its length.
    #[must_use]
    pub fn confirmation_tag(&self) -> &[u8] {
        &self.state.confirmation_tag
    }

    /// Signature key and identity of each external sender.
    #[must_use]
    pub fn external_senders(&self) -> &[(Vec<u8>, Vec<u8>)] {
        &self.state.external_senders
    }

    /// Data of a component of `app_data_dictionary`.
    #[must_use]
    pub fn application_data(&self, component: u16) -> Option<&[u8]> {
        self.state.data.iter().find(|(id, _)| *id == component).map(|(_, data)| data.as_slice())
    }

    /// Leaf of whoever sent the commit that began the epoch; `None` for the epoch that the view was opened in.
    #[must_use]
    pub fn committer(&self) -> Option<u32> {
        self.state.committer
    }

    /// Identities of those whom the commit that began the epoch brought in, whoever joined by it among them.
    #[must_use]
    pub fn joined(&self) -> &[Vec<u8>] {
        &self.state.joined
    }

    /// The proposals of the commit that began the epoch.
    #[must_use]
    pub fn held(&self) -> &[Held] {
        &self.state.held
    }

    /// `GroupContext.tree_hash`.
    #[must_use]
    pub fn tree_hash(&self) -> &[u8] {
        &self.state.tree_hash
    }

    /// Octets of `optional<Node> ratchet_tree<V>`.
    #[must_use]
    pub fn ratchet_tree(&self) -> &[u8] {
        &self.state.ratchet_tree
    }
}

fn senders(context: &GroupContext) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let senders = context.extensions().external_senders().map(Vec::as_slice).unwrap_or_default();
    let sender = |sender: &ExternalSender| {
        // The library shows neither field.
        let octets = sender.tls_serialize_detached().or_else(|e| refuse(reason::MLS_OTHER, e))?;
        let sender = room::ExternalSender::decode(&octets).or_else(|e| refuse(reason::MLS_OTHER, e))?;
        Ok((sender.signature_key.0, sender.credential.identity().unwrap_or_default().to_vec()))
    };
    senders.iter().map(sender).collect()
}

fn entry(data: &ComponentData) -> (u16, Vec<u8>) {
    (data.id(), data.data().to_vec())
}

/// What a proposal of this epoch is, by its reference with the length in front.
fn pending(group: &PublicGroup, storage: &MemoryStorage, reference: &[u8]) -> Option<Once> {
    let queued = group.queued_proposals(storage).ok()?;
    let is = |found: &ProposalRef| found.tls_serialize_detached().is_ok_and(|octets| octets == reference);
    queued.iter().find(|(found, _)| is(found)).and_then(|(_, queued)| strict::of_queued(queued))
}

fn unseen(refusal: Refusal) -> Unseen {
    Unseen { reason: refusal.reason, said: refusal.said }
}

/// What the library is given for one call. Nothing that a view does draws from the stream.
fn provider(kept: &Kept) -> Provider {
    Provider::new(Seed::new("a public view").stream("nothing"), kept)
}

fn read(message: &MlsMessage, otherwise: Reason) -> Result<MlsMessageIn> {
    MlsMessageIn::tls_deserialize_exact(message.octets()).or_else(|e| refuse(otherwise, e))
}
