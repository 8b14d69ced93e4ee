//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `policy` | what a room allows, alone and in sessions |
//! | `recovery` | clients that come back, and members who see others come back |

pub(super) mod policy;
pub(super) mod recovery;
