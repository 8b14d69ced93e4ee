//! What the library keeps: KeyPackages for one call, groups nowhere.
//!
//! A device lays its KeyPackages out for a call and takes back what the call made; so a copy of a device shares
//! nothing with it, and a refused join uses nothing up. Groups are values, held by their members.

use mls_rs_core::group::{EpochRecord, GroupState, GroupStateStorage};
use mls_rs_core::key_package::{KeyPackageData, KeyPackageStorage};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// KeyPackages with their private keys, by reference (RFC 9420 section 5.2).
pub(super) type KeyPackages = BTreeMap<Vec<u8>, KeyPackageData>;

/// What lies open during a call; clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf(Arc<Mutex<KeyPackages>>);

impl Shelf {
    pub(super) fn new(key_packages: KeyPackages) -> Self {
        Self(Arc::new(Mutex::new(key_packages)))
    }

    pub(super) fn all(&self) -> KeyPackages {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, KeyPackages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyPackageStorage for Shelf {
    type Error = Infallible;

    fn delete(&mut self, id: &[u8]) -> Result<(), Infallible> {
        self.lock().remove(id);
        Ok(())
    }

    fn insert(&mut self, id: Vec<u8>, data: KeyPackageData) -> Result<(), Infallible> {
        self.lock().insert(id, data);
        Ok(())
    }

    fn get(&self, id: &[u8]) -> Result<Option<KeyPackageData>, Infallible> {
        Ok(self.lock().get(id).cloned())
    }
}

/// Keeps no group and no past epoch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NoGroups;

impl GroupStateStorage for NoGroups {
    type Error = Infallible;

    fn state(&self, _: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Infallible> {
        Ok(None)
    }

    fn epoch(&self, _: &[u8], _: u64) -> Result<Option<Zeroizing<Vec<u8>>>, Infallible> {
        Ok(None)
    }

    fn write(&mut self, _: GroupState, _: Vec<EpochRecord>, _: Vec<EpochRecord>) -> Result<(), Infallible> {
        Ok(())
    }

    fn max_epoch_id(&self, _: &[u8]) -> Result<Option<u64>, Infallible> {
        Ok(None)
    }
}
