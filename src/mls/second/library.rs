//! The library's types as this room configures them.

use super::crypto::Provider;
use super::door::Door;
use super::identity::Identities;
use super::rules::Rules;
use super::storage::{NoGroups, Shelf};
use crate::entropy::Stream;
use mls_rs::client_builder::{
    BaseConfig, WithCryptoProvider, WithGroupStateStorage, WithIdentityProvider, WithKeyPackageRepo, WithMlsRules,
};
use mls_rs_core::crypto::{CipherSuite, SignatureSecretKey};
use mls_rs_core::identity::SigningIdentity;
use mls_rs_core::time::MlsTime;
use std::time::Duration;

/// How clients are configured.
pub(super) type Configured = WithMlsRules<
    Rules,
    WithCryptoProvider<
        Provider,
        WithIdentityProvider<Identities, WithGroupStateStorage<NoGroups, WithKeyPackageRepo<Shelf, BaseConfig>>>,
    >,
>;

/// A client of the library; made for one call.
pub(super) type Library = mls_rs::Client<Configured>;

/// A group of the library.
pub(super) type Group = mls_rs::Group<Configured>;

/// A group and what is left of its member's randomness: all that a call can change.
#[derive(Clone)]
pub(super) struct State {
    pub(super) group: Group,
    pub(super) stream: Stream,
}

/// What a client is made of.
pub(super) struct Parts {
    pub(super) suite: CipherSuite,
    pub(super) identity: SigningIdentity,
    pub(super) secret: SignatureSecretKey,
    pub(super) encrypt_handshake: bool,
}

/// The only time there is. It is told where the library would ask the system's clock: when something is made.
/// Where something is received the library is told none, and lets every lifetime pass.
pub(super) fn now() -> MlsTime {
    MlsTime::from(0)
}

/// A client.
pub(super) fn library(parts: &Parts, door: &Door, shelf: &Shelf) -> Library {
    mls_rs::Client::builder()
        .key_package_repo(shelf.clone())
        .group_state_storage(NoGroups)
        .identity_provider(Identities)
        .crypto_provider(Provider { door: door.clone() })
        .mls_rules(Rules { door: door.clone(), encrypt_handshake: parts.encrypt_handshake })
        // From 0 to the end of time: nothing here depends on a clock.
        .key_package_lifetime(Duration::from_secs(u64::MAX))
        .signing_identity(parts.identity.clone(), parts.secret.clone(), parts.suite)
        .build()
}
