use super::crypto::{Provider, Suite};
use super::device::Device;
use super::door::Door;
use super::input;
use super::library::Parts;
use super::refusal::refuse;
use super::storage::KeyPackages;
use crate::entropy::Seed;
use crate::mls::member::{Client, Engine, PrivateKeys, Refusal, Result, Settings};
use crate::protocol;
use crate::reason::mls as reason;
use mls_rs_core::crypto::{
    CipherSuite, CipherSuiteProvider, CryptoProvider, HpkePublicKey, HpkeSecretKey, SignatureSecretKey,
};
use mls_rs_core::identity::{BasicCredential, SigningIdentity};
use mls_rs_core::key_package::KeyPackageData;
use sha2::{Digest, Sha256};

/// mls-rs.
#[derive(Clone, Copy, Debug, Default)]
pub struct MlsRs;

/// mls-rs as an [`Engine`].
#[must_use]
pub fn engine() -> impl Engine {
    MlsRs
}

fn provider(suite: protocol::CipherSuite, door: &Door) -> Result<Suite> {
    let provider = Provider { door: door.clone() };
    let unsupported = || refuse(reason::MLS_UNSUPPORTED, &format!("cipher suite {:#06x}", suite.0));
    provider.cipher_suite_provider(CipherSuite::from(suite.0)).ok_or_else(unsupported)
}

fn crypto(error: impl std::fmt::Display) -> Refusal {
    refuse(reason::MLS_OTHER, &error.to_string())
}

fn misfit(what: &str) -> Refusal {
    refuse(reason::BAD_KEY_PACKAGE, what)
}

impl Engine for MlsRs {
    fn name(&self) -> &'static str {
        "mls-rs 0.57.0"
    }

    fn byte_stable(&self) -> bool {
        true
    }

    fn client(&self, settings: &Settings) -> Result<Box<dyn Client>> {
        let seed = Seed::new(&settings.seed);
        let suite = provider(settings.suite, &Door::new(seed.stream("signature key")))?;
        let (secret, public) = suite.signature_key_generate().map_err(crypto)?;
        let credential = BasicCredential::new(settings.identity.clone()).into_credential();
        let parts = Parts {
            suite: suite.cipher_suite(),
            identity: SigningIdentity::new(credential, public),
            secret,
            encrypt_handshake: settings.encrypt_handshake,
        };
        Ok(Box::new(Device::new(parts, seed, KeyPackages::new())))
    }

    fn restore(&self, keys: &PrivateKeys) -> Result<Box<dyn Client>> {
        let seed = seed_of(keys);
        let suite = provider(keys.suite, &Door::new(seed.stream("restore")))?;
        let message = input::key_package(&keys.key_package)?;
        let package = message.into_key_package().ok_or_else(|| misfit("no KeyPackage"))?;
        if package.cipher_suite != suite.cipher_suite() {
            return Err(misfit("the KeyPackage is of another cipher suite"));
        }
        let secret = suite.signature_secret(&keys.signature).ok_or_else(|| misfit("no signature key"))?;
        let bare = input::bare_key_package(&keys.key_package).ok_or_else(|| misfit("no KeyPackage"))?;
        let (init, leaf) = input::public_keys(bare).ok_or_else(|| misfit("no public keys"))?;
        belongs(&suite, &keys.init, init, "init_key")?;
        belongs(&suite, &keys.encryption, leaf, "encryption_key")?;
        signs(&suite, &secret, package.signing_identity())?;
        let id = package.to_reference(&suite)?.to_vec();
        let expiration = package.expiration()?.seconds_since_epoch();
        let [init, leaf] = [&keys.init, &keys.encryption].map(|k| HpkeSecretKey::from(k.clone()));
        let data = KeyPackageData::new(bare.to_vec(), init, leaf, expiration);
        let parts = Parts {
            suite: suite.cipher_suite(),
            identity: package.signing_identity().clone(),
            secret,
            encrypt_handshake: keys.encrypt_handshake,
        };
        Ok(Box::new(Device::new(parts, seed, KeyPackages::from([(id, data)]))))
    }
}

/// A restored device has no seed of its own: its keys are one.
fn seed_of(keys: &PrivateKeys) -> Seed {
    let mut hash = Sha256::new();
    for part in [&keys.key_package, &keys.signature, &keys.encryption, &keys.init] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    Seed::new(&format!("restored {}", crate::wire::hex::encode(&hash.finalize())))
}

fn belongs(suite: &Suite, secret: &[u8], public: Vec<u8>, what: &str) -> Result<()> {
    let secret = HpkeSecretKey::from(secret.to_vec());
    if suite.kem_public(&secret) != Some(HpkePublicKey::from(public)) {
        return Err(misfit(&format!("the private key is not that of {what}")));
    }
    Ok(())
}

fn signs(suite: &Suite, secret: &SignatureSecretKey, identity: &SigningIdentity) -> Result<()> {
    let public = suite.signature_key_derive_public(secret).map_err(|e| misfit(&e.to_string()))?;
    if public != identity.signature_key {
        return Err(misfit("the private key is not that of signature_key"));
    }
    Ok(())
}
