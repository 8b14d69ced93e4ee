//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `graph` | what a hub makes of forks, and what it ends |
//! | `recovery` | clients that come back, and members who see others come back |

pub(super) mod graph;
#[cfg(feature = "fuzzing")]
pub(super) mod recovery;
