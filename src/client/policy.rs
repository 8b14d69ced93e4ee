//! What a group forbids. One pure function judges what is sent and what is received: a client that would ignore a
//! message does not send it (section 6: what violates the policy is ignored as if it were cryptographically invalid).

use crate::mls::member::{Refusal, Result};
use crate::reason::delivery as reason;
use std::collections::BTreeSet;

/// What is forbidden, by the identities of basic credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Who must not be added, nor join.
    pub banned: BTreeSet<Vec<u8>>,
    /// Who must not send application messages.
    pub muted: BTreeSet<Vec<u8>>,
}

/// What a commit changes, by identities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Who is added, or joins.
    pub added: Vec<Vec<u8>>,
}

impl Policy {
    /// Whether a commit may do this.
    ///
    /// # Errors
    /// It adds somebody who is banned.
    pub fn commit(&self, change: &Change) -> Result<()> {
        let banned = change.added.iter().find(|identity| self.banned.contains(*identity));
        banned.map_or(Ok(()), |identity| Err(forbidden("adds", identity)))
    }

    /// Whether this member may send application messages.
    ///
    /// # Errors
    /// It is muted.
    pub fn application(&self, sender: &[u8]) -> Result<()> {
        if self.muted.contains(sender) { Err(forbidden("comes from", sender)) } else { Ok(()) }
    }
}

fn forbidden(what: &str, identity: &[u8]) -> Refusal {
    Refusal { reason: reason::AGAINST_POLICY, said: format!("{what} {}", String::from_utf8_lossy(identity)) }
}
