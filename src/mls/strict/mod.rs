//! Rules of RFC 9420 that OpenMLS does not hold a commit against, neither for a member nor for who only follows the public
//! state: found by rewriting commits of this suite's own members (`mls::hostile`). Both ask here, so what a hub
//! refuses for one of them a member refuses for the same.
//!
//! It takes several Removes of a leaf, several Adds of one KeyPackage, several GroupContextExtensions and several
//! ExternalInits for one, and a ReInit beside other proposals (section 12.2), and it pairs the ciphertexts of a path
//! with the nodes that they are for as far as both go (section 7.6).
//!
//! | file | what |
//! |---|---|
//! | `read` | a commit as it was sent |
//! | `proposals` | what a list of proposals has at most once, and what stands alone |
//! | `ciphertexts` | how many ciphertexts the nodes of a path have |

mod ciphertexts;
mod proposals;
mod read;

pub(super) use ciphertexts::{added, ciphertexts};
pub(super) use proposals::{Once, of_queued, proposals};
use read::refuse;
pub(super) use read::{decrypted, public};
