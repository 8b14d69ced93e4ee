//! What makes the vector files sound.
//!
//! | file | what |
//! |---|---|
//! | `suite` | everything that is looked at, read once; what is wrong with it |
//! | `schemas` | the JSON Schemas of `vectors/schema/` |
//! | `file` | rules for one file: schema, canonical form, family, flags and notes, size |
//! | `case` | rules for one case: id, requirements, reasons, readings, offset, octets |
//! | `whole` | rules for all of them together: unique and permanent ids, every reason tested, counts; what scenarios name |

mod case;
mod file;
mod schemas;
mod suite;
mod whole;

pub(crate) use file::first_difference;
pub use schemas::Schemas;
pub(crate) use schemas::compile;
pub use suite::{Problem, Source, Suite, lint};
pub use whole::{IDS, read_ids};

#[cfg(test)]
mod tests;
