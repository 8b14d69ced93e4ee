use crate::reason::{Reason, recovery as reason};
use crate::wire::tls::{TooLong, Writer};
use std::collections::{BTreeMap, BTreeSet};

/// An epoch on some branch: its number, and the `epoch_authenticator` that tells branches apart (RFC 9420 section 8.7).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Epoch {
    /// Its number.
    pub number: u64,
    /// `epoch_authenticator`, KDF.Nh octets.
    pub authenticator: Vec<u8>,
}

/// What a member says of where it is and was. No document gives it a form; [`Report::octets`] is this suite's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Identity of the member.
    pub member: Vec<u8>,
    /// The group.
    pub group_id: Vec<u8>,
    /// Epochs that it was in, the present one last. One epoch is enough where all have read as far.
    pub trail: Vec<Epoch>,
}

impl Report {
    /// `opaque member<V>; opaque group_id<V>; Epoch trail<V>`, with `Epoch: uint64 number; opaque authenticator<V>`.
    ///
    /// # Errors
    /// A vector of more than 2^30 - 1 octets.
    pub fn octets(&self) -> Result<Vec<u8>, TooLong> {
        let mut trail = Writer::new();
        for epoch in &self.trail {
            trail.u64(epoch.number).opaque(&epoch.authenticator, "authenticator")?;
        }
        let mut w = Writer::new();
        w.opaque(&self.member, "member")?.opaque(&self.group_id, "group_id")?.opaque(&trail.into_octets(), "trail")?;
        Ok(w.into_octets())
    }
}

/// A branch: where its most advanced members are, and who is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its newest epoch that somebody has reported.
    pub tip: Epoch,
    /// Who is on it, by identity.
    pub members: BTreeSet<Vec<u8>>,
}

/// What reports show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Branches, that of most members first; of equal ones that with the smaller tip first, so that all agree.
    pub branches: Vec<Branch>,
    /// The newest epoch that every branch has gone through, where the reports go back so far.
    pub common: Option<Epoch>,
    /// Who is still where several branches begin, and will go with the first that it reads.
    pub behind: BTreeSet<Vec<u8>>,
    /// Who has said two things that can not both be true.
    pub contradictory: BTreeSet<Vec<u8>>,
    /// Who has said nothing.
    pub silent: BTreeSet<Vec<u8>>,
}

impl Evidence {
    /// What these reports show of a group whose members before the fork were `roster`. The last report of a member
    /// counts, unless two of them name one epoch with different authenticators.
    ///
    /// # Errors
    /// `foreign-report`, `empty-report`.
    pub fn of(group_id: &[u8], roster: &BTreeSet<Vec<u8>>, reports: &[Report]) -> Result<Self, Reason> {
        let (trails, contradictory) = trails(group_id, roster, reports)?;
        let silent = roster.iter().filter(|m| !trails.contains_key(*m) && !contradictory.contains(*m)).cloned();
        let mut evidence = Self { silent: silent.collect(), contradictory, ..Self::default() };
        evidence.sort_out(&trails);
        Ok(evidence)
    }

    /// How many were members before the fork.
    #[must_use]
    pub fn roster(&self) -> usize {
        let on_branches: usize = self.branches.iter().map(|b| b.members.len()).sum();
        [self.behind.len(), self.contradictory.len(), self.silent.len()].iter().sum::<usize>() + on_branches
    }

    /// The branch that this member is on, as a place in [`Evidence::branches`].
    #[must_use]
    pub fn branch_of(&self, member: &[u8]) -> Option<usize> {
        self.branches.iter().position(|b| b.members.contains(member))
    }

    fn sort_out(&mut self, trails: &BTreeMap<Vec<u8>, Vec<Epoch>>) {
        // A tip is a present place that nobody else has gone on from.
        let places: BTreeSet<&Epoch> = trails.values().filter_map(|trail| trail.last()).collect();
        let left =
            |place: &Epoch| trails.values().any(|trail| trail.split_last().is_some_and(|(_, r)| r.contains(place)));
        let tips: Vec<&Epoch> = places.into_iter().filter(|place| !left(place)).collect();
        let mut branches: Vec<Branch> =
            tips.iter().map(|tip| Branch { tip: (*tip).clone(), members: BTreeSet::new() }).collect();
        for (member, trail) in trails {
            let Some(place) = trail.last() else { continue };
            let leads_to = |branch: &Branch| passes(trails, &branch.tip, place);
            let mut ahead = branches.iter_mut().filter(|b| leads_to(b));
            match (ahead.next(), ahead.next()) {
                (Some(branch), None) => drop(branch.members.insert(member.clone())),
                _ => drop(self.behind.insert(member.clone())),
            }
        }
        branches.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.tip.cmp(&b.tip)));
        self.common = common(trails);
        self.branches = branches;
    }
}

type Trails = BTreeMap<Vec<u8>, Vec<Epoch>>;

fn trails(
    group_id: &[u8],
    roster: &BTreeSet<Vec<u8>>,
    reports: &[Report],
) -> Result<(Trails, BTreeSet<Vec<u8>>), Reason> {
    let (mut trails, mut contradictory) = (Trails::new(), BTreeSet::new());
    let mut said: BTreeMap<(&[u8], u64), &[u8]> = BTreeMap::new();
    for report in reports {
        if report.group_id != group_id || !roster.contains(&report.member) {
            return Err(reason::FOREIGN_REPORT);
        }
        if report.trail.is_empty() {
            return Err(reason::EMPTY_REPORT);
        }
        for epoch in &report.trail {
            let before = said.insert((&report.member, epoch.number), &epoch.authenticator);
            if before.is_some_and(|before| before != epoch.authenticator) {
                contradictory.insert(report.member.clone());
            }
        }
        trails.insert(report.member.clone(), report.trail.clone());
    }
    trails.retain(|member, _| !contradictory.contains(member));
    Ok((trails, contradictory))
}

/// Whether somebody who is at `tip` was at `place`, or is there.
fn passes(trails: &Trails, tip: &Epoch, place: &Epoch) -> bool {
    trails.values().any(|trail| trail.last() == Some(tip) && trail.contains(place))
}

fn common(trails: &Trails) -> Option<Epoch> {
    let mut all = trails.values();
    let first = all.next()?;
    let shared = |epoch: &&Epoch| trails.values().all(|trail| trail.contains(epoch));
    first.iter().filter(shared).max_by_key(|epoch| epoch.number).cloned()
}
