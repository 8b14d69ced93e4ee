//! `content/thread`: what a sequence of messages amounts to (sections 4.1, 5.3, 5.5-5.8, 5.11, 9.3).
//!
//! | file | what |
//! |---|---|
//! | `talk` | what its tables are written with: who said what, and what it amounts to |
//! | `edits` | edits, deletes, and who may |
//! | `replies` | replies, reactions, unlikes |
//! | `time` | expiry, order, topics |
//! | `strange` | duplicates, unknown targets, what does not decode |
//! | `conversation` | the draft's own messages |
//! | `notes` | what the flags mean |

mod conversation;
mod edits;
mod notes;
mod replies;
mod strange;
mod talk;
mod time;

use crate::vector::File;
use crate::vector::families::build;
pub(in crate::vector::families) use talk::NAME;

pub(in crate::vector::families) fn file() -> File {
    let groups = [edits::groups(), replies::groups(), time::groups(), strange::groups(), conversation::groups()];
    build::file(build::CONTENT, NAME, notes::NOTES, groups.into_iter().flatten().collect())
}
