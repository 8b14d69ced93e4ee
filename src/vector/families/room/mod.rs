//! The families of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `franking` | tags, franks and reports |
//! | `hub` | what hubs and followers answer (feature `fuzzing`) |
//! | `key_material` | what providers of key material answer (feature `fuzzing`) |
//! | `wire` | its structures |

pub(super) mod franking;
#[cfg(feature = "fuzzing")]
pub(super) mod hub;
#[cfg(feature = "fuzzing")]
pub(super) mod key_material;
pub(super) mod wire;
