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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::families::content::decode::EXAMPLES;
    use crate::wire::hex;

    /// The message ids that the draft's repository gives.
    #[test]
    fn ids_of_the_draft() {
        for (name, sender, id) in [
            ("original", "alice-smith", "017ce54837404c3696e0c747b985cb172716d0ed0a3d249ca63ace7d82a096f4"),
            ("reply", "bob-jones", "015354973c2b65ca937bf1e035ae53a5ab80e947afa43d46920d4202e5cc0b27"),
            ("reaction", "cathy-washington", "0158c4288911e50a8f6be3f47746b6682f10fd91bc8c05557aa589a3157aff68"),
        ] {
            let message = (EXAMPLES.iter().find(|e| e.name == name).unwrap().message)();
            let sender = format!("mimi://example.com/u/{sender}");
            let room = "mimi://example.com/r/engineering_team";
            let found = message_id(&message.item().octets(), &message.salt, &sender, room);
            assert_eq!(hex::encode(&found), id, "{name}");
        }
    }
}
