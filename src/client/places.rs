use crate::protocol::{CipherSuite, Delivered, MaskedPartitionKey, PartitionKey, ReceiveRequest};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Partitions that were left and are still recognised.
const PAST: usize = 32;
/// Partitions in hints that are kept until they may be needed.
const HINTED: usize = 32;
/// Messages of a partition that are compared when the hub gives them again.
const READ: usize = 4096;

/// One partition, as far as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub key: PartitionKey,
    pub masked: MaskedPartitionKey,
    /// Messages of it that were processed or ignored.
    pub counter: u32,
    /// Messages that this device sent there; a hub that was given one twice gives it back twice.
    pub sent: BTreeSet<Vec<u8>>,
    /// A short digest of each message that was read, in order.
    read: Vec<Digest>,
}

type Digest = [u8; 16];

fn digest(octets: &[u8]) -> Digest {
    let whole: [u8; 32] = Sha256::digest(octets).into();
    std::array::from_fn(|at| whole.get(at).copied().unwrap_or_default())
}

impl Place {
    fn new(key: PartitionKey, suite: CipherSuite) -> Self {
        // A suite without a known hash never gets here: nothing was ever sent in it.
        let masked = key.masked(suite).unwrap_or(MaskedPartitionKey(vec![]));
        Self { key, masked, counter: 0, sent: BTreeSet::new(), read: vec![] }
    }

    /// Remembers a message that is read now. Whether it was not read here before.
    pub fn note(&mut self, octets: &[u8]) -> bool {
        let digest = digest(octets);
        let new = !self.read.contains(&digest);
        if self.read.len() < READ {
            self.read.push(digest);
        }
        new
    }

    /// Whether these messages, the first of which has place `first`, are others than those that were read in their places.
    pub fn contradicts(&self, first: u32, messages: &[Delivered]) -> bool {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let known = self.read.get(first..).unwrap_or_default();
        known.iter().zip(messages).any(|(known, given)| *known != digest(given.message.octets()))
    }

    /// The question for what comes next.
    pub fn ask(&self) -> ReceiveRequest {
        ReceiveRequest { partition_key: self.key, counter: self.counter }
    }

    /// Those of `messages`, the first of which has place `first`, that are new; `None` where some before them are
    /// missing.
    pub fn fresh(&self, first: u32, messages: Vec<Delivered>) -> Option<VecDeque<Delivered>> {
        let known = usize::try_from(self.counter.checked_sub(first)?).ok()?;
        Some(messages.into_iter().skip(known).collect())
    }
}

/// The present partition and the past ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    suite: CipherSuite,
    pub here: Place,
    past: VecDeque<Place>,
    hinted: BTreeMap<MaskedPartitionKey, Vec<Delivered>>,
}

impl Places {
    pub fn new(suite: CipherSuite, key: PartitionKey) -> Self {
        Self { suite, here: Place::new(key, suite), past: VecDeque::new(), hinted: BTreeMap::new() }
    }

    /// Leaves the present partition for another; what hints held of that.
    pub fn go(&mut self, key: PartitionKey) -> Option<Vec<Delivered>> {
        let left = std::mem::replace(&mut self.here, Place::new(key, self.suite));
        self.past.push_front(left);
        self.past.truncate(PAST);
        self.hinted.remove(&self.here.masked)
    }

    /// The partition of this key, if it was read.
    pub fn of(&self, key: &PartitionKey) -> Option<&Place> {
        std::iter::once(&self.here).chain(&self.past).find(|place| place.key == *key)
    }

    /// The past partition of this key.
    pub fn past(&mut self, key: &PartitionKey) -> Option<&mut Place> {
        self.past.iter_mut().find(|place| place.key == *key)
    }

    /// The key of a partition that was read, by its masked key.
    pub fn unmask(&self, masked: &MaskedPartitionKey) -> Option<PartitionKey> {
        let read = std::iter::once(&self.here).chain(&self.past);
        read.into_iter().find(|place| place.masked == *masked).map(|place| place.key)
    }

    /// Keeps a hint until the partition is entered; a longer one replaces a shorter one.
    pub fn keep(&mut self, masked: MaskedPartitionKey, messages: Vec<Delivered>) {
        let known = self.hinted.get(&masked).map(Vec::len);
        let room = known.is_some() || self.hinted.len() < HINTED;
        if room && known.is_none_or(|n| n < messages.len()) {
            self.hinted.insert(masked, messages);
        }
    }
}
