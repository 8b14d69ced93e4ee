use crate::crypto::{Labelled, SUITES, SignatureKeys, x25519_open};
use crate::entropy::Seed;
use crate::mls::member::PrivateKeys;
use crate::wire::tls::{Reader, Writer};
use hkdf::Hkdf;
use sha2::Sha256;

/// Signature keys of those who lie.
#[derive(Clone, Debug)]
pub struct Keys(Vec<Labelled>);

impl Keys {
    /// Those of these devices. `None` where a key is none of the suite 0x0001.
    #[must_use]
    pub fn of(devices: &[&PrivateKeys]) -> Option<Self> {
        let signing = |keys: &&PrivateKeys| {
            let keys = SignatureKeys::from_private(SUITES.first()?.signature_algorithm(), &keys.signature)?;
            Some(Labelled::new(keys, Seed::new("forger").stream("seals")))
        };
        devices.iter().map(signing).collect::<Option<Vec<_>>>().map(Self)
    }

    /// A signature with the private key of this public one; with the first key where that is not held.
    pub(super) fn sign(&self, public: &[u8], label: &str, content: &[u8]) -> Option<Vec<u8>> {
        let held = self.0.iter().find(|keys| keys.public() == public).or(self.0.first());
        held?.sign(label, content)
    }

    /// A signature of the device of this place.
    pub(super) fn sign_as(&self, place: usize, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        self.0.get(place)?.sign(label, content)
    }
}

/// ExpandWithLabel (RFC 9420 section 8) to 32 octets.
fn expand(secret: &[u8], label: &str, context: &[u8]) -> Option<Vec<u8>> {
    let mut w = Writer::new();
    w.u16(32).opaque(format!("MLS 1.0 {label}").as_bytes(), "label").ok()?.opaque(context, "context").ok()?;
    let mut out = vec![0; 32];
    Hkdf::<Sha256>::from_prk(secret).ok()?.expand(&w.into_octets(), &mut out).ok()?;
    Some(out)
}

/// The `membership_key` (section 8) of the epoch that a Welcome (MLSMessage) leads to, for whoever has the private
/// `init_key` of one of its recipients; `context` is the GroupContext of that epoch. Suite 0x0001, no pre-shared keys.
#[must_use]
pub fn membership_key(welcome: &[u8], init: &[u8], context: &[u8]) -> Option<Vec<u8>> {
    let mut r = Reader::new(welcome.get(6..)?);
    let mut sealed = vec![];
    r.each("secrets", |r| {
        r.opaque("new_member")?;
        sealed.push((r.opaque("kem_output")?, r.opaque("ciphertext")?));
        Ok(())
    })
    .ok()?;
    let mut info = Writer::new();
    info.opaque(b"MLS 1.0 Welcome", "label").ok()?.opaque(r.opaque("encrypted_group_info").ok()?, "context").ok()?;
    let info = info.into_octets();
    let secrets = sealed.into_iter().find_map(|(kem, text)| x25519_open(init, &info, kem, text))?;
    let joiner = Reader::new(&secrets).opaque("joiner_secret").ok()?;
    let (member, _) = Hkdf::<Sha256>::extract(Some(joiner), &[0; 32]);
    let epoch = expand(&member, "epoch", context)?;
    expand(&epoch, "membership", &[])
}
