use super::walk;
use crate::wire::tls::{Reader, WireError};

/// An MLSMessage (RFC 9420 section 6): its octets, and what anybody can read of them.
///
/// Every length inside was followed to the end, nothing is left over. Signatures, tags and encryption were
/// not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MlsMessage {
    octets: Vec<u8>,
    head: Head,
}

impl MlsMessage {
    /// The message that `octets` are, to the last one.
    ///
    /// # Errors
    /// The first place where they are not an MLSMessage; `wire-trailing` when octets follow it.
    pub fn decode(octets: &[u8]) -> Result<Self, WireError> {
        let mut r = Reader::new(octets);
        let message = Self::read(&mut r)?;
        r.finish("MLSMessage")?;
        Ok(message)
    }

    /// The message at the front of what `r` reads; `r` stands behind it then.
    ///
    /// # Errors
    /// The first place where it is not an MLSMessage; `r` has not moved.
    pub fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut ahead = *r;
        let head = walk::message(&mut ahead)?;
        let length = ahead.offset().saturating_sub(r.offset());
        let octets = r.take(length, "MLSMessage")?.to_vec();
        Ok(Self { octets, head })
    }

    /// The message as it came, from `version` on.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// What is to be read without secrets.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// For tests of this crate: a message of these octets that claims this head, unread.
    #[cfg(test)]
    pub(crate) fn unread(octets: Vec<u8>, head: Head) -> Self {
        Self { octets, head }
    }
}

/// What anybody can read of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A PublicMessage (section 6.2).
    Public {
        /// The group.
        group_id: Vec<u8>,
        /// The epoch it was sent in.
        epoch: u64,
        /// Who claims to have sent it.
        sender: Sender,
        /// What it carries.
        content: ContentType,
    },
    /// A PrivateMessage (section 6.3).
    Private {
        /// The group.
        group_id: Vec<u8>,
        /// The epoch it was sent in.
        epoch: u64,
        /// What it carries.
        content: ContentType,
    },
    /// A Welcome (section 12.4.3.1).
    Welcome {
        /// The cipher suite of the group.
        cipher_suite: u16,
        /// The `KeyPackageRef` of each entry of `secrets`, in order.
        recipients: Vec<Vec<u8>>,
    },
    /// A GroupInfo (section 12.4.3).
    GroupInfo {
        /// The cipher suite of the group.
        cipher_suite: u16,
        /// The group.
        group_id: Vec<u8>,
        /// The epoch it describes.
        epoch: u64,
        /// `GroupContext.tree_hash`.
        tree_hash: Vec<u8>,
        /// Octets of the GroupContext (section 8.1).
        group_context: Vec<u8>,
        /// Octets of its `ratchet_tree` extension (section 12.4.3.3), if it has one.
        ratchet_tree: Option<Vec<u8>>,
    },
    /// A KeyPackage (section 10).
    KeyPackage {
        /// Its cipher suite.
        cipher_suite: u16,
    },
}

/// Who claims to have sent a PublicMessage (section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A member, by leaf index.
    Member(u32),
    /// An external sender, by its index in the `external_senders` extension.
    External(u32),
    /// Somebody who proposes to be added.
    NewMemberProposal,
    /// Somebody who joins by an external commit.
    NewMemberCommit,
}

/// What a message carries (section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentType {
    /// Application data.
    Application,
    /// A proposal.
    Proposal,
    /// A commit.
    Commit,
}
