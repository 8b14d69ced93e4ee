//! KeyPackages with their private keys, out of and into the library's storage.
//!
//! The library shows one of the two private keys and takes none. But what it stores can be read and written: as JSON,
//! whose shape the tests hold.

use super::refusal::refuse;
use crate::crypto::Provider;
use crate::mls::member::{Refusal, Result};
use crate::reason::mls as reason;
use openmls::prelude::{HpkePrivateKey, KeyPackage, KeyPackageBundle, OpenMlsProvider};
use openmls_traits::storage::StorageProvider;
use serde_json::{Value, json};

/// The private keys of a KeyPackage.
pub(super) struct Private {
    pub(super) init: Vec<u8>,
    pub(super) encryption: Vec<u8>,
}

fn shape(what: impl std::fmt::Display) -> Refusal {
    refuse(reason::MLS_OTHER, &format!("OpenMLS stores KeyPackages in another shape: {what}"))
}

fn key(stored: Option<&Value>) -> Result<Vec<u8>> {
    let stored = stored.ok_or_else(|| shape("a key is missing"))?;
    let key: HpkePrivateKey = serde_json::from_value(stored.clone()).map_err(shape)?;
    Ok(key.to_vec())
}

/// The private keys of a KeyPackage that is stored; `None` if it is not, or not any more.
pub(super) fn private(provider: &Provider, package: &KeyPackage) -> Result<Option<Private>> {
    let reference = package.hash_ref(provider.crypto()).map_err(shape)?;
    let bundle: Option<KeyPackageBundle> = provider.storage().key_package(&reference)?;
    let Some(bundle) = bundle else { return Ok(None) };
    let stored = serde_json::to_value(&bundle).map_err(shape)?;
    let encryption = stored.get("private_encryption_key").and_then(|k| k.get("key"));
    Ok(Some(Private { init: key(stored.get("private_init_key"))?, encryption: key(encryption)? }))
}

/// Stores a KeyPackage as if it had been made here.
pub(super) fn store(provider: &Provider, package: &KeyPackage, private: &Private) -> Result<()> {
    let [init, encryption] = [&private.init, &private.encryption].map(|k| HpkePrivateKey::from(k.as_slice()));
    let stored = json!({
        "key_package": package,
        "private_init_key": init,
        "private_encryption_key": { "key": encryption },
    });
    let bundle: KeyPackageBundle = serde_json::from_value(stored).map_err(shape)?;
    let reference = package.hash_ref(provider.crypto()).map_err(shape)?;
    Ok(provider.storage().write_key_package(&reference, &bundle)?)
}
