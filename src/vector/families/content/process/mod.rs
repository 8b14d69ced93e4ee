//! `content/process`: which leaves a receiver handles (section 4.4).
//!
//! | file | what |
//! |---|---|
//! | `rows` | what its tables are written with |
//! | `semantics` | leaves, choose-one, single-unit, process-all |
//! | `references` | references between parts |
//! | `examples` | the draft's examples, and media types in other spellings |
//! | `notes` | what the flags mean |

mod examples;
mod notes;
mod references;
mod rows;
mod semantics;

use crate::vector::File;
use crate::vector::families::build;
pub(in crate::vector::families) use rows::NAME;

pub(in crate::vector::families) fn file() -> File {
    let groups = [semantics::groups(), references::groups(), examples::groups()];
    build::file(build::CONTENT, NAME, notes::NOTES, groups.into_iter().flatten().collect())
}
