//! The stateless operations of the delivery draft.
//!
//! | file | what |
//! |---|---|
//! | `codec` | `delivery/decode`, `delivery/encode` |
//! | `partition_key` | `delivery/partition-key` |
//! | `structures` | every structure by its name |
//! | `value` | what structures and values are made of |
//! | `send`, `receive`, `join` | structure ⇄ value, as in `docs/spec/delivery.md` |

mod codec;
mod join;
mod partition_key;
mod receive;
mod send;
mod structures;
pub(super) mod value;

pub(super) use codec::{decode, encode};
pub(super) use partition_key::partition_key;
