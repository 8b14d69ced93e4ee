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
    /// By the rule of `docs/spec/forks.md` section 3, for which the hub's own function is asked: one that no provider speaks for
    /// while more than half of them, two at least, speak for another one.
    Minority,
    /// That of whoever is reported apart from more than half of the members, whoever refused what.
    Count,
    /// Whichever a person picks.
    Operator,
}

/// Whether members tell their providers where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reports {
    /// Never.
    Silent,
    /// After each read, before the hub judges: its `after` is longer than that takes.
    Prompt,
    /// Each when it likes, or never; the hub judges at every request that names a partition (`after: 0`).
    Late,
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
    /// Providers; the first is the hub. Members are spread over them. To the hub's rule each of them is a voice.
    pub providers: u8,
    /// Members, from the second on, who do not know the ban that a commit against policy breaks.
    pub lax: u8,
    /// Commits at most, those of recoveries included.
    pub commits: u8,
    /// Faults at most.
    pub faults: u8,
    /// When a hub ends a branch.
    pub policy: Policy,
    /// What clients do with false envelopes.
    pub envelope: Envelope,
    /// Whether members tell their providers where they are.
    pub reports: Reports,
    /// Whether a read takes one message rather than all there are.
    pub single: bool,
    /// Whether a hub that judges at every request may as well end later what it may end.
    pub waits: bool,
    /// A fault in the model itself.
    #[serde(skip)]
    pub bug: Option<Bug>,
}

/// Who makes commits that are wrong: the second member.
pub const ATTACKER: u8 = 1;

impl World {
    /// The small world of every rule: three members, two providers. More than half of the members do not know the ban.
    #[must_use]
    pub fn small(policy: Policy, envelope: Envelope, reports: Reports) -> Self {
        let (clients, providers, lax, commits, faults) = (3, 2, 2, 3, 2);
        Self {
            clients,
            providers,
            lax,
            commits,
            faults,
            policy,
            envelope,
            reports,
            single: false,
            waits: false,
            bug: None,
        }
    }

    /// A minority of the members that has most providers: two of five do not know the ban, and have two of three providers, in
    /// which others are as well.
    #[must_use]
    pub fn few(envelope: Envelope) -> Self {
        let (clients, providers, lax, commits, faults) = (5, 3, 2, 2, 1);
        Self { clients, providers, lax, commits, faults, ..Self::small(Policy::Minority, envelope, Reports::Late) }
    }

    /// The same of another size.
    #[must_use]
    pub fn sized(self, clients: u8, providers: u8, commits: u8, faults: u8) -> Self {
        Self { clients, providers, lax: clients.div_euclid(2).saturating_add(1), commits, faults, ..self }
    }

    /// Everybody.
    pub fn everybody(&self) -> impl Iterator<Item = u8> + use<> {
        0..self.clients
    }

    /// The provider of a member.
    #[must_use]
    pub fn provider(&self, who: u8) -> u8 {
        who.checked_rem(self.providers).unwrap_or(0)
    }

    /// Providers that have members. All of them have named a partition before anything happens here.
    #[must_use]
    pub fn voices(&self) -> u8 {
        self.providers.min(self.clients)
    }

    /// Whether a client does not know the ban that a commit against policy breaks.
    #[must_use]
    pub fn lax(&self, client: u8) -> bool {
        (1..=self.lax).contains(&client)
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
        let reports = match self.reports {
            Reports::Silent => "silent",
            Reports::Prompt => "prompt",
            Reports::Late => "late",
        };
        let few = if self.most(usize::from(self.lax)) { "" } else { "/few" };
        format!("{policy}/{envelope}/{reports}{few}")
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
