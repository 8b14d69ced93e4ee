use super::Evidence;
use std::collections::BTreeMap;

/// By whose word a branch goes on. No rule can tell which branch is right: that is a question about software and policy,
/// and authenticators show only who is together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The branch on which more than half of all members are.
    Majority,
    /// The branch whose tip has this epoch authenticator: an operator, or one person, has looked and says so.
    Operator(Vec<u8>),
    /// The branch for which more than half of all members vote.
    Vote(Ballots),
}

/// For whom each member votes: the epoch authenticator of a tip. It need not be the branch that the member is on: a user
/// whose software went wrong can say so.
pub type Ballots = BTreeMap<Vec<u8>, Vec<u8>>;

/// What a rule comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// This branch goes on, by its place in [`Evidence::branches`].
    Survives(usize),
    /// No branch is terminated by rule.
    Undecided(Undecided),
}

/// Why there is no decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undecided {
    /// There are not two branches.
    NoFork,
    /// No branch has more than half of all members, or of their votes. The silent count as members.
    NoMajority,
    /// The operator names a branch that no report shows.
    UnknownBranch,
}

/// Applies a rule. Silent, contradictory and hesitating members count in the half that a branch must exceed: whoever can be
/// kept from speaking must not decide by it.
#[must_use]
pub fn decide(rule: &Rule, evidence: &Evidence) -> Decision {
    if evidence.branches.len() < 2 {
        return Decision::Undecided(Undecided::NoFork);
    }
    let by_authenticator = |wanted: &[u8]| evidence.branches.iter().position(|b| b.tip.authenticator == wanted);
    let found = match rule {
        Rule::Majority => most(evidence, |at| evidence.branches.get(at).map_or(0, |b| b.members.len())),
        Rule::Operator(authenticator) => match by_authenticator(authenticator) {
            Some(at) => Some(at),
            None => return Decision::Undecided(Undecided::UnknownBranch),
        },
        Rule::Vote(ballots) => {
            // Whoever is no member has no vote; whoever contradicts itself neither.
            let may = |member: &Vec<u8>| {
                let on_branch = evidence.branch_of(member).is_some();
                on_branch || evidence.behind.contains(member) || evidence.silent.contains(member)
            };
            let votes = |at| ballots.iter().filter(|(m, vote)| may(m) && by_authenticator(vote) == Some(at)).count();
            most(evidence, votes)
        }
    };
    found.map_or(Decision::Undecided(Undecided::NoMajority), Decision::Survives)
}

/// The branch with more than half of the roster by this count.
fn most(evidence: &Evidence, count: impl Fn(usize) -> usize) -> Option<usize> {
    let half = evidence.roster() / 2;
    (0..evidence.branches.len()).find(|at| count(*at) > half)
}
