use super::knowledge::{Knowledge, Told};
use crate::entropy::Time;
use crate::mls::member::{Position, Proposal};
use crate::policy::Known;
use crate::protocol::{
    CipherSuite, Delivered, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, MaskedPartitionKey, MlsMessage,
    PartitionKey, ReceiveRequest, SendRequest, ServiceProviderId,
};
use crate::reason::Reason;
use crate::recovery::Approval;
use crate::tree::{EncryptedTreePatch, TreeMarksResponse, TreeRepair, TreeRequest, TreesResponse};

/// How a device behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Cipher suite of its groups.
    pub suite: CipherSuite,
    /// What a commit in a false envelope is worth.
    pub envelope: Envelope,
    /// What it publishes with its commits.
    pub publish: Publish,
    /// What it knows of what the room allows, where it is now; who knows nothing judges nothing.
    pub policy: Option<Known>,
    /// Whether a Welcome or an external join of its user replaces a membership in the same group. Those who landed
    /// on a branch that nobody follows need it.
    pub replace: bool,
    /// Whether its groups keep an encrypted ratchet tree at their hub (`docs/spec/encrypted-tree.md`): no tree is ever published
    /// then, nor sent with a Welcome.
    pub trees: bool,
}

impl Settings {
    /// The draft's rules, a published GroupInfo with the tree beside it, and nothing forbidden.
    #[must_use]
    pub fn new(suite: CipherSuite) -> Self {
        let (envelope, publish) = (Envelope::Ignore, Publish::WithoutTree);
        Self { suite, envelope, publish, policy: None, replace: false, trees: false }
    }
}

/// What a client does with a valid commit whose next partition key or GroupInfo is not what it computed.
///
/// The draft says that it MUST ignore the commit (section 4.4). Nobody signs that envelope, so a hub that alters the copy of one
/// member splits the group at will; the alternative is here to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// Ignore the commit, as the draft says.
    Ignore,
    /// Follow the commit, and say so.
    Follow,
}

/// What goes out with a commit, for external joiners (section 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publish {
    /// No GroupInfo.
    Nothing,
    /// A GroupInfo without a tree; with one when the hub says that it needs it.
    WithoutTree,
    /// A GroupInfo with a tree.
    WithTree,
}

/// Somebody to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The KeyPackage, as MLSMessage.
    pub key_package: Vec<u8>,
    /// Its user's provider, known from discovery.
    pub provider: ServiceProviderId,
}

/// What a commit shall do. Proposals of this epoch are committed too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Who is added.
    pub add: Vec<Invitation>,
    /// Leaves that are removed.
    pub remove: Vec<u32>,
    /// Whether to refresh the own leaf even where nothing asks for it.
    pub update: bool,
    /// AppDataUpdates: ComponentID and `update`.
    pub updates: Vec<(u16, Vec<u8>)>,
}

/// What a device is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Its user wants a fresh KeyPackage, to be uploaded.
    KeyPackage,
    /// Its user wants a group.
    Create {
        /// The id of the new group.
        group_id: Vec<u8>,
    },
    /// Its user wants to join by an external commit.
    JoinExternally {
        /// The group.
        group_id: Vec<u8>,
    },
    /// Its user agrees that the device gives up the group that it is in for this, once; or no longer agrees.
    Approve(Option<Approval>),
    /// Its user wants a commit.
    Commit(Wish),
    /// Its user wants to say something.
    Send {
        /// Application data.
        data: Vec<u8>,
    },
    /// Its user wants a proposal.
    Propose(Proposal),
    /// Its user wants to leave.
    Leave,
    /// Its user looks for what is new.
    Look,
    /// A Welcome came.
    Welcome(MlsMessage),
    /// The hub answers with a GroupInfo.
    GroupInfo(GroupInfoResponse),
    /// Messages of a partition that was asked for.
    Delivered {
        /// The partition.
        partition_key: PartitionKey,
        /// Place of the first of them in the partition.
        first: u32,
        /// The messages.
        messages: Vec<Delivered>,
    },
    /// Messages of a partition that was not asked for, from its first one on.
    Hinted {
        /// The partition.
        partition: MaskedPartitionKey,
        /// The messages.
        messages: Vec<Delivered>,
    },
    /// A member says where it is, over another channel than the hub.
    Told(Told),
    /// The hub answers with encrypted trees.
    Trees(TreesResponse),
    /// The hub says what members should find of a partition's trees.
    TreeMarks {
        /// The partition.
        partition_key: PartitionKey,
        /// What it says.
        response: TreeMarksResponse,
    },
    /// Somebody outside, whose KeyPackage (MLSMessage) this is, asks for help to join by an external commit. Whether to help is
    /// for the user to say.
    Help {
        /// The KeyPackage.
        key_package: Vec<u8>,
    },
    /// A member helps: an HPKECiphertext of ERTHelp, sealed to this KeyPackage of its own.
    Helped {
        /// The KeyPackage (MLSMessage).
        key_package: Vec<u8>,
        /// The help.
        sealed: Vec<u8>,
    },
    /// The hub, or a provider on the way, refuses.
    Refused {
        /// What it refuses.
        request: Request,
        /// Why.
        reason: Reason,
    },
}

/// A request of this device that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A message, by the octets of the MLSMessage.
    Send(Vec<u8>),
    /// The external commit by which it joined.
    ExternalJoin,
    /// The question for a GroupInfo.
    GroupInfo,
    /// The group that it made.
    Create,
    /// The question for encrypted trees, or the patch that it made anew.
    Tree,
}

/// A new group, for its hub. The draft gives it no wire form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// Its id.
    pub group_id: Vec<u8>,
    /// Its cipher suite.
    pub suite: CipherSuite,
    /// The partition key of epoch 0.
    pub partition_key: PartitionKey,
    /// The GroupInfo of epoch 0, unless nothing is published.
    pub group_info: Option<MlsMessage>,
    /// Its tree: octets of `optional<Node> ratchet_tree<V>`.
    pub ratchet_tree: Option<Vec<u8>>,
}

/// What a device does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A KeyPackage, as MLSMessage.
    KeyPackage(Vec<u8>),
    /// Asks its provider to host a group.
    Create(Creation),
    /// Sends.
    Send(SendRequest),
    /// Joins.
    ExternalJoin(ExternalJoinRequest),
    /// Creates, sends or joins, with the patch that makes the group's encrypted tree.
    Patched {
        /// What it does, as it would without.
        request: Box<Self>,
        /// The patch.
        patch: EncryptedTreePatch,
    },
    /// Asks for the encrypted trees of a partition.
    AskTrees(TreeRequest),
    /// Asks what the hub has of the tree that it has made itself.
    AskTreeMarks(TreeRequest),
    /// The hub has another tree than this device: it says so, and sends the patch as it should have been.
    RepairTree(TreeRepair),
    /// It can not follow the encrypted tree of its group any more, and can make no commits in it.
    TreeLost {
        /// Why.
        reason: Reason,
    },
    /// Help for who asked: an HPKECiphertext of ERTHelp.
    Help(Vec<u8>),
    /// Asks for a GroupInfo.
    AskGroupInfo(GroupInfoRequest),
    /// Asks for messages.
    Ask(ReceiveRequest),
    /// It has given up a membership for the one that follows.
    Left {
        /// Where it was.
        position: Position,
        /// Application data that waited there for an own commit, and that nobody got. Whether to send it in the new place is
        /// for its user to say: others may be there.
        unsent: Vec<Vec<u8>>,
    },
    /// It is in the group.
    Entered {
        /// Where.
        position: Position,
        /// How.
        way: Way,
    },
    /// It is in the next epoch.
    Moved {
        /// Where.
        position: Position,
        /// Leaf of the committer; `None` for one who joined by the commit.
        committer: Option<u32>,
    },
    /// Somebody said something.
    Application {
        /// Identity of the sender.
        sender: Vec<u8>,
        /// Application data.
        data: Vec<u8>,
    },
    /// Somebody proposes; it is kept for the next commit.
    Proposal {
        /// Leaf of the sender, if it is a member.
        sender: Option<u32>,
    },
    /// A message of the group was ignored.
    Ignored(Ignored),
    /// A commit was followed although its envelope is false.
    Suspect {
        /// What was false.
        said: String,
    },
    /// What it knows of forks has changed: others are elsewhere, it may be so, or it is over.
    Knows(Knowledge),
    /// An own commit lost; this is left of what it should have done.
    Lost(Wish),
    /// It was removed, or left.
    Out {
        /// Leaf of the committer; `None` for one who joined by the commit.
        committer: Option<u32>,
    },
    /// Something of its own was refused, and nothing else follows.
    Unsent {
        /// Why.
        reason: Reason,
    },
}

/// How a device came to be in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It made the group.
    Created,
    /// By a Welcome.
    Welcomed,
    /// By its own external commit.
    Joined,
}

/// A message that was ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// When.
    pub at: Time,
    /// The partition.
    pub partition: MaskedPartitionKey,
    /// Its place there, from 0.
    pub index: u32,
    /// Why.
    pub reason: Reason,
    /// For people.
    pub said: String,
}

/// Effects, in their order.
pub type Effects = Vec<Effect>;
