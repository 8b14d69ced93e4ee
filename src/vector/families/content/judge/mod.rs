//! `content/judge`: nonsensical values (section 9.1).
//!
//! | file | what |
//! |---|---|
//! | `scene` | what its tables are written with: a harmless message, and one thing changed |
//! | `origin` | sender, message ids, timestamps |
//! | `values` | topic, expiry |
//! | `body` | number of parts, depth, size, semantics, and what decoding refuses |
//! | `legitimate` | what must not be taken for malice; several faults at once |
//! | `notes` | what the flags mean |

mod body;
mod legitimate;
mod notes;
mod origin;
mod scene;
mod values;

use crate::vector::File;
use crate::vector::families::build;
pub(in crate::vector::families) use scene::NAME;

pub(in crate::vector::families) fn file() -> File {
    let groups = [origin::groups(), values::groups(), body::groups(), legitimate::groups()];
    build::file(build::CONTENT, NAME, notes::NOTES, groups.into_iter().flatten().collect())
}
