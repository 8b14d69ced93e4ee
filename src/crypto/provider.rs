use super::faults::{Faults, Faulty, FaultyRandom};
use super::{Crypto, Kept};
use crate::entropy::Stream;
use openmls_memory_storage::MemoryStorage;
use openmls_traits::OpenMlsProvider;
use openmls_traits::random::OpenMlsRand;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

/// What the library is given for one call: it draws from a copy of the stream and writes to a copy of the storage,
/// and whoever made the provider takes both back only if the call succeeded.
#[derive(Debug)]
pub struct Provider {
    crypto: Faulty<Crypto>,
    rand: FaultyRandom<Seeded>,
    seeded: Seeded,
    storage: MemoryStorage,
}

impl Provider {
    /// A provider that has stored what was `kept`. The first 32 octets of `stream` key the seeds of HPKE seals.
    #[must_use]
    pub fn new(stream: Stream, kept: &Kept) -> Self {
        Self::under(stream, kept, &Faults::none())
    }

    /// The same under a plan of faults.
    #[must_use]
    pub fn under(mut stream: Stream, kept: &Kept, faults: &Faults) -> Self {
        let seals = stream.array();
        let seeded = Seeded::new(stream);
        Self {
            crypto: Faulty::new(Crypto::new(seals, seeded.clone()), faults.clone()),
            rand: FaultyRandom::new(seeded.clone(), faults.clone()),
            seeded,
            storage: kept.lay_out(),
        }
    }

    /// What is left of the stream.
    #[must_use]
    pub fn stream(&self) -> Stream {
        self.seeded.stream()
    }

    /// Puts a stream in, as if nothing had been drawn since it was taken by [`Provider::stream`].
    pub fn rewind(&self, stream: Stream) {
        self.seeded.with(|s| *s = stream);
    }

    /// Lets a call begin as [`Provider::under`] lets it, but that the seeds of HPKE seals stay: for calls that seal
    /// nothing.
    pub fn restart(&self, mut stream: Stream) {
        let _seals: [u8; 32] = stream.array();
        self.rewind(stream);
    }

    /// What is stored now.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept::of(&self.storage)
    }
}

impl OpenMlsProvider for Provider {
    type CryptoProvider = Faulty<Crypto>;
    type RandProvider = FaultyRandom<Seeded>;
    type StorageProvider = MemoryStorage;

    fn storage(&self) -> &MemoryStorage {
        &self.storage
    }

    fn crypto(&self) -> &Faulty<Crypto> {
        &self.crypto
    }

    fn rand(&self) -> &FaultyRandom<Seeded> {
        &self.rand
    }
}

/// Randomness from a stream; clones share it.
#[derive(Clone, Debug)]
pub struct Seeded(Arc<Mutex<Stream>>);

/// There is nothing that can fail in reading a stream.
pub type Randomness = Infallible;

impl Seeded {
    /// Randomness from this stream.
    #[must_use]
    pub fn new(stream: Stream) -> Self {
        Self(Arc::new(Mutex::new(stream)))
    }

    /// What is left of the stream.
    #[must_use]
    pub fn stream(&self) -> Stream {
        self.with(|stream| stream.clone())
    }

    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Stream) -> T) -> T {
        // A thread that panicked can have left a stream that was read less far, and no other harm.
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl OpenMlsRand for Seeded {
    type Error = Randomness;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], Randomness> {
        Ok(self.with(Stream::array))
    }

    fn random_vec(&self, len: usize) -> Result<Vec<u8>, Randomness> {
        Ok(self.with(|stream| stream.octets(len)))
    }
}
