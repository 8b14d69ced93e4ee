//! `delivery/hub`: what a hub answers to a sequence of requests (sections 3 to 6).
//!
//! | file | what |
//! |---|---|
//! | `scene` | what the sequences are written with |
//! | `receiving`, `sending`, `commits`, `welcomes`, `joining`, `key_packages`, `termination`, `limits`, `malformed` | sequences |
//! | `tracking` | `delivery/tracking`: the hub that reads handshakes (feature `fuzzing`: its messages are real) |
//! | `invalid`, `allowed` | the same hub, told to refuse: broken rules of MLS, and of a room |
//! | `notes` | what the flags mean |

#[cfg(feature = "fuzzing")]
mod allowed;
mod commits;
#[cfg(feature = "fuzzing")]
pub(in crate::vector::families) mod invalid;
mod joining;
mod key_packages;
mod limits;
mod malformed;
mod notes;
mod receiving;
mod scene;
mod sending;
mod termination;
#[cfg(feature = "fuzzing")]
pub(in crate::vector::families) mod tracking;
mod welcomes;

use crate::vector::File;
use crate::vector::families::build::{self, DELIVERY, group};
#[cfg(test)]
pub(in crate::vector::families) use notes::ALSO;
pub(in crate::vector::families) use scene::NAME;

pub(in crate::vector::families) fn file() -> File {
    let mut groups = vec![
        group("receiving", receiving::cases()),
        group("sending", sending::cases()),
        group("commits", commits::cases()),
        group("Welcomes", welcomes::cases()),
        group("external joins and GroupInfos", joining::cases()),
        group("KeyPackages", key_packages::cases()),
        group("terminated branches", termination::cases()),
        group("limits", limits::cases()),
        group("what cannot be read, and wrong moments", malformed::cases()),
    ];
    build::also(&mut groups, notes::ALSO);
    build::file(DELIVERY, NAME, notes::NOTES, groups)
}
