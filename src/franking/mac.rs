use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Octets of a block of SHA-256, to which a key is padded.
const BLOCK: usize = 64;

/// HMAC-SHA256 (RFC 2104) over the parts, one behind the other. A key may have any length: a longer one than a block is
/// hashed, which the library would do as well, but says of it that it could fail.
fn started(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let hashed = Sha256::digest(key);
    let key = if key.len() > BLOCK { &hashed[..] } else { key };
    let mut block = [0; BLOCK];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    parts.iter().for_each(|part| mac.update(part));
    mac
}

/// HMAC-SHA256 over the parts, one behind the other: 32 octets.
pub(super) fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    started(key, parts).finalize().into_bytes().into()
}

/// Whether `expected` is the HMAC-SHA256 over the parts, in a time that does not tell where it differs.
pub(super) fn is_hmac(key: &[u8], parts: &[&[u8]], expected: &[u8; 32]) -> bool {
    started(key, parts).verify_slice(expected).is_ok()
}
