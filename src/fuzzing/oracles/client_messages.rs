//! A member and whatever is said to it: nothing but what was really sent is accepted, a refusal changes nothing, and the
//! next good commit is followed.

use crate::fuzzing::generators::{Scene, Spoken, client_messages as generate, scene};
use crate::fuzzing::{Verdict, holds};
use crate::mls::member::{Engine, Member, Position, Received};
use crate::wire::hex;
use std::cell::RefCell;
use std::rc::Rc;

/// Who is spoken to: with this engine, in this framing.
#[derive(Clone, Copy)]
struct Setting {
    second: bool,
    private: bool,
}

impl Setting {
    /// Every fourth value of the first octet is for the second engine, which is slower.
    fn chosen(octet: u8) -> Self {
        Self { second: octet / 2 % 4 == 3, private: octet % 2 == 1 }
    }

    fn scene(self) -> Result<Rc<Scene>, String> {
        let engine: &dyn Engine = if self.second { &crate::mls::second::engine() } else { &crate::mls::open::engine() };
        let made = scene(engine, self.private);
        made.map(Rc::new).map_err(|e| format!("the scene cannot be made: {e}"))
    }

    fn place(self) -> usize {
        usize::from(self.second).saturating_mul(2).saturating_add(usize::from(self.private))
    }
}

thread_local! {
    /// One scene a setting. Only copies of their members are spoken to.
    static SCENES: RefCell<[Option<Rc<Scene>>; 4]> = const { RefCell::new([const { None }; 4]) };
}

fn kept(setting: Setting) -> Result<Rc<Scene>, String> {
    SCENES.with_borrow_mut(|scenes| {
        let Some(slot) = scenes.get_mut(setting.place()) else { return setting.scene() };
        if let Some(scene) = slot {
            return Ok(Rc::clone(scene));
        }
        let made = setting.scene()?;
        *slot = Some(Rc::clone(&made));
        Ok(made)
    })
}

/// What holds for the messages that these octets stand for. The first octet chooses engine and framing.
///
/// # Errors
/// What does not hold, in words.
pub fn client_messages(octets: &[u8]) -> Verdict {
    let (first, rest) = octets.split_first().map_or((0, octets), |(first, rest)| (*first, rest));
    let setting = Setting::chosen(first);
    let said = |scene: &Scene| speak(scene, scene.subject.copy(), &generate(rest, scene), goes_on(octets));
    let Err(what) = said(&*kept(setting)?) else { return Ok(()) };
    // Copies of a member share what a library left over from its last refusal. Nothing may show of it.
    said(&*setting.scene()?)?;
    Err(format!("only after earlier inputs: {what}"))
}

/// Whether the good commit comes after the refusals: for one input in thirty-two, since it costs more than all of them.
fn goes_on(octets: &[u8]) -> bool {
    octets.iter().fold(0_u8, |sum, octet| sum.wrapping_add(*octet)) % 32 == 0
}

/// Says all of it to this member, who stands where the scene's subject does; then the good commit, if it `goes_on`.
///
/// # Errors
/// What does not hold, in words.
pub fn speak(scene: &Scene, mut member: Box<dyn Member>, messages: &[Spoken], goes_on: bool) -> Verdict {
    let mut at = here(member.as_ref())?;
    let mut refused = 0_usize;
    for (place, Spoken { octets }) in messages.iter().enumerate() {
        let what = || format!("message {place} ({} octets: {})", octets.len(), excerpt(octets));
        match member.process(octets) {
            Err(_) => {
                refused = refused.saturating_add(1);
                holds(here(member.as_ref())? == at, || format!("{}: refused, and the position changed", what()))?;
            }
            Ok(received) => {
                let sent = scene.valid.contains(octets) || scene.good == *octets;
                holds(sent, || format!("{}: accepted, and nobody sent it", what()))?;
                if let Received::Commit(staged) = received {
                    member.merge().map_err(|e| format!("{}: staged and not merged: {e}", what()))?;
                    if staged.removes_me {
                        return Ok(());
                    }
                    at = here(member.as_ref())?;
                    holds(staged.next.as_ref() == Some(&at), || format!("{}: leads elsewhere", what()))?;
                }
            }
        }
    }
    if goes_on && refused > 0 && at == here(scene.subject.as_ref())? {
        let followed = member.process(&scene.good).and_then(|_| member.merge());
        followed.map_err(|e| format!("after {refused} refusals the good commit is refused: {e}"))?;
    }
    Ok(())
}

fn here(member: &dyn Member) -> Result<Position, String> {
    member.position().map_err(|e| format!("no position: {e}"))
}

fn excerpt(octets: &[u8]) -> String {
    hex::encode(octets.get(..octets.len().min(40)).unwrap_or_default())
}
