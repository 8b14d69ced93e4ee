//! Builds octets and their description side by side, right or wrong, without the codec under test.
//!
//! | file | what |
//! |---|---|
//! | `item` | one CBOR item, written exactly as told; marks where the offending one begins |
//! | `message` | a message in plain words: its JSON and its items |
//! | `tls` | a structure of the TLS presentation language, field by field, each of which can be damaged |
//! | `mls` | messages of MLS |
//! | `delivery` | the structures of the delivery draft, octets and value side by side |
//! | `room` | the structures of draft-ietf-mimi-protocol, octets and value side by side |
//! | `franking` | what franks are computed from, with an HMAC of its own |
//! | `rooms` | what providers say to each other about a room, around real messages (feature `mls`) |
//! | `key_material` | requests for key material and their answers, and KeyPackages that offer this or that (feature `mls`) |
//! | `raw` | the items of a message and of an external part, each of which can be replaced |
//! | `suite` | what cipher suites compute with, HMAC and HKDF written down |
//! | `tree` | encrypted trees, computed in the plainest way |
//! | [`traffic`] | what providers say to each other about a group |

pub mod delivery;
pub mod franking;
mod item;
#[cfg(feature = "mls")]
pub mod key_material;
mod message;
pub mod mls;
mod raw;
pub mod room;
#[cfg(feature = "mls")]
pub mod rooms;
pub mod suite;
pub mod tls;
pub mod traffic;
pub mod tree;

pub use item::{
    Item, Width, array, boolean, bytes, chunks, double, half, int, map, negative, null, octets, simple, single, tag,
    text, uint,
};
pub use message::{Body, Expiration, Extension, External, Key, Message, Part, Semantics};
pub use raw::{RawExternal, RawMessage};

#[cfg(test)]
mod tests;
