use super::fork_world;
use crate::fuzzing::world::Step;
use crate::mls::hostile::Fault;

/// One malformed commit, and what happens before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What happens before.
    pub before: Vec<Step>,
    /// What is wrong with the commit.
    pub fault: Fault,
}

/// Malformed commits at most in one input.
const MOST: usize = 3;
/// Octets for what happens before each.
const BEFORE: usize = 12;

/// Malformed commits: the first octet of each chooses the fault, the next ones what happens before.
#[must_use]
pub fn commit_faults(octets: &[u8]) -> Vec<Deed> {
    let faults: Vec<Fault> = Fault::all().collect();
    let mut rest = octets;
    let mut deeds = vec![];
    while let [which, tail @ ..] = rest
        && deeds.len() < MOST
        && let Some(fault) = usize::from(*which).checked_rem(faults.len()).and_then(|place| faults.get(place))
    {
        let (before, tail) = tail.split_at(tail.len().min(BEFORE));
        let honest = |step: &Step| !matches!(step, Step::Deceive(..) | Step::Remove(..) | Step::Rejoin(_));
        let before: Vec<Step> = fork_world(before).into_iter().filter(honest).collect();
        // The committer's library checks all parent hashes in debug builds: who lies about those of a path that another
        // has made is stopped there, by its own library.
        let pristine =
            deeds.is_empty() && !before.iter().any(|step| matches!(step, Step::Update(_) | Step::Propose(_)));
        let fault = if *fault == Fault::WrongParentHash && !pristine { &Fault::WrongTreeHash } else { fault };
        deeds.push(Deed { before, fault: *fault });
        rest = tail;
    }
    deeds
}
