//! Which cases, and in which order.

use crate::project::Failure;
use globset::{GlobBuilder, GlobMatcher};
use mimicheck::entropy::Seed;
use mimicheck::vector::{Case, File, Level};
use std::str::FromStr;
use std::sync::Arc;

/// A case and where it comes from.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its place among all cases of the files read; what shards count.
    pub order: usize,
    /// The case.
    pub case: Arc<Case>,
    /// Its file's family.
    pub family: Arc<str>,
}

/// Every case of the files, in their order.
#[must_use]
pub fn jobs(files: &[File]) -> Vec<Job> {
    let cases = files.iter().flat_map(|file| {
        let family: Arc<str> = file.family.as_str().into();
        file.cases().map(move |case| (family.clone(), Arc::new(case.clone())))
    });
    cases.enumerate().map(|(order, (family, case))| Job { order, case, family }).collect()
}

/// The `index`-th of `of` parts, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parsed {
            Some((index, of)) if (1..=of).contains(&index) => Ok(Self { index, of }),
            _ => Err("not of the form I/N with 1 <= I <= N, such as 2/4".to_owned()),
        }
    }
}

impl Shard {
    fn holds(self, order: usize) -> bool {
        order.checked_rem(self.of) == Some(self.index.wrapping_sub(1))
    }
}

/// Which cases to take. What is empty selects everything.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Globs over ids; one must match.
    pub run: Vec<String>,
    /// Globs over ids; none may match.
    pub skip: Vec<String>,
    /// Globs over requirement ids; one must match one of the case's.
    pub requirements: Vec<String>,
    /// Levels.
    pub levels: Vec<Level>,
    /// Globs over families.
    pub families: Vec<String>,
    /// One part of all.
    pub shard: Option<Shard>,
}

impl Selection {
    /// The cases selected, in their order.
    ///
    /// # Errors
    /// A glob that is none, or nothing selected.
    pub fn apply(&self, all: &[Job]) -> Result<Vec<Job>, Failure> {
        let run = matchers(&self.run)?;
        let skip = matchers(&self.skip)?;
        let requirements = matchers(&self.requirements)?;
        let families = matchers(&self.families)?;
        let any = |globs: &[GlobMatcher], text: &str| globs.iter().any(|g| g.is_match(text));
        let selected = |job: &&Job| {
            (run.is_empty() || any(&run, &job.case.id))
                && !any(&skip, &job.case.id)
                && (requirements.is_empty() || job.case.requirements.iter().any(|r| any(&requirements, r)))
                && (self.levels.is_empty() || self.levels.contains(&job.case.level))
                && (families.is_empty() || any(&families, &job.family))
                && self.shard.is_none_or(|shard| shard.holds(job.order))
        };
        let jobs: Vec<Job> = all.iter().filter(selected).cloned().collect();
        if jobs.is_empty() {
            let next = "see mimicheck list cases; a glob such as 'content/decode/*' needs quotes";
            return Err(Failure::usage(format!("no case selected, of {}; {next}", all.len())));
        }
        Ok(jobs)
    }
}

/// A glob over ids, in which `*` also matches `/`.
///
/// # Errors
/// It is none.
pub fn matcher(glob: &str) -> Result<GlobMatcher, Failure> {
    let glob = GlobBuilder::new(glob).literal_separator(false).build().map_err(Failure::usage)?;
    Ok(glob.compile_matcher())
}

fn matchers(globs: &[String]) -> Result<Vec<GlobMatcher>, Failure> {
    globs.iter().map(|g| matcher(g)).collect()
}

/// Shuffles, the same way for the same seed (Fisher and Yates).
pub fn shuffle(jobs: &mut [Job], seed: &Seed) {
    let mut stream = seed.stream("runner/order");
    for last in (1..jobs.len()).rev() {
        let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        jobs.swap(last, usize::try_from(stream.below(bound)).unwrap_or(last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Job> {
        let text = include_str!("../../tests/data/content/decode.json");
        jobs(&[File::parse(text).unwrap()])
    }

    fn ids(selection: &Selection) -> Vec<String> {
        selection.apply(&all()).unwrap().iter().map(|j| j.case.id.clone()).collect()
    }

    #[test]
    fn globs_select() {
        let run =
            |globs: &[&str]| ids(&Selection { run: globs.iter().map(|g| (*g).into()).collect(), ..<_>::default() });
        assert_eq!(run(&[]).len(), 5);
        assert_eq!(run(&["content/*"]).len(), 5);
        assert_eq!(run(&["*/salt-1?-octets"]), ["content/decode/salt-15-octets"]);
        assert_eq!(run(&["*/salt-*", "*/empty"]), ["content/decode/empty", "content/decode/salt-15-octets"]);
        let nothing = Selection { run: vec!["nothing".into()], ..<_>::default() };
        assert_eq!(nothing.apply(&all()).unwrap_err().exit, crate::exit::Exit::Usage);
        let broken = Selection { run: vec!["[".into()], ..<_>::default() };
        assert!(broken.apply(&all()).is_err());
        let skip = Selection { skip: vec!["*/salt-*".into()], ..<_>::default() };
        assert_eq!(ids(&skip).len(), 4);
        let level = Selection { levels: vec![Level::Must], ..<_>::default() };
        assert_eq!(ids(&level).len(), 2);
        let requirement = Selection { requirements: vec!["*:salt-16".into()], ..<_>::default() };
        assert_eq!(ids(&requirement), ["content/decode/salt-15-octets"]);
    }

    #[test]
    fn shards_are_a_partition() {
        let shard = |text: &str| ids(&Selection { shard: Some(text.parse().unwrap()), ..<_>::default() });
        let mut together = [shard("1/2"), shard("2/2")].concat();
        together.sort();
        let mut everything = ids(&Selection::default());
        everything.sort();
        assert_eq!(together, everything);
        for wrong in ["0/2", "3/2", "1", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_seed_orders_the_same_way_always() {
        let order = |seed: &str| {
            let mut jobs = all();
            shuffle(&mut jobs, &Seed::new(seed));
            jobs.iter().map(|j| j.order).collect::<Vec<_>>()
        };
        assert_eq!(order("a"), order("a"));
        let mut orders: Vec<_> = ["a", "b", "c", "d"].map(order).into();
        assert!(orders.iter().any(|o| o != &orders[0]));
        for order in &mut orders {
            order.sort_unstable();
            assert_eq!(*order, [0, 1, 2, 3, 4]);
        }
    }
}
