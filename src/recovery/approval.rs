use crate::reason::{Reason, recovery as reason};

/// What a user agreed to: that a device gives up the group that it is in, for this one.
///
/// draft-mcmillion-mimi-delivery-service-00 section 5 forbids an automatic external join after a termination; it says nothing
/// of a user who was asked. The agreement is about one group, and about what comes after a fork: a Welcome of the epoch
/// that the surviving branch was in when the user was asked, or of an earlier one, is not what was agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The group that takes the place of the present one: the same id, or that of a successor.
    pub group_id: Vec<u8>,
    /// The epoch of that group after which the new place must be.
    pub after: u64,
    /// `epoch_authenticator` of the new place (RFC 9420 section 8.7), where others have told it by other means.
    pub epoch_authenticator: Option<Vec<u8>>,
}

impl Approval {
    /// Whether this group is the one that was agreed to.
    ///
    /// # Errors
    /// `not-the-approved-group`.
    pub fn names(&self, group_id: &[u8]) -> Result<(), Reason> {
        if self.group_id == group_id { Ok(()) } else { Err(reason::NOT_THE_APPROVED_GROUP) }
    }

    /// Whether this place is what was agreed to.
    ///
    /// # Errors
    /// `not-the-approved-group`, `not-after-the-fork`, `not-the-approved-epoch`.
    pub fn permits(&self, group_id: &[u8], epoch: u64, epoch_authenticator: &[u8]) -> Result<(), Reason> {
        self.names(group_id)?;
        if epoch <= self.after {
            return Err(reason::NOT_AFTER_THE_FORK);
        }
        match &self.epoch_authenticator {
            Some(told) if told != epoch_authenticator => Err(reason::NOT_THE_APPROVED_EPOCH),
            _ => Ok(()),
        }
    }
}
