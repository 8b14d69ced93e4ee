//! A commit that the library has processed, as this suite tells of it.

use super::identity::name;
use super::library::Group;
use super::party::position;
use super::refusal::refuse;
use crate::mls::member::{Result, Staged};
use crate::protocol::{self, Act, Held};
use crate::reason::mls as reason;
use mls_rs::group::proposal::Proposal;
use mls_rs::group::{CommitEffect, CommitMessageDescription, NewEpoch, ProposalSender, Sender};
use mls_rs::mls_rules::ProposalInfo;

/// Leaf of a proposal's sender, if it is a member.
pub(super) fn proposer(sender: &ProposalSender) -> Option<u32> {
    match sender {
        ProposalSender::Member(leaf) => Some(*leaf),
        _ => None,
    }
}

fn added(epoch: &NewEpoch) -> Vec<Vec<u8>> {
    let adds = epoch.applied_proposals().iter().filter_map(|info| match &info.proposal {
        Proposal::Add(add) => Some(name(add.signing_identity())),
        _ => None,
    });
    adds.collect()
}

/// The proposals of a commit. The library hands an AppDataUpdate through as a proposal that it does not know.
fn held(epoch: &NewEpoch) -> Vec<Held> {
    let one = |info: &ProposalInfo<Proposal>| {
        let by = match info.sender {
            Sender::Member(leaf) => protocol::Sender::Member(leaf),
            Sender::External(index) => protocol::Sender::External(index),
            Sender::NewMemberProposal => protocol::Sender::NewMemberProposal,
            _ => protocol::Sender::NewMemberCommit,
        };
        let act = match &info.proposal {
            Proposal::Add(add) => Act::Add(name(add.signing_identity())),
            Proposal::Remove(remove) => Act::Remove(remove.to_remove()),
            Proposal::ReInit(_) => Act::ReInit,
            _ => Act::Other,
        };
        Held { by, act }
    };
    epoch.applied_proposals().iter().map(one).collect()
}

/// In ascending order.
fn removed(epoch: &NewEpoch) -> Vec<u32> {
    let removes = epoch.applied_proposals().iter().filter_map(|info| match &info.proposal {
        Proposal::Remove(remove) => Some(remove.to_remove()),
        _ => None,
    });
    let mut removes: Vec<u32> = removes.collect();
    removes.sort_unstable();
    removes
}

/// The proposals of an own commit that was applied.
pub(super) fn held_by(commit: &CommitMessageDescription) -> Vec<Held> {
    match &commit.effect {
        CommitEffect::NewEpoch(epoch) => held(epoch),
        CommitEffect::Removed { new_epoch, .. } => held(new_epoch),
        CommitEffect::ReInit(_) => vec![],
    }
}

/// What a commit does; `after` is the group that has processed it, `joiner` who its path's leaf names, if that can
/// be read (an external commit is a PublicMessage).
pub(super) fn describe(commit: &CommitMessageDescription, after: &Group, joiner: Option<Vec<u8>>) -> Result<Staged> {
    let (epoch, removes_me) = match &commit.effect {
        CommitEffect::NewEpoch(epoch) => (epoch, false),
        CommitEffect::Removed { new_epoch, .. } => (new_epoch, true),
        CommitEffect::ReInit(_) => return Err(refuse(reason::MLS_UNSUPPORTED, "a ReInit ends the group")),
    };
    let mut added = added(epoch);
    if commit.is_external {
        added.extend(joiner);
    }
    Ok(Staged {
        committer: (!commit.is_external).then_some(commit.committer),
        added,
        removed: removed(epoch),
        removes_me,
        next: if removes_me { None } else { Some(position(after)?) },
        aad: commit.authenticated_data.clone(),
        held: held(epoch),
    })
}
