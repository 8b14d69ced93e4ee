use crate::mls::member::{CommitOut, Member, Position, Received, Result};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a call gave.
#[derive(Clone)]
pub(super) enum Answer {
    Done(Result<()>),
    Octets(Result<Vec<u8>>),
    Pair(Result<(Vec<u8>, Vec<u8>)>),
    Commit(Box<Result<CommitOut>>),
    Received(Result<Received>),
}

/// A call that may change a member: its name and what it is given.
pub(super) type Call = (u8, Vec<u8>);

/// Where calls led.
type Ways = BTreeMap<Call, (Answer, Rc<Place>)>;

/// A member in some place, which is only copied, and where calls led from there.
pub(super) struct Place {
    pub(super) member: Box<dyn Member>,
    went: RefCell<Ways>,
    position: OnceCell<Result<Position>>,
    kept: Rc<Cell<usize>>,
}

/// How many places are kept, and where members began. Clones are of the same memory.
#[derive(Clone, Default)]
pub struct Memory {
    kept: Rc<Cell<usize>>,
    roots: Rc<RefCell<Vec<Rc<Place>>>>,
}

/// Places at most. One takes some ten thousand octets.
const MOST: usize = 20_000;

impl Memory {
    /// Forgets everything but where members began, if there is much. Members who go by memory now go on by what they
    /// hold themselves.
    pub fn refresh(&self) {
        if self.kept.get() >= MOST {
            self.roots.borrow().iter().for_each(|root| root.went.borrow_mut().clear());
            self.kept.set(0);
        }
    }

    /// The place of a member that begins here.
    pub(super) fn root(&self, member: Box<dyn Member>) -> Rc<Place> {
        let place = Place::new(member, &self.kept);
        self.roots.borrow_mut().push(Rc::clone(&place));
        place
    }
}

impl Place {
    fn new(member: Box<dyn Member>, kept: &Rc<Cell<usize>>) -> Rc<Self> {
        Rc::new(Self { member, went: RefCell::default(), position: OnceCell::new(), kept: Rc::clone(kept) })
    }

    /// Where the member is.
    pub(super) fn position(&self) -> Result<Position> {
        self.position.get_or_init(|| self.member.position()).clone()
    }

    /// What the call gives here and where it leads: by memory, or by doing it on a copy.
    pub(super) fn go(&self, call: Call, act: impl FnOnce(&mut dyn Member) -> Answer) -> (Answer, Rc<Self>) {
        if let Some(known) = self.went.borrow().get(&call) {
            return known.clone();
        }
        let mut member = self.member.copy();
        let answer = act(member.as_mut());
        let next = Self::new(member, &self.kept);
        let kept = self.kept.get();
        if kept < MOST {
            self.kept.set(kept.saturating_add(1));
            self.went.borrow_mut().insert(call, (answer.clone(), Rc::clone(&next)));
        }
        (answer, next)
    }
}
