//! The stateless operations of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `codec` | `room/decode`, `room/encode` |
//! | `value` | what structures are made of, as values |
//! | `records` | structures that are their fields |
//! | `choices` | structures whose fields depend on a code |

mod choices;
mod codec;
mod records;
mod value;

pub(super) use codec::{decode, encode};
