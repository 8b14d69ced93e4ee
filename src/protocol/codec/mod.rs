//! Octets ⇄ the structures of the delivery draft, as `docs/spec/delivery.md` says.
//!
//! Decoding takes one encoding of a value and no other; encoding writes only what decoding takes. The draft's
//! constraints are held in both directions, by the same functions (`rules`).
//!
//! | file | what |
//! |---|---|
//! | `structure` | the trait, and the errors of writing |
//! | `rules` | what the draft asks of a structure beyond its syntax |
//! | `fields` | fields that several structures have: MLSMessage, partition keys |
//! | `send` | SendRequest, CommitData, WelcomeData, ExternalJoinRequest |
//! | `receive` | ReceiveRequest, ReceiveResponse, Message, Epoch, HintedEpoch |
//! | `join` | WelcomeInitRequest, GroupInfoRequest, GroupInfoResponse |
//! | `key_package` | KeyPackageRequest, KeyPackageResponse |

mod fields;
mod join;
mod key_package;
mod receive;
mod rules;
mod send;
mod structure;

#[cfg(test)]
mod tests;

pub use structure::{EncodeError, Structure};
