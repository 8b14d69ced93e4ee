use super::{Listener, Remembered};
use crate::fuzzing::generators::{Scene, Spoken, client_messages as generate, scene};
use crate::fuzzing::{Verdict, holds};
use crate::mls::member::{Engine, Position, Received};
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

    fn scene(self) -> Result<Scene, String> {
        let engine: &dyn Engine = if self.second { &crate::mls::second::engine() } else { &crate::mls::open::engine() };
        let made = scene(engine, self.private);
        made.map_err(|e| format!("the scene cannot be made: {e}"))
    }

    fn place(self) -> usize {
        usize::from(self.second).saturating_mul(2).saturating_add(usize::from(self.private))
    }
}

/// A scene, and its subject with what is remembered of the ways of others like it.
struct Kept {
    scene: Scene,
    subject: Remembered,
}

thread_local! {
    /// One scene a setting. Only copies of their members are spoken to.
    static SCENES: RefCell<[Option<Rc<Kept>>; 4]> = const { RefCell::new([const { None }; 4]) };
}

fn kept(setting: Setting) -> Result<Rc<Kept>, String> {
    SCENES.with_borrow_mut(|scenes| {
        let made = || -> Result<Rc<Kept>, String> {
            let scene = setting.scene()?;
            let subject = Remembered::new(scene.subject.copy());
            Ok(Rc::new(Kept { scene, subject }))
        };
        let Some(slot) = scenes.get_mut(setting.place()) else { return made() };
        if let Some(kept) = slot {
            return Ok(Rc::clone(kept));
        }
        let made = made()?;
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
    let kept = kept(setting)?;
    let messages = generate(rest, &kept.scene);
    // One input in eight is strict, and one in thirty-two is followed by the good commit, which costs more than all.
    let (strict, goes_on) = (one_in(octets, 8), one_in(octets, 32));
    let Err(what) = speak(&kept.scene, kept.subject.copy(strict), &messages, goes_on) else { return Ok(()) };
    // Copies of a member share what a library left over from its last refusal, and where good messages led is
    // remembered. Nothing may show of it.
    let fresh = setting.scene()?;
    speak(&fresh, fresh.subject.copy(), &messages, goes_on)?;
    Err(format!("only after earlier inputs: {what}"))
}

/// Whether this input is one in so many.
fn one_in(octets: &[u8], many: u8) -> bool {
    octets.iter().fold(0_u8, |sum, octet| sum.wrapping_add(*octet)).checked_rem(many) == Some(0)
}

/// Says all of it to this member, who stands where the scene's subject does; then the good commit, if it `goes_on`.
///
/// # Errors
/// What does not hold, in words.
pub fn speak<L: Listener>(scene: &Scene, mut member: L, messages: &[Spoken], goes_on: bool) -> Verdict {
    let mut at = here(&member)?;
    let mut refused = 0_usize;
    for (place, Spoken { octets }) in messages.iter().enumerate() {
        let what = || format!("message {place} ({} octets: {})", octets.len(), excerpt(octets));
        match member.process(octets) {
            Err(_) => {
                refused = refused.saturating_add(1);
                holds(here(&member)? == at, || format!("{}: refused, and the position changed", what()))?;
            }
            Ok(received) => {
                let sent = scene.valid.contains(octets) || scene.good == *octets;
                holds(sent, || format!("{}: accepted, and nobody sent it", what()))?;
                if let Received::Commit(staged) = received {
                    member.merge().map_err(|e| format!("{}: staged and not merged: {e}", what()))?;
                    if staged.removes_me {
                        return Ok(());
                    }
                    at = here(&member)?;
                    holds(staged.next.as_ref() == Some(&at), || format!("{}: leads elsewhere", what()))?;
                }
            }
        }
    }
    if goes_on && refused > 0 && at == here(&scene.subject)? {
        let followed = member.process(&scene.good).and_then(|_| member.merge());
        followed.map_err(|e| format!("after {refused} refusals the good commit is refused: {e}"))?;
    }
    Ok(())
}

fn here(member: &impl Listener) -> Result<Position, String> {
    member.position().map_err(|e| format!("no position: {e}"))
}

fn excerpt(octets: &[u8]) -> String {
    hex::encode(octets.get(..octets.len().min(40)).unwrap_or_default())
}
