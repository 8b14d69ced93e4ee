use super::{Limits, PictureOfForks, Termination};
use crate::entropy::Time;
use crate::policy::Known;
use crate::protocol::{
    CipherSuite, ExternalJoinRequest, ForkReport, GroupInfoRequest, GroupInfoResponse, KeyPackageRequest,
    KeyPackageResponse, MlsMessage, PartitionKey, ReceiveRequest, ReceiveResponse, SendRequest, ServiceProviderId,
    WelcomeInitRequest,
};
use crate::reason::Reason;
use crate::tree::{EncryptedTreePatch, TreeMarksResponse, TreeRepair, TreeRequest, TreesResponse};
use std::fmt;

/// A delivery service that hosts groups.
pub trait Hub {
    /// Takes one input of one provider and writes what follows from it.
    ///
    /// # Errors
    /// [`Refused`]; the hub and `out` are as they were.
    fn step(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        input: Input,
        out: &mut Effects,
    ) -> std::result::Result<(), Refused>;
}

/// Why a hub or a follower refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The stable reason.
    pub reason: Reason,
    /// For people: what it was about.
    pub message: String,
}

impl Refused {
    /// With this reason, about that.
    pub fn new(reason: Reason, message: impl fmt::Display) -> Self {
        Self { reason, message: message.to_string() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason.text(), self.message)
    }
}

impl std::error::Error for Refused {}

/// How a hub is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The provider that this hub is.
    pub provider: ServiceProviderId,
    /// What it keeps at most.
    pub limits: Limits,
    /// What it tells of other partitions.
    pub hints: Hints,
    /// Whether it tells followers of messages that they did not ask for.
    pub pushes: Pushes,
    /// Who may end a branch.
    pub termination: Termination,
}

impl Settings {
    /// A hub of this name with usual limits, which tells only what it is asked for.
    #[must_use]
    pub fn new(provider: ServiceProviderId) -> Self {
        Self {
            provider,
            limits: Limits::default(),
            hints: Hints::None,
            pushes: Pushes::Never,
            termination: Termination::Operator,
        }
    }
}

/// What a hub tells of other partitions in the `hints` of an answer (section 4.4: at its discretion).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hints {
    /// Nothing.
    None,
    /// All that hold messages, in the order of their masked keys; only to those who name a partition that exists.
    All,
}

/// Whether a hub pushes (section 4.4: at its discretion).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushes {
    /// Never.
    Never,
    /// Each new message, to every provider that named its partition before. As a push answers no request, its
    /// `epoch` is empty and the partition is a hint, whole.
    Followers,
}

/// What a provider asks of a hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A new group; only the hub's own provider may. The draft gives it no wire form.
    CreateGroup(CreateGroup),
    /// A message for a partition (section 4.2).
    Send(SendRequest),
    /// An external commit (section 4.5).
    ExternalJoin(ExternalJoinRequest),
    /// Asks for the messages of a partition (section 4.4).
    Receive {
        /// The group; the draft leaves it to the transport.
        group_id: Vec<u8>,
        /// What is asked for.
        request: ReceiveRequest,
    },
    /// Asks for a GroupInfo (section 4.5).
    GroupInfo(GroupInfoRequest),
    /// Answers the oldest WelcomeInitRequest to this provider (section 4.3).
    WelcomeAnswer {
        /// Whether it wants the Welcome.
        accept: bool,
    },
    /// KeyPackages of a user of the hub's own; only the hub's own provider may.
    Upload(Upload),
    /// Asks for a KeyPackage (section 4.1).
    KeyPackage(KeyPackageRequest),
    /// Blocks a partition (section 5); only the hub's own provider, its operator, may.
    Terminate {
        /// The group.
        group_id: Vec<u8>,
        /// The partition.
        partition_key: PartitionKey,
    },
    /// A member's report of its epoch, through its provider (`docs/spec/forks.md`).
    Report {
        /// The group.
        group_id: Vec<u8>,
        /// The report.
        report: ForkReport,
    },
    /// Asks for the forks of a group; only the hub's own provider, its operator, may.
    Forks {
        /// The group.
        group_id: Vec<u8>,
    },
    /// A new group, a commit or an external commit, with the patch that makes its encrypted tree
    /// (`docs/spec/encrypted-tree.md`; no draft has such a thing). A hub without trees refuses this and what follows.
    Patched {
        /// The request, as it would be without.
        request: Box<Self>,
        /// The patch.
        patch: EncryptedTreePatch,
    },
    /// Asks for the encrypted trees of a partition.
    Trees(TreeRequest),
    /// Asks what members should find of them.
    TreeMarks(TreeRequest),
    /// A commit's patch as another member computed it.
    RepairTree(TreeRepair),
}

/// A new group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateGroup {
    /// Its id.
    pub group_id: Vec<u8>,
    /// Its cipher suite.
    pub suite: CipherSuite,
    /// The partition key of its first epoch.
    pub partition_key: PartitionKey,
    /// The GroupInfo of its first epoch, for external joiners.
    pub group_info: Option<MlsMessage>,
    /// The tree, where the GroupInfo has none: octets of `optional<Node> ratchet_tree<V>`.
    pub ratchet_tree: Option<Vec<u8>>,
    /// What its room allows in its first epoch, where the hub shall refuse what is against it: one that reads handshakes
    /// holds commits against it, on the branch that each names. A blind hub judges nothing.
    pub room: Option<Box<Known>>,
}

/// KeyPackages of one user, for those who hold one bearer token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Service-specific identifier of the user.
    pub user_id: Vec<u8>,
    /// Who knows it may have one.
    pub bearer_token: Vec<u8>,
    /// KeyPackages (RFC 9420 section 10, without MLSMessage around them), each to be handed out once, in this order.
    pub key_packages: Vec<Vec<u8>>,
    /// Handed out whenever no other is left; replaces an older one of the same parameters.
    pub last_resort: Option<Vec<u8>>,
}

/// What follows from an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The answer to who asked; exactly one an input.
    Respond(Response),
    /// Asks a provider whether it wants a Welcome (section 4.3).
    WelcomeInit {
        /// The provider.
        to: ServiceProviderId,
        /// What it is asked.
        request: WelcomeInitRequest,
    },
    /// A Welcome (section 4.3).
    Welcome {
        /// The provider of its recipients.
        to: ServiceProviderId,
        /// The Welcome.
        welcome: MlsMessage,
    },
    /// Messages that nobody asked for (section 4.4).
    Push {
        /// The provider.
        to: ServiceProviderId,
        /// The group; as with requests, the transport names it.
        group_id: Vec<u8>,
        /// The messages.
        response: ReceiveResponse,
    },
    /// Where a message was put: for traces and operators. It is not for the sender: an external joiner that learned
    /// the partition key from it could read what others sent.
    Sequenced {
        /// The group.
        group_id: Vec<u8>,
        /// The partition.
        partition: PartitionKey,
        /// Its place in the partition, from 0.
        index: u32,
    },
    /// The rule ended a partition: for traces and operators, as it names a key.
    Terminated {
        /// The group.
        group_id: Vec<u8>,
        /// The partition.
        partition: PartitionKey,
    },
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// It is done.
    Done,
    /// Messages.
    Received(ReceiveResponse),
    /// A GroupInfo.
    GroupInfo(GroupInfoResponse),
    /// A KeyPackage.
    KeyPackage(KeyPackageResponse),
    /// The forks of a group and its cipher suite, for the operator.
    Forks(CipherSuite, PictureOfForks),
    /// Encrypted trees.
    Trees(TreesResponse),
    /// What members should find of them.
    TreeMarks(TreeMarksResponse),
}

/// Effects, in their order.
pub type Effects = Vec<Effect>;
