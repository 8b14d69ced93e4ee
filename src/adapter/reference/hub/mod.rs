//! `hub/…`: one hub a session (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `session` | the operations |
//! | `forks` | the picture of forks → JSON |
//! | `settings` | `hub/new` |
//! | `pushes` | effects → JSON |

mod forks;
mod pushes;
mod session;
mod settings;

pub use session::{HubSession, Make};
pub use settings::Kind;
