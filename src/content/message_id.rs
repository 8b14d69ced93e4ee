use crate::reason::{Reason, content as reason};
use crate::wire::hex;
use sha2::{Digest, Sha256};
use std::fmt;

/// Number of SHA-256 in the named information hash algorithm registry.
pub(super) const SHA_256: u8 = 1;

/// A message id: hash algorithm number, then the first 31 octets of the hash (section 3.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub [u8; 32]);

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageId({self})")
    }
}

/// Why a message has no id here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdError(pub Reason);

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.text())
    }
}

impl std::error::Error for IdError {}

/// Section 3.3 over the octets as received. The salt goes in twice against length extension.
pub(super) fn compute(octets: &[u8], salt: &[u8; 16], sender_uri: &str, room_uri: &str) -> Result<MessageId, IdError> {
    let mut hash = Sha256::new();
    for uri in [sender_uri, room_uri] {
        let length = u16::try_from(uri.len()).map_err(|_| IdError(reason::URI_TOO_LONG))?;
        hash.update(length.to_be_bytes());
        hash.update(uri);
    }
    hash.update(octets);
    hash.update(salt);
    let mut id = [0; 32];
    let [algorithm, rest @ ..] = &mut id;
    *algorithm = SHA_256;
    for (to, from) in rest.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    Ok(MessageId(id))
}
