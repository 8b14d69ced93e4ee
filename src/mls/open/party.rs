use super::library::{self, Parts};
use super::refusal::refuse;
use super::work::{Place, Work, has_next, octets};
use super::{application, building, input, staged};
use crate::crypto::Kept;
use crate::entropy::Stream;
use crate::mls::member::{CommitOut, Listed, Member, Plan, Position, Proposal, Received, Result};
use crate::mls::strict;
use crate::reason::mls as reason;
use openmls::prelude::{
    AppDataUpdateOperation, LeafNodeIndex, LeafNodeParameters, OpenMlsProvider, ProcessedMessage,
    ProcessedMessageContent, ProtocolMessage,
};
use std::rc::Rc;

/// A device in one group.
///
/// The library uses keys up, and writes, as it goes. So everything is done in a group that was loaded for the call, and
/// what comes of it takes the place of what was kept. A message that is refused is the exception: the library moves a
/// ratchet only once a message has passed, so the group that refused it serves for the next.
#[derive(Clone)]
pub(super) struct Party {
    parts: Rc<Parts>,
    place: Place,
    stream: Stream,
    /// The own commit that is pending: its octets, and where it leads.
    own: Option<(Vec<u8>, Place)>,
    /// The staged commit: where it leads, unless out of the group.
    staged: Option<Option<Place>>,
    removed: bool,
}

impl Party {
    pub(super) fn new(parts: Rc<Parts>, place: Place, stream: Stream) -> Self {
        Self { parts, place, stream, own: None, staged: None, removed: false }
    }

    fn present(&self) -> Result<()> {
        if self.removed { Err(refuse(reason::NOT_A_MEMBER, "removed")) } else { Ok(()) }
    }

    fn nothing_pending(&self) -> Result<()> {
        if self.own.is_some() { Err(refuse(reason::PENDING_COMMIT, "a commit is pending")) } else { Ok(()) }
    }

    fn work(&self) -> Result<Work> {
        self.present()?;
        Work::load(&self.place.kept, &self.place.here.position.group_id, self.stream.clone(), &self.parts.faults)
    }

    /// Stays where it is, with what the call drew, used up or stored.
    fn keep(&mut self, work: &Work) {
        self.place = self.place.with(work.provider.kept());
        self.stream = work.provider.stream();
    }

    /// The same, with the group in hand for the next message: it is what loading would give.
    fn stay(&mut self, work: Box<Work>) {
        self.keep(&work);
        self.place.stay(work);
    }

    /// Refuses what is not for this epoch of this group, and what claims to come from here or from a leaf that nobody
    /// has. The library would look at tags and secrets first, and refuse it by those.
    fn for_here(&self, message: &ProtocolMessage) -> Result<()> {
        let here = &self.place.here;
        if message.group_id().as_slice() != here.position.group_id {
            return Err(refuse(reason::WRONG_GROUP, "of another group"));
        }
        if message.epoch().as_u64() != here.position.epoch {
            let said = format!("of epoch {}, in epoch {}", message.epoch().as_u64(), here.position.epoch);
            return Err(refuse(reason::WRONG_EPOCH, &said));
        }
        let ProtocolMessage::PublicMessage(public) = message else { return Ok(()) };
        let Some(leaf) = staged::member(public.sender()) else { return Ok(()) };
        if leaf == here.leaf {
            return Err(refuse(reason::OWN_MESSAGE, "from this member's own leaf"));
        }
        if here.members.iter().all(|listed| listed.leaf != leaf) {
            return Err(refuse(reason::UNKNOWN_SENDER, &format!("nobody has leaf {leaf}")));
        }
        Ok(())
    }

    fn propose_with(&self, work: &mut Work, proposal: &Proposal) -> Result<Vec<u8>> {
        let (group, provider, keys) = (&mut work.group, &work.provider, &self.parts.keys);
        let message = match proposal {
            Proposal::Add(octets) => {
                building::could_add(&mut self.work()?, &self.parts, octets)?;
                let package = input::key_package(octets, provider.crypto())?;
                group.propose_add_member(provider, keys, &package)?.0
            }
            Proposal::Remove(leaf) => group.propose_remove_member(provider, keys, LeafNodeIndex::new(*leaf))?.0,
            Proposal::Update => group.propose_self_update(provider, keys, LeafNodeParameters::default())?.0,
            Proposal::AppData(component, update) => {
                let operation = AppDataUpdateOperation::Update(update.clone().into());
                group.propose_app_data_update(provider, keys, *component, operation)?.0
            }
            Proposal::SelfRemove => {
                // It is a PublicMessage always, so that those who join from outside can see it.
                group.set_configuration(provider.storage(), &library::configuration(library::policy(false)))?;
                let message = group.leave_group_via_self_remove(provider, keys)?;
                group.set_configuration(provider.storage(), &self.parts.configuration())?;
                message
            }
        };
        octets(&message)
    }

    /// A commit that updates application data, with what its updates come to; anything else as it is.
    fn resolved(&self, work: &Work, processed: ProcessedMessage) -> Result<ProcessedMessage> {
        let ProcessedMessageContent::UnresolvedAppDataCommit(commit) = processed.content() else {
            return Ok(processed);
        };
        let updater = work.group.app_data_dictionary_updater();
        let updates = application::applied(&self.parts, commit.app_data_update_proposals(), updater)?;
        Ok(work.group.resolve_app_data_commit(&work.provider, processed, updates)?)
    }

    fn stage(&mut self, mut work: Box<Work>, processed: ProcessedMessage, octets: &[u8]) -> Result<Received> {
        let (sender, aad) = (processed.sender().clone(), processed.aad().to_vec());
        let received = match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(data) => {
                let unknown = || refuse(reason::UNKNOWN_SENDER, "application data of a sender that is no member");
                let sender = staged::member(&sender).ok_or_else(unknown)?;
                self.stay(work);
                Received::Application { sender, data: data.into_bytes(), aad }
            }
            ProcessedMessageContent::ProposalMessage(proposal)
            | ProcessedMessageContent::ExternalJoinProposalMessage(proposal) => {
                work.group.store_pending_proposal(work.provider.storage(), *proposal)?;
                self.stay(work);
                Received::Proposal { sender: staged::member(&sender) }
            }
            ProcessedMessageContent::StagedCommitMessage(commit) => {
                let raw = work.commit(octets)?;
                strict::proposals(&raw, |reference| work.pending(reference))?;
                let mut told = staged::describe(&commit, &sender, aad)?;
                let mut next = None;
                if !told.removes_me {
                    let added = strict::added(&commit)?;
                    work.group.merge_staged_commit(&work.provider, *commit)?;
                    if let Some(path) = &raw.path {
                        strict::ciphertexts(path, &added, &work.tree()?)?;
                    }
                    let place = work.place(&Kept::default())?;
                    place.stay(work);
                    told.next = Some(place.here.position.clone());
                    next = Some(place);
                }
                self.staged = Some(next);
                Received::Commit(told)
            }
            ProcessedMessageContent::OwnPendingCommit | ProcessedMessageContent::OwnPrivateMessage => {
                return Err(refuse(reason::OWN_MESSAGE, "from this member's own leaf"));
            }
            ProcessedMessageContent::UnresolvedAppDataCommit(_) => {
                return Err(refuse(reason::MLS_OTHER, "a commit whose updates were not applied"));
            }
        };
        Ok(received)
    }
}

impl Member for Party {
    fn position(&self) -> Result<Position> {
        self.present()?;
        Ok(self.place.here.position.clone())
    }

    fn leaf(&self) -> u32 {
        self.place.here.leaf
    }

    fn members(&self) -> Vec<Listed> {
        self.place.here.members.clone()
    }

    fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>> {
        let work = self.work()?;
        Ok(work.group.export_secret(work.provider.crypto(), label, context, octets)?)
    }

    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)> {
        let work = self.work()?;
        Ok((work.group_info(&self.parts, false)?, work.tree()?))
    }

    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        self.work()?.group_info(&self.parts, true)
    }

    fn send(&mut self, data: &[u8], aad: &[u8]) -> Result<Vec<u8>> {
        self.nothing_pending()?;
        let mut work = self.work()?;
        work.group.set_aad(aad.to_vec());
        let sent = octets(&work.group.create_message(&work.provider, &self.parts.keys, data)?)?;
        self.keep(&work);
        Ok(sent)
    }

    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>> {
        let mut work = self.work()?;
        let sent = self.propose_with(&mut work, proposal)?;
        self.keep(&work);
        Ok(sent)
    }

    fn commit(&mut self, plan: &Plan) -> Result<CommitOut> {
        self.nothing_pending()?;
        has_next(self.place.here.position.epoch)?;
        let mut work = self.work()?;
        let (commit, welcome) = building::build(&mut work, &self.parts, plan)?;
        let group_id = &self.place.here.position.group_id;
        let mut ahead = Work::load(&work.provider.kept(), group_id, work.provider.stream(), &self.parts.faults)?;
        let held = ahead.group.pending_commit().map(staged::held).unwrap_or_default();
        ahead.group.merge_pending_commit(&ahead.provider)?;
        let out = ahead.commit_out(&self.parts, commit, welcome, held)?;
        let next = ahead.place(&Kept::default())?;
        // The generation that an encrypted commit used stays used, whatever becomes of the commit.
        work.group.clear_pending_commit(work.provider.storage())?;
        self.keep(&work);
        self.own = Some((out.commit.clone(), next));
        Ok(out)
    }

    fn merge_own(&mut self) -> Result<()> {
        let (_, next) = self.own.take().ok_or_else(|| refuse(reason::PENDING_COMMIT, "no commit is pending"))?;
        self.place = next;
        self.staged = None;
        Ok(())
    }

    fn drop_own(&mut self) {
        self.own = None;
    }

    fn process(&mut self, octets: &[u8]) -> Result<Received> {
        self.present()?;
        if self.own.as_ref().is_some_and(|(own, _)| own == octets) {
            return Err(refuse(reason::PENDING_COMMIT, "this is the own pending commit"));
        }
        has_next(self.place.here.position.epoch)?;
        let message = input::protocol(octets)?;
        self.for_here(&message)?;
        let mut work = self.place.warm(&self.stream, &self.parts.faults)?;
        match work.group.process_message(&work.provider, message) {
            Ok(processed) => {
                let processed = self.resolved(&work, processed)?;
                self.stage(work, processed, octets)
            }
            Err(refused) => {
                self.place.stay(work);
                Err(refused.into())
            }
        }
    }

    fn merge(&mut self) -> Result<()> {
        match self.staged.take().ok_or_else(|| refuse(reason::PENDING_COMMIT, "nothing is staged"))? {
            // The stream goes on from here: what was drawn since staging is not drawn again.
            Some(next) => self.place = next,
            None => self.removed = true,
        }
        self.own = None;
        Ok(())
    }

    fn discard(&mut self) {
        self.staged = None;
    }

    fn reads_application_data(&self) -> bool {
        true
    }

    fn application_data(&self, component: u16) -> Option<Vec<u8>> {
        self.place.here.data.iter().find(|(id, _)| *id == component).map(|(_, data)| data.clone())
    }

    fn copy(&self) -> Box<dyn Member> {
        Box::new(self.clone())
    }
}
