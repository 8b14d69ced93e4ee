use super::contract::{FollowerEffect, FollowerInput, FollowerLimits, FollowerSettings};
use super::place::{Followed, Place, Whose};
use crate::delivery::hub::Refused;
use crate::delivery::limits::within;
use crate::entropy::Time;
use crate::protocol::{
    CipherSuite, Head, MlsMessage, PartitionKey, ReceiveRequest, ReceiveResponse, ServiceProviderId, WelcomeInitRequest,
};
use crate::reason::delivery as reason;
use std::collections::BTreeMap;

type Result<T> = std::result::Result<T, Refused>;
type Effects = Vec<FollowerEffect>;

/// A provider whose users are in groups that others host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follower {
    settings: FollowerSettings,
    users: BTreeMap<Vec<u8>, User>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct User {
    /// KeyPackageRefs, and whether each may be named again.
    expected: BTreeMap<Vec<u8>, bool>,
    groups: BTreeMap<Vec<u8>, Followed>,
}

impl Follower {
    /// A provider without users.
    #[must_use]
    pub fn new(settings: FollowerSettings) -> Self {
        Self { settings, users: BTreeMap::new() }
    }

    /// How many messages of that partition a user has got; `None` where it does not follow it.
    #[must_use]
    pub fn counter(&self, user: &[u8], group_id: &[u8], partition_key: &PartitionKey) -> Option<u32> {
        Some(self.users.get(user)?.groups.get(group_id)?.partitions.get(partition_key)?.counter)
    }

    /// Takes one input. `from` is the hub that speaks; with what the provider's own users say, it does not matter.
    ///
    /// # Errors
    /// [`Refused`]; the follower and `out` are as they were.
    pub fn step(&mut self, now: Time, from: &ServiceProviderId, input: FollowerInput, out: &mut Effects) -> Result<()> {
        match input {
            FollowerInput::Expect { user, key_package_refs, reusable } => self.expect(user, key_package_refs, reusable),
            FollowerInput::WelcomeInit(request) => {
                out.push(FollowerEffect::WelcomeAnswer { to: from.clone(), accept: self.wants(&request) });
                Ok(())
            }
            FollowerInput::Welcome(welcome) => self.welcome(&welcome, out),
            FollowerInput::Follow { user, hub, group_id, suite, partition_key } => {
                self.follow(user, hub, group_id, suite, partition_key)
            }
            FollowerInput::Leave { user, group_id, partition_key } => self.leave(&user, &group_id, &partition_key),
            FollowerInput::Tick => {
                self.tick(now, out);
                Ok(())
            }
            FollowerInput::Answered { user, group_id, request, response } => {
                self.answered(from, &user, &group_id, request, response, out)
            }
            FollowerInput::Pushed { group_id, response } => self.pushed(from, &group_id, &response, out),
        }
    }

    /// Room for a user, new or not.
    fn room(&self, user: &[u8]) -> Result<()> {
        let count = self.users.len().saturating_add(usize::from(!self.users.contains_key(user)));
        bounded(count, self.settings.limits.max_users, "users")
    }

    fn expect(&mut self, user: Vec<u8>, refs: Vec<Vec<u8>>, reusable: bool) -> Result<()> {
        self.room(&user)?;
        let known = self.users.get(&user).map(|u| &u.expected);
        let fresh = refs.iter().filter(|r| !known.is_some_and(|k| k.contains_key(*r))).count();
        let count = known.map_or(0, BTreeMap::len).saturating_add(fresh);
        bounded(count, self.settings.limits.max_key_packages, "KeyPackages of a user")?;
        self.users.entry(user).or_default().expected.extend(refs.into_iter().map(|r| (r, reusable)));
        Ok(())
    }

    /// Yes if it knows one of them: were it no because of another, anybody could keep a user's Welcome away by
    /// naming one more.
    fn wants(&self, request: &WelcomeInitRequest) -> bool {
        let known = |r: &Vec<u8>| self.users.values().any(|user| user.expected.contains_key(r));
        request.key_package_refs.iter().any(known)
    }

    fn welcome(&mut self, welcome: &MlsMessage, out: &mut Effects) -> Result<()> {
        let Head::Welcome { recipients, .. } = welcome.head() else {
            return Err(Refused::new(reason::NOT_A_WELCOME, "another message stands where a Welcome belongs"));
        };
        for (name, user) in &mut self.users {
            let named: Vec<_> = recipients.iter().filter(|r| user.expected.contains_key(*r)).collect();
            if named.is_empty() {
                continue;
            }
            for r in named {
                if user.expected.get(r) == Some(&false) {
                    user.expected.remove(r);
                }
            }
            out.push(FollowerEffect::Welcome { user: name.clone(), welcome: welcome.clone() });
        }
        Ok(())
    }

    fn follow(
        &mut self,
        user: Vec<u8>,
        hub: ServiceProviderId,
        group_id: Vec<u8>,
        suite: CipherSuite,
        key: PartitionKey,
    ) -> Result<()> {
        self.room(&user)?;
        let unknown = || Refused::new(reason::UNKNOWN_CIPHER_SUITE, format!("cipher suite {}", suite.0));
        let masked = key.masked(suite).ok_or_else(unknown)?;
        let FollowerLimits { max_groups, max_partitions, .. } = self.settings.limits;
        let groups = self.users.get(&user).map(|u| &u.groups);
        let known = groups.and_then(|g| g.get(&group_id));
        if known.is_some_and(|k| k.hub != hub || k.suite != suite) {
            return Err(Refused::new(reason::NOT_THE_HUB, "the group was followed at another hub or in another suite"));
        }
        if known.is_some_and(|k| k.partitions.contains_key(&key)) {
            return Ok(());
        }
        let others = groups.map_or(0, BTreeMap::len);
        bounded(others.saturating_add(usize::from(known.is_none())), max_groups, "groups of a user")?;
        let partitions = known.map_or(0, |k| k.partitions.len()).saturating_add(1);
        bounded(partitions, max_partitions, "partitions of a group")?;
        let new = || Followed { hub, suite, partitions: BTreeMap::new(), hinted: BTreeMap::new() };
        let group = self.users.entry(user).or_default().groups.entry(group_id).or_insert_with(new);
        group.hinted.remove(&masked);
        group.partitions.insert(key, Place { masked, counter: 0, asked_at: None });
        Ok(())
    }

    fn leave(&mut self, user: &[u8], group_id: &[u8], key: &PartitionKey) -> Result<()> {
        let groups = self.users.get_mut(user).map(|u| &mut u.groups).ok_or_else(not_followed)?;
        let group = groups.get_mut(group_id).ok_or_else(not_followed)?;
        group.partitions.remove(key).ok_or_else(not_followed)?;
        if group.partitions.is_empty() {
            groups.remove(group_id);
        }
        Ok(())
    }

    fn tick(&mut self, now: Time, out: &mut Effects) {
        for (user, held) in &mut self.users {
            for (group_id, group) in &mut held.groups {
                group.ask(&Whose { user, group_id }, now, self.settings.poll_every, out);
            }
        }
    }

    fn answered(
        &mut self,
        from: &ServiceProviderId,
        user: &[u8],
        group_id: &[u8],
        request: ReceiveRequest,
        response: ReceiveResponse,
        out: &mut Effects,
    ) -> Result<()> {
        let most = self.settings.limits.max_partitions;
        let group = self.users.get_mut(user).and_then(|u| u.groups.get_mut(group_id)).ok_or_else(not_followed)?;
        if group.hub != *from {
            return Err(not_the_hub());
        }
        let whose = Whose { user, group_id };
        group.deliver(&whose, request.partition_key, request.counter, response.epoch.messages, out);
        for hint in response.hints {
            group.hint(&whose, hint, most, out);
        }
        Ok(())
    }

    /// A push answers no request: what it says of a partition is in its hints.
    fn pushed(
        &mut self,
        from: &ServiceProviderId,
        group_id: &[u8],
        response: &ReceiveResponse,
        out: &mut Effects,
    ) -> Result<()> {
        let most = self.settings.limits.max_partitions;
        let concerned = |user: &User| user.groups.get(group_id).is_some_and(|g| g.hub == *from);
        if !self.users.values().any(concerned) {
            return Err(not_the_hub());
        }
        for (user, held) in &mut self.users {
            let Some(group) = held.groups.get_mut(group_id).filter(|g| g.hub == *from) else { continue };
            for hint in &response.hints {
                group.hint(&Whose { user, group_id }, hint.clone(), most, out);
            }
        }
        Ok(())
    }
}

fn bounded(count: usize, most: usize, what: &str) -> Result<()> {
    within(count, most, reason::EXCEEDS_FOLLOWER_LIMIT, what)
}

fn not_followed() -> Refused {
    Refused::new(reason::NOT_FOLLOWED, "no user follows that")
}

fn not_the_hub() -> Refused {
    Refused::new(reason::NOT_THE_HUB, "no user follows this group at this hub")
}
