//! Every bug against every case: what the suite is worth.

use super::bug::{Bug, Faulty, all};
use mimicheck::adapter::Implementation;
use mimicheck::vector::{Case, Dialect, File, Outcome, Profile, Verdict, judge};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What catches one bug.
#[derive(Clone, Debug)]
pub struct Kill {
    /// The bug.
    pub bug: &'static Bug,
    /// Ids of the cases that catch it under the strict profile, in the order of the files.
    pub strict: Vec<String>,
    /// How many of them catch it under the receiver profile, too.
    pub receiver: usize,
}

/// All bugs with what catches them, and the cases that catch none.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// One a bug, in the order of the list.
    pub kills: Vec<Kill>,
    /// Number of cases.
    pub cases: usize,
    /// The cases that catch nothing, and why that may be.
    pub idle: Vec<(String, Idle)>,
}

impl Matrix {
    /// The bugs that nothing catches.
    pub fn survivors(&self) -> impl Iterator<Item = &Kill> {
        self.kills.iter().filter(|k| k.strict.is_empty())
    }
}

/// What a case that catches no bug is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Idle {
    /// It is contested, and cannot fail anybody.
    Contested,
    /// It is to be accepted, and guards against what is stricter than the documents.
    Accepts,
    /// It is to be refused, at another place than those that do catch a bug.
    Refuses,
}

impl Idle {
    fn of(case: &Case) -> Self {
        match (&case.contested, case.expect.verdict) {
            (Some(_), _) => Self::Contested,
            (None, Verdict::Reject) => Self::Refuses,
            (None, Verdict::Accept | Verdict::Either) => Self::Accepts,
        }
    }
}

/// Asks each bug that `wanted` names every case, on all cores; `done` is called after each bug.
pub fn matrix(files: &[File], wanted: impl Fn(&Bug) -> bool, done: impl Fn() + Sync) -> Matrix {
    let cases: Vec<&Case> = files.iter().flat_map(File::cases).collect();
    let bugs: Vec<&'static Bug> = all().filter(|b| wanted(b)).collect();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    // A seeded crash is a verdict here, and no news for stderr.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut kills: Vec<(usize, Kill)> = std::thread::scope(|scope| {
        let work = || {
            let mut found = vec![];
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                let Some(bug) = bugs.get(i) else { return found };
                found.push((i, kill(bug, &cases)));
                done();
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap_or_default()).collect()
    });
    std::panic::set_hook(hook);
    kills.sort_by_key(|(i, _)| *i);
    let kills: Vec<Kill> = kills.into_iter().map(|(_, kill)| kill).collect();
    let catching: BTreeSet<&str> = kills.iter().flat_map(|k| &k.strict).map(String::as_str).collect();
    let idle = cases.iter().filter(|c| !catching.contains(c.id.as_str()));
    let idle = idle.map(|c| (c.id.clone(), Idle::of(c))).collect();
    Matrix { cases: cases.len(), idle, kills }
}

fn kill(bug: &'static Bug, cases: &[&Case]) -> Kill {
    let mut kill = Kill { bug, strict: vec![], receiver: 0 };
    for case in cases {
        // Whoever crashes on a case has failed it, in any profile.
        let Ok(answer) = catch_unwind(AssertUnwindSafe(|| Faulty(bug).answer(&case.op, &case.input))) else {
            kill.strict.push(case.id.clone());
            kill.receiver += 1;
            continue;
        };
        let fails = |profile| matches!(judge(case, &answer, Dialect::default(), profile), Outcome::Fail(_));
        if fails(Profile::Strict) {
            kill.strict.push(case.id.clone());
            kill.receiver += usize::from(fails(Profile::Receiver));
        }
    }
    kill
}
