//! `delivery/wire`: octets ⇄ the structures of the delivery draft, in the profile of `docs/spec/delivery.md`.
//!
//! | file | what |
//! |---|---|
//! | `whole` | structures as they should be, decoded and encoded |
//! | `messages` | the same inside the structures of MLS |
//! | `forms` | every form of a message, and what has none |
//! | `rules` | what the draft asks beyond the syntax |
//! | `lengths` | lengths at their borders, too long and too short |
//! | `open` | what the draft leaves open |
//! | `values` | values that no octets stand for |
//! | `notes` | what the flags mean |

mod forms;
mod lengths;
mod messages;
mod notes;
mod open;
mod rules;
mod values;
mod whole;

use crate::vector::File;
use crate::vector::families::build;
use crate::vector::families::structures::damage;
use crate::vector::forge::delivery::every;

#[cfg(test)]
pub(in crate::vector::families) use notes::ALSO;

pub(in crate::vector::families) const NAME: &str = "delivery/wire";

pub(in crate::vector::families) fn file() -> File {
    let groups = [
        whole::groups(),
        damage::groups(&every()),
        messages::groups(),
        forms::groups(),
        rules::groups(),
        lengths::groups(),
        open::groups(),
        values::groups(),
    ];
    let mut groups: Vec<_> = groups.into_iter().flatten().collect();
    build::also(&mut groups, notes::ALSO);
    build::file(build::DELIVERY, NAME, notes::NOTES, groups)
}
