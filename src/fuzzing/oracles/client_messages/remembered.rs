//! A member that need not take twice what another like it took.
//!
//! Loading a group, taking a message and moving on cost a hundred refusals, and most inputs begin with the same good
//! messages. What a member does is decided by where it is and by what it is told, so where good messages led is kept,
//! and who goes the same way goes by memory. Once a message was refused nothing is remembered: whether a refusal does
//! harm is what is to be found out. So memory shows in time alone.

use crate::mls::member::{Member, Position, Received, Result};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Who can be spoken to.
pub trait Listener {
    /// As [`Member::position`].
    ///
    /// # Errors
    /// The member's.
    fn position(&self) -> Result<Position>;
    /// As [`Member::process`].
    ///
    /// # Errors
    /// The member's.
    fn process(&mut self, message: &[u8]) -> Result<Received>;
    /// As [`Member::merge`].
    ///
    /// # Errors
    /// The member's.
    fn merge(&mut self) -> Result<()>;
}

impl Listener for Box<dyn Member> {
    fn position(&self) -> Result<Position> {
        self.as_ref().position()
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        self.as_mut().process(message)
    }

    fn merge(&mut self) -> Result<()> {
        self.as_mut().merge()
    }
}

/// Places that are kept at most, of one scene.
const MOST: usize = 256;

/// A member in some place, who is only copied, and where it went from there.
struct Place {
    member: Box<dyn Member>,
    took: RefCell<BTreeMap<Vec<u8>, (Received, Rc<Place>)>>,
    merged: OnceCell<Rc<Place>>,
    /// How many places are kept, together with all others of the scene.
    kept: Rc<Cell<usize>>,
}

impl Place {
    fn new(member: Box<dyn Member>, kept: Rc<Cell<usize>>) -> Rc<Self> {
        Rc::new(Self { member, took: RefCell::default(), merged: OnceCell::new(), kept })
    }

    /// The place that this member has come to from here, if there is room for it.
    fn next(&self, member: &dyn Member) -> Option<Rc<Self>> {
        if self.kept.get() >= MOST {
            return None;
        }
        self.kept.set(self.kept.get().saturating_add(1));
        Some(Self::new(member.copy(), Rc::clone(&self.kept)))
    }
}

/// A member that is where another like it is, or goes its own way.
pub struct Remembered(Way);

enum Way {
    Known(Rc<Place>),
    Own(Box<dyn Member>),
}

impl Remembered {
    /// As this member, of which nothing is remembered yet.
    #[must_use]
    pub fn new(member: Box<dyn Member>) -> Self {
        Self(Way::Known(Place::new(member, Rc::default())))
    }

    /// Another that stands where this one does, and shares its memory.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(match &self.0 {
            Way::Known(place) => Way::Known(Rc::clone(place)),
            Way::Own(member) => Way::Own(member.copy()),
        })
    }
}

impl Listener for Remembered {
    fn position(&self) -> Result<Position> {
        match &self.0 {
            Way::Known(place) => place.member.position(),
            Way::Own(member) => member.position(),
        }
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        let place = match &mut self.0 {
            Way::Known(place) => Rc::clone(place),
            Way::Own(member) => return member.process(message),
        };
        if let Some((received, next)) = place.took.borrow().get(message) {
            self.0 = Way::Known(Rc::clone(next));
            return Ok(received.clone());
        }
        let mut member = place.member.copy();
        let answer = member.process(message);
        if let Ok(received) = &answer
            && let Some(next) = place.next(member.as_ref())
        {
            place.took.borrow_mut().insert(message.to_vec(), (received.clone(), Rc::clone(&next)));
            self.0 = Way::Known(next);
        } else {
            self.0 = Way::Own(member);
        }
        answer
    }

    fn merge(&mut self) -> Result<()> {
        let place = match &mut self.0 {
            Way::Known(place) => Rc::clone(place),
            Way::Own(member) => return member.merge(),
        };
        if let Some(next) = place.merged.get() {
            self.0 = Way::Known(Rc::clone(next));
            return Ok(());
        }
        let mut member = place.member.copy();
        let answer = member.merge();
        match (answer.is_ok(), place.next(member.as_ref())) {
            (true, Some(next)) => self.0 = Way::Known(Rc::clone(place.merged.get_or_init(|| next))),
            _ => self.0 = Way::Own(member),
        }
        answer
    }
}
