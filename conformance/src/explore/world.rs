//! What is explored: sizes, rules, and the seeded bug if there is one.

use super::bug::Bug;
use super::property;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// When a hub ends a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Never.
    Never,
    /// That of a few who follow a commit which more than half of the members are reported to have refused. Where more than
    /// half follow what a few refuse, it says that it can not decide.
    Minority,
    /// That of whoever is reported apart from more than half of the members, whoever refused what.
    Count,
    /// Whichever a person picks.
    Operator,
}

/// What a client does with a commit that is good in a false envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Envelope {
    /// Ignores it.
    Ignore,
    /// Follows it, and says so.
    Follow,
}

/// One world. The group has `clients` members at the start, and all of them are in its first epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct World {
    /// Members, 3 to 5.
    pub clients: u8,
    /// Providers; the first is the hub. Members are spread over them. What a provider is matters to a replay alone.
    pub providers: u8,
    /// Commits at most, those of recoveries included.
    pub commits: u8,
    /// Faults at most.
    pub faults: u8,
    /// When a hub ends a branch.
    pub policy: Policy,
    /// What clients do with false envelopes.
    pub envelope: Envelope,
    /// Whether members tell their providers where they are after they have read.
    pub reports: bool,
    /// Whether a read takes one message rather than all there are.
    pub single: bool,
    /// A fault in the model itself.
    #[serde(skip)]
    pub bug: Option<Bug>,
}

/// Who makes commits that are wrong: the second member.
pub const ATTACKER: u8 = 1;

/// Whether one of so many clients does not know that ban.
pub(super) const fn lax(clients: u8, client: u8) -> bool {
    client >= 1 && client <= clients / 2 + 1
}

impl World {
    /// The small world of every rule: three members, two providers.
    #[must_use]
    pub fn small(policy: Policy, envelope: Envelope, reports: bool) -> Self {
        let (clients, providers, commits, faults) = (3, 2, 3, 2);
        Self { clients, providers, commits, faults, policy, envelope, reports, single: false, bug: None }
    }

    /// Everybody.
    pub fn everybody(&self) -> impl Iterator<Item = u8> + use<> {
        0..self.clients
    }

    /// Whether a client does not know the ban that a commit against policy breaks. More than half do not.
    #[must_use]
    pub fn lax(&self, client: u8) -> bool {
        lax(self.clients, client)
    }

    /// Whether so many are more than half of the members.
    #[must_use]
    pub fn most(&self, count: usize) -> bool {
        count.saturating_mul(2) > usize::from(self.clients)
    }

    /// Its rules, as a name.
    #[must_use]
    pub fn name(&self) -> String {
        let policy = match self.policy {
            Policy::Never => "never",
            Policy::Minority => "minority",
            Policy::Count => "count",
            Policy::Operator => "operator",
        };
        let envelope = if self.envelope == Envelope::Ignore { "ignore" } else { "follow" };
        format!("{policy}/{envelope}/{}", if self.reports { "reports" } else { "silent" })
    }
}

/// A world under exploration: what was found, and what was measured.
#[derive(Debug)]
pub struct Explored {
    /// The world.
    pub world: World,
    /// Which properties were decided by a state: from then on nothing is asked of them, so the first path is the shortest.
    found: Vec<AtomicBool>,
    /// Messages that somebody alone took before anybody knew, at most.
    pub silence: AtomicU8,
}

impl Explored {
    /// Nothing is found yet.
    #[must_use]
    pub fn new(world: World) -> Self {
        let found = property::ALL.iter().map(|_| AtomicBool::new(false)).collect();
        Self { world, found, silence: AtomicU8::new(0) }
    }

    /// Whether this is the first state that decides a property.
    pub(super) fn first(&self, property: usize, decides: impl FnOnce() -> bool) -> bool {
        let Some(found) = self.found.get(property) else { return false };
        if found.load(Ordering::Relaxed) || !decides() {
            return false;
        }
        found.store(true, Ordering::Relaxed);
        true
    }
}
