//! The operations `client/*` over any MLS library (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `serving` | an adapter with sessions, one client each |
//! | `session` | one client: which operation does what |
//! | `json` | positions and commits as JSON |

mod json;
mod serving;
mod session;

pub use serving::ClientAdapter;
pub(in crate::adapter) use session::{ClientSession, OPERATIONS};
