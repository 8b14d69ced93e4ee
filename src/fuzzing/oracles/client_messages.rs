//! A member and whatever is said to it: nothing but what was really sent is accepted, a refusal changes nothing, and the
//! next good commit is followed.

use crate::fuzzing::generators::{Scene, Spoken, client_messages as generate, scene};
use crate::fuzzing::{Verdict, holds};
use crate::mls::member::{Member, Position, Received};
use crate::wire::hex;
use std::cell::OnceCell;

thread_local! {
    /// One scene a framing. Only copies of their members are spoken to.
    static SCENES: [OnceCell<Result<Scene, String>>; 2] = const { [OnceCell::new(), OnceCell::new()] };
}

/// What holds for the messages that these octets stand for. The first octet chooses the framing.
///
/// # Errors
/// What does not hold, in words.
pub fn client_messages(octets: &[u8]) -> Verdict {
    let (private, rest) = octets.split_first().map_or((false, octets), |(first, rest)| (first % 2 == 1, rest));
    SCENES.with(|scenes| {
        let Some(cell) = scenes.get(usize::from(private)) else { return Ok(()) };
        let made = cell.get_or_init(|| scene(&crate::mls::open::engine(), private).map_err(|e| e.to_string()));
        let scene = made.as_ref().map_err(|e| format!("the scene cannot be made: {e}"))?;
        speak(scene, &generate(rest, scene))
    })
}

/// Says all of it to a copy of the subject.
fn speak(scene: &Scene, messages: &[Spoken]) -> Verdict {
    let mut member = scene.subject.copy();
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
    if refused > 0 && at == here(scene.subject.as_ref())? {
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
