//! Where a member was: what it can say of a fork, and what ties a successor of its group to a past epoch.

use crate::mls::member::{Member, Position};
use crate::recovery::{Epoch, LINK_LABEL, LINK_OCTETS, Link};
use std::collections::VecDeque;

/// Past epochs that are remembered, beside the present one.
const PAST: usize = 32;

/// Epochs of one membership, the present one last, each with its link where the engine exports one. A link tells nothing of
/// the epoch's other secrets, so keeping it gives no message of that epoch away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trail(VecDeque<(Epoch, Option<Link>)>);

impl Trail {
    /// The trail of a member that has just come.
    pub fn at(member: &dyn Member, position: &Position) -> Self {
        Self(VecDeque::from([step(member, position)]))
    }

    /// The member is in this epoch now.
    pub fn go(&mut self, member: &dyn Member, position: &Position) {
        if self.0.len() > PAST {
            self.0.pop_front();
        }
        self.0.push_back(step(member, position));
    }

    pub fn epochs(&self) -> Vec<Epoch> {
        self.0.iter().map(|(epoch, _)| epoch.clone()).collect()
    }

    pub fn link(&self, number: u64) -> Option<&Link> {
        self.0.iter().find(|(epoch, _)| epoch.number == number)?.1.as_ref()
    }
}

fn step(member: &dyn Member, position: &Position) -> (Epoch, Option<Link>) {
    let epoch = Epoch { number: position.epoch, authenticator: position.epoch_authenticator.clone() };
    let exported = member.export(LINK_LABEL, &[], LINK_OCTETS).ok();
    (epoch, exported.and_then(|octets| Link::new(&octets)))
}
