//! `room/key-material`: what a provider answers who asks for its users' KeyPackages, and which client a Welcome is for
//! (draft-ietf-mimi-protocol-06 sections 4.3.1 and 5.2).
//!
//! | file | what |
//! |---|---|
//! | `desk` | Bob's provider, and who asks |
//! | `given` | KeyPackages that are given, and what becomes of them |
//! | `compatible` | cipher suites, capabilities, lifetimes |
//! | `consent` | users who may not be asked for |
//! | `asking` | the request: its signature, and where it goes |
//! | `notes` | what the flags mean |

mod asking;
mod compatible;
mod consent;
mod desk;
mod given;
mod notes;

use crate::vector::File;
use crate::vector::families::build::{self, group};

pub(in crate::vector::families) const NAME: &str = "room/key-material";

pub(in crate::vector::families) fn file() -> File {
    let mut groups = vec![
        group("what is given", given::cases()),
        group("what will do", compatible::cases()),
        group("consent", consent::cases()),
        group("requests", asking::cases()),
    ];
    build::also(&mut groups, notes::ALSO);
    build::file(build::PROTOCOL, NAME, notes::NOTES, groups)
}
