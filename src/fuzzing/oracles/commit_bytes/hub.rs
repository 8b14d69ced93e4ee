use crate::delivery::{Effects, Hub, Input, Refused, TrackingHub};
use crate::entropy::Time;
use crate::protocol::{CommitData, MlsMessage, ServiceProviderId};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What came of a message, and where the hub was then.
type Step = (Effects, Rc<Spot>);

/// A hub in some state, who is only copied, and where messages that it took led from there.
struct Spot {
    hub: TrackingHub,
    took: RefCell<BTreeMap<Vec<u8>, Step>>,
    /// How many are kept, together with all others of the scene.
    kept: Rc<Cell<usize>>,
}

/// States that are kept at most, of one scene.
const MOST: usize = 512;

/// A hub that need not take twice what another like it took: as [`Remembered`](crate::fuzzing::oracles::Remembered) is a
/// member. A commit that a hub takes costs a hundred that it refuses, and most that are taken come again and again.
#[derive(Clone)]
pub struct RememberedHub {
    spot: Rc<Spot>,
    /// Refused something there, or has gone elsewhere.
    own: Option<TrackingHub>,
    /// Whether it stands where `spot` does, as far as it is right: nothing was taken since.
    there: bool,
    /// Whether to go the own way once something was refused.
    strict: bool,
}

/// What tells one request from another.
fn spelled(input: &Input) -> Option<Vec<u8>> {
    let (kind, message, data): (u8, &MlsMessage, &CommitData) = match input {
        Input::Send(request) => (0, &request.message, request.commit_data.as_ref()?),
        Input::ExternalJoin(request) => (1, &request.message, &request.commit_data),
        _ => return None,
    };
    let mut key = vec![kind];
    key.extend(data.next_partition_key.0);
    for message in [data.group_info.as_ref(), data.welcome_data.as_ref().map(|data| &data.welcome)] {
        key.push(u8::from(message.is_some()));
        key.extend(message.map(MlsMessage::octets).unwrap_or_default());
    }
    key.extend(message.octets());
    if let Input::Send(request) = input {
        key.extend(request.partition_key.0);
    }
    Some(key)
}

impl RememberedHub {
    /// As this hub, of which nothing is remembered yet.
    #[must_use]
    pub fn new(hub: TrackingHub) -> Self {
        let spot = Spot { hub, took: RefCell::default(), kept: Rc::default() };
        Self { spot: Rc::new(spot), own: None, there: true, strict: true }
    }

    /// Another that stands where this one does and shares its memory. One that is `strict` takes every message itself
    /// once it has refused one.
    #[must_use]
    pub fn copy(&self, strict: bool) -> Self {
        Self { strict, ..self.clone() }
    }

    /// The hub itself.
    pub(super) fn hub(&self) -> &TrackingHub {
        self.own.as_ref().unwrap_or(&self.spot.hub)
    }
}

impl PartialEq for RememberedHub {
    fn eq(&self, other: &Self) -> bool {
        match (&self.own, &other.own) {
            (None, None) if Rc::ptr_eq(&self.spot, &other.spot) => true,
            _ => self.hub() == other.hub(),
        }
    }
}

impl Hub for RememberedHub {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Result<(), Refused> {
        let key = spelled(&input).filter(|_| self.there && (self.own.is_none() || !self.strict));
        let known = key.as_ref().and_then(|key| self.spot.took.borrow().get(key).cloned());
        if let Some((effects, next)) = known {
            out.extend(effects);
            (self.spot, self.own) = (next, None);
            return Ok(());
        }
        let mut hub = self.hub().clone();
        let begins = out.len();
        let answer = hub.step(now, from, input, out);
        if answer.is_err() {
            self.own = Some(hub);
            return answer;
        }
        // What it took after a refusal is its own: whether the refusal did harm is what is to be found out.
        let fresh = self.own.is_none() && self.there && self.spot.kept.get() < MOST;
        match key.filter(|_| fresh) {
            None => (self.own, self.there) = (Some(hub), false),
            Some(key) => {
                self.spot.kept.set(self.spot.kept.get().saturating_add(1));
                let effects = out.get(begins..).unwrap_or_default().to_vec();
                let kept = Rc::clone(&self.spot.kept);
                let next = Rc::new(Spot { hub, took: RefCell::default(), kept });
                self.spot.took.borrow_mut().insert(key, (effects, Rc::clone(&next)));
                self.spot = next;
            }
        }
        answer
    }
}
