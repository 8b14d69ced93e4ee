//! The library's errors in this suite's words.
//!
//! The library has one flat enumeration for everything. Where one of its errors has several causes, the nearest
//! common reason is taken; where it says nothing that this suite has a word for, `mls-other`.

use crate::mls::member::Refusal;
use crate::reason::{Reason, mls as reason, wire};
use mls_rs::error::MlsError;
use mls_rs::mls_rs_codec::Error as CodecError;
use mls_rs_crypto_rustcrypto::RustCryptoError;

/// A refusal of this room's own.
pub(super) fn refuse(reason: Reason, said: &str) -> Refusal {
    Refusal { reason, said: said.to_owned() }
}

impl From<MlsError> for Refusal {
    fn from(error: MlsError) -> Self {
        Self { reason: reason_of(&error), said: error.to_string() }
    }
}

/// For what happens while joining: an index that is nowhere is the tree's fault there, and a proposal's elsewhere.
pub(super) fn joining(error: MlsError) -> Refusal {
    let reason = if is_index(&error) { reason::BAD_TREE } else { reason_of(&error) };
    Refusal { reason, said: error.to_string() }
}

/// What octets that are no MLS structure are refused for.
pub(super) fn malformed(error: &CodecError) -> Refusal {
    let reason = match error {
        CodecError::UnexpectedEOF => wire::WIRE_TRUNCATED,
        CodecError::UnexpectedTrailingData => wire::WIRE_TRAILING,
        _ => reason::MLS_MALFORMED,
    };
    Refusal { reason, said: error.to_string() }
}

fn reason_of(error: &MlsError) -> Reason {
    use MlsError as E;
    match error {
        E::SerializationError(inner) => {
            inner.inner_dyn_error().downcast_ref::<CodecError>().map_or(reason::MLS_MALFORMED, |e| malformed(e).reason)
        }
        E::GroupIdMismatch => reason::WRONG_GROUP,
        E::InvalidEpoch | E::EpochNotFound => reason::WRONG_EPOCH,
        E::UnencryptedApplicationMessage | E::UnexpectedMessageType => reason::WRONG_WIRE_FORMAT,
        E::LeafNotFound(_) | E::ExternalSenderCannotCommit | E::InvalidSender => reason::UNKNOWN_SENDER,
        E::ExpectedCommitForNewMemberCommit | E::ExpectedAddProposalForNewMemberProposal => reason::UNKNOWN_SENDER,
        E::UnknownSigningIdentityForExternalSender | E::InvalidExternalSigningIdentity => reason::UNKNOWN_SENDER,
        E::InvalidSignature => reason::BAD_SIGNATURE,
        E::InvalidMembershipTag | E::MembershipTagForNonMember => reason::BAD_MEMBERSHIP_TAG,
        E::InvalidConfirmationTag => reason::BAD_CONFIRMATION_TAG,
        E::CryptoProviderError(inner) => match inner.inner_dyn_error().downcast_ref::<RustCryptoError>() {
            Some(RustCryptoError::AeadError(_) | RustCryptoError::HpkeError(_)) => reason::UNDECRYPTABLE,
            _ => reason::MLS_OTHER,
        },
        E::InvalidFutureGeneration(_) => reason::UNDECRYPTABLE,
        E::CantProcessMessageFromSelf => reason::OWN_MESSAGE,
        E::KeyMissing(_) | E::InvalidLeafConsumption => reason::SECRET_REUSED,
        E::ProposalNotFound => reason::UNKNOWN_PROPOSAL,
        E::RatchetTreeNotFound => reason::MISSING_TREE,
        E::WelcomeKeyPackageNotFound => reason::NO_KEY_PACKAGE,
        E::InvalidInitKey | E::InitLeafKeyEquality | E::InvalidLifetime { .. } => reason::BAD_KEY_PACKAGE,
        E::InvalidGroupInfo | E::MissingExternalPubExtension | E::InvalidWelcomeMessage => reason::BAD_GROUP_INFO,
        E::UnsupportedProtocolVersion(_) | E::UnsupportedCipherSuite(_) => reason::MLS_UNSUPPORTED,
        // This engine is given no external pre-shared keys.
        E::MissingRequiredPsk => reason::MLS_UNSUPPORTED,
        E::ExistingPendingCommit => reason::PENDING_COMMIT,
        E::CommitRequired => reason::PENDING_PROPOSALS,
        error if is_path(error) => reason::BAD_UPDATE_PATH,
        error if is_leaf(error) => reason::BAD_LEAF,
        error if is_tree(error) => reason::BAD_TREE,
        error if is_proposals(error) || is_index(error) => reason::BAD_PROPOSALS,
        _ => reason::MLS_OTHER,
    }
}

fn is_path(error: &MlsError) -> bool {
    use MlsError as E;
    matches!(
        error,
        E::CommitMissingPath
            | E::WrongPathLen
            | E::SameHpkeKey(_)
            | E::PubKeyMismatch
            | E::ParentHashMismatch
            | E::UpdateErrorNoSecretKey
            | E::LcaNotFoundInDirectPath
            | E::FailedGeneratingPathSecret
            | E::ExternalCommitMustHaveNewLeaf
    )
}

fn is_leaf(error: &MlsError) -> bool {
    use MlsError as E;
    matches!(
        error,
        E::IdentityProviderError(_)
            | E::InvalidLeafNodeSource
            | E::RequiredExtensionNotFound(_)
            | E::RequiredProposalNotFound(_)
            | E::RequiredCredentialNotFound(_)
            | E::ExtensionNotInCapabilities(_)
            | E::DuplicateLeafData(_)
            | E::InUseCredentialTypeUnsupportedByNewLeaf
            | E::CredentialTypeOfNewLeafIsUnsupported
            | E::DifferentIdentityInUpdate(_)
            | E::InvalidSuccessor
            | E::DefaultValueListed
    )
}

fn is_index(error: &MlsError) -> bool {
    use MlsError as E;
    matches!(error, E::ExpectedNode | E::UnexpectedEmptyNode | E::InvalidNodeIndex(_) | E::InvalidTreeIndex)
}

fn is_tree(error: &MlsError) -> bool {
    use MlsError as E;
    matches!(
        error,
        E::TreeHashMismatch
            | E::UnmergedLeavesMismatch
            | E::UnexpectedEmptyTree
            | E::UnexpectedTrailingBlanks
            | E::LeafNodeNoChildren
            | E::LeafNodeNoParent
            | E::InvalidTreeKemPrivateKey
    )
}

fn is_proposals(error: &MlsError) -> bool {
    use MlsError as E;
    matches!(
        error,
        E::InvalidCommitSelfUpdate
            | E::InvalidTypeOrUsageInPreSharedKeyProposal
            | E::InvalidPskNonceLength
            | E::InvalidProtocolVersionInReInit
            | E::MoreThanOneProposalForLeaf(_)
            | E::MoreThanOneGroupContextExtensionsProposal
            | E::InvalidProposalTypeForSender
            | E::ExternalCommitMissingExternalInit
            | E::ExternalCommitMustHaveExactlyOneExternalInit
            | E::ExternalCommitRemovesOtherIdentity
            | E::ExternalCommitWithMoreThanOneRemove
            | E::DuplicatePskIds
            | E::InvalidProposalTypeInExternalCommit(_)
            | E::CommitterSelfRemoval
            | E::OnlyMembersCanCommitProposalsByRef
            | E::OtherProposalWithReInit
            | E::UnsupportedGroupExtension(_)
            | E::UnsupportedCustomProposal(_)
            | E::RemovingNonExistingMember
            | E::UpdatingNonExistingMember
            | E::SelfRemoveAlreadyProposed
            | E::ExternalProposalsDisabled
    )
}
