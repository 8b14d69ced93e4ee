//! Bugs of rooms at a hub, and of those who follow one.
//!
//! | file | what |
//! |---|---|
//! | `bent` | a room that sees its group, or signs, otherwise; how bugs are put around one |
//! | `setting`, `seeing`, `signing`, `telling`, `following`, `keying`, `keeping` | the bugs |

mod bent;
mod following;
mod keeping;
mod keying;
mod seeing;
mod setting;
mod signing;
mod telling;

pub(super) use bent::{Seen, Sees};
pub(super) use following::BUGS as FOLLOWING;
pub(super) use keeping::BUGS as KEEPING;
pub(super) use keying::BUGS as KEYING;
pub(super) use seeing::BUGS as SEEING;
pub(super) use setting::BUGS as SETTING;
pub(super) use signing::BUGS as SIGNING;
pub(super) use telling::BUGS as TELLING;

use mimicheck::adapter::reference::{NotifiedLog, Opening};
use mimicheck::delivery::{KeyDesk, KeySettings, Refused, RoomHub};

/// Makes a room with a bug.
pub(super) type RoomFault = fn(Opening) -> Result<Box<dyn RoomHub>, Refused>;
/// Makes the memory of a follower with a bug.
pub(super) type FollowerFault = fn(usize) -> Box<dyn NotifiedLog>;
/// Makes a provider of key material with a bug.
pub(super) type KeysFault = fn(KeySettings) -> Box<dyn KeyDesk>;
