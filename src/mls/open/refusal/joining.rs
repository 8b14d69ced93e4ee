use super::Why;
use crate::reason::{Reason, mls as reason};
use openmls::group::*;
use openmls::prelude::CreationFromExternalError;
use openmls_memory_storage::MemoryStorageError as Storage;

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
