//! Somebody who holds keys and lies: messages taken apart, changed field by field, and sealed again with the keys that
//! their senders have. What a change of octets can not reach, because a signature or a tag stands before it, this can.
//!
//! Nothing here is asked what is right, and no library has a part in it: structures are walked as RFC 9420 writes them.
//!
//! | file | what |
//! |---|---|
//! | `piece` | octets as a tree of fields, whose lengths follow from what is in them |
//! | `shape` | which fields a commit and a KeyPackage have |
//! | `change` | what is done to a tree |
//! | `keys` | what a sender knows: its signature key, and the epoch's membership key |
//! | `seal` | signatures and tags over what was changed |

mod change;
mod keys;
mod piece;
mod seal;
mod shape;
#[cfg(test)]
mod tests;

pub use change::changed;
pub use keys::{Keys, membership_key};
pub use piece::{Kind, Piece};
pub use seal::Seals;
pub use shape::{Commit, commit, key_package};
