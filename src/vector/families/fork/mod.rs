//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `commit` | clients whom malformed commits reach |
//! | `policy` | what a room allows, alone and in sessions |
//! | `recovery` | clients that come back, and members who see others come back |

pub(super) mod commit;
pub(super) mod policy;
pub(super) mod recovery;
