//! The library's errors in this suite's words.
//!
//! The library has an enumeration for each call, nested. Where one of its errors has several causes, the nearest common
//! reason is taken; where it says nothing that this suite has a word for, `mls-other`.
//!
//! | file | errors of |
//! |---|---|
//! | `making` | what is made here: KeyPackages, proposals, commits |
//! | `message` | messages received |
//! | `joining` | Welcomes, GroupInfos, trees |

mod joining;
mod making;
mod message;

use crate::mls::member::Refusal;
use crate::reason::{Reason, mls as reason, wire};
use openmls::prelude::tls_codec;

/// A refusal of this room's own.
pub(super) fn refuse(reason: Reason, said: &str) -> Refusal {
    Refusal { reason, said: said.to_owned() }
}

/// What octets that are no MLS structure are refused for.
pub(super) fn malformed(error: &tls_codec::Error) -> Refusal {
    let reason = match error {
        tls_codec::Error::EndOfStream => wire::WIRE_TRUNCATED,
        tls_codec::Error::TrailingData => wire::WIRE_TRAILING,
        _ => reason::MLS_MALFORMED,
    };
    Refusal { reason, said: error.to_string() }
}

/// An error of the library that has a reason.
pub(super) trait Why: std::fmt::Display {
    fn why(&self) -> Reason;
}

impl<E: Why> From<E> for Refusal {
    fn from(error: E) -> Self {
        let reason = error.why();
        // The library asks the system's clock about lifetimes, and says what time it is.
        let clock = reason == reason::OUT_OF_LIFETIME;
        Self { reason, said: if clock { "not within its lifetime".to_owned() } else { error.to_string() } }
    }
}

impl Why for tls_codec::Error {
    fn why(&self) -> Reason {
        malformed(self).reason
    }
}
