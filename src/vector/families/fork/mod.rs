//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `commit` | clients whom malformed commits reach |
//! | `graph` | what a hub makes of forks, and what it ends |
//! | `malicious_hub` | clients whose hub misbehaves, and what they know of it |
//! | `policy` | what a room allows, alone and in sessions |
//! | `recovery` | clients that come back, and members who see others come back |

#[cfg(feature = "fuzzing")]
pub(super) mod commit;
pub(super) mod graph;
#[cfg(feature = "fuzzing")]
pub(super) mod malicious_hub;
#[cfg(feature = "fuzzing")]
pub(super) mod policy;
#[cfg(feature = "fuzzing")]
pub(super) mod recovery;
