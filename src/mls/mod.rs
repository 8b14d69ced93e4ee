//! The only room that names an MLS library.
//!
//! | file | what |
//! |---|---|
//! | `framing` | an MLSMessage as OpenMLS reads it (feature `fuzzing`) |
//! | `member` | what a client can do: everything that needs secrets |
//! | `public` | what a hub can do: everything that needs none |
//! | `open` | OpenMLS behind both |
//! | `second` | mls-rs behind `member`, the independent witness (feature `fuzzing`) |

#[cfg(feature = "fuzzing")]
pub mod framing;
pub mod member;
pub mod open;
pub mod public;
#[cfg(feature = "fuzzing")]
pub mod second;
#[cfg(all(test, feature = "fuzzing"))]
mod tests;
