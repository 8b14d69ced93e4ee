//! The catalogue.

use crate::reason::{Reason, mls, wire};

/// Whom a fault harms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Affects {
    /// Every other member refuses the commit.
    Everybody,
    /// Those whose share of the path was spoiled refuse it; all others follow, and must.
    Victims,
}

/// How a fault is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Technique {
    /// The committer's cryptography lies at some calls.
    Call,
    /// The content is another one, and everything over it is computed for that one: signature, transcript, tags.
    Content,
    /// As [`Technique::Content`], of an external commit.
    External,
    /// Octets of the finished message are changed.
    Octets,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    says: &'static str,
    technique: Technique,
    affects: Affects,
    public_only: bool,
    requirement: &'static str,
    reasons: &'static [Reason],
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Fault {
    /// Every fault, by technique.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().copied()
    }

    /// The fault of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|fault| fault.name() == name)
    }

    /// Its name, a slug.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn says(self) -> &'static str {
        self.row().says
    }

    /// How it is made.
    #[must_use]
    pub const fn technique(self) -> Technique {
        self.row().technique
    }

    /// Whom it harms.
    #[must_use]
    pub fn affects(self) -> Affects {
        self.row().affects
    }

    /// Whether it is about a field that only PublicMessages have.
    #[must_use]
    pub const fn public_only(self) -> bool {
        self.row().public_only
    }

    /// Id of the requirement that it breaks.
    #[must_use]
    pub fn requirement(self) -> &'static str {
        self.row().requirement
    }

    /// What a client may say of it, the most fitting first.
    #[must_use]
    pub fn reasons(self) -> &'static [Reason] {
        self.row().reasons
    }
}

const SIGNATURE: &[Reason] = &[mls::BAD_SIGNATURE, mls::MLS_MALFORMED, mls::MLS_OTHER];
const MEMBERSHIP: &[Reason] = &[mls::BAD_MEMBERSHIP_TAG, mls::MLS_MALFORMED, mls::MLS_OTHER];
const CONFIRMATION: &[Reason] = &[mls::BAD_CONFIRMATION_TAG, mls::MLS_MALFORMED, mls::MLS_OTHER];
const PATH: &[Reason] = &[
    mls::BAD_UPDATE_PATH,
    mls::BAD_LEAF,
    mls::BAD_CONFIRMATION_TAG,
    mls::UNDECRYPTABLE,
    mls::BAD_TREE,
    mls::BAD_SIGNATURE,
    mls::BAD_PROPOSALS,
    mls::MLS_MALFORMED,
    mls::MLS_OTHER,
];
const PROPOSALS: &[Reason] = &[
    mls::BAD_PROPOSALS,
    mls::UNKNOWN_PROPOSAL,
    mls::BAD_KEY_PACKAGE,
    mls::BAD_LEAF,
    mls::BAD_TREE,
    mls::BAD_CONFIRMATION_TAG,
    mls::BAD_UPDATE_PATH,
    mls::MLS_MALFORMED,
    mls::MLS_UNSUPPORTED,
    mls::MLS_OTHER,
];
const GROUP: &[Reason] = &[
    mls::WRONG_GROUP,
    mls::BAD_SIGNATURE,
    mls::BAD_MEMBERSHIP_TAG,
    mls::UNDECRYPTABLE,
    mls::OWN_MESSAGE,
    mls::MLS_MALFORMED,
    mls::MLS_OTHER,
];
const EPOCH: &[Reason] = &[
    mls::WRONG_EPOCH,
    mls::BAD_SIGNATURE,
    mls::BAD_MEMBERSHIP_TAG,
    mls::UNDECRYPTABLE,
    mls::OWN_MESSAGE,
    mls::MLS_MALFORMED,
    mls::MLS_OTHER,
];
const SENDER: &[Reason] = &[
    mls::UNKNOWN_SENDER,
    mls::BAD_SIGNATURE,
    mls::BAD_MEMBERSHIP_TAG,
    mls::UNDECRYPTABLE,
    mls::OWN_MESSAGE,
    mls::MLS_MALFORMED,
    mls::MLS_OTHER,
];
const EXTERNAL: &[Reason] = &[
    mls::BAD_PROPOSALS,
    mls::BAD_UPDATE_PATH,
    mls::UNKNOWN_PROPOSAL,
    mls::BAD_SIGNATURE,
    mls::BAD_LEAF,
    mls::BAD_TREE,
    mls::BAD_CONFIRMATION_TAG,
    mls::MLS_MALFORMED,
    mls::MLS_UNSUPPORTED,
    mls::MLS_OTHER,
];
const OCTETS: &[Reason] = &[
    wire::WIRE_TRUNCATED,
    wire::WIRE_TRAILING,
    wire::WIRE_LENGTH_PREFIX,
    wire::WIRE_LENGTH_NOT_MINIMAL,
    wire::WIRE_BAD_OPTIONAL,
    wire::WIRE_UNKNOWN_ENUM,
    wire::WIRE_UNKNOWN_VERSION,
    wire::WIRE_UNKNOWN_PROPOSAL_TYPE,
    mls::MLS_MALFORMED,
    mls::BAD_SIGNATURE,
    mls::BAD_MEMBERSHIP_TAG,
    mls::BAD_CONFIRMATION_TAG,
    mls::UNDECRYPTABLE,
    mls::WRONG_EPOCH,
    mls::WRONG_GROUP,
    mls::UNKNOWN_SENDER,
    mls::BAD_UPDATE_PATH,
    mls::WRONG_WIRE_FORMAT,
    mls::MLS_UNSUPPORTED,
    mls::MLS_OTHER,
];

macro_rules! faults {
    ($($variant:ident = $name:literal, $technique:ident, $affects:ident, $public:literal, $requirement:literal, $reasons:ident, $says:literal;)*) => {
        /// What is wrong with a commit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault {
            $(#[doc = $says] $variant),*
        }
        const ALL: &[Fault] = &[$(Fault::$variant),*];
        impl Fault {
            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$variant => &Row {
                        name: $name, says: $says, technique: Technique::$technique, affects: Affects::$affects,
                        public_only: $public, requirement: $requirement, reasons: $reasons,
                    }),*
                }
            }
        }
    };
}

faults! {
    WrongSignature = "wrong-signature", Call, Everybody, false, "rfc9420:6.1:signature", SIGNATURE, "One bit of the signature is flipped.";
    MissingSignature = "missing-signature", Call, Everybody, false, "rfc9420:6.1:signature", SIGNATURE, "The signature is empty.";
    WrongMembershipTag = "wrong-membership-tag", Call, Everybody, true, "rfc9420:6.2:membership-tag", MEMBERSHIP, "One bit of the membership tag is flipped.";
    ShortMembershipTag = "short-membership-tag", Call, Everybody, true, "rfc9420:6.2:membership-tag", MEMBERSHIP, "The membership tag lacks its last octet.";
    WrongConfirmationTag = "wrong-confirmation-tag", Call, Everybody, false, "rfc9420:12.4.2:confirmation-tag", CONFIRMATION, "One bit of the confirmation tag is flipped.";
    ShortConfirmationTag = "short-confirmation-tag", Call, Everybody, false, "rfc9420:12.4.2:confirmation-tag", CONFIRMATION, "The confirmation tag lacks its last octet.";
    WrongLeafSignature = "wrong-leaf-signature", Call, Everybody, false, "rfc9420:12.4.2:path-leaf-source", PATH, "One bit of the signature of the leaf in the path is flipped.";
    WrongParentHash = "wrong-parent-hash", Call, Everybody, false, "rfc9420:7.9.2:parent-hash-commit", PATH, "Parent hashes of the new path have one bit flipped.";
    WrongTreeHash = "wrong-tree-hash", Call, Everybody, false, "rfc9420:12.4.2:confirmation-tag", PATH, "The committer takes another tree hash into the new GroupContext.";
    LeafNotUpdated = "leaf-not-updated", Call, Everybody, false, "rfc9420:12.4.2:path-leaf-source", PATH, "The leaf in the path keeps the encryption key that it had.";
    StrangeRootKey = "strange-root-key", Call, Everybody, false, "rfc9420:7.5:derived-keys-match", PATH, "The root's public key is not the one that its path secret gives.";
    FragmentedPathOne = "fragmented-path-one", Call, Victims, false, "rfc9420:7.4:path-secrets", PATH, "One member gets another path secret than the path was made of.";
    FragmentedPathHalf = "fragmented-path-half", Call, Victims, false, "rfc9420:7.4:path-secrets", PATH, "Half of the members get another path secret than the path was made of.";
    FragmentedPathAllButOne = "fragmented-path-all-but-one", Call, Victims, false, "rfc9420:7.4:path-secrets", PATH, "All members but one get another path secret than the path was made of.";
    ShortPathSecret = "short-path-secret", Call, Everybody, false, "rfc9420:7.4:path-secrets", PATH, "Path secrets have five octets.";
    DamagedPathCiphertext = "damaged-path-ciphertext", Call, Everybody, false, "rfc9420:7.5:derived-keys-match", PATH, "Each ciphertext of a path secret has one bit flipped.";
    DamagedPathEncapsulation = "damaged-path-encapsulation", Call, Everybody, false, "rfc9420:7.5:derived-keys-match", PATH, "Each encapsulated key of a path secret has one bit flipped.";

    WrongGroup = "wrong-group", Content, Everybody, true, "rfc9420:6.1:group-id", GROUP, "The content names another group, and is signed and tagged so.";
    LaterEpoch = "later-epoch", Content, Everybody, true, "rfc9420:6.1:epoch", EPOCH, "The content names the next epoch, and is signed and tagged so.";
    EarlierEpoch = "earlier-epoch", Content, Everybody, true, "rfc9420:6.1:epoch", EPOCH, "The content names the epoch before, and is signed and tagged so.";
    SenderIsAnother = "sender-is-another", Content, Everybody, true, "rfc9420:6.1:signature", SENDER, "The content names the leaf of another member as its sender, and is signed with the committer's key.";
    SenderBeyondTree = "sender-beyond-tree", Content, Everybody, true, "rfc9420:6.1:sender-leaf", SENDER, "The content names a leaf as its sender that the tree does not have.";
    UnknownProposalReference = "unknown-proposal-reference", Content, Everybody, false, "rfc9420:12.4.2:proposal-known", PROPOSALS, "The commit refers to a proposal that nobody has sent.";
    ProposalReferenceTwice = "proposal-reference-twice", Content, Everybody, false, "rfc9420:12.2:proposal-list", PROPOSALS, "The commit refers to one proposal twice.";
    RemoveTwice = "remove-twice", Content, Everybody, false, "rfc9420:12.2:one-change-a-leaf", PROPOSALS, "The commit removes one member twice.";
    RemoveCommitter = "remove-committer", Content, Everybody, false, "rfc9420:12.2:no-own-remove", PROPOSALS, "The commit removes its own committer.";
    RemoveNobody = "remove-nobody", Content, Everybody, false, "rfc9420:12.1.3:remove-nobody", PROPOSALS, "The commit removes a leaf that the tree does not have.";
    UpdateByCommitter = "update-by-committer", Content, Everybody, false, "rfc9420:12.2:no-own-update", PROPOSALS, "The commit has an Update of its own committer.";
    AddTwice = "add-twice", Content, Everybody, false, "rfc9420:12.2:one-add-a-client", PROPOSALS, "The commit adds one KeyPackage twice.";
    ExternalInitByMember = "external-init-by-member", Content, Everybody, false, "rfc9420:12.2:no-external-init", PROPOSALS, "The commit of a member has an ExternalInit.";
    UnknownPreSharedKey = "unknown-pre-shared-key", Content, Everybody, false, "rfc9420:12.2:proposal-list", PROPOSALS, "The commit names a pre-shared key that nobody has.";
    ReinitBesideOthers = "reinit-beside-others", Content, Everybody, false, "rfc9420:12.2:reinit-alone", PROPOSALS, "The commit has a ReInit beside another proposal.";
    ContextExtensionsTwice = "context-extensions-twice", Content, Everybody, false, "rfc9420:12.2:one-extensions", PROPOSALS, "The commit has two GroupContextExtensions.";
    ContextExtensionUnsupported = "context-extension-unsupported", Content, Everybody, false, "rfc9420:12.1.7:members-support", PROPOSALS, "The commit gives the group an extension that no member supports.";
    PathMissing = "path-missing", Content, Everybody, false, "rfc9420:12.4:path-required", PATH, "The commit needs a path and has none.";
    PathTooLong = "path-too-long", Content, Everybody, false, "rfc9420:12.4.2:update-path", PATH, "The path has a node more than the filtered direct path.";
    PathTooShort = "path-too-short", Content, Everybody, false, "rfc9420:12.4.2:update-path", PATH, "The path lacks its last node.";
    PathCiphertextMore = "path-ciphertext-more", Content, Everybody, false, "rfc9420:7.6:ciphertext-count", PATH, "A node of the path has a ciphertext more than its copath's resolution has nodes.";
    PathCiphertextLess = "path-ciphertext-less", Content, Everybody, false, "rfc9420:7.6:ciphertext-count", PATH, "A node of the path has a ciphertext less than its copath's resolution has nodes.";

    ExternalWithoutInit = "external-without-init", External, Everybody, false, "rfc9420:12.2:external-list", EXTERNAL, "An external commit without an ExternalInit.";
    ExternalTwoInits = "external-two-inits", External, Everybody, false, "rfc9420:12.2:external-list", EXTERNAL, "An external commit with two ExternalInits.";
    ExternalWithAdd = "external-with-add", External, Everybody, false, "rfc9420:12.2:external-list", EXTERNAL, "An external commit that adds somebody else.";
    ExternalByReference = "external-by-reference", External, Everybody, false, "rfc9420:12.4.3.2:external-commit", EXTERNAL, "An external commit that refers to a proposal.";
    ExternalRemovesAnother = "external-removes-another", External, Everybody, false, "rfc9420:12.2:external-list", EXTERNAL, "An external commit that removes a member who is somebody else.";
    ExternalWithoutPath = "external-without-path", External, Everybody, false, "rfc9420:12.4.3.2:external-commit", EXTERNAL, "An external commit without a path.";
    ExternalWrongSignature = "external-wrong-signature", External, Everybody, false, "rfc9420:6.1:new-member-commit", SIGNATURE, "An external commit whose signature has one bit flipped.";

    Cut = "cut", Octets, Everybody, false, "rfc9420:6:mls-message", OCTETS, "The message lacks its last octet.";
    AndMore = "and-more", Octets, Everybody, false, "rfc9420:6:mls-message", OCTETS, "An octet follows the message.";
    BitFlippedEarly = "bit-flipped-early", Octets, Everybody, false, "rfc9420:6:valid", OCTETS, "One bit is flipped in the second quarter of the message.";
    BitFlippedLate = "bit-flipped-late", Octets, Everybody, false, "rfc9420:6:valid", OCTETS, "One bit is flipped in the last quarter of the message.";
}
