//! mls-rs 0.57 behind [`member`](super::member): the independent witness.
//!
//! | file | what |
//! |---|---|
//! | `engine` | the library as an [`Engine`](super::member::Engine) |
//! | `device` | one device: signature key, KeyPackages, ways into groups |
//! | `party` | one device in one group: staging by copies |
//! | `library` | the types of the library as this room configures them |
//! | `door` | where all randomness comes in |
//! | `crypto`, `ephemeral` | the RustCrypto provider, its randomness from the door |
//! | `identity`, `rules`, `storage` | what the library asks the application for |
//! | `input` | octets → the library's types |
//! | `staged` | what a commit does |
//! | `refusal` | the library's errors → this suite's reasons |
//!
//! Messages are judged without a clock: lifetimes of what is received are let pass. What this engine makes is made
//! at time 0, so a KeyPackage that it shall add must be valid then.
//!
//! The library is built without secrets of past epochs: a message of a past epoch is refused, as by a member that
//! has forgotten it. It is built without its SelfRemove, too, which has a number of its own (0xf003, where
//! draft-ietf-mls-extensions has 0x000a): to propose one is refused, and one that comes is refused as malformed.

mod crypto;
mod device;
mod door;
mod engine;
mod ephemeral;
mod identity;
mod input;
mod library;
mod party;
mod refusal;
mod rules;
mod staged;
mod storage;
#[cfg(test)]
mod tests;

pub use engine::{MlsRs, engine};
