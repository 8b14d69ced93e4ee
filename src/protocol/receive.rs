use super::{MaskedPartitionKey, MlsMessage, PartitionKey};

/// Asks for the messages of a partition (section 4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiveRequest {
    /// The partition.
    pub partition_key: PartitionKey,
    /// How many of its messages the user has.
    pub counter: u32,
}

/// One sequenced message: `Message` of section 4.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// A PublicMessage or a PrivateMessage.
    pub message: MlsMessage,
    /// With a commit, and only then: the masked key of the epoch that it begins, and its GroupInfo.
    pub commit: Option<(MaskedPartitionKey, Option<MlsMessage>)>,
}

/// Messages of one partition, in their order (section 4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Epoch {
    /// In the order in which they were sequenced.
    pub messages: Vec<Delivered>,
}

/// Messages of a partition that nobody asked for (section 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintedEpoch {
    /// Which partition.
    pub masked_partition_key: MaskedPartitionKey,
    /// All of its messages.
    pub epoch: Epoch,
}

/// Answers a [`ReceiveRequest`], or is pushed (section 4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiveResponse {
    /// Messages of the partition asked for, from `counter` on.
    pub epoch: Epoch,
    /// Other partitions; their order means nothing.
    pub hints: Vec<HintedEpoch>,
}
