use super::device::Device;
use super::issued::{self, Private};
use super::library::Parts;
use super::refusal::refuse;
use super::{input, library};
use crate::crypto::faults::{Faults, FaultySigner};
use crate::crypto::{Kept, Provider, SUITES, SignatureKeys};
use crate::entropy::Seed;
use crate::mls::member::{Application, Client, Engine, PrivateKeys, Refusal, Result, Settings};
use crate::protocol::{self, room};
use crate::reason::mls as reason;
use openmls::prelude::{Ciphersuite, HpkeCiphertext, KeyPackage, OpenMlsCrypto, OpenMlsProvider, ProposalType};
use sha2::{Digest, Sha256};

/// OpenMLS.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenMls;

/// OpenMLS as an [`Engine`].
#[must_use]
pub fn engine() -> OpenMls {
    OpenMls
}

fn suite(suite: protocol::CipherSuite) -> Result<Ciphersuite> {
    let unsupported = || refuse(reason::MLS_UNSUPPORTED, &format!("cipher suite {:#06x}", suite.0));
    let known = Ciphersuite::try_from(suite.0).map_err(|_| unsupported())?;
    if SUITES.contains(&known) { Ok(known) } else { Err(unsupported()) }
}

fn misfit(what: &str) -> Refusal {
    refuse(reason::BAD_KEY_PACKAGE, what)
}

impl OpenMls {
    /// A device as [`Engine::client`] makes it, in the same octets, whose cryptography and signatures are under a plan
    /// of faults: in every group that it is in, and in every copy of it.
    ///
    /// # Errors
    /// The cipher suite is not supported.
    pub fn client_under(&self, settings: &Settings, faults: &Faults) -> Result<Box<dyn Client>> {
        let suite = suite(settings.suite)?;
        let seed = Seed::new(&settings.seed);
        let keys = SignatureKeys::generate(suite, &mut seed.stream("signature key"));
        let keys = keys.ok_or_else(|| refuse(reason::MLS_UNSUPPORTED, "no signature keys of this suite"))?;
        Ok(Box::new(Device::new(Parts::new(settings, suite, keys, faults.clone()), seed, Kept::default())))
    }
}

impl Engine for OpenMls {
    fn name(&self) -> &'static str {
        "openmls 0.9.2"
    }

    fn byte_stable(&self) -> bool {
        true
    }

    fn looks_ahead(&self) -> bool {
        true
    }

    fn client(&self, settings: &Settings) -> Result<Box<dyn Client>> {
        self.client_under(settings, &Faults::none())
    }

    fn restore(&self, keys: &PrivateKeys) -> Result<Box<dyn Client>> {
        let suite = suite(keys.suite)?;
        let seed = seed_of(keys);
        let provider = Provider::new(seed.stream("restore"), &Kept::default());
        let package = input::key_package(&keys.key_package, provider.crypto())?;
        if package.ciphersuite() != suite {
            return Err(misfit("the KeyPackage is of another cipher suite"));
        }
        let signature = SignatureKeys::from_private(suite.signature_algorithm(), &keys.signature)
            .ok_or_else(|| misfit("no signature key"))?;
        let leaf = package.leaf_node();
        if signature.public() != leaf.signature_key().as_slice() {
            return Err(misfit("the private key is not that of signature_key"));
        }
        let public = library::encryption_key(&package)?;
        belongs(&provider, suite, &keys.init, package.hpke_init_key().as_slice(), "init_key")?;
        belongs(&provider, suite, &keys.encryption, &public, "encryption_key")?;
        let private = Private { init: keys.init.clone(), encryption: keys.encryption.clone() };
        issued::store(&provider, &package, &private)?;
        Ok(Box::new(Device::new(parts(&package, signature, keys, suite), seed, provider.kept())))
    }
}

fn parts(package: &KeyPackage, signature: SignatureKeys, keys: &PrivateKeys, suite: Ciphersuite) -> Parts {
    let identity = package.leaf_node().credential().serialized_content().to_vec();
    let faults = Faults::none();
    let signature = FaultySigner::new(signature, faults.clone());
    let application = of_room(package);
    Parts { suite, identity, keys: signature, faults, encrypt_handshake: keys.encrypt_handshake, application }
}

/// A KeyPackage that lists AppDataUpdate is that of a client of rooms, whose data change by the rule of draft-ietf-mimi-protocol.
fn of_room(package: &KeyPackage) -> Option<Application> {
    let lists = package.leaf_node().capabilities().proposals().contains(&ProposalType::AppDataUpdate);
    let update = |component, before: Option<&[u8]>, updates: &[&[u8]]| room::updated(component, before, updates).ok();
    lists.then(|| Application { external_senders: vec![], data: vec![], update })
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

/// Refuses a private key that does not open what is sealed to the public one: the cryptography of the library knows
/// no other relation of the two.
fn belongs(provider: &Provider, suite: Ciphersuite, secret: &[u8], public: &[u8], what: &str) -> Result<()> {
    let config = || suite.hpke_config();
    let sealed = provider.crypto().hpke_seal(config(), public, b"mimicheck", b"", b"fits");
    let opened =
        sealed.and_then(|s: HpkeCiphertext| provider.crypto().hpke_open(config(), &s, secret, b"mimicheck", b""));
    if opened.is_ok_and(|plain| plain == b"fits") {
        return Ok(());
    }
    Err(misfit(&format!("the private key is not that of {what}")))
}
