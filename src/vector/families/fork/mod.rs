//! The families of forks.
//!
//! | file | what |
//! |---|---|
//! | `policy` | what a room allows, alone and in sessions |

pub(super) mod policy;
