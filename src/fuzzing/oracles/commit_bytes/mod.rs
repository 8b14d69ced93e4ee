//! Commits, changed in every way: what members and a hub make of them, and whether two libraries make the same.
//!
//! | file | what |
//! |---|---|
//! | `kept` | scenes, with what is remembered of where good messages led |
//! | `hub` | a hub that need not take twice what another like it took |
//! | `both` | a member and a hub: nothing but what was sent moves the member, refusals change nothing |
//! | `agree` | OpenMLS and mls-rs: accept and refuse alike, and come to the same place |
//! | `differ` | where the two libraries may differ, one by one |

mod agree;
mod both;
mod differ;
mod hub;
mod kept;

pub use agree::{agree, engines_agree};
pub use both::{Sees, commit_bytes, hear};
pub use differ::{DIFFERENCES, Difference};
