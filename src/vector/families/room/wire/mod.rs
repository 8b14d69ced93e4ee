//! `room/wire`: octets ⇄ the structures of draft-ietf-mimi-protocol, in the profile of `docs/spec/room.md`.
//!
//! | file | what |
//! |---|---|
//! | `whole` | structures as they should be, decoded and encoded |
//! | `rules` | what the draft asks beyond the syntax |
//! | `open` | what the draft leaves open |
//! | `notes` | what the flags mean |

mod notes;
mod open;
mod rules;
mod whole;

use crate::vector::File;
use crate::vector::families::build;
use crate::vector::families::structures::damage;
use crate::vector::forge::room::every;
#[cfg(test)]
pub(in crate::vector::families) use notes::ALSO;

pub(in crate::vector::families) const NAME: &str = "room/wire";

pub(in crate::vector::families) fn file() -> File {
    let groups = [whole::groups(), damage::groups(&every()), rules::groups(), open::groups()];
    let mut groups: Vec<_> = groups.into_iter().flatten().collect();
    build::also(&mut groups, notes::ALSO);
    build::file(build::PROTOCOL, NAME, notes::NOTES, groups)
}
