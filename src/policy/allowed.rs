//! Who may propose what, in the state before the commit.

use super::capability::Capability as Can;
use super::change::{Actor, Field, Listing, Proposal, Proposed, Who};
use super::judge::Denied;
use super::people::{Participants, User};
use super::rules::{Policy, Role, RoleIndex};
use crate::reason::policy as reason;
use std::collections::BTreeSet;

/// A commit in front of the state before it.
pub(super) struct Case<'a> {
    pub(super) policy: &'a Policy,
    pub(super) before: &'a Participants,
    pub(super) proposals: &'a [Proposed],
}

/// All that is broken.
pub(super) type Broken = BTreeSet<Denied>;

/// Whoever acts, as the room knows it.
pub(super) struct Standing<'a> {
    /// The user; `None` for an external sender, and for a client that nobody owns.
    pub(super) user: Option<&'a User>,
    /// The role that counts: that of the list; of who is not in it, the one that it is preauthorized for.
    pub(super) role: Option<&'a Role>,
    /// Whether the user is in the list.
    pub(super) listed: bool,
    /// Whether it is in the group.
    pub(super) member: bool,
}

impl Standing<'_> {
    pub(super) fn can(&self, capability: Can) -> bool {
        self.role.is_some_and(|role| role.can(capability))
    }

    pub(super) fn moves(&self, from: RoleIndex, to: RoleIndex) -> bool {
        self.role.is_some_and(|role| role.moves(from, to))
    }

    fn is(&self, user: &[u8]) -> bool {
        self.user.is_some_and(|own| own == user)
    }
}

impl<'a> Case<'a> {
    pub(super) const fn new(policy: &'a Policy, before: &'a Participants, proposals: &'a [Proposed]) -> Self {
        Self { policy, before, proposals }
    }

    pub(super) fn standing(&self, actor: &'a Actor) -> Standing<'a> {
        let user = match &actor.who {
            Who::Member(client) => self.before.clients.get(client),
            Who::Joiner(_, user) => Some(user),
            Who::External(_) => None,
        };
        let listed = user.and_then(|user| self.before.role(user));
        let member = matches!(actor.who, Who::Member(_));
        let role = match listed {
            Some(index) => self.policy.role(index),
            // A member whose user was taken off the list is nobody, whatever it claims: it did not come from outside.
            None if member => None,
            None => self.policy.preauthorized(&actor.claims),
        };
        Standing { user, role, listed: listed.is_some(), member }
    }

    /// Whether the committer may commit at all. Which capability that takes the draft does not say; who has none at all,
    /// or is not in the list, may not (protocol-06 section 5.3).
    pub(super) fn committer(&self, actor: &'a Actor, broken: &mut Broken) {
        match &actor.who {
            Who::External(name) => {
                broken.insert(Denied::new(reason::NOT_A_PARTICIPANT, name));
            }
            Who::Member(_) => self.acts(actor, broken),
            Who::Joiner(_, user) => self.comes(actor, user, broken),
        }
    }

    /// Whether somebody in the group may act at all.
    fn acts(&self, actor: &'a Actor, broken: &mut Broken) {
        let standing = self.standing(actor);
        let name = standing.user.map_or(b"".as_slice(), Vec::as_slice);
        if !standing.listed && !matches!(actor.who, Who::External(_)) {
            broken.insert(Denied::new(reason::NOT_A_PARTICIPANT, name));
        } else if standing.role.is_none_or(|role| role.capabilities.is_empty()) {
            broken.insert(Denied::new(reason::WITHOUT_CAPABILITIES, name));
        }
    }

    /// Whether this user may come in from outside with a client (sections 8.1.1 and 4).
    fn comes(&self, actor: &'a Actor, user: &[u8], broken: &mut Broken) {
        let standing = self.standing(actor);
        if standing.listed {
            if !standing.can(Can::ADD_OWN_CLIENT) {
                broken.insert(Denied::new(self.barred(user, reason::MAY_NOT_ADD_CLIENT), user));
            }
        } else if !self.lists(actor, user) {
            // Who is not in the list puts itself there in the same commit.
            broken.insert(Denied::new(reason::MAY_NOT_JOIN, user));
        }
    }

    /// The banned are told so.
    fn barred(&self, user: &[u8], otherwise: crate::reason::Reason) -> crate::reason::Reason {
        let silent = self.before.role(user).is_some_and(|role| self.policy.silent(role));
        if silent { reason::CLIENT_OF_THE_BANNED } else { otherwise }
    }

    /// Whether two act for the same user, or are the same external sender.
    fn same(&self, one: &'a Actor, other: &'a Actor) -> bool {
        match (self.standing(one).user, self.standing(other).user) {
            (None, None) => one.who == other.who,
            (one, other) => one == other,
        }
    }

    /// Changes of the list by this actor.
    fn listings(&self, actor: &'a Actor) -> impl Iterator<Item = &'a Listing> {
        self.proposals.iter().filter(|p| self.same(&p.by, actor)).filter_map(|p| match &p.proposal {
            Proposal::List(listing) => Some(listing),
            _ => None,
        })
    }

    /// Whether the actor adds this user to the list, in this commit.
    fn lists(&self, actor: &'a Actor, user: &[u8]) -> bool {
        self.listings(actor).any(|l| l.added.iter().any(|(added, _)| added == user))
    }

    /// Whether the actor takes this user off the list, or bans it, in this commit: then its clients go with it.
    fn ends(&self, actor: &'a Actor, user: &[u8]) -> bool {
        let bans = self.standing(actor).can(Can::BAN);
        self.listings(actor).any(|l| {
            let banned = |(changed, role): &(User, RoleIndex)| changed == user && bans && self.policy.bans(*role);
            l.removed.iter().any(|removed| removed == user) || l.changed.iter().any(banned)
        })
    }

    pub(super) fn allowed(&self, proposed: &'a Proposed, broken: &mut Broken) {
        let actor = &proposed.by;
        match &proposed.proposal {
            Proposal::Add(_, user) => self.add(actor, user, broken),
            Proposal::Remove(client) => self.remove(actor, client, broken),
            Proposal::SelfRemove => match &actor.who {
                Who::Member(client) => self.remove(actor, client, broken),
                Who::Joiner(client, _) | Who::External(client) => {
                    broken.insert(Denied::new(reason::MAY_NOT_REMOVE_CLIENT, client));
                }
            },
            // What who joins does of itself: RFC 9420 lets it do little else.
            Proposal::Plain if matches!(actor.who, Who::Joiner(..)) => {}
            Proposal::Plain => self.acts(actor, broken),
            Proposal::ReInit => self.needs(actor, Can::REINIT, reason::MAY_NOT_REINIT, broken),
            Proposal::List(listing) => self.list(actor, listing, broken),
            Proposal::Roles(_) => {
                self.needs(actor, Can::CHANGE_ROLE_DEFINITIONS, reason::MAY_NOT_CHANGE_POLICY, broken);
            }
            Proposal::Preauthorized(_) => {
                self.needs(actor, Can::CHANGE_PREAUTHORIZED, reason::MAY_NOT_CHANGE_POLICY, broken);
            }
            Proposal::Base(_) => {
                self.needs(actor, Can::CHANGE_MEMBERSHIP_STYLE, reason::MAY_NOT_CHANGE_POLICY, broken);
            }
            Proposal::Metadata(fields) => fields.iter().for_each(|field| {
                self.needs(actor, capability_for(*field), reason::MAY_NOT_CHANGE_METADATA, broken);
            }),
        }
    }

    fn needs(&self, actor: &'a Actor, capability: Can, otherwise: crate::reason::Reason, broken: &mut Broken) {
        let standing = self.standing(actor);
        // A role that is only preauthorized counts for external senders; others who are not in the list come in first.
        let counts = standing.listed || matches!(actor.who, Who::External(_));
        if !counts || !standing.can(capability) {
            broken.insert(Denied::new(otherwise, standing.user.map_or(b"".as_slice(), Vec::as_slice)));
        }
    }

    fn add(&self, actor: &'a Actor, user: &[u8], broken: &mut Broken) {
        let standing = self.standing(actor);
        if standing.is(user) {
            return match actor.who {
                Who::Joiner(..) => self.comes(actor, user, broken),
                _ if standing.can(Can::ADD_OWN_CLIENT) => {}
                _ => {
                    broken.insert(Denied::new(self.barred(user, reason::MAY_NOT_ADD_CLIENT), user));
                }
            };
        }
        // Clients of another come in with the user: the draft has no capability for those of who is in the list. A group
        // that keeps no list has nobody to be added to it.
        let unkept = self.before.otherwise.is_some() && standing.can(Can::ADD_PARTICIPANT);
        if !self.lists(actor, user) && !unkept {
            broken.insert(Denied::new(self.barred(user, reason::MAY_NOT_ADD_CLIENT), user));
        }
    }

    fn remove(&self, actor: &'a Actor, client: &[u8], broken: &mut Broken) {
        let Some(user) = self.before.clients.get(client) else {
            broken.insert(Denied::new(reason::MAY_NOT_REMOVE_CLIENT, client));
            return;
        };
        let standing = self.standing(actor);
        let own = standing.is(user);
        // Who can do nothing else may still ask to be removed (protocol-06 section 5.3), and who comes back from outside
        // removes what it was (RFC 9420 section 12.4.3.2).
        let leaves = standing.member && (!standing.listed || standing.role.is_none_or(|r| r.capabilities.is_empty()));
        let free = own && (leaves || !standing.member || standing.can(Can::REMOVE_OWN_CLIENT));
        let kicks = !own && standing.can(Can::KICK) && (standing.listed || !standing.member);
        if !free && !kicks && !self.ends(actor, user) {
            broken.insert(Denied::new(reason::MAY_NOT_REMOVE_CLIENT, user));
        }
    }
}

const fn capability_for(field: Field) -> Can {
    match field {
        Field::Name => Can::CHANGE_ROOM_NAME,
        Field::Description => Can::CHANGE_ROOM_DESCRIPTION,
        Field::Avatar => Can::CHANGE_ROOM_AVATAR,
        Field::Subject => Can::CHANGE_ROOM_SUBJECT,
        Field::Mood => Can::CHANGE_ROOM_MOOD,
    }
}
