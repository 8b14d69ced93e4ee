//! The hub of a group whose handshakes it can read: it keeps the public state of each branch, refuses what is
//! unambiguously invalid there, and infers trees (sections 4.2 and 6).
//!
//! A message is judged on the branch that it names, by its partition key. A hub cannot verify membership tags, nor
//! which of two states a key stands for where two commits claim it: so a branch may have several views, a message is
//! refused only where all of them refuse it, and a branch that the hub lost sight of refuses nothing.
//!
//! | file | what |
//! |---|---|
//! | `view` | the public state of one epoch, whoever keeps it |
//! | `branches` | which views each partition has |
//! | `seen` | the view of `mls::public` (feature `mls`) |
//! | `watch` | what is looked at, what is learnt |

mod branches;
#[cfg(feature = "mls")]
mod seen;
mod view;
mod watch;

pub use branches::{Branches, Horizon};
#[cfg(feature = "mls")]
pub use seen::TrackingHub;
pub use view::{Looked, View};
pub use watch::Tracking;
