//! What a KeyPackage offers (RFC 9420 sections 7.2 and 10): as much as a provider has to see of one that it gives out.

use super::key_material::RequiredCapabilities;
use super::walked::{Capabilities, KeyPackage};
use crate::protocol::{CipherSuite, walk};
use crate::wire::tls::{Reader, WireError, Writer};

/// Extension types up to this one, and proposal types up to that one, are every client's (RFC 9420 section 7.2).
const DEFAULT_EXTENSIONS: u16 = 5;
const DEFAULT_PROPOSALS: u16 = 7;
/// `key_package` as a LeafNodeSource.
const OF_KEY_PACKAGE: u8 = 1;

/// What a KeyPackage offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its cipher suite.
    pub cipher_suite: u16,
    /// What its leaf supports, as it stands there.
    pub capabilities: Capabilities,
    /// The second since 1970 after which it has expired; `None` where the leaf is of another source and has no lifetime.
    pub not_after: Option<u64>,
    supported: RequiredCapabilities,
}

impl Offer {
    /// Of this KeyPackage.
    ///
    /// # Errors
    /// None that [`KeyPackage::decode`] has not found before.
    pub fn of(key_package: &KeyPackage) -> Result<Self, WireError> {
        let mut r = Reader::new(key_package.octets());
        r.u16("version")?;
        let cipher_suite = r.u16("cipher_suite")?;
        for field in ["init_key", "encryption_key", "signature_key"] {
            r.opaque(field)?;
        }
        walk::credential(&mut r)?;
        let (from, mut ahead) = (r.offset(), r);
        for list in ["versions", "cipher_suites"] {
            numbers(&mut r, list)?;
        }
        let supported = RequiredCapabilities {
            extension_types: numbers(&mut r, "extensions")?,
            proposal_types: numbers(&mut r, "proposals")?,
            credential_types: numbers(&mut r, "credentials")?,
        };
        let capabilities = ahead.take(r.offset().saturating_sub(from), "capabilities")?;
        let capabilities = Capabilities::decode(capabilities)?;
        let lifetime = r.u8("leaf_node_source")? == OF_KEY_PACKAGE;
        let not_after = if lifetime {
            r.u64("not_before")?;
            Some(r.u64("not_after")?)
        } else {
            None
        };
        Ok(Self { cipher_suite, capabilities, not_after, supported })
    }

    /// Whether its client has all that is required; what every client has need not be listed (RFC 9420 section 7.2).
    #[must_use]
    pub fn has(&self, required: &RequiredCapabilities) -> bool {
        let within = |wanted: &[u16], listed: &[u16], defaults: u16| {
            wanted.iter().all(|kind| (1..=defaults).contains(kind) || listed.contains(kind))
        };
        within(&required.extension_types, &self.supported.extension_types, DEFAULT_EXTENSIONS)
            && within(&required.proposal_types, &self.supported.proposal_types, DEFAULT_PROPOSALS)
            && within(&required.credential_types, &self.supported.credential_types, 0)
    }
}

fn numbers(r: &mut Reader, list: &'static str) -> Result<Vec<u16>, WireError> {
    let mut all = vec![];
    r.each(list, |r| {
        all.push(r.u16(list)?);
        Ok(())
    })?;
    Ok(all)
}

/// The KeyPackageRef (RFC 9420 section 5.2) of a KeyPackage without MLSMessage around it; `None` where its cipher suite has
/// no known hash.
#[must_use]
pub fn key_package_ref(suite: CipherSuite, key_package: &[u8]) -> Option<Vec<u8>> {
    let mut input = Writer::new();
    input.opaque(b"MLS 1.0 KeyPackage Reference", "label").ok()?;
    input.opaque(key_package, "value").ok()?;
    suite.hash(&input.into_octets())
}
