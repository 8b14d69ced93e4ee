//! Bugs of the structures of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `takes` | bugs that take what is no structure |
//! | `reads` | bugs that refuse or misread what is one |
//! | `writes` | bugs of encoding |

mod reads;
mod takes;
mod writes;

pub(super) use reads::BUGS as READS;
pub(super) use takes::BUGS as TAKES;
pub(super) use writes::BUGS as WRITES;
