//! The family's own message id (section 3.3), written once more so that no expectation comes from the codec.

use sha2::{Digest, Sha256};

/// Of a message's octets, its salt, its sender and its room. URIs are shorter than 65536 octets.
pub(super) fn message_id(octets: &[u8], salt: &[u8], sender: &str, room: &str) -> Vec<u8> {
    let prefixed = |uri: &str| {
        let [.., upper, lower] = uri.len().to_be_bytes();
        [&[upper, lower], uri.as_bytes()].concat()
    };
    let whole = [prefixed(sender), prefixed(room), octets.to_vec(), salt.to_vec()].concat();
    let hash = Sha256::digest(whole);
    [1].into_iter().chain(hash.iter().copied().take(31)).collect()
}
