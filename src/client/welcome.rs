//! Whose provider gets which entry of a Welcome (section 4.2): `service_providers` stands beside `secrets`, entry by
//! entry, and `secrets` names KeyPackages by reference.

use super::Invitation;
use crate::mls::member::{Refusal, Result};
use crate::protocol::{CipherSuite, Head, MlsMessage, WelcomeData, room};
use crate::reason::mls as reason;

/// `version` and `wire_format` before a KeyPackage in an MLSMessage.
const FRAME: usize = 4;

/// The KeyPackageRef (RFC 9420 section 5.2) of a KeyPackage that is given as MLSMessage; `None` where the octets are
/// too short for one, or the suite has no known hash.
#[must_use]
pub fn key_package_ref(suite: CipherSuite, key_package: &[u8]) -> Option<Vec<u8>> {
    room::key_package_ref(suite, key_package.get(FRAME..)?)
}

/// The Welcome with the provider of each entry.
pub(super) fn data(suite: CipherSuite, welcome: MlsMessage, invited: &[Invitation]) -> Result<WelcomeData> {
    let none = |said: &str| Refusal { reason: reason::NO_KEY_PACKAGE, said: said.to_owned() };
    let Head::Welcome { recipients, .. } = welcome.head() else { return Err(none("no Welcome")) };
    let provider = |wanted: &Vec<u8>| {
        let of = |i: &&Invitation| key_package_ref(suite, &i.key_package).as_ref() == Some(wanted);
        invited.iter().find(of).map(|i| i.provider.clone())
    };
    let providers: Option<Vec<_>> = recipients.iter().map(provider).collect();
    let service_providers = providers.ok_or_else(|| none("an entry for somebody who was not invited"))?;
    Ok(WelcomeData { welcome, service_providers })
}
