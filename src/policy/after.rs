//! The state that a commit leads to, and what must hold of it.

use super::allowed::Broken;
use super::change::{Actor, Proposal, Proposed, Who};
use super::judge::Denied;
use super::people::{Client, Participants, User};
use super::rules::{Base, Policy, Role, RoleIndex};
use crate::reason::{Reason, policy as reason};
use std::collections::BTreeSet;

/// The state before a commit, and the one after it.
pub(super) struct After<'a> {
    policy: &'a Policy,
    base: Base,
    before: &'a Participants,
    after: Participants,
    /// Who was banned by the commit.
    banned: BTreeSet<&'a User>,
    /// Who came in.
    came: BTreeSet<&'a User>,
}

impl<'a> After<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        before: &'a Participants,
        committer: &'a Actor,
        proposals: &'a [Proposed],
    ) -> Self {
        let mut this = Self {
            policy,
            base: policy.base,
            before,
            after: before.clone(),
            banned: BTreeSet::new(),
            came: BTreeSet::new(),
        };
        // Removals first, so that one name may go and come (RFC 9420 section 12.3).
        for proposed in proposals {
            match (&proposed.proposal, &proposed.by.who) {
                (Proposal::Remove(client), _) | (Proposal::SelfRemove, Who::Member(client)) => {
                    this.after.clients.remove(client);
                }
                _ => {}
            }
        }
        for proposed in proposals {
            match &proposed.proposal {
                Proposal::Add(client, user) => this.come(client, user),
                Proposal::List(listing) => {
                    for user in &listing.removed {
                        this.after.roles.remove(user);
                    }
                    for (user, role) in listing.changed.iter().chain(&listing.added) {
                        this.after.roles.insert(user.clone(), *role);
                        if policy.bans(*role) {
                            this.banned.insert(user);
                        }
                    }
                }
                Proposal::Base(base) => this.base = *base,
                _ => {}
            }
        }
        if let Who::Joiner(client, user) = &committer.who {
            this.come(client, user);
        }
        this
    }

    fn come(&mut self, client: &Client, user: &'a User) {
        // A client that has the name of another is one more, whatever it is called.
        let mut name = client.clone();
        while self.after.clients.contains_key(&name) {
            name.push(b'+');
        }
        self.after.clients.insert(name, user.clone());
        self.came.insert(user);
    }

    pub(super) fn holds(&self, broken: &mut Broken) {
        for user in &self.came {
            match self.after.role(user) {
                None => broken.insert(Denied::new(reason::CLIENT_OF_NOBODY, user)),
                Some(role) if self.policy.silent(role) => {
                    broken.insert(Denied::new(reason::CLIENT_OF_THE_BANNED, user))
                }
                Some(_) => false,
            };
        }
        let gone = self.before.roles.keys().filter(|user| !self.after.roles.contains_key(*user));
        for user in gone.chain(self.banned.iter().copied()) {
            if self.after.clients_of(user) > 0 {
                broken.insert(Denied::new(reason::CLIENTS_REMAIN, user));
            }
        }
        for role in &self.policy.roles {
            self.counts(role, broken);
        }
        self.limits(broken);
    }

    fn counts(&self, role: &Role, broken: &mut Broken) {
        let participants = |state: &Participants| users(state, role.index).count();
        let active = |state: &Participants| users(state, role.index).filter(|user| state.clients_of(user) > 0).count();
        let mut within = |was: usize, is: usize, most: Option<u32>, least: u32| {
            let said = if role.name.is_empty() { "a role" } else { role.name.as_str() };
            if is > was && beyond(is, most) {
                broken.insert(Denied::new(reason::ROLE_FULL, said.as_bytes()));
            }
            if is < was && is < usize::try_from(least).unwrap_or(usize::MAX) {
                broken.insert(Denied::new(reason::ROLE_SHORT, said.as_bytes()));
            }
        };
        within(participants(self.before), participants(&self.after), role.participants.most, role.participants.least);
        within(active(self.before), active(&self.after), role.active.most, role.active.least);
    }

    fn limits(&self, broken: &mut Broken) {
        for user in self.came.iter().filter(|_| !self.base.multi_device) {
            let (was, is) = (self.before.clients_of(user), self.after.clients_of(user));
            if is > 1 && is > was {
                broken.insert(Denied::new(reason::ONE_CLIENT_A_USER, user));
            }
        }
        let mut full = |was: usize, is: usize, most: Option<u32>, what: &str, why: Reason| {
            if is > was && beyond(is, most) {
                broken.insert(Denied::new(why, what.as_bytes()));
            }
        };
        let (was, is) = (self.before.clients.len(), self.after.clients.len());
        full(was, is, self.base.max_clients, "clients", reason::ROOM_FULL);
        let present = |state: &Participants| state.roles.values().filter(|role| !self.policy.bans(**role)).count();
        full(present(self.before), present(&self.after), self.base.max_users, "users", reason::ROOM_FULL);
    }
}

fn beyond(count: usize, most: Option<u32>) -> bool {
    most.is_some_and(|most| count > usize::try_from(most).unwrap_or(usize::MAX))
}

/// Users in the list that have this role.
fn users(state: &Participants, role: RoleIndex) -> impl Iterator<Item = &User> {
    state.roles.iter().filter(move |(_, has)| **has == role).map(|(user, _)| user)
}
