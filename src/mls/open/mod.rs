//! OpenMLS 0.9.2 behind [`member`](super::member).
//!
//! | file | what |
//! |---|---|
//! | `engine` | the library as an [`Engine`](super::member::Engine) |
//! | `device` | one device: signature key, KeyPackages, ways into groups |
//! | `issued` | KeyPackages with their private keys, out of and into the library's storage |
//! | `party` | one device in one group: staging by copies |
//! | `work` | one call in a group: the library's group, loaded from what was kept |
//! | `application` | what an application keeps in the GroupContext, and how it changes |
//! | `building` | what a commit is built from |
//! | `order` | proposals in an order that no hash map decides |
//! | `library` | how the library is configured |
//! | `input` | octets → the library's types |
//! | `staged` | what a commit does |
//! | `refusal` | the library's errors → this suite's reasons |
//!
//! The library's group is loaded for each call from a value that holds all of its state, and what a call made of it
//! replaces that value only if the call succeeded. So a refused message, and a commit that is discarded, have never
//! come, although the library itself uses keys up as soon as it has decrypted.
//!
//! No secrets of past epochs are kept: a message of a past epoch is refused. Of a sender's generations, 64 may come out
//! of order, and 1000 may be missing.
//!
//! The library asks the system's clock whether lifetimes hold where it takes a KeyPackage: in an Add, and in
//! [`Engine::restore`](super::member::Engine::restore). Joining it does not. The lifetimes that are made here never
//! end.

mod ahead;
pub(super) mod application;
mod building;
mod device;
mod engine;
mod input;
mod issued;
mod library;
mod order;
mod party;
mod refusal;
pub(super) mod staged;
#[cfg(test)]
mod tests;
mod work;

pub use engine::{OpenMls, engine};
