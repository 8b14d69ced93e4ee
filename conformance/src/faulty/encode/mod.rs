//! Bugs of encoders.
//!
//! | file | what |
//! |---|---|
//! | `octets` | other octets than the deterministic encoding |
//! | `values` | octets where there are none to write, other values than given, and refusals where there are octets |
//! | `rewrite` | changes octets that the reference wrote, and messages that it is to write |

mod octets;
mod rewrite;
mod values;

pub(super) use octets::OCTETS;
pub(super) use values::VALUES;
