use super::hub::RememberedHub;
use crate::fuzzing::generators::{CommitScene, commit_scene};
use crate::fuzzing::oracles::Remembered;
use std::cell::RefCell;
use std::rc::Rc;

/// A scene, and its subjects with what is remembered of the ways of others like them.
pub(super) struct Kept {
    pub scene: CommitScene,
    pub subjects: [Remembered; 2],
    pub hub: RememberedHub,
}

impl Kept {
    /// A scene in this framing, of which nothing is remembered.
    pub fn fresh(private: bool) -> Result<Self, String> {
        let scene = commit_scene([&crate::mls::open::engine(), &crate::mls::second::engine()], private)?;
        let [first, second] = &scene.subjects;
        let subjects = [Remembered::new(first.copy()), Remembered::new(second.copy())];
        let hub = RememberedHub::new(scene.hub.clone());
        Ok(Self { scene, subjects, hub })
    }
}

thread_local! {
    /// One scene a framing. Only copies of what is in it are spoken to.
    static SCENES: RefCell<[Option<Rc<Kept>>; 2]> = const { RefCell::new([const { None }; 2]) };
}

/// The scene in this framing.
pub(super) fn kept(private: bool) -> Result<Rc<Kept>, String> {
    SCENES.with_borrow_mut(|scenes| {
        let Some(slot) = scenes.get_mut(usize::from(private)) else { return Kept::fresh(private).map(Rc::new) };
        if let Some(kept) = slot {
            return Ok(Rc::clone(kept));
        }
        let made = Rc::new(Kept::fresh(private)?);
        *slot = Some(Rc::clone(&made));
        Ok(made)
    })
}

/// Whether this input is one in so many.
pub(super) fn one_in(octets: &[u8], many: u8) -> bool {
    octets.iter().fold(0_u8, |sum, octet| sum.wrapping_add(*octet)).checked_rem(many) == Some(0)
}
