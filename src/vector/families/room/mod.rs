//! The families of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `hub` | what hubs and followers answer (feature `fuzzing`) |
//! | `wire` | its structures |

#[cfg(feature = "fuzzing")]
pub(super) mod hub;
pub(super) mod wire;
