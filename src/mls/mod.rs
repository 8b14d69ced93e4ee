//! The only room that names an MLS library.
//!
//! | file | what |
//! |---|---|
//! | `member` | what a client can do: everything that needs secrets |
//! | `public` | what a hub can do: everything that needs none |
//! | `open` | OpenMLS behind both |
//! | `second` | mls-rs behind `member`, the independent witness (feature `fuzzing`) |

pub mod member;
pub mod open;
pub mod public;
#[cfg(feature = "fuzzing")]
pub mod second;
#[cfg(all(test, feature = "fuzzing"))]
mod tests;
