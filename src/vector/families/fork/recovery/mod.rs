//! After a fork: clients of a branch that nobody follows any more, who come back because their users have agreed to it, and
//! members of the surviving branch, who see others come back. Both branches are valid to those who are on them.
//!
//! | file | what |
//! |---|---|
//! | `returning` | a client of the other branch gets a Welcome of the surviving one |
//! | `agreed` | what its user has not agreed to |
//! | `surviving` | members whose commits take others in again |
//! | `successor` | groups that take the place of another |
//! | `alone` | external commits of the client itself |
//! | `fork` | a group that has split, and words for what is asked |
//! | `notes` | what the flags mean |

mod agreed;
mod alone;
mod fork;
mod notes;
mod returning;
mod successor;
mod surviving;

use super::super::build::{self, MLS, failed, group};
use super::super::client::variants::{Play, play_half};
use crate::vector::File;
use std::sync::OnceLock;

/// The family.
pub(in crate::vector::families) const NAME: &str = "fork/recovery";

type Scripts = (&'static str, &'static [(&'static str, Play)]);

const SCRIPTS: &[Scripts] = &[
    ("coming back by a Welcome", returning::SCRIPTS),
    ("what nobody has agreed to", agreed::SCRIPTS),
    ("seeing others come back", surviving::SCRIPTS),
    ("successors", successor::SCRIPTS),
    ("coming back by an external commit", alone::SCRIPTS),
];

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let made = SCRIPTS.iter().map(|(name, scripts)| match play_half(NAME, scripts) {
            Ok(cases) => group(name, cases),
            Err(refusal) => failed(name, &refusal),
        });
        build::file(MLS, NAME, notes::NOTES, made.collect())
    })
    .clone()
}
