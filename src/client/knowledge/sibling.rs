//! Branches that a client did not follow and whose keys it has. A hub's hint of such a branch can be opened: the sender of
//! what opens has signed it there. Of every other branch a hint is the hub's word.
//!
//! The client has the keys of three: a good commit that it ignored for its envelope or for policy, an own commit that lost,
//! and an own one that came back in a false envelope. It has not those of a commit that came after the one which it
//! followed: the epoch in which that could be opened is gone.

use super::sign::Moment;
use crate::mls::member::{Member, Position, Received};
use crate::protocol::{CipherSuite, Delivered, MaskedPartitionKey};

/// Branches whose keys are kept.
const KEPT: usize = 4;
/// Epochs after which they are given up: what opens them opens what was said in the epoch before, too.
const EPOCHS: u64 = 4;

struct Sibling {
    member: Box<dyn Member>,
    position: Position,
    masked: MaskedPartitionKey,
    since: Moment,
    /// Messages of it that were looked at.
    tried: usize,
}

/// Branches that were not followed, oldest first.
#[derive(Default)]
pub(in crate::client) struct Siblings(Vec<Sibling>);

impl Siblings {
    /// A member who has gone where this client does not go.
    pub fn keep(&mut self, suite: CipherSuite, member: Box<dyn Member>, position: Position, since: Moment) {
        let Some(masked) = position.partition_key.masked(suite) else { return };
        if self.0.iter().any(|sibling| sibling.masked == masked) {
            return;
        }
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(Sibling { member, position, masked, since, tried: 0 });
    }

    /// The client is in this epoch now.
    pub fn go(&mut self, position: &Position) {
        self.0.retain(|sibling| {
            let old = sibling.position.epoch.saturating_add(EPOCHS) < position.epoch;
            !old && sibling.position.epoch_authenticator != position.epoch_authenticator
        });
    }

    /// Since when there is a branch with this epoch.
    pub fn since(&self, epoch: u64, authenticator: &[u8]) -> Option<Moment> {
        let is = |s: &&Sibling| s.position.epoch == epoch && s.position.epoch_authenticator == authenticator;
        self.0.iter().find(is).map(|sibling| sibling.since)
    }

    /// Opens what a hub says was sent to a branch; identities of those who sent what opens, and since when the branch is there.
    pub fn open(&mut self, masked: &MaskedPartitionKey, messages: &[Delivered]) -> Vec<(Vec<u8>, Moment)> {
        let mut found = vec![];
        let Some(sibling) = self.0.iter_mut().find(|sibling| sibling.masked == *masked) else { return found };
        let Sibling { member, since, tried, .. } = sibling;
        for delivered in messages.iter().skip(*tried) {
            *tried = tried.saturating_add(1);
            let sender = match member.process(delivered.message.octets()) {
                Ok(Received::Application { sender, .. }) => Some(sender),
                Ok(Received::Proposal { sender }) => sender,
                Ok(Received::Commit(staged)) => {
                    member.discard();
                    staged.committer
                }
                Err(_) => None,
            };
            let me = member.leaf();
            let listed = member.members().into_iter().find(|l| Some(l.leaf) == sender && l.leaf != me);
            found.extend(listed.map(|listed| (listed.identity, *since)));
        }
        found
    }

    pub fn copy(&self) -> Self {
        let copy = |s: &Sibling| Sibling {
            member: s.member.copy(),
            position: s.position.clone(),
            masked: s.masked.clone(),
            since: s.since,
            tried: s.tried,
        };
        Self(self.0.iter().map(copy).collect())
    }
}
