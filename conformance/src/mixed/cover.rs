//! Covering assignments: for any two roles and any two implementations (or one twice) there is a run in which the
//! first role is played by the first and the second by the second.

use std::collections::BTreeSet;

/// Which implementation plays each role, by index.
pub type Assignment = Vec<usize>;

/// Role and implementation, twice.
type Pair = ((usize, usize), (usize, usize));

/// Few assignments that cover every pair; with one role, one for each implementation. Greedy, and the same at every
/// call: each run starts with the first pair that is not covered yet, and fills the other roles with what covers most.
#[must_use]
pub fn cover(roles: usize, implementations: usize) -> Vec<Assignment> {
    if roles < 2 {
        return (0..implementations).map(|i| vec![i; roles]).collect();
    }
    let mut open = pairs(roles, implementations);
    let mut runs = vec![];
    while let Some(((role_a, a), (role_b, b))) = open.first().copied() {
        let mut run: Vec<Option<usize>> = vec![None; roles];
        set(&mut run, role_a, a);
        set(&mut run, role_b, b);
        for role in 0..roles {
            if run.get(role).copied().flatten().is_some() {
                continue;
            }
            // The last of equals, so that implementations take turns.
            let best = (0..implementations).max_by_key(|i| gain(&open, &run, role, *i)).unwrap_or_default();
            set(&mut run, role, best);
        }
        let run: Assignment = run.into_iter().map(Option::unwrap_or_default).collect();
        for pair in covered(&run) {
            open.remove(&pair);
        }
        runs.push(run);
    }
    runs
}

/// How many pairs there are to cover.
#[must_use]
pub fn pairs(roles: usize, implementations: usize) -> BTreeSet<Pair> {
    let mut all = BTreeSet::new();
    for (role_a, role_b) in (0..roles).flat_map(|a| (a + 1..roles).map(move |b| (a, b))) {
        for (a, b) in (0..implementations).flat_map(|a| (0..implementations).map(move |b| (a, b))) {
            all.insert(((role_a, a), (role_b, b)));
        }
    }
    all
}

/// The pairs that an assignment covers.
pub fn covered(run: &[usize]) -> impl Iterator<Item = Pair> + '_ {
    let later = move |(role, a): (usize, &usize)| {
        let first = (role, *a);
        run.iter().copied().enumerate().skip(role + 1).map(move |second| (first, second))
    };
    run.iter().enumerate().flat_map(later)
}

fn set(run: &mut [Option<usize>], role: usize, implementation: usize) {
    if let Some(place) = run.get_mut(role) {
        *place = Some(implementation);
    }
}

/// How many open pairs a choice for a role covers, with the roles that are filled.
fn gain(open: &BTreeSet<Pair>, run: &[Option<usize>], role: usize, implementation: usize) -> usize {
    let filled = run.iter().enumerate().filter_map(|(other, chosen)| chosen.map(|c| (other, c)));
    let pair = |(other, chosen): (usize, usize)| {
        if other < role { ((other, chosen), (role, implementation)) } else { ((role, implementation), (other, chosen)) }
    };
    filled.filter(|(other, _)| *other != role).filter(|f| open.contains(&pair(*f))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_covered_with_few_runs() {
        for (roles, implementations) in [(1, 3), (2, 2), (3, 2), (3, 3), (5, 3), (6, 4), (4, 1)] {
            let runs = cover(roles, implementations);
            let mut open = pairs(roles, implementations);
            runs.iter().flat_map(|run| covered(run)).for_each(|pair| {
                open.remove(&pair);
            });
            assert!(open.is_empty(), "{roles} roles, {implementations} implementations: {open:?}");
            let most = implementations * implementations * 2 + roles;
            assert!(runs.len() <= most, "{roles} roles, {implementations} implementations: {} runs", runs.len());
            assert!(runs.iter().all(|run| run.len() == roles && run.iter().all(|i| *i < implementations)));
        }
        assert_eq!(cover(3, 2), cover(3, 2));
    }
}
