//! What the library asks the application about commits and framing.

use super::door::Door;
use mls_rs::MlsRules;
use mls_rs::client_builder::PaddingMode;
use mls_rs::group::proposal::Proposal;
use mls_rs::group::{GroupContext, Roster};
use mls_rs::mls_rules::{
    CommitDirection, CommitOptions, CommitSource, EncryptionOptions, ProposalBundle, ProposalInfo, ProposalSource,
};
use std::convert::Infallible;

#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) door: Door,
    pub(super) encrypt_handshake: bool,
}

/// By-reference proposals come out of a hash map: sorted by their references, they come in one order everywhere.
/// Those by value stay as the caller gave them, after the others.
fn order(info: &ProposalInfo<Proposal>) -> (bool, Vec<u8>) {
    match info.source() {
        ProposalSource::ByReference(reference) => (false, reference.to_vec()),
        _ => (true, vec![]),
    }
}

impl MlsRules for Rules {
    type Error = Infallible;

    fn filter_proposals(
        &self,
        direction: CommitDirection,
        _: CommitSource,
        _: &Roster<'_>,
        _: &GroupContext,
        proposals: ProposalBundle,
    ) -> Result<ProposalBundle, Infallible> {
        if direction == CommitDirection::Receive {
            return Ok(proposals);
        }
        let mut list: Vec<_> = proposals.into_proposals().collect();
        list.sort_by_cached_key(order);
        let mut sorted = ProposalBundle::default();
        for info in list {
            sorted.add(info.proposal, info.sender, info.source);
        }
        Ok(sorted)
    }

    fn commit_options(
        &self,
        _: &Roster<'_>,
        _: &GroupContext,
        _: &ProposalBundle,
    ) -> Result<CommitOptions, Infallible> {
        Ok(CommitOptions::new()
            .with_path_required(self.door.path_wished())
            .with_ratchet_tree_extension(false)
            .with_single_welcome_message(true))
    }

    fn encryption_options(&self, _: &Roster<'_>, _: &GroupContext) -> Result<EncryptionOptions, Infallible> {
        Ok(EncryptionOptions::new(self.encrypt_handshake, PaddingMode::None))
    }
}
