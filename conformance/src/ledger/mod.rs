//! The requirements, and which cases test them.
//!
//! | file | what |
//! |---|---|
//! | `entry` | the files of `conformance/requirements/` as types; loading |
//! | `coverage` | entries and the cases that name them, section by section, with the denominator |
//! | `problems` | what must not be: an entry without case or reason, a name without entry |

mod coverage;
mod entry;
mod problems;

pub use coverage::{Cases, Counts, Coverage, Status, coverage};
pub use entry::{Addressee, Document, Entry, Ledger, level_name};
pub use problems::problems;

#[cfg(test)]
mod tests;
