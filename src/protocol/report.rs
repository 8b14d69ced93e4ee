use super::codec::{EncodeError, Structure};
use super::{CipherSuite, PartitionKey};
use crate::reason::Reason;
use crate::wire::tls::{Reader, WireError, Writer};

/// The label given to MLS-Exporter for [`ForkReport::tag`] (`docs/spec/forks.md`; no draft has such a report).
pub const REPORT_LABEL: &str = "mimi delivery fork report";

/// What a member tells its hub of the epoch that it is in: 56 octets (`docs/spec/forks.md` section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForkReport {
    /// The partition key of the epoch.
    pub partition_key: PartitionKey,
    /// The number of the epoch.
    pub epoch: u64,
    /// `MLS-Exporter(REPORT_LABEL, epoch_authenticator, 32)`: as different as the epochs are, and no help to who does
    /// not know the exporter secret.
    pub tag: [u8; 32],
}

impl ForkReport {
    /// The tag of an epoch.
    ///
    /// # Errors
    /// As [`PartitionKey::export`].
    pub fn tag_of(suite: CipherSuite, exporter_secret: &[u8], epoch_authenticator: &[u8]) -> Result<[u8; 32], Reason> {
        suite.export(exporter_secret, REPORT_LABEL, epoch_authenticator)
    }
}

impl Structure for ForkReport {
    const NAME: &'static str = "ForkReport";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self {
            partition_key: PartitionKey(r.array("partition_key")?),
            epoch: r.u64("epoch")?,
            tag: r.array("tag")?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.raw(&self.partition_key.0).u64(self.epoch).raw(&self.tag);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::hex;

    #[test]
    fn tags_are_of_the_secret_and_the_authenticator() {
        let tag = |secret: u8, authenticator: u8| {
            ForkReport::tag_of(CipherSuite::X25519, &[secret; 32], &[authenticator; 32]).map(|tag| hex::encode(&tag))
        };
        // Pinned: computed with Python's hmac and hashlib from docs/spec/forks.md.
        assert_eq!(tag(5, 7).as_deref(), Ok(PINNED));
        assert_ne!(tag(6, 7).as_deref(), Ok(PINNED));
        assert_ne!(tag(5, 8).as_deref(), Ok(PINNED));
        let short = ForkReport::tag_of(CipherSuite::X25519, &[5; 31], &[7; 32]);
        assert_eq!(short, Err(crate::reason::delivery::EXPORTER_SECRET_LENGTH));
    }

    const PINNED: &str = "291c2f5c88b39eeef9e37440758ffa9027b0ffb5fbcf6df4312cf70aaded9663";
}
