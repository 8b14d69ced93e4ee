//! `room/franking`: tags, franks and reports of draft-ietf-mimi-protocol, in the profile of `docs/spec/franking.md`.
//!
//! | file | what |
//! |---|---|
//! | `scene` | a message, its hub and its receiver, all of it right until told otherwise |
//! | `tags` | what a sender computes |
//! | `franks` | what a hub computes |
//! | `verified` | franks that a receiver takes |
//! | `refused` | franks that it does not: what is missing, whose they are, and what they are of |
//! | `signatures` | signatures that do not verify |
//! | `reports` | what a hub says to reports |
//! | `open` | what the draft leaves open |
//! | `notes` | what the flags mean |

mod franks;
mod notes;
mod open;
mod refused;
mod reports;
mod scene;
mod signatures;
mod tags;
mod verified;

use crate::vector::File;
use crate::vector::families::build;

pub(in crate::vector::families) const NAME: &str = "room/franking";

pub(in crate::vector::families) fn file() -> File {
    let groups = [
        tags::groups(),
        franks::groups(),
        verified::groups(),
        refused::groups(),
        signatures::groups(),
        reports::groups(),
        open::groups(),
    ];
    build::file(build::PROTOCOL, NAME, notes::NOTES, groups.into_iter().flatten().collect())
}
