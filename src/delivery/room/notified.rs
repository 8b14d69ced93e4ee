use crate::protocol::ServiceProviderId;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;

/// What a follower makes of a request to `notify`. Either is answered with 201.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// New: to be processed.
    First,
    /// The same octets from the same hub about the same room: not to be processed again.
    Again,
}

/// Which requests to `notify` a follower had: a rolling list of hashes (section 5.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    recent: VecDeque<[u8; 32]>,
    most: usize,
}

impl Notified {
    /// None yet; of the latest, so many are remembered.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { recent: VecDeque::new(), most }
    }

    /// Takes note of a body that was accepted. The list holds [`Notified::new`]'s bound of hashes of 32 octets at most.
    pub fn take(&mut self, hub: &ServiceProviderId, room: &[u8], body: &[u8]) -> Received {
        let mut hash = Sha256::new();
        for part in [&hub.0, room, body] {
            // Each behind the hash of itself alone, so that no two triples run together.
            hash.update(Sha256::digest(part));
        }
        let hash: [u8; 32] = hash.finalize().into();
        if self.recent.contains(&hash) {
            return Received::Again;
        }
        self.recent.push_back(hash);
        while self.recent.len() > self.most {
            self.recent.pop_front();
        }
        Received::First
    }

    /// How many are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.recent.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recent.is_empty()
    }
}
