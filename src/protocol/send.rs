use super::{MlsMessage, PartitionKey};

/// A provider, by the octets that providers agreed to call it (section 4.2).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ServiceProviderId(pub Vec<u8>);

/// A message for a partition (section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendRequest {
    /// A PublicMessage or a PrivateMessage.
    pub message: MlsMessage,
    /// The partition it goes to.
    pub partition_key: PartitionKey,
    /// With a commit, and only then.
    pub commit_data: Option<CommitData>,
}

/// What comes with a commit (section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitData {
    /// The key of the epoch that the commit begins.
    pub next_partition_key: PartitionKey,
    /// A GroupInfo of that epoch, for external joiners.
    pub group_info: Option<MlsMessage>,
    /// A Welcome and where it goes.
    pub welcome_data: Option<WelcomeData>,
}

/// A Welcome and the provider of each of its recipients (section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeData {
    /// The Welcome.
    pub welcome: MlsMessage,
    /// As many as the Welcome has `secrets`, in the same order.
    pub service_providers: Vec<ServiceProviderId>,
}

/// An external commit (section 4.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalJoinRequest {
    /// A PublicMessage.
    pub message: MlsMessage,
    /// As with every commit.
    pub commit_data: CommitData,
}
