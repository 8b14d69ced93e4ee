//! `fork/graph`: what a hub makes of commits that lead apart, of reports, and what it ends (`docs/spec/forks.md`).
//!
//! | file | what |
//! |---|---|
//! | `scene` | the words that sequences are written in |
//! | `partitions`, `reports`, `ending` | sequences |
//! | `hostile` | commits of a hostile member (feature `fuzzing`) |
//! | `open` | what no document decides |
//! | `malformed` | what is no report |
//! | `notes` | what the flags mean |

mod ending;
#[cfg(feature = "fuzzing")]
mod hostile;
mod malformed;
mod notes;
mod open;
mod partitions;
mod reports;
mod scene;

use crate::vector::families::build::{self, DELIVERY, group};
use crate::vector::{Case, File};

pub(in crate::vector::families) const NAME: &str = "fork/graph";

/// Name, flag and rule, comment; settings as JSON; steps.
type Row = ((&'static str, &'static str, &'static str), &'static str, &'static str);

fn played(rows: &[Row]) -> Vec<Case> {
    let settings = |text: &str| serde_json::from_str(text).unwrap_or_default();
    rows.iter().map(|(what, set, steps)| scene::play("blind", *what, settings(set), steps)).collect()
}

pub(in crate::vector::families) fn file() -> File {
    #[allow(unused_mut, reason = "members are there with the feature alone")]
    let mut groups = vec![
        group("partitions", played(partitions::ROWS)),
        group("reports", played(reports::ROWS)),
        group("ended branches", played(ending::ROWS)),
        group("what no document decides", open::cases()),
        group("what is no report", malformed::cases()),
    ];
    #[cfg(feature = "fuzzing")]
    groups.push(match hostile::cases() {
        Ok(cases) => group("hostile commits", cases),
        Err(refused) => build::failed("hostile commits", &refused),
    });
    build::file(DELIVERY, NAME, notes::NOTES, groups)
}
