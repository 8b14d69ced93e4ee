//! A crypto provider that lies on purpose: one call of one member, changed on the way in or out.
//!
//! What an honest implementation makes and signs correctly can only be wrong in one place, with everything around it
//! right, if the cryptography below it is. So a commit with a bad path secret for one victim, a bad parent hash under
//! a good signature, or a bad confirmation tag needs no second implementation of MLS: it needs a provider that strikes
//! once.
//!
//! | file | what |
//! |---|---|
//! | `call` | one call, named so that neither threads nor other calls change its name |
//! | `label` | what a call is for, from its input (RFC 9420) |
//! | `plan` | which calls are struck, and how |
//! | `handle` | the plan in force for one member; counts, strikes, remembers |
//! | `crypto` | the decorator of the cryptography and of the randomness |
//! | `signer` | the decorator of a signature key |
//!
//! A dry run under an empty plan ([`Faults::watch`]) lists the calls; [`Fault::at`] strikes one of them in the next
//! run. Whoever arms a plan asks [`Faults::struck`] afterwards: a fault that befell nothing proves nothing.

mod call;
mod crypto;
mod handle;
mod label;
mod plan;
mod signer;
#[cfg(test)]
mod tests;

pub use call::{Call, Kind};
pub use crypto::{Faulty, FaultyRandom};
pub use handle::Faults;
pub use plan::{Does, Edit, Fault, Select, replaced};
pub use signer::FaultySigner;
