//! The library's errors in this suite's words.
//!
//! The library has an enumeration for each call, nested. Where one of its errors has several causes, the nearest common
//! reason is taken; where it says nothing that this suite has a word for, `mls-other`.

use crate::mls::member::Refusal;
use crate::reason::{Reason, mls as reason, wire};
use openmls::framing::errors::{MessageDecryptionError, SecretTreeError};
use openmls::group::*;
use openmls::prelude::{
    ApplyUpdatePathError, CreationFromExternalError, KeyPackageNewError, KeyPackageVerifyError, PublicTreeError,
    SignatureError, tls_codec,
};
use openmls::treesync::errors::LeafNodeValidationError;
use openmls_memory_storage::MemoryStorageError as Storage;

/// A refusal of this room's own.
pub(super) fn refuse(reason: Reason, said: &str) -> Refusal {
    Refusal { reason, said: said.to_owned() }
}

/// What octets that are no MLS structure are refused for.
pub(super) fn malformed(error: &tls_codec::Error) -> Refusal {
    let reason = match error {
        tls_codec::Error::EndOfStream => wire::WIRE_TRUNCATED,
        tls_codec::Error::TrailingData => wire::WIRE_TRAILING,
        _ => reason::MLS_MALFORMED,
    };
    Refusal { reason, said: error.to_string() }
}

/// An error of the library that has a reason.
pub(super) trait Why: std::fmt::Display {
    fn why(&self) -> Reason;
}

impl<E: Why> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self { reason: error.why(), said: error.to_string() }
    }
}

impl Why for tls_codec::Error {
    fn why(&self) -> Reason {
        malformed(self).reason
    }
}

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

impl Why for CreateMessageError {
    fn why(&self) -> Reason {
        match self {
            Self::GroupStateError(e) => e.why(),
            Self::LibraryError(_) => reason::MLS_OTHER,
        }
    }
}

impl Why for KeyPackageVerifyError {
    fn why(&self) -> Reason {
        match self {
            Self::InvalidSignature | Self::InvalidLeafNodeSignature => reason::BAD_SIGNATURE,
            Self::InvalidProtocolVersion => reason::MLS_UNSUPPORTED,
            Self::LibraryError(_) => reason::MLS_OTHER,
            _ => reason::BAD_KEY_PACKAGE,
        }
    }
}

impl Why for LeafNodeValidationError {
    fn why(&self) -> Reason {
        reason::BAD_LEAF
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

impl Why for ApplyUpdatePathError {
    fn why(&self) -> Reason {
        // That of the library itself too: a path secret of another length comes to be one.
        reason::BAD_UPDATE_PATH
    }
}

impl Why for StageCommitError {
    fn why(&self) -> Reason {
        match self {
            Self::EpochMismatch => reason::WRONG_EPOCH,
            Self::OwnCommitMismatch => reason::OWN_MESSAGE,
            Self::PathLeafNodeVerificationFailure => reason::BAD_SIGNATURE,
            Self::RequiredPathNotFound | Self::MissingDecryptionKey | Self::VerifiedUpdatePathError(_) => {
                reason::BAD_UPDATE_PATH
            }
            Self::UpdatePathError(e) => e.why(),
            Self::ConfirmationTagMissing | Self::ConfirmationTagMismatch => reason::BAD_CONFIRMATION_TAG,
            Self::AttemptedSelfRemoval | Self::TooManyNewMembers | Self::OwnKeyNotFound => reason::BAD_PROPOSALS,
            Self::MissingProposal => reason::UNKNOWN_PROPOSAL,
            Self::InconsistentSenderIndex | Self::SenderTypeExternal | Self::SenderTypeNewMemberProposal => {
                reason::UNKNOWN_SENDER
            }
            Self::ProposalValidationError(e) => e.why(),
            Self::ExternalCommitValidation(e) => e.why(),
            Self::LeafNodeValidation(e) => e.why(),
            Self::PskError(_) => reason::MLS_UNSUPPORTED,
            Self::DuplicatePskId(_)
            | Self::GroupContextExtensionsProposalValidationError(_)
            | Self::AppDataUpdateValidationError(_)
            | Self::ApplyAppDataUpdateError(_) => reason::BAD_PROPOSALS,
            Self::LibraryError(_) | Self::WrongPlaintextContentType => reason::MLS_OTHER,
        }
    }
}

impl Why for ExternalCommitValidationError {
    fn why(&self) -> Reason {
        match self {
            Self::NoPath => reason::BAD_UPDATE_PATH,
            Self::UnsupportedGroupContextExtensions => reason::BAD_LEAF,
            Self::LibraryError(_) => reason::MLS_OTHER,
            _ => reason::BAD_PROPOSALS,
        }
    }
}

impl Why for MessageDecryptionError {
    fn why(&self) -> Reason {
        match self {
            Self::GenerationOutOfBound | Self::AeadError => reason::UNDECRYPTABLE,
            Self::SecretTreeError(SecretTreeError::SecretReuseError | SecretTreeError::TooDistantInThePast) => {
                reason::SECRET_REUSED
            }
            Self::SecretTreeError(SecretTreeError::TooDistantInTheFuture) => reason::UNDECRYPTABLE,
            Self::SecretTreeError(SecretTreeError::IndexOutOfBounds) => reason::UNKNOWN_SENDER,
            Self::SecretTreeError(SecretTreeError::RatchetTypeError) => reason::OWN_MESSAGE,
            Self::WrongWireFormat => reason::WRONG_WIRE_FORMAT,
            Self::MalformedContent => reason::MLS_MALFORMED,
            Self::SecretTreeError(_) | Self::LibraryError(_) => reason::MLS_OTHER,
        }
    }
}

impl Why for ValidationError {
    fn why(&self) -> Reason {
        match self {
            Self::WrongGroupId => reason::WRONG_GROUP,
            Self::WrongEpoch | Self::NoPastEpochData => reason::WRONG_EPOCH,
            Self::NotACommit | Self::NotAnExternalAddProposal | Self::NonMemberApplicationMessage => {
                reason::UNKNOWN_SENDER
            }
            Self::UnknownMember | Self::UnauthorizedExternalSender | Self::NoExternalSendersExtension => {
                reason::UNKNOWN_SENDER
            }
            Self::InvalidSenderType => reason::UNKNOWN_SENDER,
            Self::NoPath | Self::UpdatePathError(_) => reason::BAD_UPDATE_PATH,
            Self::UnencryptedApplicationMessage | Self::WrongWireFormat => reason::WRONG_WIRE_FORMAT,
            Self::MissingMembershipTag | Self::InvalidMembershipTag => reason::BAD_MEMBERSHIP_TAG,
            Self::MissingConfirmationTag => reason::BAD_CONFIRMATION_TAG,
            Self::InvalidSignature | Self::InvalidLeafNodeSignature => reason::BAD_SIGNATURE,
            Self::UnableToDecrypt(e) => e.why(),
            Self::KeyPackageVerifyError(e) => e.why(),
            Self::InvalidLeafNodeSourceType => reason::BAD_LEAF,
            Self::CommitterIncludedOwnUpdate | Self::InvalidAddProposalCiphersuite => reason::BAD_PROPOSALS,
            Self::ExternalCommitValidation(e) => e.why(),
            Self::InvalidExtension(_) => reason::MLS_MALFORMED,
            Self::LibraryError(_) => reason::MLS_OTHER,
        }
    }
}

impl Why for ProcessMessageError<Storage> {
    fn why(&self) -> Reason {
        match self {
            Self::IncompatibleWireFormat => reason::WRONG_WIRE_FORMAT,
            Self::ValidationError(e) => e.why(),
            Self::GroupStateError(e) => e.why(),
            Self::InvalidCommit(e) => e.why(),
            Self::UnauthorizedExternalApplicationMessage | Self::UnauthorizedExternalCommitMessage => {
                reason::UNKNOWN_SENDER
            }
            Self::UnsupportedProposalType => reason::BAD_PROPOSALS,
            Self::MalformedSafeAad => reason::MLS_MALFORMED,
            Self::LibraryError(_) | Self::StorageError(_) => reason::MLS_OTHER,
        }
    }
}

impl Why for CreationFromExternalError<Storage> {
    fn why(&self) -> Reason {
        match self {
            Self::InvalidGroupInfoSignature => reason::BAD_SIGNATURE,
            Self::UnknownSender => reason::BAD_GROUP_INFO,
            Self::UnsupportedMlsVersion | Self::UnsupportedCiphersuite(_) => reason::MLS_UNSUPPORTED,
            Self::LeafNodeValidation(e) => e.why(),
            Self::LibraryError(_) | Self::WriteToStorageError(_) => reason::MLS_OTHER,
            _ => reason::BAD_TREE,
        }
    }
}

impl Why for WelcomeError<Storage> {
    fn why(&self) -> Reason {
        match self {
            Self::GroupSecrets(_) | Self::GroupInfo(_) | Self::UnableToDecrypt => reason::UNDECRYPTABLE,
            Self::NoMatchingKeyPackage | Self::JoinerSecretNotFound | Self::PrivateInitKeyNotFound => {
                reason::NO_KEY_PACKAGE
            }
            Self::NoMatchingEncryptionKey => reason::NO_KEY_PACKAGE,
            Self::MissingRatchetTree => reason::MISSING_TREE,
            Self::ConfirmationTagMismatch => reason::BAD_CONFIRMATION_TAG,
            Self::InvalidGroupInfoSignature => reason::BAD_SIGNATURE,
            Self::CiphersuiteMismatch | Self::UnknownSender => reason::BAD_GROUP_INFO,
            Self::UnsupportedMlsVersion | Self::UnsupportedCapability | Self::UnsupportedCiphersuite(_) => {
                reason::MLS_UNSUPPORTED
            }
            Self::UnsupportedExtensions | Self::Psk(_) => reason::MLS_UNSUPPORTED,
            Self::NotAWelcomeMessage => reason::WRONG_WIRE_FORMAT,
            Self::MalformedWelcomeMessage => reason::MLS_MALFORMED,
            Self::PublicTreeError(e) => e.why(),
            Self::PublicGroupError(e) => e.why(),
            Self::LeafNodeValidation(e) => e.why(),
            _ => reason::MLS_OTHER,
        }
    }
}

impl Why for ExternalCommitBuilderError<Storage> {
    fn why(&self) -> Reason {
        match self {
            Self::MissingRatchetTree => reason::MISSING_TREE,
            Self::MissingExternalPub => reason::BAD_GROUP_INFO,
            Self::UnsupportedCiphersuite(_) => reason::MLS_UNSUPPORTED,
            Self::PublicGroupError(e) => e.why(),
            Self::InvalidProposal(e) => e.why(),
            _ => reason::MLS_OTHER,
        }
    }
}
