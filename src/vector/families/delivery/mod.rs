//! The families of the delivery draft.
//!
//! | file | what |
//! |---|---|
//! | `hub` | what a hub answers, request by request |
//! | `partition_key` | keys out of an exporter secret, and their masks (sections 3 and 4.4) |
//! | `wire` | octets ⇄ structures (section 4) |

pub(super) mod hub;
pub(super) mod partition_key;
pub(super) mod wire;
