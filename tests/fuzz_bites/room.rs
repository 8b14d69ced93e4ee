//! Hubs of rooms.

use mimicheck::crypto::Labelled;
use mimicheck::delivery::{Refused, Room, RoomAnswer, RoomEffect, RoomHub, RoomInput};
use mimicheck::entropy::Time;
use mimicheck::fuzzing::generators::{RoomScene, room_requests, room_scene};
use mimicheck::fuzzing::oracles::{Hosting, requested};
use mimicheck::mls::public::PublicView;
use mimicheck::protocol::ServiceProviderId;
use mimicheck::protocol::room::UpdateOutcome;

/// What a room does wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    Honest,
    /// Counts refusals.
    Changes,
    /// Tells somebody of what it has refused.
    Tells,
    /// Answers twice.
    Twice,
    /// Answers nothing.
    Silent,
    /// Refuses everything after its first refusal.
    Sulks,
    /// Says that it has taken a commit that it has not.
    Forgets,
    /// Goes to the next epoch with a commit that it has refused.
    Believes,
    /// Goes to the next epoch twice.
    Leaps,
    /// Keeps more proposals than it may.
    Hoards,
    /// Tells others the same a thousand times.
    Floods,
}

#[derive(Clone)]
struct Double {
    inner: Room<PublicView, Labelled>,
    wrong: Wrong,
    refused: u64,
    ahead: u64,
}

impl PartialEq for Double {
    /// One that sulks does not show it.
    fn eq(&self, other: &Self) -> bool {
        let shown = |double: &Self| if double.wrong == Wrong::Sulks { 0 } else { double.refused };
        self.inner == other.inner && (shown(self), self.ahead) == (shown(other), other.ahead)
    }
}

fn success(effects: &[RoomEffect]) -> bool {
    effects.iter().any(|e| matches!(e, RoomEffect::Respond(RoomAnswer::Update(UpdateOutcome::Success(_)))))
}

fn refusal(effects: &[RoomEffect]) -> bool {
    effects.iter().any(|e| matches!(e, RoomEffect::Respond(RoomAnswer::Update(_)))) && !success(effects)
}

impl RoomHub for Double {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: RoomInput) -> Result<Vec<RoomEffect>, Refused> {
        let not_allowed = || vec![RoomEffect::Respond(RoomAnswer::Update(UpdateOutcome::NotAllowed))];
        let update = matches!(input, RoomInput::Update(_));
        if self.wrong == Wrong::Sulks && self.refused > 0 && update {
            return Ok(not_allowed());
        }
        let before = self.inner.clone();
        let mut effects = self.inner.step(now, from, input)?;
        let refused = refusal(&effects);
        match self.wrong {
            Wrong::Changes | Wrong::Sulks if refused => self.refused = 1,
            Wrong::Tells if refused => {
                let body = mimicheck::protocol::room::NotifyRequest { messages: vec![] };
                effects.push(RoomEffect::Notify { to: from.clone(), body });
            }
            Wrong::Twice => effects.extend(effects.first().cloned()),
            Wrong::Silent => effects.retain(|e| !matches!(e, RoomEffect::Respond(_))),
            Wrong::Forgets if success(&effects) => self.inner = before,
            Wrong::Believes if refused => {
                self.ahead += 1;
                effects = vec![RoomEffect::Respond(RoomAnswer::Update(UpdateOutcome::Success(1)))];
            }
            Wrong::Leaps if self.inner.epoch() != before.epoch() => self.ahead += 1,
            Wrong::Hoards if success(&effects) => self.refused += 9,
            Wrong::Floods => {
                let told = effects.iter().find(|e| matches!(e, RoomEffect::Notify { .. })).cloned();
                effects.extend(std::iter::repeat_n(told, 1000).flatten());
            }
            _ => {}
        }
        Ok(effects)
    }

    fn room_id(&self) -> &[u8] {
        self.inner.room_id()
    }

    fn epoch(&self) -> u64 {
        self.inner.epoch() + self.ahead
    }
}

impl Hosting for Double {
    fn waiting(&self) -> usize {
        let more = if self.wrong == Wrong::Hoards { usize::try_from(self.refused).unwrap() } else { 0 };
        self.inner.waiting() + more
    }
}

fn said(scene: &RoomScene, wrong: Wrong, octets: &[u8]) -> Result<(), String> {
    let double = Double { inner: scene.room.clone(), wrong, refused: 0, ahead: 0 };
    requested(scene, double, &room_requests(octets, scene))
}

#[test]
fn wrong_rooms_are_reported_and_honest_ones_are_not() {
    let scene = room_scene().unwrap();
    // A commit with an octet changed, and as it is.
    let (broken, whole) = ([0, 1, 0, 90, 0x55], [3, 0]);
    for (wrong, octets, told) in [
        (Wrong::Changes, broken.as_slice(), "and changed"),
        (Wrong::Tells, &broken, "told somebody"),
        (Wrong::Twice, &whole, "2 answers"),
        (Wrong::Silent, &whole, "0 answers"),
        (Wrong::Sulks, &broken, "an honest one"),
        (Wrong::Forgets, &whole, "nothing came of it"),
        (Wrong::Believes, &broken, "has not signed"),
        (Wrong::Leaps, &whole, "two commits"),
        (Wrong::Hoards, &whole, "proposals wait"),
        (Wrong::Floods, &whole, "effects"),
    ] {
        said(&scene, Wrong::Honest, octets).unwrap();
        let what = said(&scene, wrong, octets).expect_err(&format!("{wrong:?}"));
        assert!(what.contains(told), "{wrong:?}: {what}");
    }
}
