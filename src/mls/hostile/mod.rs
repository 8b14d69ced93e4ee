//! Members that make malformed commits: every fault by its name, for scenarios, vectors and fuzzers alike.
//!
//! | file | what |
//! |---|---|
//! | `fault` | the catalogue: what is wrong, whom it harms, what a correct client says |
//! | `saboteur` | the handle by which somebody says which fault comes next |
//! | `engine` | OpenMLS members under such a handle |
//! | `lie` | what a fault asks of the committer's cryptography |
//! | `rewrite` | what a fault makes of a content |
//!
//! A fault that only the check under test finds out needs a commit that is right in everything else. So the honest commit
//! is made first, in a copy: it shows which octets will be signed. Then the same commit is made once more with other octets
//! in their place wherever the library signs, hashes, tags or encrypts them, so that signature, transcript, key schedule
//! and tags are those of the other content. Both times all randomness is the same.

mod engine;
mod fault;
mod lie;
mod rewrite;
mod saboteur;
#[cfg(all(test, feature = "fuzzing"))]
mod tests;

pub use engine::engine;
pub use fault::{Affects, Fault, Technique};
pub use lie::key;
pub use saboteur::Saboteur;
