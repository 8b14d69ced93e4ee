//! Whether an update is taken (section 5.3), and which answer refuses it.

use super::engine::Room;
use super::own;
use super::proposal::{Proposed, proposed, reference};
use super::roster::{Roster, authority};
use super::sight::{RoomKeys, RoomView};
use crate::delivery::tracking::Looked;
use crate::policy::Known;
use crate::protocol::room::{GroupInfo, GroupInfoOption, Octets, ROLES_LIST, RatchetTreeOption, UpdateOutcome};
use crate::protocol::{Head, MlsMessage, Sender, ServiceProviderId};

/// What a commit leads to.
pub(super) struct Next<V> {
    pub(super) view: V,
    pub(super) info: GroupInfo,
    pub(super) roster: Roster,
}

type Judged<T> = Result<T, UpdateOutcome>;

impl<V: RoomView, K: RoomKeys> Room<V, K> {
    /// The view after these proposals.
    pub(super) fn judge_proposals(&self, from: &ServiceProviderId, all: &[&MlsMessage]) -> Judged<V> {
        all.iter().try_for_each(|message| self.place(from, message, false))?;
        let (mut view, mut invalid, mut unnamed) = (self.view.clone(), vec![], false);
        for message in all {
            if let Ok(Looked::Here(next)) = view.look(message) {
                view = next;
                continue;
            }
            let member = matches!(message.head(), Head::Public { sender: Sender::Member(_), .. });
            let found = reference(self.suite, message, member);
            unnamed |= found.is_none();
            invalid.extend(found.map(Octets));
        }
        match () {
            () if unnamed => Err(UpdateOutcome::NotAllowed),
            () if !invalid.is_empty() => Err(UpdateOutcome::InvalidProposal(invalid)),
            () => Ok(view),
        }
    }

    /// What a commit leads to. The draft has no code for a commit that is not valid, nor for one whose GroupInfo or tree
    /// is not of the epoch that it begins: they are not allowed.
    pub(super) fn judge_commit(
        &self,
        from: &ServiceProviderId,
        message: &MlsMessage,
        info: &GroupInfoOption,
        tree: &RatchetTreeOption,
    ) -> Judged<Next<V>> {
        self.place(from, message, true)?;
        let Ok(Looked::Next(view)) = self.view.look(message) else { return Err(UpdateOutcome::NotAllowed) };
        self.judge_next(from, message, view, info, tree).ok_or(UpdateOutcome::NotAllowed)
    }

    fn judge_next(
        &self,
        from: &ServiceProviderId,
        message: &MlsMessage,
        view: V,
        info: &GroupInfoOption,
        tree: &RatchetTreeOption,
    ) -> Option<Next<V>> {
        let roster = Roster::read(&view, &self.settings)?;
        // Nobody comes into the group who is not in the list by then (section 5.3).
        let joined = view.joined();
        let admitted = |client| self.owner(client).is_some_and(|user| roster.active(user));
        if !joined.iter().all(|client| admitted(client)) {
            return None;
        }
        // What the room allows, where it says so itself: judged in the state before the commit, like members do.
        if let Some(known) = self.known() {
            let Head::Public { sender, .. } = message.head() else { return None };
            let joiner = joined.last().map(Vec::as_slice).unwrap_or_default();
            known.commit(&self.view.members(), *sender, joiner, &view.held()).ok()?;
        }
        // Who joins from outside comes through the own provider. It is the last of those who come in.
        if matches!(message.head(), Head::Public { sender: Sender::NewMemberCommit, .. }) {
            let user = joined.last().and_then(|client| self.owner(client))?;
            roster.acts(user, from).then_some(())?;
        }
        // The hub stays an external sender, and a follower does not without participants (section 7.4).
        own::index(&view, &self.settings, self.keys.public())?;
        let listed = |name: &[u8]| name == self.settings.hub.0 || roster.has_of(name);
        if !view.external_senders().iter().all(|(_, name)| listed(name)) {
            return None;
        }
        let info = match info {
            GroupInfoOption::Full(info) => info.clone(),
            GroupInfoOption::Partial(partial) => view.whole(partial)?,
        };
        let whole = matches!(info.seen(), Head::GroupInfo { ratchet_tree: None, .. });
        let same = !matches!(tree, RatchetTreeOption::Full(tree) if tree.octets() != view.ratchet_tree());
        (whole && same && view.describes(&info)).then_some(Next { view, info, roster })
    }

    /// What the room allows, where its group keeps roles; `None` where it keeps none, and only the silent are known.
    pub(super) fn known(&self) -> Option<Known> {
        self.view.data(ROLES_LIST)?;
        let owners = self.settings.clients.iter().map(|(client, owner)| (client.clone(), owner.user.clone()));
        let known = Known { owners: owners.collect(), ..Known::default() };
        Some(known.with(|component| self.view.data(component)))
    }

    /// Whether a message is for here, and from somebody who may send it.
    fn place(&self, from: &ServiceProviderId, message: &MlsMessage, commit: bool) -> Judged<()> {
        let Head::Public { group_id, epoch, sender, .. } = message.head() else {
            return Err(UpdateOutcome::NotAllowed);
        };
        if *group_id != self.group_id {
            return Err(UpdateOutcome::NotAllowed);
        }
        if *epoch != self.epoch {
            return Err(UpdateOutcome::WrongEpoch(self.epoch));
        }
        if self.may(from, *sender, commit, proposed(message)) { Ok(()) } else { Err(UpdateOutcome::NotAllowed) }
    }

    /// The user of a client.
    fn owner(&self, client: &[u8]) -> Option<&[u8]> {
        self.settings.clients.get(client).map(|owner| owner.user.as_slice())
    }

    /// Whether the sender may send a handshake of this kind through that provider (section 5.3).
    fn may(&self, from: &ServiceProviderId, sender: Sender, commit: bool, proposed: Proposed) -> bool {
        let members = self.view.members();
        let client = |leaf: u32| members.iter().find(|(at, _)| *at == leaf).map(|(_, client)| client.as_slice());
        let user = |leaf| client(leaf).and_then(|client| self.owner(client));
        match sender {
            Sender::Member(leaf) => {
                let Some(own) = user(leaf) else { return false };
                if authority(own) != from.0 {
                    return false;
                }
                match proposed {
                    _ if self.roster.acts(own, from) => true,
                    _ if commit => false,
                    Proposed::Remove(other) => user(other) == Some(own),
                    Proposed::SelfRemove => true,
                    Proposed::Other => false,
                }
            }
            Sender::External(index) => {
                let senders = self.view.external_senders();
                let named = usize::try_from(index).ok().and_then(|index| senders.get(index));
                named.is_some_and(|(_, name)| *name == from.0)
            }
            // Who joins is held against the list once the commit was looked at.
            Sender::NewMemberCommit => true,
            // An Add from outside: room policy, which is not read here, would have to allow it.
            Sender::NewMemberProposal => false,
        }
    }
}
