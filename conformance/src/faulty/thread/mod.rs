//! Bugs of what a sequence of messages amounts to (sections 4.1, 5.3, 5.5 to 5.8, 5.11, 9.3).
//!
//! | file | what |
//! |---|---|
//! | `rights` | who may change what, and in which order messages are processed |
//! | `versions` | what edits and deletes do to a message, and what becomes of messages without effect |
//! | `replies` | replies and reactions |
//! | `time` | expiry and topics |
//! | `talk` | what the tables share: inputs, outputs, and the messages in them |

mod replies;
mod rights;
mod talk;
mod time;
mod versions;

pub(super) use replies::REPLIES;
pub(super) use rights::RIGHTS_AND_ORDER;
pub(super) use time::TIME_AND_TOPICS;
pub(super) use versions::VERSIONS;
