//! What every object of the library shares with the device it belongs to: its randomness and its wishes.
//!
//! A group of mls-rs holds clones of its configuration, and a copy of the group shares them. So the state of
//! randomness does not live there: a member puts its own stream in before each call and takes it back after a
//! call that succeeded. A call that was refused, and a copy that went another way, leave no trace.

use crate::entropy::Stream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
struct Inside {
    stream: Stream,
    path: bool,
}

/// A handle; clones share.
#[derive(Clone, Debug)]
pub(super) struct Door {
    inside: Arc<Mutex<Inside>>,
    /// Key of the seeds of HPKE seals: each is derived from what is sealed, so their order can not matter.
    pub(super) seals: [u8; 32],
}

impl Door {
    pub(super) fn new(mut stream: Stream) -> Self {
        let seals = stream.array();
        Self { inside: Arc::new(Mutex::new(Inside { stream, path: false })), seals }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        // A thread that panicked can have left no half-written value: both fields are set whole.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts this stream in, and no wish for a path.
    pub(super) fn open(&self, stream: Stream) {
        *self.lock() = Inside { stream, path: false };
    }

    /// What is left of the stream.
    pub(super) fn stream(&self) -> Stream {
        self.lock().stream.clone()
    }

    /// The next commit shall have an update path even where nothing asks for it.
    pub(super) fn wish_path(&self) {
        self.lock().path = true;
    }

    pub(super) fn path_wished(&self) -> bool {
        self.lock().path
    }

    pub(super) fn fill(&self, out: &mut [u8]) {
        self.lock().stream.fill(out);
    }
}
