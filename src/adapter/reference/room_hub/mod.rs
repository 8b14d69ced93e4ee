//! `room-hub/…`: one room at its hub a session; `room-follower/…`: one follower (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `session` | the operations of a hub |
//! | `settings` | `room-hub/new` |
//! | `answers` | effects → JSON |
//! | `follower` | the operations of a follower |

mod answers;
mod follower;
mod session;
mod settings;

pub use follower::{FollowerSession, MakeNotified, NotifiedLog};
pub use session::{MakeRoom, RoomSession};
pub use settings::Opening;
