//! Four devices of both libraries, a hub, and a network that does what it likes: who was told the truth comes to one
//! place and has lost nothing; who was not is known of.

use crate::fuzzing::Verdict;
use crate::fuzzing::generators::fork_world as generate;
use crate::fuzzing::memory::Memory;
use crate::fuzzing::world::{EitherHub, Hosting, Setting, Step, World, built, people};
use crate::mls::{open, second};
use std::cell::RefCell;
use std::rc::Rc;

/// A world that nothing has happened in, and what is remembered of others like it.
struct Kept {
    world: World<EitherHub>,
    memory: Memory,
}

thread_local! {
    /// One world a setting. Only copies of it are walked.
    static WORLDS: RefCell<[Option<Rc<Kept>>; 4]> = const { RefCell::new([const { None }; 4]) };
}

fn fresh(setting: Setting, memory: Option<&Memory>) -> Result<World<EitherHub>, String> {
    let people = people([&open::engine(), &second::engine()], setting, memory);
    people
        .and_then(|people| built(people, setting, setting.hub()))
        .map_err(|e| format!("the world cannot be made: {e}"))
}

fn kept(which: usize, setting: Setting) -> Result<Rc<Kept>, String> {
    WORLDS.with_borrow_mut(|worlds| {
        let made = || -> Result<Rc<Kept>, String> {
            let memory = Memory::default();
            Ok(Rc::new(Kept { world: fresh(setting, Some(&memory))?, memory }))
        };
        let Some(slot) = worlds.get_mut(which) else { return made() };
        if let Some(kept) = slot {
            return Ok(Rc::clone(kept));
        }
        let made = made()?;
        *slot = Some(Rc::clone(&made));
        Ok(made)
    })
}

/// A world, and steps that these octets stand for. The first octet chooses hub and framing.
///
/// # Errors
/// What does not hold, in words.
pub fn fork_world(octets: &[u8]) -> Verdict {
    let (first, rest) = octets.split_first().map_or((0, octets), |(first, rest)| (*first, rest));
    let which = usize::from(first).checked_rem(Setting::ALL.len()).unwrap_or_default();
    let Some(setting) = Setting::ALL.get(which).copied() else { return Ok(()) };
    let steps = generate(rest);
    let kept = kept(which, setting)?;
    kept.memory.refresh();
    let Err(what) = walked(kept.world.copy(), &steps) else { return Ok(()) };
    // A finding is one of devices that remember nothing.
    walked(fresh(setting, None)?, &steps)?;
    Err(format!("only by memory: {what}"))
}

/// All of the steps, and then quiet.
///
/// # Errors
/// What does not hold, in words.
pub fn walked<H: Hosting>(mut world: World<H>, steps: &[Step]) -> Verdict {
    for (place, step) in steps.iter().enumerate() {
        world.step(step).map_err(|e| format!("step {place} ({step:?}): {e}"))?;
    }
    world.quiet().map_err(|e| format!("at last: {e}"))
}
