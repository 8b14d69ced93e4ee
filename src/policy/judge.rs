use super::after::After;
use super::allowed::Case;
use super::capability::Capability;
use super::change::{Actor, Change, Proposed, Who};
use super::people::Participants;
use super::rules::Policy;
use crate::reason::{Reason, policy as reason};
use std::collections::BTreeSet;
use std::fmt;

/// Why something is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Denied {
    /// The rule that is broken.
    pub reason: Reason,
    /// Whom or what it is about.
    pub about: String,
}

impl Denied {
    /// A refusal that is about these octets, mostly a name.
    pub(super) fn new(reason: Reason, about: &[u8]) -> Self {
        Self { reason, about: String::from_utf8_lossy(about).into_owned() }
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason.text(), self.about)
    }
}

impl std::error::Error for Denied {}

/// Whether the room allows `actor` this change, in the state before it.
///
/// # Errors
/// Of all the rules that it breaks, the first by the code of its reason: so the order of proposals means nothing here
/// either.
pub fn judge(policy: &Policy, participants: &Participants, actor: &Actor, change: &Change) -> Result<(), Denied> {
    let broken = match change {
        Change::Message => message(policy, participants, actor).into_iter().collect(),
        Change::Commit(proposals) => commit(policy, participants, actor, proposals),
    };
    broken.into_iter().min().map_or(Ok(()), Err)
}

fn message(policy: &Policy, participants: &Participants, actor: &Actor) -> Option<Denied> {
    let Who::Member(client) = &actor.who else {
        return Some(Denied::new(reason::NOT_A_PARTICIPANT, b"who is not in the group"));
    };
    let Some(user) = participants.clients.get(client) else {
        return Some(Denied::new(reason::NOT_A_PARTICIPANT, client));
    };
    let role = participants.role(user).and_then(|role| policy.role(role));
    let sends = role.is_some_and(|role| role.can(Capability::SEND_MESSAGE));
    (!sends).then(|| Denied::new(reason::MAY_NOT_SEND, user))
}

fn commit(policy: &Policy, participants: &Participants, actor: &Actor, proposals: &[Proposed]) -> BTreeSet<Denied> {
    // In an order of their own: what is about one user twice is refused for the same reason however it came.
    let mut proposals = proposals.to_vec();
    proposals.sort();
    let proposals = proposals.as_slice();
    let mut broken = BTreeSet::new();
    let case = Case::new(policy, participants, proposals);
    case.committer(actor, &mut broken);
    for proposed in proposals {
        case.allowed(proposed, &mut broken);
    }
    case.together(&mut broken);
    After::new(policy, participants, actor, proposals).holds(&mut broken);
    broken
}
