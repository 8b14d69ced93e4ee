//! Own messages, and own commits that wait for their return.

use super::contract::{Effect, Effects, Publish, Wish};
use super::membership::Membership;
use super::policy;
use super::trees::{self, Grown};
use super::welcome;
use crate::mls::member::{CommitOut, Listed, Plan, Proposal, Refusal, Result};
use crate::protocol::{CommitData, MlsMessage, SendRequest};
use crate::reason::{Reason, delivery as reason, mls};

/// Application data that waits for an own commit to return, at most so many messages.
const OUTBOX: usize = 256;

/// A commit of one's own, sent and not yet seen in its place.
#[derive(Clone)]
pub(super) struct OwnCommit {
    pub wish: Wish,
    pub out: CommitOut,
    /// Whether the GroupInfo that was sent has its tree.
    pub with_tree: bool,
    pub request: SendRequest,
    /// The encrypted tree of the epoch that it leads to.
    pub tree: Option<Grown>,
}

pub(super) fn refuse(reason: Reason, said: &str) -> Refusal {
    Refusal { reason, said: said.to_owned() }
}

/// Octets that the own library wrote, as what goes to a hub.
pub(super) fn written(octets: &[u8]) -> Result<MlsMessage> {
    MlsMessage::decode(octets).map_err(|e| Refusal { reason: mls::MLS_OTHER, said: e.to_string() })
}

impl Membership {
    /// Makes a commit and sends it. It moves nobody until it comes back.
    pub(super) fn commit(&mut self, wish: Wish, out: &mut Effects) -> Result<()> {
        if self.own.is_some() {
            return Err(refuse(mls::PENDING_COMMIT, "a commit waits for its return"));
        }
        if self.leaving.is_some() {
            return Err(refuse(reason::LEAVING, "who leaves makes no commits"));
        }
        let plan = Plan {
            add: wish.add.iter().map(|i| i.key_package.clone()).collect(),
            remove: wish.remove.clone(),
            update: wish.update,
            updates: wish.updates.clone(),
            ..Plan::default()
        };
        let made = self.member.commit(&plan)?;
        match self.prepared(&wish, &made) {
            Ok((request, with_tree, tree)) => {
                out.push(trees::patched(Effect::Send(request.clone()), tree.as_ref()));
                self.memory.sent(&made.commit);
                self.own = Some(OwnCommit { wish, out: made, with_tree, request, tree });
                Ok(())
            }
            Err(refusal) => {
                self.member.drop_own();
                Err(refusal)
            }
        }
    }

    fn prepared(&self, wish: &Wish, made: &CommitOut) -> Result<(SendRequest, bool, Option<Grown>)> {
        if let Some(known) = &self.settings.policy {
            policy::own(known, self.member.as_ref(), made)?;
        }
        let mut next = self.member.copy();
        next.merge_own()?;
        let tree = self.next_tree(next.as_mut())?;
        let publish = self.settings.publishes();
        let with_tree = publish == Publish::WithTree;
        let group_info = match publish {
            Publish::Nothing => None,
            Publish::WithoutTree => Some(written(&made.group_info)?),
            Publish::WithTree => Some(written(&next.group_info_with_tree()?)?),
        };
        let welcome_data = match &made.welcome {
            None => None,
            Some(octets) => Some(welcome::data(self.settings.suite, written(octets)?, &wish.add)?),
        };
        let commit_data = CommitData { next_partition_key: made.next.partition_key, group_info, welcome_data };
        let request = SendRequest {
            message: written(&made.commit)?,
            partition_key: self.places.here.key,
            commit_data: Some(commit_data),
        };
        Ok((request, with_tree, tree))
    }

    /// The hub refuses something of this device's.
    pub(super) fn refused(&mut self, message: &[u8], why: Reason, out: &mut Effects) -> Result<()> {
        if why == reason::BRANCH_TERMINATED {
            self.memory.terminated();
        }
        let Some(own) = self.own.as_mut().filter(|own| own.out.commit == message) else {
            self.places.here.sent.remove(message);
            self.memory.returned(message);
            out.push(Effect::Unsent { reason: why });
            return Ok(());
        };
        if why == reason::TREE_NEEDED && !own.with_tree && !self.settings.trees {
            // Section 4.2: the same commit, with a GroupInfo that has its tree.
            let mut next = self.member.copy();
            next.merge_own()?;
            let info = written(&next.group_info_with_tree()?)?;
            own.with_tree = true;
            if let Some(data) = &mut own.request.commit_data {
                data.group_info = Some(info);
            }
            out.push(Effect::Send(own.request.clone()));
            return Ok(());
        }
        self.memory.returned(message);
        let own = self.own.take();
        self.member.drop_own();
        out.push(Effect::Unsent { reason: why });
        out.extend(own.map(|own| Effect::Lost(own.wish)));
        self.flush(out);
        Ok(())
    }

    /// Sends application data; while an own commit waits for its return, later.
    pub(super) fn send(&mut self, data: Vec<u8>, out: &mut Effects) -> Result<()> {
        if let Some(known) = &self.settings.policy {
            policy::message(known, &self.member.members(), self.member.leaf())?;
        }
        if self.own.is_some() {
            if self.outbox.len() >= OUTBOX {
                return Err(refuse(reason::OUTBOX_FULL, "too many messages wait for a commit to return"));
            }
            self.outbox.push(data);
            return Ok(());
        }
        let octets = self.member.send(&data, &[])?;
        self.put(&octets, out)
    }

    /// Sends a proposal.
    pub(super) fn propose(&mut self, proposal: &Proposal, out: &mut Effects) -> Result<()> {
        let octets = self.member.propose(proposal)?;
        self.put(&octets, out)
    }

    /// Asks the others to remove this device. It goes on until they have.
    pub(super) fn leave(&mut self, out: &mut Effects) -> Result<()> {
        if self.own.is_some() {
            return Err(refuse(mls::PENDING_COMMIT, "a commit waits for its return"));
        }
        if self.leaving.is_some() {
            return Err(refuse(reason::LEAVING, "it is leaving already"));
        }
        self.ask_to_leave(out)
    }

    /// Sends the proposal by which this device leaves, for the present epoch.
    pub(super) fn ask_to_leave(&mut self, out: &mut Effects) -> Result<()> {
        let octets = self.member.propose(&Proposal::Remove(self.member.leaf()))?;
        self.put(&octets, out)?;
        self.leaving = Some(octets);
        Ok(())
    }

    fn put(&mut self, octets: &[u8], out: &mut Effects) -> Result<()> {
        let message = written(octets)?;
        self.places.here.sent.insert(octets.to_vec());
        self.memory.sent(octets);
        let partition_key = self.places.here.key;
        out.push(Effect::Send(SendRequest { message, partition_key, commit_data: None }));
        Ok(())
    }

    /// Sends what waited. What the library refuses is gone, and said to be.
    pub(super) fn flush(&mut self, out: &mut Effects) {
        for data in std::mem::take(&mut self.outbox) {
            if let Err(refusal) = self.send(data, out) {
                out.push(Effect::Unsent { reason: refusal.reason });
            }
        }
    }

    /// What is left of a wish after somebody else's commit: removals of those who are still there. Whoever that commit has
    /// removed is gone, or was taken in again and is to be left in peace.
    pub(super) fn left_of(&self, mut wish: Wish, before: &[Listed], removed: &[u32]) -> Wish {
        let now = self.member.members();
        let same = |leaf: &u32| before.iter().any(|l| l.leaf == *leaf && now.contains(l));
        wish.remove.retain(|leaf| same(leaf) && !removed.contains(leaf));
        wish
    }
}
