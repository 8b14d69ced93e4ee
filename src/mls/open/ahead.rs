//! What a device can do for an encrypted tree before the library has the tree: look into a Welcome, open and make help.

use super::input;
use super::library::Parts;
use super::refusal::refuse;
use crate::crypto::Provider;
use crate::mls::member::{Ahead, Result};
use crate::protocol::{EXPORTER_LABEL, PartitionKey};
use crate::reason::mls as reason;
use crate::wire::tls::{Reader, Writer};
use openmls::group::ProcessedWelcome;
use openmls::prelude::{KeyPackage, OpenMlsCrypto, OpenMlsProvider};
use openmls_traits::types::HpkeCiphertext;

/// Where a Welcome leads, and a secret of that epoch.
pub(super) fn look(provider: &Provider, parts: &Parts, welcome: &[u8], label: &str, octets: usize) -> Result<Ahead> {
    let processed = ProcessedWelcome::new_from_welcome(provider, &parts.configuration(), input::welcome(welcome)?)?;
    let info = processed.unverified_group_info();
    let group_id = info.group_id().as_slice().to_vec();
    let key = processed.export_secret(provider.crypto(), EXPORTER_LABEL, &[], 16)?;
    let other = |_| refuse(reason::MLS_OTHER, "an exported secret of another length");
    Ok(Ahead {
        epoch: info.epoch().as_u64(),
        partition_key: PartitionKey(key.as_slice().try_into().map_err(other)?),
        secret: processed.export_secret(provider.crypto(), label, &group_id, octets)?,
        group_id,
    })
}

/// EncryptWithLabel (RFC 9420 section 5.1.3) to a KeyPackage's init key, with an empty context.
pub(super) fn seal(provider: &Provider, package: &KeyPackage, label: &str, plaintext: &[u8]) -> Result<Vec<u8>> {
    let (suite, key) = (package.ciphersuite(), package.hpke_init_key().as_slice());
    let sealed = provider.crypto().hpke_seal(suite.hpke_config(), key, &context(label)?, &[], plaintext);
    let sealed = sealed.map_err(|e| refuse(reason::BAD_KEY_PACKAGE, &format!("its init key: {e}")))?;
    let long = |_| refuse(reason::MLS_OTHER, "too long to be sealed");
    let mut w = Writer::new();
    w.opaque(sealed.kem_output.as_slice(), "kem_output").map_err(long)?;
    w.opaque(sealed.ciphertext.as_slice(), "ciphertext").map_err(long)?;
    Ok(w.into_octets())
}

/// Opens what [`seal`] made.
pub(super) fn open(
    provider: &Provider,
    package: &KeyPackage,
    init: &[u8],
    label: &str,
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let closed = |said: &str| refuse(reason::UNDECRYPTABLE, said);
    let mut r = Reader::new(sealed);
    let read = |r: &mut Reader, field| r.opaque(field).map(<[u8]>::to_vec).map_err(|e| closed(&e.to_string()));
    let (kem_output, ciphertext) = (read(&mut r, "kem_output")?, read(&mut r, "ciphertext")?);
    r.finish("HPKECiphertext").map_err(|e| closed(&e.to_string()))?;
    let input = HpkeCiphertext { kem_output: kem_output.into(), ciphertext: ciphertext.into() };
    let config = package.ciphersuite().hpke_config();
    let opened = provider.crypto().hpke_open(config, &input, init, &context(label)?, &[]);
    opened.map_err(|_| closed("it is not sealed to this KeyPackage"))
}

/// EncryptContext: `opaque label<V>` with "MLS 1.0 " in front, `opaque context<V>`.
fn context(label: &str) -> Result<Vec<u8>> {
    let long = |_| refuse(reason::MLS_OTHER, "a label that is too long");
    let mut w = Writer::new();
    w.opaque(format!("MLS 1.0 {label}").as_bytes(), "label").map_err(long)?;
    w.opaque(&[], "context").map_err(long)?;
    Ok(w.into_octets())
}
