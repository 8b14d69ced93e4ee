//! Encrypted trees of real groups: what `tree` makes of them is what the plainest computation makes, octet for octet;
//! whoever opens them has the MLS library's own tree; and over long histories nobody learns more than they may.
//!
//! | file | what |
//! |---|---|
//! | `pages` | short histories beside the plainest computation |
//! | `group` | branches of a group of both libraries, and their hub |
//! | `events` | what may happen in it |
//! | `sealed` | everything that was ever encrypted: no key and nonce twice |
//! | `attacker` | what somebody opens who forgets nothing and has the hub's whole archive |
//! | `history` | long histories, and wrong ones that must be reported |

#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod attacker;
mod events;
mod group;
mod history;
mod pages;
mod sealed;
