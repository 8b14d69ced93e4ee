//! What a client does with what it knows of its room: one function judges what is sent and what is received, so a client
//! that would ignore a message does not send it (delivery draft, section 6).

use crate::mls::member::{CommitOut, Listed, Member, Refusal, Result, Staged};
use crate::policy::{Denied, Known};
use crate::protocol::Sender;

/// What is known where a member is now: of what its group keeps nothing else counts.
#[must_use]
pub fn here(known: Known, member: &dyn Member) -> Known {
    known.with(|component| member.application_data(component))
}

fn pairs(members: &[Listed]) -> Vec<(u32, Vec<u8>)> {
    members.iter().map(|listed| (listed.leaf, listed.identity.clone())).collect()
}

fn refusal(denied: Denied) -> Refusal {
    Refusal { reason: denied.reason, said: denied.about }
}

/// Whether an application message may come from this leaf, or go out.
///
/// # Errors
/// It may not; the reason is that of `policy::judge`.
pub fn message(known: &Known, members: &[Listed], leaf: u32) -> Result<()> {
    known.message(&pairs(members), leaf).map_err(refusal)
}

/// Whether somebody else's commit may be followed; `before` are the members before it.
///
/// # Errors
/// It may not.
pub fn commit(known: &Known, before: &[Listed], staged: &Staged) -> Result<()> {
    let sender = staged.committer.map_or(Sender::NewMemberCommit, Sender::Member);
    let joiner = staged.added.last().map(Vec::as_slice).unwrap_or_default();
    known.commit(&pairs(before), sender, joiner, &staged.held).map_err(refusal)
}

/// Whether a commit of one's own may go out; the member has not moved.
///
/// # Errors
/// It may not.
pub fn own(known: &Known, member: &dyn Member, out: &CommitOut) -> Result<()> {
    let me = Sender::Member(member.leaf());
    known.commit(&pairs(&member.members()), me, &[], &out.held).map_err(refusal)
}

/// Whether one may come in by an external commit; the member is in the group that it leads to.
///
/// # Errors
/// It may not.
pub fn joining(known: &Known, member: &dyn Member, out: &CommitOut) -> Result<()> {
    // Its external commits change nothing that the group keeps: what is there now was there before.
    let known = here(known.clone(), member);
    let me = member.leaf();
    let (own, others): (Vec<_>, Vec<_>) = member.members().into_iter().partition(|listed| listed.leaf == me);
    let joiner = own.first().map(|listed| listed.identity.as_slice()).unwrap_or_default();
    known.commit(&pairs(&others), Sender::NewMemberCommit, joiner, &out.held).map_err(refusal)
}
