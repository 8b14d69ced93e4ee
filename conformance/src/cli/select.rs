//! Which cases: arguments that several subcommands share.

use crate::project::{Failure, Project, load};
use crate::runner::{Job, Selection, Shard, jobs, shuffle};
use mimicheck::entropy::Seed;
use mimicheck::vector::{File, Level};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Options {
    /// Vector files, or folders of them [default: vectors/]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only cases whose id matches; * also matches /
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    pub(super) run: Vec<String>,
    /// No case whose id matches
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    pub(super) skip: Vec<String>,
    /// Only cases that test a requirement whose id matches
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    requirement: Vec<String>,
    /// Only cases of this level: must, should, may, format
    #[arg(long, value_name = "LEVEL", value_parser = level, help_heading = "Selection")]
    level: Vec<Level>,
    /// Only families whose name matches
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    family: Vec<String>,
    /// Only the I-th of N parts of all cases
    #[arg(long, value_name = "I/N", help_heading = "Selection")]
    shard: Option<Shard>,
}

/// The order in which the cases are taken.
#[derive(Debug, clap::Args)]
pub(super) struct Order {
    /// Take the cases in an order that depends on this text alone
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    pub seed: Option<String>,
}

/// The cases of an invocation.
pub(super) struct Cases {
    /// The files they come from.
    pub files: Vec<File>,
    /// All of them.
    pub all: Vec<Job>,
    /// Those selected, in the order in which to take them.
    pub jobs: Vec<Job>,
}

impl Options {
    pub(super) fn cases(&self, project: &Project, order: &Order) -> Result<Cases, Failure> {
        let files = self.files(project)?;
        let all = jobs(&files);
        // Mixed runs are selected by the same globs; who wants nothing else wants no case.
        let mixed_only = !self.run.is_empty() && self.run.iter().all(|glob| glob.starts_with("mixed/"));
        let mut jobs = if mixed_only { vec![] } else { self.selection().apply(&all)? };
        if let Some(seed) = &order.seed {
            shuffle(&mut jobs, &Seed::new(seed));
        }
        Ok(Cases { files, all, jobs })
    }

    fn selection(&self) -> Selection {
        Selection {
            run: self.run.clone(),
            skip: self.skip.clone(),
            requirements: self.requirement.clone(),
            levels: self.level.clone(),
            families: self.family.clone(),
            shard: self.shard,
        }
    }

    fn files(&self, project: &Project) -> Result<Vec<File>, Failure> {
        if self.paths.is_empty() {
            return project.load_vectors();
        }
        let mut paths = vec![];
        for path in &self.paths {
            collect(path, &mut paths)?;
        }
        paths.sort();
        paths.dedup();
        paths.iter().map(|path| load(path)).collect()
    }
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.is_dir() {
        crate::project::json_files(path, found)
    } else {
        // A file that is not there is told from an unreadable one by `load`.
        found.push(path.to_owned());
        Ok(())
    }
}

fn level(text: &str) -> Result<Level, String> {
    serde_json::from_value(text.into()).map_err(|_| "none of must, should, may, format".to_owned())
}
