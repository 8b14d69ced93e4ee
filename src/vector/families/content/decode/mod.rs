//! `content/decode`: which octets are a message.
//!
//! | file | what |
//! |---|---|
//! | `rows` | what its tables are written with |
//! | `wellformed` | well-formed CBOR, UTF-8, truncation, claimed lengths |
//! | `deterministic` | the deterministic encoding (section 6.1) |
//! | `floats` | floating point numbers, NaN, bignums (sections 6.1 and 6.2) |
//! | `model` | keys and values of extensions (sections 4.3 and 6.2) |
//! | `types` | items of another type (appendix A.1) |
//! | `schema` | arities, lengths and ranges (appendix A.1) |
//! | `parts` | kinds of parts (section 4.4) |
//! | `depth` | depth (section 6.3) |
//! | `examples` | the draft's examples |
//! | `notes` | what the flags mean |

mod depth;
mod deterministic;
mod examples;
mod floats;
mod model;
mod notes;
mod parts;
mod rows;
mod schema;
mod types;
mod wellformed;

use crate::vector::File;
use crate::vector::families::build;
pub(super) use examples::{EXAMPLES, Example, ROOM};
pub(in crate::vector::families) use rows::NAME;

pub(in crate::vector::families) fn file() -> File {
    let groups = [
        wellformed::groups(),
        deterministic::groups(),
        floats::groups(),
        model::groups(),
        types::groups(),
        schema::groups(),
        parts::groups(),
        depth::groups(),
        examples::groups(),
    ];
    build::file(build::CONTENT, NAME, notes::NOTES, groups.into_iter().flatten().collect())
}
