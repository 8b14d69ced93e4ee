use openmls_memory_storage::MemoryStorage;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

/// What the library has stored, as a value: copies are cheap and share nothing that can change.
///
/// The library's state in a group is all in here, so a call that works on [`Kept::lay_out`] and is refused has done
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept(Arc<BTreeMap<Vec<u8>, Vec<u8>>>);

impl Kept {
    /// What `storage` holds.
    #[must_use]
    pub fn of(storage: &MemoryStorage) -> Self {
        let values = storage.values.read().unwrap_or_else(PoisonError::into_inner);
        Self(Arc::new(values.iter().map(|(key, value)| (key.clone(), value.clone())).collect()))
    }

    /// A storage that holds it.
    #[must_use]
    pub fn lay_out(&self) -> MemoryStorage {
        let storage = MemoryStorage::default();
        let mut values = storage.values.write().unwrap_or_else(PoisonError::into_inner);
        values.extend(self.0.iter().map(|(key, value)| (key.clone(), value.clone())));
        drop(values);
        storage
    }

    /// Of this, what `later` still has under the same keys.
    #[must_use]
    pub fn still_in(&self, later: &Self) -> Self {
        let stays = self.0.iter().filter(|(key, _)| later.0.contains_key(*key));
        Self(Arc::new(stays.map(|(key, value)| (key.clone(), value.clone())).collect()))
    }

    /// Of this, what has come since `before`: what is under keys that `before` has not.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        let fresh = self.0.iter().filter(|(key, _)| !before.0.contains_key(*key));
        Self(Arc::new(fresh.map(|(key, value)| (key.clone(), value.clone())).collect()))
    }

    /// How many octets it takes.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.0.iter().map(|(key, value)| key.len().saturating_add(value.len())).sum()
    }
}
