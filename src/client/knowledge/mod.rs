//! What a client knows of forks, as plain data that it can say at any time (`docs/spec/forks.md`, section 4).
//!
//! Nothing here moves a client, sends, or asks to join: knowing is for its user, and for whoever decides on a way out.
//!
//! | file | what |
//! |---|---|
//! | `sign` | what speaks for being apart, how much that is worth, since when |
//! | `view` | what follows from all signs: where others are, and what that makes of this branch |
//! | `memory` | signs as they come and go |
//! | `waiting` | what becomes a sign only by what does not follow: hints, reports from ahead, own messages |
//! | `sibling` | branches that were not followed and whose keys are at hand: what opens messages of them |

mod memory;
mod sibling;
mod sign;
mod view;
mod waiting;

pub(super) use memory::Memory;
pub(super) use sibling::Siblings;
pub use sign::{Moment, Proof, Sign, Told, What};
pub use view::{Knowledge, Standing};
