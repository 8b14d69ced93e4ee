use super::Why;
use crate::reason::{Reason, mls as reason};
use openmls::framing::errors::{MessageDecryptionError, SecretTreeError};
use openmls::group::*;
use openmls::prelude::ApplyUpdatePathError;
use openmls::treesync::errors::UpdatePathError;
use openmls_memory_storage::MemoryStorageError as Storage;

impl Why for CreateMessageError {
    fn why(&self) -> Reason {
        match self {
            Self::GroupStateError(e) => e.why(),
            Self::LibraryError(_) => reason::MLS_OTHER,
        }
    }
}

impl Why for ApplyUpdatePathError {
    fn why(&self) -> Reason {
        match self {
            Self::UnableToDecrypt => reason::UNDECRYPTABLE,
            // The library's own errors too: a path secret of another length comes to be one.
            _ => reason::BAD_UPDATE_PATH,
        }
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
            Self::NoPath => reason::BAD_UPDATE_PATH,
            Self::UpdatePathError(UpdatePathError::SignatureError(_)) => reason::BAD_SIGNATURE,
            Self::UpdatePathError(UpdatePathError::InvalidType) => reason::BAD_LEAF,
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

impl Why for ResolveAppDataCommitError {
    fn why(&self) -> Reason {
        match self {
            Self::StageCommit(e) => e.why(),
            Self::NotAnUnresolvedAppDataCommit => reason::MLS_OTHER,
        }
    }
}
