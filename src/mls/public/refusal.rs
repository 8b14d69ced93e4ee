//! Why the library refuses what a view is shown, in this suite's words.

use super::Unseen;
use crate::reason::{Reason, mls as reason};
use openmls::group::{
    ProposalValidationError, PublicProcessMessageError, ResolveAppDataCommitError, StageCommitError, ValidationError,
};
use openmls::prelude::{CreationFromExternalError, KeyPackageVerifyError};
use openmls::treesync::errors::{LeafNodeValidationError, UpdatePathError};

/// The library asks the system's clock about lifetimes. What it says then differs from day to day, so it is not kept.
fn unseen(reason: Reason, said: &dyn std::fmt::Display) -> Unseen {
    let said = if reason == reason::OUT_OF_LIFETIME { "not within its lifetime".into() } else { said.to_string() };
    Unseen { reason, said }
}

pub(super) fn of_creation<E: std::fmt::Display>(e: &CreationFromExternalError<E>) -> Unseen {
    let reason = match e {
        CreationFromExternalError::InvalidGroupInfoSignature => reason::BAD_SIGNATURE,
        CreationFromExternalError::UnknownSender
        | CreationFromExternalError::UnsupportedMlsVersion
        | CreationFromExternalError::UnsupportedCiphersuite(_) => reason::BAD_GROUP_INFO,
        CreationFromExternalError::LeafNodeValidation(e) => of_leaf(e),
        CreationFromExternalError::LibraryError(_) | CreationFromExternalError::WriteToStorageError(_) => {
            reason::MLS_OTHER
        }
        _ => reason::BAD_TREE,
    };
    unseen(reason, e)
}

pub(super) fn of_message(e: &PublicProcessMessageError) -> Unseen {
    let reason = match e {
        PublicProcessMessageError::ValidationError(e) => of_validation(e),
        PublicProcessMessageError::InvalidCommit(e) => of_commit(e),
        PublicProcessMessageError::IncompatibleWireFormat => reason::WRONG_WIRE_FORMAT,
        _ => reason::MLS_OTHER,
    };
    unseen(reason, e)
}

pub(super) fn of_resolving(e: &ResolveAppDataCommitError) -> Unseen {
    let reason = match e {
        ResolveAppDataCommitError::StageCommit(e) => of_commit(e),
        ResolveAppDataCommitError::NotAnUnresolvedAppDataCommit => reason::MLS_OTHER,
    };
    unseen(reason, e)
}

fn of_leaf(e: &LeafNodeValidationError) -> Reason {
    if matches!(e, LeafNodeValidationError::Lifetime(_)) { reason::OUT_OF_LIFETIME } else { reason::BAD_LEAF }
}

fn of_validation(e: &ValidationError) -> Reason {
    match e {
        ValidationError::WrongGroupId => reason::WRONG_GROUP,
        ValidationError::WrongEpoch | ValidationError::NoPastEpochData => reason::WRONG_EPOCH,
        ValidationError::UnknownMember => reason::UNKNOWN_SENDER,
        ValidationError::InvalidSignature => reason::BAD_SIGNATURE,
        ValidationError::MissingMembershipTag | ValidationError::InvalidMembershipTag => reason::BAD_MEMBERSHIP_TAG,
        ValidationError::MissingConfirmationTag => reason::BAD_CONFIRMATION_TAG,
        ValidationError::WrongWireFormat | ValidationError::UnencryptedApplicationMessage => reason::WRONG_WIRE_FORMAT,
        ValidationError::NoPath => reason::BAD_UPDATE_PATH,
        ValidationError::UpdatePathError(UpdatePathError::SignatureError(_)) => reason::BAD_SIGNATURE,
        ValidationError::UpdatePathError(UpdatePathError::InvalidType) => reason::BAD_LEAF,
        ValidationError::KeyPackageVerifyError(KeyPackageVerifyError::LifetimeError(_)) => reason::OUT_OF_LIFETIME,
        ValidationError::KeyPackageVerifyError(_) => reason::BAD_KEY_PACKAGE,
        ValidationError::InvalidLeafNodeSignature | ValidationError::InvalidLeafNodeSourceType => reason::BAD_LEAF,
        ValidationError::CommitterIncludedOwnUpdate => reason::BAD_PROPOSALS,
        _ => reason::MLS_OTHER,
    }
}

fn of_commit(e: &StageCommitError) -> Reason {
    match e {
        StageCommitError::EpochMismatch => reason::WRONG_EPOCH,
        StageCommitError::UpdatePathError(_) | StageCommitError::RequiredPathNotFound => reason::BAD_UPDATE_PATH,
        StageCommitError::ConfirmationTagMissing | StageCommitError::ConfirmationTagMismatch => {
            reason::BAD_CONFIRMATION_TAG
        }
        StageCommitError::ProposalValidationError(ProposalValidationError::LeafNodeValidation(e))
            if of_leaf(e) == reason::OUT_OF_LIFETIME =>
        {
            reason::OUT_OF_LIFETIME
        }
        StageCommitError::ProposalValidationError(_) | StageCommitError::ExternalCommitValidation(_) => {
            reason::BAD_PROPOSALS
        }
        StageCommitError::LeafNodeValidation(e) => of_leaf(e),
        _ => reason::MLS_OTHER,
    }
}
