//! A GroupInfoResponse (draft-ietf-mimi-protocol section 5.6) is opened before it is compared: what is encrypted is never
//! the same twice. Read, verified and opened here by the primitives alone: neither the hub's structures nor its
//! cryptography have a line in it.

use crate::vector::file::Sealed;
use crate::wire::hex;
use crate::wire::tls::{Reader, WireError, Writer};
use serde_json::Value;

/// In which way a response is not what is expected; `None` when it is.
pub(super) fn difference(sealed: &Sealed, out: &Value) -> Option<String> {
    let response = out.get("response").and_then(Value::as_str).and_then(|text| hex::decode(text).ok());
    let Some(response) = response else { return Some("out.response is no lower-case hex".to_owned()) };
    opened(sealed, &response).err()
}

fn opened(sealed: &Sealed, response: &[u8]) -> Result<(), String> {
    let given = Given::read(response).map_err(|e| format!("out.response: {e}"))?;
    let expected = |what: &str, found: &[u8], wanted: &[u8]| {
        if found == wanted {
            return Ok(());
        }
        Err(format!("out.response: {what} is {}, expected {}", hex::encode(found), hex::encode(wanted)))
    };
    let known = |name: &str, text: &str| hex::decode(text).map_err(|e| format!("this case's {name} is no hex: {e}"));
    expected("status", &[given.status], &[1])?;
    expected("room_id", given.room_id, sealed.room_id.as_bytes())?;
    expected("cipher_suite", &given.suite.to_be_bytes(), &[0, 1])?;
    let key = known("hub_key", &sealed.hub_key)?;
    expected("hub_sender.signature_key", given.key, &key)?;
    expected("hub_sender.credential", given.identity, sealed.hub.as_bytes())?;
    if !verify(&key, &labelled("GroupInfoResponseTBS", given.signed), given.signature) {
        return Err("out.response: the signature is not that of hub_sender over GroupInfoResponseTBS".to_owned());
    }
    let private = known("private_key", &sealed.private_key)?;
    let info = labelled("GroupInfo and ratchet_tree encryption", sealed.room_id.as_bytes());
    let Some(plain) = open(&private, &info, given.kem_output, given.ciphertext) else {
        return Err(
            "out.response: what is encrypted does not open with the asker's key and the room as context".to_owned()
        );
    };
    let plain = hex::encode(&plain);
    if sealed.plaintexts.contains(&plain) {
        return Ok(());
    }
    Err(format!("out.response: what was encrypted is {} octets that are none of those expected", plain.len() / 2))
}

/// The parts of a response.
struct Given<'a> {
    room_id: &'a [u8],
    status: u8,
    suite: u16,
    key: &'a [u8],
    identity: &'a [u8],
    kem_output: &'a [u8],
    ciphertext: &'a [u8],
    /// Everything before the signature.
    signed: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Given<'a> {
    fn read(octets: &'a [u8]) -> Result<Self, WireError> {
        let mut r = Reader::new(octets);
        r.u8("version")?;
        let (room_id, status) = (r.opaque("room_id")?, r.u8("status")?);
        let (suite, key) = (r.u16("cipher_suite")?, r.opaque("signature_key")?);
        r.u16("credential_type")?;
        let (identity, kem_output, ciphertext) =
            (r.opaque("identity")?, r.opaque("kem_output")?, r.opaque("ciphertext")?);
        let signed = octets.get(..r.offset()).unwrap_or_default();
        let signature = r.opaque("signature")?;
        r.finish("GroupInfoResponse")?;
        Ok(Self { room_id, status, suite, key, identity, kem_output, ciphertext, signed, signature })
    }
}

/// SignContent and EncryptContext of RFC 9420 section 5.1 have one form.
fn labelled(label: &str, content: &[u8]) -> Vec<u8> {
    let mut w = Writer::new();
    let whole =
        w.opaque(format!("MLS 1.0 {label}").as_bytes(), "label").and_then(|w| w.opaque(content, "content").map(drop));
    if whole.is_ok() { w.into_octets() } else { vec![] }
}

#[cfg(feature = "mls")]
fn verify(key: &[u8], content: &[u8], signature: &[u8]) -> bool {
    let key = <&[u8; 32]>::try_from(key).ok().and_then(|key| ed25519_dalek::VerifyingKey::from_bytes(key).ok());
    let signature = ed25519_dalek::Signature::from_slice(signature);
    key.zip(signature.ok()).is_some_and(|(key, signature)| key.verify_strict(content, &signature).is_ok())
}

#[cfg(feature = "mls")]
fn open(private: &[u8], info: &[u8], kem_output: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
    crate::crypto::x25519_open(private, info, kem_output, ciphertext)
}

#[cfg(not(feature = "mls"))]
fn verify(_: &[u8], _: &[u8], _: &[u8]) -> bool {
    false
}

#[cfg(not(feature = "mls"))]
fn open(_: &[u8], _: &[u8], _: &[u8], _: &[u8]) -> Option<Vec<u8>> {
    None
}
