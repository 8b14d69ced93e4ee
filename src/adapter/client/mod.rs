//! The operations `client/*` over any MLS library (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `serving` | an adapter with sessions, one client each |
//! | `session` | one client: which operation does what |
//! | `input` | what only they read from their inputs |
//! | `json` | positions and commits as JSON |

mod input;
mod json;
mod serving;
mod session;

pub use serving::ClientAdapter;
pub(in crate::adapter) use session::{ClientSession, OPERATIONS};
