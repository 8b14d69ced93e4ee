//! Bugs of hubs: a hub around the reference's, which sees each input first and each effect last.
//!
//! | file | what |
//! |---|---|
//! | `bugged` | the hub that has one, and what it remembers |
//! | `forks`, `receiving`, `sending`, `tracking`, `welcomes`, `key_packages` | the bugs |

mod bugged;
mod forks;
mod key_packages;
mod receiving;
mod sending;
mod tracking;
mod welcomes;

pub(super) use bugged::{HubFault, bugged, seeing, usual};
pub(super) use forks::BUGS as FORKS;
pub(super) use key_packages::BUGS as KEY_PACKAGES;
pub(super) use receiving::BUGS as RECEIVING;
pub(super) use sending::BUGS as SENDING;
pub(super) use tracking::BUGS as TRACKING;
pub(super) use welcomes::BUGS as WELCOMES;
