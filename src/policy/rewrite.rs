//! What must hold of a commit as one: users once, and changes of the policy itself (sections 3 to 5).

use super::allowed::{Broken, Case};
use super::capability::Capability as Can;
use super::change::Proposal;
use super::judge::Denied;
use super::people::User;
use super::rules::{NOBODY, Role};
use crate::reason::policy as reason;
use std::collections::BTreeSet;

impl Case<'_> {
    pub(super) fn together(&self, broken: &mut Broken) {
        let (mut touched, mut twice): (BTreeSet<&User>, Vec<&User>) = (BTreeSet::new(), vec![]);
        let (mut any, mut more_than_removals, mut policies) = (false, false, [0_u32; 4]);
        for proposed in self.proposals {
            let place = match &proposed.proposal {
                Proposal::List(listing) => {
                    let pairs = listing.changed.iter().chain(&listing.added).map(|(user, _)| user);
                    twice.extend(pairs.chain(&listing.removed).filter(|user| !touched.insert(user)));
                    any = true;
                    more_than_removals |= !listing.changed.is_empty() || !listing.added.is_empty();
                    continue;
                }
                Proposal::Roles(roles) => {
                    self.roles(roles, broken);
                    0
                }
                Proposal::Preauthorized(_) => 1,
                Proposal::Base(_) => 2,
                Proposal::Metadata(_) => 3,
                _ => continue,
            };
            if let Some(count) = policies.get_mut(place) {
                *count = count.saturating_add(1);
            }
        }
        broken.extend(twice.into_iter().map(|user| Denied::new(reason::USER_TWICE, user)));
        let [roles, preauthorized, ..] = policies;
        if (roles > 0 && any) || (preauthorized > 0 && more_than_removals) {
            broken.insert(Denied::new(reason::POLICY_WITH_LIST, b"disruptive"));
        }
        // Each is replaced as a whole, so two of them are one too many.
        if policies.iter().any(|count| *count > 1) {
            broken.insert(Denied::new(reason::BAD_POLICY, b"replaced twice"));
        }
    }

    /// Whether new roles can be those of this room.
    fn roles(&self, roles: &[Role], broken: &mut Broken) {
        let indices: BTreeSet<_> = roles.iter().map(|role| role.index).collect();
        let mut bad = |about: &[u8]| {
            broken.insert(Denied::new(reason::BAD_POLICY, about));
        };
        if indices.len() < roles.len() {
            bad(b"an index twice");
        }
        if roles.iter().any(|role| role.index != NOBODY && role.can(Can::OPEN_JOIN)) {
            bad(b"canOpenJoin of another role than 0");
        }
        let adds = |role: &Role| role.index != NOBODY && role.name != "banned" && role.can(Can::ADD_PARTICIPANT);
        if self.policy.base.fixed_membership && roles.iter().any(adds) {
            bad(b"canAddParticipant where membership is fixed");
        }
        if self.before.roles.values().any(|used| !indices.contains(used)) {
            bad(b"without a role that somebody has");
        }
    }
}
