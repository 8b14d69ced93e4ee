//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `commit` | clients whom malformed commits reach |
//! | `recovery` | clients that come back, and members who see others come back |

pub(super) mod commit;
pub(super) mod recovery;
