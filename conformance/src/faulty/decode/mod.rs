//! Bugs of decoders.
//!
//! | file | what |
//! |---|---|
//! | `wire` | takes octets that are not deterministic CBOR, or no CBOR |
//! | `model` | takes extensions that the data model forbids |
//! | `values` | takes lengths, integers and depths that the schema forbids |
//! | `types` | takes items of other types, and more or fewer of them, than the schema says |
//! | `shape` | what these two share |
//! | `refuses` | refuses messages that conform; crashes; hangs |
//! | `shows` | understands a message otherwise |

mod model;
mod refuses;
mod shape;
mod shows;
mod types;
mod values;
mod wire;

pub(super) use model::MODEL;
pub(super) use refuses::REFUSES;
pub(super) use shows::SHOWS;
pub(super) use types::TYPES;
pub(super) use values::VALUES;
pub(super) use wire::WIRE;
