use crate::protocol::{
    CipherSuite, Delivered, MaskedPartitionKey, MlsMessage, PartitionKey, ReceiveRequest, ReceiveResponse,
    ServiceProviderId, WelcomeInitRequest,
};

/// How a follower is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowerSettings {
    /// Milliseconds after which a partition is asked for again.
    pub poll_every: u64,
    /// What it keeps at most.
    pub limits: FollowerLimits,
}

/// Bounds on what a follower keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowerLimits {
    /// Users.
    pub max_users: usize,
    /// KeyPackages of a user that a Welcome may name.
    pub max_key_packages: usize,
    /// Groups of a user.
    pub max_groups: usize,
    /// Partitions of a user in a group. Also partitions in hints of which it knows what the user got; of those
    /// beyond, a user gets messages again.
    pub max_partitions: usize,
}

impl Default for FollowerSettings {
    fn default() -> Self {
        let limits = FollowerLimits {
            max_users: 1 << 16,
            max_key_packages: 1 << 8,
            max_groups: 1 << 10,
            max_partitions: 1 << 8,
        };
        Self { poll_every: 1000, limits }
    }
}

/// What a follower is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowerInput {
    /// A user has KeyPackages that a Welcome may name.
    Expect {
        /// The user.
        user: Vec<u8>,
        /// KeyPackageRefs (RFC 9420 section 5.2).
        key_package_refs: Vec<Vec<u8>>,
        /// Whether they may be named more than once: those of last resort.
        reusable: bool,
    },
    /// A hub asks whether it may send a Welcome (section 4.3).
    WelcomeInit(WelcomeInitRequest),
    /// A hub sends it.
    Welcome(MlsMessage),
    /// A user wants the messages of a partition, from the first on.
    Follow {
        /// The user.
        user: Vec<u8>,
        /// The group's hub.
        hub: ServiceProviderId,
        /// The group.
        group_id: Vec<u8>,
        /// Its cipher suite, whose hash masks partition keys.
        suite: CipherSuite,
        /// The partition.
        partition_key: PartitionKey,
    },
    /// A user is done with a partition; with its last one, with the group.
    Leave {
        /// The user.
        user: Vec<u8>,
        /// The group.
        group_id: Vec<u8>,
        /// The partition.
        partition_key: PartitionKey,
    },
    /// Time has passed: asks for every partition whose turn it is.
    Tick,
    /// A hub answers what was asked for a user.
    Answered {
        /// The user.
        user: Vec<u8>,
        /// The group.
        group_id: Vec<u8>,
        /// What was asked.
        request: ReceiveRequest,
        /// The answer.
        response: ReceiveResponse,
    },
    /// A hub pushes.
    Pushed {
        /// The group, which the transport names.
        group_id: Vec<u8>,
        /// What it pushes.
        response: ReceiveResponse,
    },
}

/// What a follower does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowerEffect {
    /// Answers the oldest WelcomeInitRequest of that hub.
    WelcomeAnswer {
        /// The hub.
        to: ServiceProviderId,
        /// Whether it wants the Welcome.
        accept: bool,
    },
    /// Gives a user a Welcome.
    Welcome {
        /// The user.
        user: Vec<u8>,
        /// The Welcome.
        welcome: MlsMessage,
    },
    /// Asks a hub.
    Ask {
        /// The hub.
        to: ServiceProviderId,
        /// For whom: the answer comes with this name.
        user: Vec<u8>,
        /// The group.
        group_id: Vec<u8>,
        /// What it asks.
        request: ReceiveRequest,
    },
    /// Gives a user messages of a partition that it follows, in order, each once.
    Deliver {
        /// The user.
        user: Vec<u8>,
        /// The group.
        group_id: Vec<u8>,
        /// The partition.
        partition_key: PartitionKey,
        /// Place of the first of them in the partition.
        first: u32,
        /// The messages.
        messages: Vec<Delivered>,
    },
    /// Gives a user messages of a partition that it does not follow.
    Hint {
        /// The user.
        user: Vec<u8>,
        /// The group.
        group_id: Vec<u8>,
        /// The partition.
        partition: MaskedPartitionKey,
        /// Place of the first of them in the partition.
        first: u32,
        /// The messages.
        messages: Vec<Delivered>,
    },
}
