//! KeyPackages of the hub's own users (section 4.1): whoever knows the token gets one, nobody gets one twice.

use crate::delivery::hub::{Refused, Upload};
use crate::delivery::limits::{Limits, within};
use crate::protocol::{KeyPackageRequest, KeyPackageResponse, check_key_package};
use crate::reason::delivery as reason;
use std::collections::{BTreeMap, VecDeque};

type Result<T> = std::result::Result<T, Refused>;

/// What is stored, by what must be asked for exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyPackages(BTreeMap<Asked, Stored>);

/// User, token, version, cipher suite.
type Asked = (Vec<u8>, Vec<u8>, u16, u16);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stored {
    once: VecDeque<Vec<u8>>,
    last_resort: Option<Vec<u8>>,
}

/// Version and cipher suite of a KeyPackage (RFC 9420 section 10), which is walked to its end.
fn parameters(key_package: &[u8]) -> Result<(u16, u16)> {
    let suite = check_key_package(key_package).map_err(|e| Refused::new(e.reason, e))?;
    // No other version passes the walk.
    Ok((MLS10, suite))
}

const MLS10: u16 = 1;

impl KeyPackages {
    /// Stores what a user uploads, all of it or nothing.
    pub fn upload(&mut self, limits: &Limits, upload: Upload) -> Result<()> {
        let Upload { user_id, bearer_token, key_packages, last_resort } = upload;
        limits.octets(&user_id, "octets of a user id")?;
        limits.octets(&bearer_token, "octets of a bearer token")?;
        let mut fresh: BTreeMap<Asked, Stored> = BTreeMap::new();
        for (key_package, once) in key_packages.into_iter().map(|k| (k, true)).chain(last_resort.map(|k| (k, false))) {
            limits.octets(&key_package, "octets of a KeyPackage")?;
            let (version, suite) = parameters(&key_package)?;
            let asked = (user_id.clone(), bearer_token.clone(), version, suite);
            let stored = fresh.entry(asked.clone()).or_default();
            let old = self.0.get(&asked);
            if stored.once.contains(&key_package) || old.is_some_and(|s| s.once.contains(&key_package)) {
                return Err(Refused::new(reason::DUPLICATE_KEY_PACKAGE, "it would be handed out twice"));
            }
            if !once {
                stored.last_resort = Some(key_package);
                continue;
            }
            if old.is_some_and(|s| s.last_resort.as_ref() == Some(&key_package)) {
                return Err(Refused::new(reason::DUPLICATE_KEY_PACKAGE, "it is the one of last resort"));
            }
            stored.once.push_back(key_package);
            let count = stored.once.len().saturating_add(old.map_or(0, |s| s.once.len()));
            within(count, limits.max_key_packages, reason::EXCEEDS_KEY_PACKAGE_LIMIT, "KeyPackages of a user")?;
        }
        let sets = fresh.keys().filter(|asked| !self.0.contains_key(*asked)).count().saturating_add(self.0.len());
        within(sets, limits.max_key_package_sets, reason::EXCEEDS_KEY_PACKAGE_LIMIT, "sets of KeyPackages")?;
        for (asked, new) in fresh {
            let stored = self.0.entry(asked).or_default();
            stored.once.extend(new.once);
            stored.last_resort = new.last_resort.or(stored.last_resort.take());
        }
        Ok(())
    }

    /// The oldest that matches, else that of last resort. An unknown user, a wrong token and nothing left are refused
    /// alike, or the answer would tell who is a user here.
    pub fn take(&mut self, request: &KeyPackageRequest) -> Result<KeyPackageResponse> {
        let none = || Refused::new(reason::NO_SUCH_KEY_PACKAGE, "none for this user, token, version and cipher suite");
        let KeyPackageRequest { user_id, bearer_token, version, cipher_suite } = request;
        let asked = (user_id.clone(), bearer_token.clone(), *version, *cipher_suite);
        let stored = self.0.get_mut(&asked).ok_or_else(none)?;
        let key_package = stored.once.pop_front().or_else(|| stored.last_resort.clone()).ok_or_else(none)?;
        if stored.once.is_empty() && stored.last_resort.is_none() {
            self.0.remove(&asked);
        }
        Ok(KeyPackageResponse { key_package })
    }
}
