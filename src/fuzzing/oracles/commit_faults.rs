//! Four honest devices, and one whose commits are malformed: a commit that honest members refuse moves only its sender,
//! and one that only some can refuse leaves the others behind, who know it.

use crate::fuzzing::Verdict;
use crate::fuzzing::generators::{Deed, commit_faults as generate};
use crate::fuzzing::world::{EitherHub, Hosting, Setting, Step, World, built, people, somebody};
use crate::mls::hostile::{self, Affects, Fault, Saboteur, Technique};
use crate::mls::{open, second};
use std::cell::RefCell;
use std::rc::Rc;

/// The device whose commits are malformed.
pub const LIAR: &str = "mallory";

/// A world that nothing has happened in, and the handle of its liar.
struct Kept {
    world: World<EitherHub>,
    saboteur: Saboteur,
}

thread_local! {
    /// One world a setting. Only copies of it are walked.
    static WORLDS: RefCell<[Option<Rc<Kept>>; 4]> = const { RefCell::new([const { None }; 4]) };
}

fn fresh(setting: Setting) -> Result<Kept, String> {
    let saboteur = Saboteur::new();
    let mut all = people([&open::engine(), &second::engine()], setting, None)?;
    all.push(somebody(&hostile::engine(&saboteur), setting, LIAR)?);
    let mut world = built(all, setting, setting.hub())?;
    if let Some(liar) = world.named(LIAR.as_bytes()).and_then(|place| world.seats.get_mut(place)) {
        liar.known.liar = true;
    }
    Ok(Kept { world, saboteur })
}

fn kept(which: usize, setting: Setting) -> Result<Rc<Kept>, String> {
    WORLDS.with_borrow_mut(|worlds| {
        let made = || fresh(setting).map(Rc::new).map_err(|e| format!("the world cannot be made: {e}"));
        let Some(slot) = worlds.get_mut(which) else { return made() };
        if let Some(kept) = slot {
            return Ok(Rc::clone(kept));
        }
        let made = made()?;
        *slot = Some(Rc::clone(&made));
        Ok(made)
    })
}

/// A world, and malformed commits that these octets stand for. The first octet chooses hub and framing.
///
/// # Errors
/// What does not hold, in words.
pub fn commit_faults(octets: &[u8]) -> Verdict {
    let (first, rest) = octets.split_first().map_or((0, octets), |(first, rest)| (*first, rest));
    let which = usize::from(first).checked_rem(Setting::ALL.len()).unwrap_or_default();
    let Some(setting) = Setting::ALL.get(which).copied() else { return Ok(()) };
    let kept = kept(which, setting)?;
    faulted(kept.world.copy(), &kept.saboteur, setting, &generate(rest))
}

/// Whether some honest members can refuse the commit and others not.
#[must_use]
pub fn splits(fault: Fault) -> bool {
    // mls-rs 0.57 pairs the ciphertexts of a path with nodes as far as both go (RFC 9420 section 7.6), others count.
    fault.affects() == Affects::Victims || matches!(fault, Fault::PathCiphertextMore | Fault::PathCiphertextLess)
}

/// All of it, one malformed commit after the other; at the end somebody honest commits, and all who can follow.
///
/// # Errors
/// What does not hold, in words.
pub fn faulted<H: Hosting>(mut world: World<H>, saboteur: &Saboteur, setting: Setting, deeds: &[Deed]) -> Verdict {
    saboteur.relent();
    let liar = world.named(LIAR.as_bytes()).ok_or("nobody lies")?;
    let by = u8::try_from(liar).map_err(|e| e.to_string())?;
    for (place, Deed { before, fault }) in deeds.iter().enumerate() {
        if setting.private && fault.public_only() {
            continue;
        }
        let what = |e: String| format!("deed {place} ({fault}): {e}");
        for step in before {
            world.step(step).map_err(what)?;
        }
        world.quiet().map_err(what)?;
        saboteur.next(*fault);
        let step = match (fault.technique(), fault) {
            (Technique::External, _) => Step::Rejoin(by),
            (_, Fault::RemoveTwice | Fault::PathMissing) => Step::Remove(by, by.wrapping_add(1)),
            _ => Step::Update(by),
        };
        world.step(&step).map_err(what)?;
        world.settle().map_err(what)?;
        saboteur.relent();
        if splits(*fault) {
            world.split_by(liar).map_err(what)?;
        }
        world.at_last().map_err(what)?;
        // Whoever lied alone comes back to lie to others.
        world.step(&Step::Rejoin(by)).map_err(what)?;
        world.settle().map_err(what)?;
        world.at_last().map_err(what)?;
    }
    let honest = world.seats.iter().position(|seat| seat.is_plain()).and_then(|place| u8::try_from(place).ok());
    if let Some(honest) = honest {
        world.step(&Step::Update(honest))?;
        world.step(&Step::Say(honest))?;
    }
    world.quiet().map_err(|e| format!("at last: {e}"))
}
