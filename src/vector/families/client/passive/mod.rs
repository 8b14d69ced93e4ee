//! A client that only follows: private keys, a Welcome, messages in order; what to accept and what to refuse.
//!
//! | file | what |
//! |---|---|
//! | `follow` | epochs that come and go |
//! | `damaged` | octets that are not what was sent |
//! | `order` | messages of another epoch, group or branch |
//! | `proposals` | commits that refer to proposals |
//! | `external` | people who join by themselves |
//! | `leaving` | people who go, the client among them |
//! | `application` | application messages, twice, late and out of order |
//! | `envelope` | what came beside a commit |
//! | `notes` | what the flags mean |

mod application;
mod damaged;
mod envelope;
mod external;
mod follow;
mod leaving;
mod notes;
mod order;
mod proposals;

use super::variants::{Play, also, play};
#[cfg(test)]
pub(in crate::vector::families) use notes::ALSO;

use crate::vector::File;
use crate::vector::families::build::{self, MLS, failed, group};
use std::sync::OnceLock;

/// The family.
pub(in crate::vector::families) const NAME: &str = "client/passive";

type Scripts = (&'static str, &'static [(&'static str, Play)]);

const SCRIPTS: &[Scripts] = &[
    ("follows epochs", follow::SCRIPTS),
    ("damaged octets", damaged::SCRIPTS),
    ("other epochs, groups and branches", order::SCRIPTS),
    ("proposals", proposals::SCRIPTS),
    ("external commits", external::SCRIPTS),
    ("leaving", leaving::SCRIPTS),
    ("application messages", application::SCRIPTS),
    ("envelopes", envelope::SCRIPTS),
];

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let made = SCRIPTS.iter().map(|(name, scripts)| match play(NAME, scripts) {
            Ok(cases) => group(name, cases),
            Err(refusal) => failed(name, &refusal),
        });
        let mut groups: Vec<_> = made.collect();
        also(&mut groups, notes::ALSO);
        build::file(MLS, NAME, notes::NOTES, groups)
    })
    .clone()
}
