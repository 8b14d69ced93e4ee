use super::Evidence;
use crate::reason::{Reason, recovery as reason};
use std::collections::BTreeSet;

/// How one group is made of the branches again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strategy {
    /// A member of the surviving branch removes and adds those of the others in one commit.
    ReAdd,
    /// A member makes a new group with those of the surviving branch, and with those of the others who are wanted.
    Reboot,
    /// Each member of another branch joins the surviving one by an external commit, which removes its old leaf.
    Rejoin,
    /// Everybody reports where it is, and the re-add follows from that.
    EvidenceThenReAdd,
}

impl Strategy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ReAdd, Self::Reboot, Self::Rejoin, Self::EvidenceThenReAdd];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReAdd => "re-add",
            Self::Reboot => "reboot",
            Self::Rejoin => "rejoin",
            Self::EvidenceThenReAdd => "evidence, re-add",
        }
    }
}

/// One thing that has to be started. Members are named by identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// These tell each other where they are.
    Report(BTreeSet<Vec<u8>>),
    /// The users of these agree that their devices give up the group they are in.
    Approve(BTreeSet<Vec<u8>>),
    /// One commit of `by` on the surviving branch removes and adds these.
    ReAdd {
        /// Who commits.
        by: Vec<u8>,
        /// Whose place is taken anew.
        who: BTreeSet<Vec<u8>>,
    },
    /// `by` makes the successor and adds these by one commit.
    Reboot {
        /// Who makes it.
        by: Vec<u8>,
        /// Who is added.
        with: BTreeSet<Vec<u8>>,
    },
    /// Each of these joins externally, one after the other: each needs the GroupInfo that the one before has begun.
    Rejoin(Vec<Vec<u8>>),
}

/// What has to be started, in order, and who is not in the group that comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// In order.
    pub actions: Vec<Action>,
    /// Who was a member and is not touched: the silent, and those who contradict themselves. People may remove them.
    pub left: BTreeSet<Vec<u8>>,
}

/// The plan of a strategy for the branch that goes on. `by` acts for it; `unwanted` are those whom people do not want back,
/// because their software is what split the group.
///
/// # Errors
/// `no-such-branch`; `not-on-the-branch` where `by` is on another; `nothing-to-recover` where nobody wanted is on another.
pub fn plan(
    strategy: Strategy,
    evidence: &Evidence,
    survives: usize,
    by: &[u8],
    unwanted: &BTreeSet<Vec<u8>>,
) -> Result<Plan, Reason> {
    let branch = evidence.branches.get(survives).ok_or(reason::NO_SUCH_BRANCH)?;
    if !branch.members.contains(by) {
        return Err(reason::NOT_ON_THE_BRANCH);
    }
    let others = evidence.branches.iter().enumerate().filter(|(at, _)| *at != survives);
    let others: BTreeSet<Vec<u8>> = others.flat_map(|(_, b)| b.members.iter().cloned()).collect();
    let wanted: BTreeSet<Vec<u8>> = others.difference(unwanted).cloned().collect();
    // An honest minority reboots without anybody of the other side.
    if wanted.is_empty() && strategy != Strategy::Reboot {
        return Err(reason::NOTHING_TO_RECOVER);
    }
    let by = by.to_vec();
    let mut actions = vec![];
    match strategy {
        Strategy::ReAdd | Strategy::EvidenceThenReAdd => {
            if strategy == Strategy::EvidenceThenReAdd {
                let all = evidence.branches.iter().flat_map(|b| b.members.iter().cloned());
                actions.push(Action::Report(all.chain(evidence.behind.iter().cloned()).collect()));
            }
            actions.push(Action::Approve(wanted.clone()));
            actions.push(Action::ReAdd { by, who: wanted.clone() });
        }
        Strategy::Reboot => {
            let mut with: BTreeSet<Vec<u8>> = branch.members.union(&wanted).cloned().collect();
            with.extend(evidence.behind.difference(unwanted).cloned());
            actions.push(Action::Approve(with.clone()));
            with.remove(&by);
            actions.push(Action::Reboot { by, with });
        }
        Strategy::Rejoin => {
            actions.push(Action::Approve(wanted.clone()));
            actions.push(Action::Rejoin(wanted.iter().cloned().collect()));
        }
    }
    let mut left: BTreeSet<Vec<u8>> = evidence.silent.union(&evidence.contradictory).cloned().collect();
    left.extend(others.intersection(unwanted).cloned());
    Ok(Plan { actions, left })
}
