use super::call::{Call, Kind};
use super::plan::{Does, Edit, Fault};
use crate::wire::tls::{Reader, Writer};
use openmls_traits::types::CryptoError;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The plan in force for one member: counts its calls, strikes those that the plan names, and remembers both.
///
/// Clones are handles of the same plan: the test keeps one, and the member and every copy of it have others.
#[derive(Clone, Debug, Default)]
pub struct Faults(Option<Arc<Mutex<State>>>);

#[derive(Debug, Default)]
struct State {
    armed: Vec<Fault>,
    counted: BTreeMap<(Kind, String, Vec<u8>), u32>,
    calls: Vec<Call>,
    struck: Vec<Call>,
    signed: Vec<Vec<u8>>,
}

impl Faults {
    /// No plan, ever: nothing is counted, and every call is done as it should be.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// An empty plan, which can be armed later: calls are counted and remembered, none is struck.
    #[must_use]
    pub fn watch() -> Self {
        Self(Some(Arc::default()))
    }

    /// Puts these faults in force and starts to count from 0; where several select one call, the first strikes.
    /// `false` for a handle of no plan, which can not be armed.
    #[must_use]
    pub fn arm(&self, faults: Vec<Fault>) -> bool {
        self.with(|state| *state = State { armed: faults, ..State::default() }).is_some()
    }

    /// Takes all faults out of force. What was remembered stays until the next [`Faults::arm`].
    pub fn disarm(&self) {
        self.with(|state| state.armed.clear());
    }

    /// The calls since the plan was armed, sorted: in which order threads made them is no result.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.sorted(|state| state.calls.clone())
    }

    /// Of the calls, those that a fault has really changed, sorted.
    #[must_use]
    pub fn struck(&self) -> Vec<Call> {
        self.sorted(|state| state.struck.clone())
    }

    /// What was asked to be signed since the plan was armed, in that order: SignContent (RFC 9420 section 5.1.2).
    #[must_use]
    pub fn signed(&self) -> Vec<Vec<u8>> {
        self.with(|state| state.signed.clone()).unwrap_or_default()
    }

    pub(super) fn saw(&self, payload: &[u8]) {
        self.with(|state| state.signed.push(payload.to_vec()));
    }

    fn sorted(&self, of: impl FnOnce(&State) -> Vec<Call>) -> Vec<Call> {
        let mut calls = self.with(|state| of(state)).unwrap_or_default();
        calls.sort();
        calls
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> Option<T> {
        // Whatever a thread that panicked left is a list that is too short, and nothing worse.
        self.0.as_ref().map(|state| act(&mut state.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Begins a call; `name` makes its label, and only if anybody listens.
    pub(super) fn begin(&self, kind: Kind, about: &[u8], name: impl FnOnce() -> String) -> Strike<'_> {
        let begun = self.0.is_some().then(name).and_then(|label| self.with(|state| state.begin(kind, label, about)));
        let (call, does) = begun.map_or((None, None), |(call, does)| (Some(call), does));
        Strike { faults: self, call, does }
    }
}

impl State {
    fn begin(&mut self, kind: Kind, label: String, about: &[u8]) -> (Call, Option<Does>) {
        let counted = self.counted.entry((kind, label.clone(), about.to_vec())).or_default();
        let call = Call { kind, label, about: about.to_vec(), nth: *counted };
        *counted = counted.saturating_add(1);
        self.calls.push(call.clone());
        let does = self.armed.iter().find(|fault| fault.on.selects(&call)).map(|fault| fault.does.clone());
        (call, does)
    }
}

/// What befalls one call.
pub(super) struct Strike<'a> {
    faults: &'a Faults,
    call: Option<Call>,
    does: Option<Does>,
}

impl Strike<'_> {
    fn note(&self) {
        if let Some(call) = &self.call {
            self.faults.with(|state| state.struck.push(call.clone()));
        }
    }

    /// Octets after a change, which is remembered if it is one.
    fn edited(&self, edit: &Edit, octets: &[u8]) -> Vec<u8> {
        let out = edit.apply(octets);
        if out != octets {
            self.note();
        }
        out
    }

    /// # Errors
    /// The call shall fail.
    pub(super) fn fail(&self) -> Result<(), CryptoError> {
        if self.does != Some(Does::Fail) {
            return Ok(());
        }
        self.note();
        Err(CryptoError::CryptoLibraryError)
    }

    /// What the call is done with instead of `octets`, if not with them.
    pub(super) fn input(&self, octets: &[u8]) -> Option<Vec<u8>> {
        match &self.does {
            Some(Does::Input(edit)) => Some(self.edited(edit, octets)),
            _ => None,
        }
    }

    /// The same of a signature's content, whose length stands in front of it.
    pub(super) fn signed(&self, payload: &[u8]) -> Option<Vec<u8>> {
        let Some(Does::Input(edit @ Edit::Replace(..))) = &self.does else { return self.input(payload) };
        let mut r = Reader::new(payload);
        let (label, content) = (r.opaque("label").ok()?, r.opaque("content").ok()?);
        let mut w = Writer::new();
        w.opaque(label, "label").ok()?.opaque(&self.edited(edit, content), "content").ok()?;
        Some(w.into_octets())
    }

    /// What the call gives instead of `octets`, if not them.
    pub(super) fn output(&self, octets: &[u8]) -> Option<Vec<u8>> {
        match &self.does {
            Some(Does::Output(edit)) => Some(self.edited(edit, octets)),
            _ => None,
        }
    }

    /// What a seal gives instead of its encapsulated key, if not it.
    pub(super) fn encapsulated(&self, octets: &[u8]) -> Option<Vec<u8>> {
        match &self.does {
            Some(Does::Encapsulated(edit)) => Some(self.edited(edit, octets)),
            _ => None,
        }
    }
}
