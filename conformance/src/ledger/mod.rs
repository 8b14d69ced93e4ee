//! The requirements, and which cases and scenarios test them.
//!
//! | file | what |
//! |---|---|
//! | `entry` | the files of `conformance/requirements/` as types; loading |
//! | `coverage` | entries, and the cases and scenarios that name them, document by document and section by section, with the denominator |
//! | `problems` | what must not be: an entry without test or reason, a name without entry |

mod coverage;
mod entry;
mod problems;

pub use coverage::{Cases, Counts, Coverage, Covered, Status, coverage};
pub use entry::{Addressee, Document, Entry, Ledger, Stage, level_name};
pub use problems::problems;

#[cfg(test)]
mod tests;
