//! The exporter of MLS (RFC 9420 section 8.5), by which a partition key leaves an epoch.

use super::{CipherSuite, PartitionKey};
use crate::reason::{Reason, delivery as reason};
use crate::wire::tls::{TooLong, Writer};
use hkdf::Hkdf;
use sha2::{Sha256, Sha384, Sha512};

impl PartitionKey {
    /// `MLS-Exporter(label, context, 16)` from an epoch's `exporter_secret` (RFC 9420 sections 8 and 8.5):
    /// `ExpandWithLabel(DeriveSecret(exporter_secret, label), "exported", Hash(context), 16)`.
    ///
    /// # Errors
    /// `unknown-cipher-suite`; `exporter-secret-length` for a secret that is not as long as the suite's hash;
    /// `vector-too-long`.
    pub fn export(suite: CipherSuite, exporter_secret: &[u8], label: &str, context: &[u8]) -> Result<Self, Reason> {
        suite.export(exporter_secret, label, context).map(Self)
    }
}

impl CipherSuite {
    /// `MLS-Exporter(label, context, N)`; errors as those of [`PartitionKey::export`].
    pub(super) fn export<const N: usize>(self, secret: &[u8], label: &str, context: &[u8]) -> Result<[u8; N], Reason> {
        let hashed = self.hash(context).ok_or(reason::UNKNOWN_CIPHER_SUITE)?;
        if secret.len() != hashed.len() {
            return Err(reason::EXPORTER_SECRET_LENGTH);
        }
        let mut derived = vec![0; hashed.len()];
        expand_with_label(self, secret, label, &[], &mut derived)?;
        let mut exported = [0; N];
        expand_with_label(self, &derived, "exported", &hashed, &mut exported)?;
        Ok(exported)
    }
}

/// ExpandWithLabel (RFC 9420 section 8) into all of `out`.
///
/// # Errors
/// As [`PartitionKey::export`].
pub fn expand_with_label(
    suite: CipherSuite,
    secret: &[u8],
    label: &str,
    context: &[u8],
    out: &mut [u8],
) -> Result<(), Reason> {
    let length = u16::try_from(out.len()).map_err(|_| reason::VECTOR_TOO_LONG)?;
    let info = kdf_label(length, label, context).map_err(|_| reason::VECTOR_TOO_LONG)?;
    let expanded = match suite.0 {
        1..=3 | 0x004d | 0x004f => Hkdf::<Sha256>::from_prk(secret).map(|kdf| kdf.expand(&info, out)),
        4..=6 => Hkdf::<Sha512>::from_prk(secret).map(|kdf| kdf.expand(&info, out)),
        7 => Hkdf::<Sha384>::from_prk(secret).map(|kdf| kdf.expand(&info, out)),
        _ => return Err(reason::UNKNOWN_CIPHER_SUITE),
    };
    match expanded {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(reason::VECTOR_TOO_LONG),
        Err(_) => Err(reason::EXPORTER_SECRET_LENGTH),
    }
}

/// KDFLabel (RFC 9420 section 8).
fn kdf_label(length: u16, label: &str, context: &[u8]) -> Result<Vec<u8>, TooLong> {
    let mut w = Writer::with_room(label.len() + context.len() + 20);
    w.u16(length).opaque(&[b"MLS 1.0 ", label.as_bytes()].concat(), "label")?.opaque(context, "context")?;
    Ok(w.into_octets())
}
