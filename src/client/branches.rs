//! What of a membership's life speaks for a fork: branches that it does not follow, and what members say elsewhere.

use super::contract::{Effect, Effects};
use super::knowledge::{Knowledge, Told, What};
use super::membership::Membership;
use super::own::OwnCommit;
use crate::mls::member::{Refusal, Result, Staged};
use crate::reason::{Reason, delivery as reason, mls};
use std::collections::BTreeSet;

impl Membership {
    /// A good commit is not followed: its branch is one of which this client has the keys.
    pub(super) fn pass_by(&mut self, staged: &Staged, why: Reason) {
        let what = match (why == reason::ENVELOPE_MISMATCH, &staged.next) {
            (true, _) => What::Envelope,
            (false, Some(_)) => What::Policy,
            // It has not left what it was to be taken out of; that is no branch for it.
            (false, None) if staged.removes_me => What::Policy,
            (false, None) => return,
        };
        let since = self.memory.passed_by(what, staged.committer.map(|leaf| self.identity_of(leaf)));
        let mut copy = self.member.copy();
        if let Some(next) = &staged.next
            && copy.merge().is_ok()
        {
            self.siblings.keep(self.settings.suite, copy, next.clone(), since);
        }
    }

    /// An own commit is given up: whoever follows it is on a branch of which this client has the keys.
    pub(super) fn give_up(&mut self, own: &OwnCommit) {
        let since = self.memory.tick();
        let mut copy = self.member.copy();
        if copy.merge_own().is_ok() {
            self.siblings.keep(self.settings.suite, copy, own.out.next.clone(), since);
        }
    }

    /// A member says where it is.
    pub(super) fn told(&mut self, told: &Told) -> Result<()> {
        let refuse = |reason, said: &str| Err(Refusal { reason, said: said.to_owned() });
        if told.group_id != self.position.group_id {
            return refuse(mls::WRONG_GROUP, "a report of another group");
        }
        if !self.others().contains(&told.member) {
            return refuse(mls::UNKNOWN_SENDER, "a report of somebody who is no other member");
        }
        let sibling = self.siblings.since(told.epoch, &told.epoch_authenticator);
        self.memory.told(told, sibling);
        Ok(())
    }

    /// Identities of all members but this one.
    fn others(&self) -> BTreeSet<Vec<u8>> {
        let me = self.member.leaf();
        self.member.members().into_iter().filter(|l| l.leaf != me).map(|l| l.identity).collect()
    }

    /// What it knows of forks.
    pub(super) fn knowledge(&self) -> Knowledge {
        self.memory.view(&self.others())
    }

    /// Says what it knows, if that is new.
    pub(super) fn learn(&mut self, out: &mut Effects) {
        if self.memory.calm() {
            return;
        }
        let others = self.others();
        out.extend(self.memory.news(&others).map(Effect::Knows));
    }
}
