//! The families of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `franking` | tags, franks and reports |
//! | `wire` | its structures |

pub(super) mod franking;
pub(super) mod wire;
