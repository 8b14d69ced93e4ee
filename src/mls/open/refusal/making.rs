use super::Why;
use crate::reason::{Reason, mls as reason};
use openmls::group::*;
use openmls::prelude::{KeyPackageNewError, KeyPackageVerifyError, PublicTreeError, SignatureError};
use openmls::treesync::errors::LeafNodeValidationError;
use openmls_memory_storage::MemoryStorageError as Storage;

/// Errors that nothing received can cause.
macro_rules! ours {
    ($($error:ty),* $(,)?) => {
        $(impl Why for $error {
            fn why(&self) -> Reason {
                reason::MLS_OTHER
            }
        })*
    };
}

ours!(
    Storage,
    SignatureError,
    KeyPackageNewError,
    NewGroupError<Storage>,
    ExportSecretError,
    ExportGroupInfoError,
    CommitBuilderStageError<Storage>,
    MergeCommitError<Storage>,
    MergePendingCommitError<Storage>,
    ExternalCommitBuilderFinalizeError<Storage>,
    LeaveGroupError<Storage>,
    ProposeSelfUpdateError<Storage>,
);

impl Why for MlsGroupStateError {
    fn why(&self) -> Reason {
        match self {
            Self::UseAfterEviction => reason::NOT_A_MEMBER,
            Self::PendingProposal => reason::PENDING_PROPOSALS,
            Self::PendingCommit | Self::NoPendingCommit => reason::PENDING_COMMIT,
            _ => reason::MLS_OTHER,
        }
    }
}

impl Why for KeyPackageVerifyError {
    fn why(&self) -> Reason {
        match self {
            Self::InvalidSignature | Self::InvalidLeafNodeSignature => reason::BAD_SIGNATURE,
            Self::InvalidProtocolVersion => reason::MLS_UNSUPPORTED,
            Self::LifetimeError(_) => reason::OUT_OF_LIFETIME,
            Self::LibraryError(_) => reason::MLS_OTHER,
            _ => reason::BAD_KEY_PACKAGE,
        }
    }
}

impl Why for LeafNodeValidationError {
    fn why(&self) -> Reason {
        if matches!(self, Self::Lifetime(_)) { reason::OUT_OF_LIFETIME } else { reason::BAD_LEAF }
    }
}

impl Why for PublicTreeError {
    fn why(&self) -> Reason {
        reason::BAD_TREE
    }
}

impl<S: std::fmt::Display> Why for ProposeAddMemberError<S> {
    fn why(&self) -> Reason {
        match self {
            Self::GroupStateError(e) => e.why(),
            Self::LeafNodeValidation(e) => e.why(),
            Self::UnsupportedExtensions => reason::BAD_KEY_PACKAGE,
            _ => reason::MLS_OTHER,
        }
    }
}

impl<S: std::fmt::Display> Why for ProposeRemoveMemberError<S> {
    fn why(&self) -> Reason {
        match self {
            Self::GroupStateError(e) => e.why(),
            Self::UnknownMember => reason::BAD_PROPOSALS,
            _ => reason::MLS_OTHER,
        }
    }
}

impl Why for ProposalValidationError {
    fn why(&self) -> Reason {
        match self {
            Self::LibraryError(_) => reason::MLS_OTHER,
            Self::LeafNodeValidation(e) => e.why(),
            Self::InsufficientCapabilities => reason::BAD_LEAF,
            // This engine is given no external pre-shared keys.
            Self::Psk(_) => reason::MLS_UNSUPPORTED,
            _ => reason::BAD_PROPOSALS,
        }
    }
}

impl Why for CreateCommitError {
    fn why(&self) -> Reason {
        match self {
            Self::CannotRemoveSelf | Self::WrongProposalSenderType | Self::InvalidExternalCommit(_) => {
                reason::BAD_PROPOSALS
            }
            Self::GroupContextExtensionsProposalValidationError(_) | Self::AppDataUpdateValidationError(_) => {
                reason::BAD_PROPOSALS
            }
            Self::MissingProposal => reason::UNKNOWN_PROPOSAL,
            Self::ProposalValidationError(e) => e.why(),
            Self::LeafNodeValidation(e) => e.why(),
            Self::PublicTreeError(e) => e.why(),
            Self::PskError(_) => reason::MLS_UNSUPPORTED,
            _ => reason::MLS_OTHER,
        }
    }
}

impl<S: std::fmt::Display> Why for ProposalError<S> {
    fn why(&self) -> Reason {
        match self {
            Self::GroupStateError(e) => e.why(),
            _ => reason::MLS_OTHER,
        }
    }
}
