//! The only room that names an MLS library.
//!
//! | file | what |
//! |---|---|
//! | `anatomy` | a commit taken apart, to what no library shows of it |
//! | `framing` | an MLSMessage as the libraries read it (feature `fuzzing`) |
//! | `hostile` | members that make malformed commits, every fault by its name |
//! | `member` | what a client can do: everything that needs secrets |
//! | `public` | what a hub can do: everything that needs none |
//! | `open` | OpenMLS behind both |
//! | `strict` | rules that OpenMLS does not hold commits against, for members and hubs alike |
//! | `second` | mls-rs behind `member`, the independent witness (feature `fuzzing`) |

mod anatomy;
#[cfg(feature = "fuzzing")]
pub mod framing;
pub mod hostile;
pub mod member;
pub mod open;
pub mod public;
#[cfg(feature = "fuzzing")]
pub mod second;
mod strict;
#[cfg(all(test, feature = "fuzzing"))]
mod tests;
