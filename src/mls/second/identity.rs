//! Who is who: basic credentials, and nothing to check about them.
//!
//! The library wants members to have identities of their own and asks the application for them. RFC 9420 wants
//! that of signature keys only (section 7.3), so the signature key is the identity here: two devices of one user
//! may carry the same credential, as they may with any other library.

use mls_rs_core::error::IntoAnyError;
use mls_rs_core::extension::ExtensionList;
use mls_rs_core::identity::{
    BasicCredential, Credential, CredentialType, IdentityProvider, MemberValidationContext, SigningIdentity,
};
use mls_rs_core::time::MlsTime;
use std::fmt;

/// A credential that is not a basic one.
#[derive(Debug)]
pub(super) struct NotBasic(CredentialType);

impl fmt::Display for NotBasic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a credential of type {:?}", self.0)
    }
}

impl std::error::Error for NotBasic {}

impl IntoAnyError for NotBasic {
    fn into_dyn_error(self) -> Result<Box<dyn std::error::Error + Send + Sync>, Self> {
        Ok(self.into())
    }
}

fn basic(identity: &SigningIdentity) -> Result<&BasicCredential, NotBasic> {
    identity.credential.as_basic().ok_or_else(|| NotBasic(identity.credential.credential_type()))
}

/// The identity in a credential; empty for one that is not basic, which [`Identities`] lets in nowhere.
pub(super) fn name(identity: &SigningIdentity) -> Vec<u8> {
    match &identity.credential {
        Credential::Basic(basic) => basic.identifier.clone(),
        _ => vec![],
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Identities;

impl IdentityProvider for Identities {
    type Error = NotBasic;

    fn validate_member(
        &self,
        identity: &SigningIdentity,
        _: Option<MlsTime>,
        _: MemberValidationContext<'_>,
    ) -> Result<(), NotBasic> {
        basic(identity).map(|_| ())
    }

    fn validate_external_sender(
        &self,
        identity: &SigningIdentity,
        _: Option<MlsTime>,
        _: Option<&ExtensionList>,
    ) -> Result<(), NotBasic> {
        basic(identity).map(|_| ())
    }

    fn identity(&self, identity: &SigningIdentity, _: &ExtensionList) -> Result<Vec<u8>, NotBasic> {
        basic(identity).map(|_| identity.signature_key.as_bytes().to_vec())
    }

    fn valid_successor(
        &self,
        before: &SigningIdentity,
        after: &SigningIdentity,
        _: &ExtensionList,
    ) -> Result<bool, NotBasic> {
        Ok(basic(before)? == basic(after)?)
    }

    fn supported_types(&self) -> Vec<CredentialType> {
        vec![BasicCredential::credential_type()]
    }
}
