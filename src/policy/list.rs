//! Who may change the participant list (sections 8.1.1 to 8.1.3), user by user.

use super::allowed::{Broken, Case, Standing};
use super::capability::Capability as Can;
use super::change::{Actor, Listing, Who};
use super::judge::Denied;
use super::rules::{BANNED, NOBODY, RoleIndex};
use crate::reason::{Reason, policy as reason};

impl<'a> Case<'a> {
    pub(super) fn list(&self, actor: &'a Actor, listing: &Listing, broken: &mut Broken) {
        let standing = self.standing(actor);
        let mut say = |user: &[u8], why: Option<Reason>| {
            broken.extend(why.map(|why| Denied::new(why, user)));
        };
        for (user, role) in &listing.added {
            say(user, self.adding(actor, &standing, user, *role));
        }
        for user in &listing.removed {
            say(user, self.removing(actor, &standing, user));
        }
        for (user, role) in &listing.changed {
            say(user, self.changing(actor, &standing, user, *role));
        }
    }

    /// A role that somebody in the list can have.
    fn target(&self, role: RoleIndex) -> Option<Reason> {
        match self.policy.role(role) {
            _ if role == NOBODY => Some(reason::ROLE_ZERO),
            None => Some(reason::NO_SUCH_ROLE),
            Some(_) => None,
        }
    }

    fn adding(&self, actor: &Actor, standing: &Standing<'_>, user: &[u8], role: RoleIndex) -> Option<Reason> {
        if self.policy.base.fixed_membership {
            return Some(reason::FIXED_MEMBERSHIP);
        }
        if self.before.roles.contains_key(user) {
            return Some(reason::LIST_DOES_NOT_APPLY);
        }
        if let Some(wrong) = self.target(role) {
            return Some(wrong);
        }
        if standing.user.is_some_and(|own| own == user) {
            return self.joining(actor, standing, role);
        }
        if !standing.listed && !matches!(actor.who, Who::External(_)) {
            return Some(reason::MAY_NOT_ADD_USER);
        }
        // A ban of somebody who is not there is the ban's business, too.
        let adds = standing.can(Can::ADD_PARTICIPANT) || (standing.can(Can::BAN) && self.policy.bans(role));
        (!adds || !standing.moves(NOBODY, role)).then_some(reason::MAY_NOT_ADD_USER)
    }

    /// Somebody who is not in the list puts itself there: the room is open, or it is preauthorized.
    fn joining(&self, actor: &Actor, standing: &Standing<'_>, role: RoleIndex) -> Option<Reason> {
        if standing.member {
            return Some(reason::MAY_NOT_JOIN);
        }
        let nobody = self.policy.role(NOBODY);
        let open = nobody.is_some_and(|nobody| nobody.can(Can::OPEN_JOIN) && nobody.moves(NOBODY, role));
        let first = self.policy.preauthorized(&actor.claims);
        let invited = first.is_some_and(|first| first.index == role && first.can(Can::JOIN_IF_PREAUTHORIZED));
        (!open && !invited).then_some(reason::MAY_NOT_JOIN)
    }

    fn removing(&self, actor: &Actor, standing: &Standing<'_>, user: &[u8]) -> Option<Reason> {
        if self.policy.base.fixed_membership {
            return Some(reason::FIXED_MEMBERSHIP);
        }
        let Some(role) = self.before.roles.get(user) else { return Some(reason::LIST_DOES_NOT_APPLY) };
        if standing.user.is_some_and(|own| own == user) {
            let leaves = standing.member && standing.can(Can::REMOVE_SELF) && standing.moves(*role, NOBODY);
            return (!leaves).then_some(reason::MAY_NOT_LEAVE);
        }
        let removes =
            self.may_touch(actor, standing) && standing.can(Can::REMOVE_PARTICIPANT) && standing.moves(*role, NOBODY);
        (!removes).then_some(reason::MAY_NOT_REMOVE_USER)
    }

    fn changing(&self, actor: &Actor, standing: &Standing<'_>, user: &[u8], to: RoleIndex) -> Option<Reason> {
        let Some(from) = self.before.roles.get(user).copied() else { return Some(reason::LIST_DOES_NOT_APPLY) };
        if let Some(wrong) = self.target(to) {
            return Some(wrong);
        }
        if standing.user.is_some_and(|own| own == user) {
            // Only what it is preauthorized for, and no list of changes is asked.
            let first = self.policy.preauthorized(&actor.claims);
            let takes = standing.can(Can::CHANGE_OWN_ROLE) && first.is_some_and(|first| first.index == to);
            return (!takes).then_some(reason::MAY_NOT_CHANGE_OWN_ROLE);
        }
        let may = |also: Option<Can>| {
            let can = standing.can(Can::CHANGE_USER_ROLE) || also.is_some_and(|also| standing.can(also));
            self.may_touch(actor, standing) && can && standing.moves(from, to)
        };
        match (self.policy.bans(from), self.policy.bans(to)) {
            (_, true) => (!may(Some(Can::BAN))).then_some(reason::MAY_NOT_BAN),
            (true, false) => (!may(Some(Can::UNBAN))).then_some(reason::MAY_NOT_UNBAN),
            // canBan and canUnban need a role 1 that is called `banned`; without one they allow nothing.
            (false, false) if to == BANNED => (!may(None)).then_some(reason::MAY_NOT_BAN),
            (false, false) => (!may(None)).then_some(reason::MAY_NOT_CHANGE_ROLE),
        }
    }

    /// Whether the actor may have to do with others in the list at all.
    fn may_touch(&self, actor: &Actor, standing: &Standing<'_>) -> bool {
        standing.listed || matches!(actor.who, Who::External(_))
    }
}
