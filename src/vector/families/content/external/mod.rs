//! `content/external`: what was fetched from an external part's URL, checked and decrypted (section 4.5).
//!
//! | file | what |
//! |---|---|
//! | `fetched` | what its tables are written with; fixed ciphertexts |
//! | `sealed` | AES-128-GCM and other AEAD algorithms |
//! | `checked` | size, hash, expiry, which part |
//! | `notes` | what the flags mean |

mod checked;
mod fetched;
mod notes;
mod sealed;

use crate::vector::File;
use crate::vector::families::build;
pub(in crate::vector::families) use fetched::NAME;

pub(in crate::vector::families) fn file() -> File {
    let groups = [sealed::groups(), checked::groups()];
    build::file(build::CONTENT, NAME, notes::NOTES, groups.into_iter().flatten().collect())
}
