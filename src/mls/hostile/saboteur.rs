use super::fault::Fault;
use crate::crypto::faults::Faults;
use std::cell::Cell;
use std::rc::Rc;

/// Says which fault the next commit has. Clones are handles of the same one.
#[derive(Clone, Debug)]
pub struct Saboteur {
    next: Rc<Cell<Option<Fault>>>,
    /// Whether a fault was asked for that has not befallen a commit.
    waits: Rc<Cell<bool>>,
    pub(super) faults: Faults,
}

impl Default for Saboteur {
    fn default() -> Self {
        Self { next: Rc::default(), waits: Rc::default(), faults: Faults::watch() }
    }
}

impl Saboteur {
    /// An honest one, until told otherwise.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next commit of a member under this handle has this fault; the next external join, if it is a fault of those.
    pub fn next(&self, fault: Fault) {
        self.waits.set(true);
        self.next.set(Some(fault));
    }

    /// Whether the fault that was asked for last has not befallen a commit yet. One that befell nothing shows nothing.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.waits.get()
    }

    /// Honest again.
    pub fn relent(&self) {
        self.next.set(None);
        self.waits.set(false);
    }

    pub(super) fn take(&self, wanted: impl FnOnce(Fault) -> bool) -> Option<Fault> {
        let fault = self.next.get().filter(|fault| wanted(*fault))?;
        self.next.set(None);
        Some(fault)
    }

    pub(super) fn done(&self) {
        self.waits.set(false);
    }
}
