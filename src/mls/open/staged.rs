//! A commit that the library has processed, as this suite tells of it.

use super::input;
use super::refusal::refuse;
use crate::mls::member::{Result, Staged};
use crate::protocol::{self, Act, Held};
use crate::reason::mls as reason;
use openmls::group::StagedCommit;
use openmls::prelude::tls_codec::Serialize;
use openmls::prelude::{AppDataUpdateOperation, Proposal, Sender};

/// Leaf of a sender, if it is a member.
pub(in crate::mls) fn member(sender: &Sender) -> Option<u32> {
    match sender {
        Sender::Member(leaf) => Some(leaf.u32()),
        _ => None,
    }
}

/// Identities added, in the order of the commit, and who joined by it.
pub(in crate::mls) fn added(commit: &StagedCommit, sender: &Sender) -> Vec<Vec<u8>> {
    let mut added: Vec<Vec<u8>> = vec![];
    for proposal in commit.add_proposals() {
        let leaf = proposal.add_proposal().key_package().leaf_node();
        added.push(leaf.credential().serialized_content().to_vec());
    }
    if matches!(sender, Sender::NewMemberCommit) {
        added.extend(commit.update_path_leaf_node().map(|leaf| leaf.credential().serialized_content().to_vec()));
    }
    added
}

/// Leaves removed, in ascending order.
fn removed(commit: &StagedCommit) -> Vec<u32> {
    let removes = commit.queued_proposals().filter_map(|queued| match queued.proposal() {
        Proposal::Remove(remove) => Some(remove.removed().u32()),
        Proposal::SelfRemove => member(queued.sender()),
        _ => None,
    });
    let mut removes: Vec<u32> = removes.collect();
    removes.sort_unstable();
    removes
}

/// The proposals of a commit.
pub(in crate::mls) fn held(commit: &StagedCommit) -> Vec<Held> {
    let proposals = commit.queued_proposals().map(|queued| {
        let by = match queued.sender() {
            Sender::Member(leaf) => protocol::Sender::Member(leaf.u32()),
            Sender::External(index) => {
                // The library does not show it.
                let octets = index.tls_serialize_detached().ok().and_then(|octets| octets.try_into().ok());
                protocol::Sender::External(octets.map_or(u32::MAX, u32::from_be_bytes))
            }
            Sender::NewMemberProposal => protocol::Sender::NewMemberProposal,
            Sender::NewMemberCommit => protocol::Sender::NewMemberCommit,
        };
        let act = match queued.proposal() {
            Proposal::Add(add) => Act::Add(add.key_package().leaf_node().credential().serialized_content().to_vec()),
            Proposal::Remove(remove) => Act::Remove(remove.removed().u32()),
            Proposal::SelfRemove => Act::SelfRemove,
            Proposal::ReInit(_) => Act::ReInit,
            Proposal::AppDataUpdate(update) => match update.operation() {
                AppDataUpdateOperation::Update(data) => Act::Data(update.component_id(), data.as_slice().to_vec()),
                AppDataUpdateOperation::Remove => Act::DataGone(update.component_id()),
            },
            _ => Act::Other,
        };
        Held { by, act }
    });
    proposals.collect()
}

/// What a commit does, but for where it leads.
pub(super) fn describe(commit: &StagedCommit, sender: &Sender, aad: Vec<u8>) -> Result<Staged> {
    if commit.queued_proposals().any(|queued| matches!(queued.proposal(), Proposal::ReInit(_))) {
        return Err(refuse(reason::MLS_UNSUPPORTED, "a ReInit ends the group"));
    }
    for credential in commit.credentials_to_verify() {
        input::basic(credential)?;
    }
    Ok(Staged {
        committer: member(sender),
        added: added(commit, sender),
        removed: removed(commit),
        removes_me: commit.self_removed(),
        next: None,
        aad,
        held: held(commit),
    })
}
