//! Bugs of the stateless operations of the delivery draft.
//!
//! | file | what |
//! |---|---|
//! | `octets` | asking the reference again with octets that were mended where it refused them |
//! | `takes` | bugs that take what is no structure |
//! | `reads` | bugs that refuse or misread what is one |
//! | `writes` | bugs of encoding |
//! | `keys` | bugs of partition keys |

mod keys;
pub(super) mod octets;
mod reads;
mod takes;
mod writes;

pub(super) use keys::BUGS as KEYS;
pub(super) use reads::BUGS as READS;
pub(super) use takes::BUGS as TAKES;
pub(super) use writes::BUGS as WRITES;
