//! The stateless operations of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `codec` | `room/decode`, `room/encode` |
//! | `franking` | `room/franking-tag`, `room/frank`, `room/verify-frank`, `room/verify-report` |
//! | `value` | what structures are made of, as values |
//! | `records` | structures that are their fields |
//! | `choices` | structures whose fields depend on a code |

mod choices;
mod codec;
mod franking;
mod records;
mod value;

pub(super) use codec::{decode, encode};
pub(super) use franking::{frank, tag as franking_tag, verify_frank, verify_report};
