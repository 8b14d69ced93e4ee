//! The crypto provider of OpenMLS with its doors to the operating system's randomness closed.
//!
//! | file | what |
//! |---|---|
//! | `provider` | what the library is given for one call: cryptography, randomness, storage |
//! | `suite` | the cryptography: RustCrypto's, asked for everything that needs no randomness |
//! | `ephemeral` | HPKE whose ephemeral key is decided by what is sealed |
//! | `keys` | signature keys: made from octets, checked, and used to sign |
//! | `labelled` | a signature key with the labelled functions of RFC 9420 section 5.1 |
//! | `kept` | what the library has stored, as a value |
//! | `faults` | the same provider with a plan of calls that go wrong |
//!
//! The cipher suites are those whose keys and signatures can be made from a seed here: 0x0001, 0x0002, 0x0003 and
//! 0x004f. ECDSA is deterministic (RFC 6979) in the library itself.

mod ephemeral;
pub mod faults;
mod kept;
mod keys;
mod labelled;
mod provider;
mod suite;
#[cfg(test)]
mod tests;

pub use ephemeral::{x25519_key, x25519_open};
pub use kept::Kept;
pub use keys::SignatureKeys;
pub use labelled::Labelled;
pub use provider::{Provider, Randomness, Seeded};
pub use suite::{Crypto, SUITES};
