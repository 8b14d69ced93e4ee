//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `recovery` | clients that come back, and members who see others come back |

pub(super) mod recovery;
