//! Whether an update is taken (section 5.3), and which answer refuses it.

use super::engine::Room;
use super::proposal::{Proposed, proposed, reference};
use super::roster::Roster;
use crate::delivery::tracking::{Looked, View};
use crate::protocol::room::{Octets, UpdateOutcome};
use crate::protocol::{Head, MlsMessage, Sender, ServiceProviderId};

impl<V: View> Room<V> {
    /// The view after all of these, or the answer that refuses them.
    pub(super) fn judge(
        &self,
        from: &ServiceProviderId,
        all: &[&MlsMessage],
        commit: bool,
        roster: Option<&Roster>,
    ) -> Result<V, UpdateOutcome> {
        let (mut view, mut invalid, mut unnamed) = (self.view.clone(), vec![], false);
        for message in all {
            let Head::Public { group_id, epoch, sender, .. } = message.head() else {
                return Err(UpdateOutcome::NotAllowed);
            };
            if *group_id != self.group_id {
                return Err(UpdateOutcome::NotAllowed);
            }
            if *epoch != self.epoch {
                return Err(UpdateOutcome::WrongEpoch(self.epoch));
            }
            if !self.may(from, *sender, commit, proposed(message)) {
                return Err(UpdateOutcome::NotAllowed);
            }
        }
        for message in all {
            match (view.look(message), commit) {
                (Ok(Looked::Next(next)), true) | (Ok(Looked::Here(next)), false) => view = next,
                _ if commit => return Err(UpdateOutcome::NotAllowed),
                _ => {
                    let member = matches!(message.head(), Head::Public { sender: Sender::Member(_), .. });
                    let found = reference(self.suite, message, member);
                    unnamed |= found.is_none();
                    invalid.extend(found.map(Octets));
                }
            }
        }
        if unnamed {
            return Err(UpdateOutcome::NotAllowed);
        }
        if !invalid.is_empty() {
            return Err(UpdateOutcome::InvalidProposal(invalid));
        }
        // Nobody comes into the group who is not in the list by then (section 5.3).
        let (before, list) = (self.view.members(), roster.filter(|_| commit).unwrap_or(&self.roster));
        let known = |client: &Vec<u8>| before.iter().any(|(_, old)| old == client) || list.admits(client);
        if commit && !view.members().iter().all(|(_, client)| known(client)) {
            return Err(UpdateOutcome::NotAllowed);
        }
        Ok(view)
    }

    /// Whether the sender may send a handshake of this kind through that provider (section 5.3).
    fn may(&self, from: &ServiceProviderId, sender: Sender, commit: bool, proposed: Proposed) -> bool {
        let members = self.view.members();
        let client = |leaf: u32| members.iter().find(|(at, _)| *at == leaf).map(|(_, client)| client.as_slice());
        let user = |leaf| client(leaf).and_then(|client| self.roster.user_of(client));
        match sender {
            Sender::Member(leaf) => {
                let Some(own) = user(leaf) else { return false };
                match proposed {
                    _ if self.roster.acts(own, from) => true,
                    _ if commit => false,
                    Proposed::Remove(other) => user(other) == Some(own),
                    Proposed::SelfRemove => true,
                    Proposed::Other => false,
                }
            }
            Sender::External(_) => *from == self.settings.hub,
            // Who joins is held against the list once the commit was looked at.
            Sender::NewMemberCommit => true,
            // An Add from outside: room policy, which is not read here, would have to allow it.
            Sender::NewMemberProposal => false,
        }
    }
}
