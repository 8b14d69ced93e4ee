//! A member that need not take twice what another like it took.
//!
//! Loading a group, taking a message and moving on cost a hundred refusals, and most inputs begin with the same good
//! messages. What a member does is decided by where it is and by what it is told, so where good messages led is kept,
//! and who goes the same way goes by memory. Once a message was refused nothing is remembered: whether a refusal does
//! harm is what is to be found out; that is for inputs that are strict, one in eight. Others go on by memory even then.

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

/// What a member took, and where it was then.
type Step = (Received, Rc<Place>);

/// A member in some place, who is only copied, and where it went from there.
struct Place {
    member: Box<dyn Member>,
    took: RefCell<BTreeMap<Vec<u8>, Step>>,
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
pub struct Remembered {
    way: Way,
    /// Whether to go the own way once something was refused.
    strict: bool,
}

enum Way {
    /// Here, and nothing was said to it here.
    Known(Rc<Place>),
    /// Refused something there, or has gone elsewhere.
    Own(Option<Rc<Place>>, Box<dyn Member>),
}

impl Remembered {
    /// As this member, of which nothing is remembered yet.
    #[must_use]
    pub fn new(member: Box<dyn Member>) -> Self {
        Self { way: Way::Known(Place::new(member, Rc::default())), strict: true }
    }

    /// Another that stands where this one does and shares its memory. One that is `strict` takes every message itself
    /// once it has refused one.
    #[must_use]
    pub fn copy(&self, strict: bool) -> Self {
        let way = match &self.way {
            Way::Known(place) => Way::Known(Rc::clone(place)),
            Way::Own(place, member) => Way::Own(place.clone(), member.copy()),
        };
        Self { way, strict }
    }

    /// Goes where this message led before, if that is known.
    fn follow(&mut self, place: &Place, message: &[u8]) -> Option<Received> {
        let (received, next) = place.took.borrow().get(message).cloned()?;
        self.way = Way::Known(next);
        Some(received)
    }
}

impl Listener for Remembered {
    fn position(&self) -> Result<Position> {
        match &self.way {
            Way::Known(place) => place.member.position(),
            Way::Own(_, member) => member.position(),
        }
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        let place = match &mut self.way {
            Way::Known(place) => Rc::clone(place),
            Way::Own(Some(place), _) if !self.strict && place.took.borrow().contains_key(message) => Rc::clone(place),
            Way::Own(place, member) => {
                let answer = member.process(message);
                if answer.is_ok() {
                    *place = None;
                }
                return answer;
            }
        };
        if let Some(received) = self.follow(&place, message) {
            return Ok(received);
        }
        let mut member = place.member.copy();
        let answer = member.process(message);
        self.way = match &answer {
            Err(_) => Way::Own(Some(place), member),
            Ok(received) => match place.next(member.as_ref()) {
                None => Way::Own(None, member),
                Some(next) => {
                    place.took.borrow_mut().insert(message.to_vec(), (received.clone(), Rc::clone(&next)));
                    Way::Known(next)
                }
            },
        };
        answer
    }

    fn merge(&mut self) -> Result<()> {
        let place = match &mut self.way {
            Way::Known(place) => Rc::clone(place),
            Way::Own(_, member) => return member.merge(),
        };
        if let Some(next) = place.merged.get() {
            self.way = Way::Known(Rc::clone(next));
            return Ok(());
        }
        let mut member = place.member.copy();
        let answer = member.merge();
        match (answer.is_ok(), place.next(member.as_ref())) {
            (true, Some(next)) => self.way = Way::Known(Rc::clone(place.merged.get_or_init(|| next))),
            _ => self.way = Way::Own(None, member),
        }
        answer
    }
}
