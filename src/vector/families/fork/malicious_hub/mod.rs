//! `fork/malicious-hub`: whole sessions of a client whose hub withholds, reorders, replays, rewrites, hints at what is not there, or shows members
//! different orders. What the client reads, what it must know of it by `docs/spec/forks.md` section 4, what it must not do, and
//! what must work afterwards.
//!
//! | file | what |
//! |---|---|
//! | `scene` | the words that sessions are written in |
//! | `honest` | hubs that do nothing wrong |
//! | `withholding` | what does not come, or comes late |
//! | `order` | other orders, repetitions, other octets |
//! | `envelopes` | what stands beside commits, and commits against policy |
//! | `reports` | what members say elsewhere, and hints |
//! | `ending` | own messages, and branches that are ended |
//! | `notes` | what the flags mean |

mod ending;
mod envelopes;
mod honest;
mod notes;
mod order;
mod reports;
mod scene;
mod withholding;

use super::super::build::{self, DELIVERY, failed, group};
use super::super::client::variants::{Play, play_half};
use crate::vector::File;
use std::sync::OnceLock;

/// The family.
pub(in crate::vector::families) const NAME: &str = "fork/malicious-hub";

type Scripts = (&'static str, &'static [(&'static str, Play)]);

const SCRIPTS: &[Scripts] = &[
    ("hubs that do nothing wrong", honest::SCRIPTS),
    ("what is withheld", withholding::SCRIPTS),
    ("other orders and other octets", order::SCRIPTS),
    ("false envelopes, and commits against policy", envelopes::SCRIPTS),
    ("hints and reports", reports::SCRIPTS),
    ("own messages, and ended branches", ending::SCRIPTS),
];

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let made = SCRIPTS.iter().map(|(name, scripts)| match play_half(NAME, scripts) {
            Ok(cases) => group(name, cases),
            Err(refusal) => failed(name, &refusal),
        });
        build::file(DELIVERY, NAME, notes::NOTES, made.collect())
    })
    .clone()
}
