//! The operations `client/*` and `device/*` over any MLS library (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `serving` | an adapter with sessions, one client each |
//! | `session` | one client: which operation does what |
//! | `device` | one client and what its hub gives it (`device/*`) |
//! | `told` | what that one has seen, does and knows, as JSON |
//! | `input` | what only they read from their inputs |
//! | `json` | positions and commits as JSON |

mod device;
mod input;
mod json;
mod serving;
mod session;
mod told;

pub(in crate::adapter) use device::{DeviceSession, OPERATIONS as DEVICE_OPERATIONS};
pub use serving::ClientAdapter;
pub(in crate::adapter) use session::{ClientSession, OPERATIONS};
