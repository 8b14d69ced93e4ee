//! The families of the delivery draft.
//!
//! | file | what |
//! |---|---|
//! | `partition_key` | keys out of an exporter secret, and their masks (sections 3 and 4.4) |
//! | `wire` | octets ⇄ structures (section 4) |

pub(super) mod partition_key;
pub(super) mod wire;
