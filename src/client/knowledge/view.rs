use super::sign::{Moment, Proof, Sign, What};
use std::collections::BTreeSet;

/// What the signs make of the branch that a client is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing speaks for a fork.
    #[default]
    Together,
    /// Something does, and nobody is known to be elsewhere.
    Doubt,
    /// Somebody is elsewhere.
    Apart,
    /// More are known elsewhere than here, this client counted.
    Minority,
    /// Somebody is elsewhere and nobody is known to be here.
    Alone,
}

impl Standing {
    /// Its name, as in `conformance/SESSIONS.md`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::Doubt => "doubt",
            Self::Apart => "apart",
            Self::Minority => "minority",
            Self::Alone => "alone",
        }
    }
}

/// What a client knows of forks. It never knows that there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// What the signs make of its branch.
    pub standing: Standing,
    /// What the best of them is worth; `None` where there is none.
    pub proof: Option<Proof>,
    /// Since when that is so, as far as it can tell: the earliest of what the signs say.
    pub since: Option<Moment>,
    /// When it came to know that it stands so.
    pub known: Option<Moment>,
    /// Members who were heard on its branch: in this epoch, and after the first sign where there is one. Ascending.
    pub here: Vec<Vec<u8>>,
    /// Members who are elsewhere, by a sign that is more than a suspicion. Ascending.
    pub elsewhere: Vec<Vec<u8>>,
    /// What speaks for it, in the order in which it came to know.
    pub signs: Vec<Sign>,
    /// Answers of its hub that have come.
    pub deliveries: u64,
}

/// Whether a sign says where a member is.
fn places(sign: &Sign) -> bool {
    sign.member.is_some() && sign.proof > Proof::Suspicion
}

impl Knowledge {
    /// What follows from these signs. `others` are all members but oneself, `heard` those who were heard here, with the last
    /// time.
    pub(super) fn of(
        signs: Vec<Sign>,
        others: &BTreeSet<Vec<u8>>,
        heard: impl Fn(&Vec<u8>) -> Option<Moment>,
        (epoch, deliveries): (u64, u64),
    ) -> Self {
        let elsewhere: BTreeSet<_> = signs
            .iter()
            .filter(|s| places(s))
            .filter_map(|s| s.member.clone())
            .filter(|m| others.contains(m))
            .collect();
        let first = signs.iter().map(|sign| sign.seen.order).min();
        let counts =
            |moment: Moment| first.map_or(moment.epoch == epoch, |first| moment.order > first && moment.epoch >= epoch);
        let is_here = |member: &&Vec<u8>| !elsewhere.contains(*member) && heard(member).is_some_and(counts);
        let here: Vec<_> = others.iter().filter(is_here).cloned().collect();
        // That somebody broke a rule says nothing of those who keep to it.
        let more = signs.iter().any(|sign| places(sign) && sign.what != What::Policy);
        let standing = match (elsewhere.len(), here.len()) {
            (0, _) if signs.is_empty() => Standing::Together,
            (0, _) => Standing::Doubt,
            (e, 0) if more || e == others.len() => Standing::Alone,
            (e, h) if h > 0 && e > h.saturating_add(1) => Standing::Minority,
            _ => Standing::Apart,
        };
        Self {
            standing,
            proof: signs.iter().map(|sign| sign.proof).max(),
            since: signs.iter().map(|sign| sign.since).min(),
            known: None,
            here,
            elsewhere: elsewhere.into_iter().collect(),
            signs,
            deliveries,
        }
    }
}
