//! Bugs of franks.
//!
//! | file | what |
//! |---|---|
//! | `input` | what inputs hold, and how it is changed |
//! | `tags` | bugs of senders |
//! | `hubs` | bugs of hubs that frank |
//! | `receivers` | bugs of receivers |
//! | `reports` | bugs of hubs that judge reports |

mod hubs;
mod input;
mod receivers;
mod reports;
mod tags;

pub(super) use hubs::BUGS as HUBS;
pub(super) use receivers::BUGS as RECEIVERS;
pub(super) use reports::BUGS as REPORTS;
pub(super) use tags::BUGS as TAGS;
