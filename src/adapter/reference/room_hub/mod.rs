//! `room-hub/…`: one room at its hub a session; `room-follower/…`: one follower; `room-keys/…`: one provider of key
//! material (`conformance/SESSIONS.md`).
//!
//! | file | what |
//! |---|---|
//! | `session` | the operations of a hub |
//! | `settings` | `room-hub/new` |
//! | `answers` | effects → JSON |
//! | `follower` | the operations of a follower |
//! | `keys` | the operations of a provider of key material |

mod answers;
mod follower;
mod keys;
mod session;
mod settings;

pub use follower::{FollowerSession, MakeNotified, NotifiedLog};
pub use keys::{KeysSession, MakeKeys};
pub use session::{MakeRoom, RoomSession};
pub use settings::Opening;
