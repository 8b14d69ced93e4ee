//! The families of draft-ietf-mimi-protocol.
//!
//! | file | what |
//! |---|---|
//! | `wire` | its structures |

pub(super) mod wire;
