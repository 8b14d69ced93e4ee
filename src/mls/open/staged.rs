//! A commit that the library has processed, as this suite tells of it.

use super::input;
use super::refusal::refuse;
use crate::mls::member::{Result, Staged};
use crate::reason::mls as reason;
use openmls::group::StagedCommit;
use openmls::prelude::{Proposal, Sender};

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
    })
}
