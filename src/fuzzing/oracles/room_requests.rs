use crate::delivery::{Room, RoomAnswer, RoomEffect, RoomHub, RoomKeys, RoomView};
use crate::entropy::Time;
use crate::fuzzing::generators::{Asking, DrawnRequest, RoomScene, room_requests as drawn, room_scene};
use crate::fuzzing::{Verdict, holds};
use crate::protocol::Structure;
use crate::protocol::room::{GroupInfoCode, Submitted, UpdateOutcome};
use std::cell::OnceCell;

/// A room that can be asked: copied, and compared with what it was.
pub trait Hosting: RoomHub + Clone + PartialEq {
    /// How many proposals wait.
    fn waiting(&self) -> usize;
}

impl<V: RoomView, K: RoomKeys> Hosting for Room<V, K> {
    fn waiting(&self) -> usize {
        self.pending().len()
    }
}

thread_local! {
    static SCENE: OnceCell<Result<RoomScene, String>> = const { OnceCell::new() };
}

/// The requests that these octets stand for, asked of a room at its hub.
///
/// # Errors
/// What does not hold, in words.
pub fn room_requests(octets: &[u8]) -> Verdict {
    SCENE.with(|scene| {
        let scene = scene.get_or_init(room_scene).as_ref().map_err(Clone::clone)?;
        requested(scene, scene.room.clone(), &drawn(octets, scene))
    })
}

/// Times that requests come at.
const BEGIN: u64 = 1_700_000_000_000;

/// Proposals that may wait in the scene's room.
const WAITING: usize = 4;

/// All of it, asked of a room in the scene's state; then what is in order: it is neither refused nor forgotten.
///
/// # Errors
/// What does not hold, in words.
pub fn requested<R: Hosting>(scene: &RoomScene, mut room: R, asked: &[DrawnRequest]) -> Verdict {
    let (begins, mut moved) = (room.epoch(), None);
    for (place, one) in asked.iter().enumerate() {
        let what = |e: String| format!("request {place} (of {}, {:?}): {e}", one.base, one.request.what);
        if ask(scene, &mut room, one, place).map_err(what)? {
            moved = Some(one);
        }
    }
    holds(room.epoch().checked_sub(begins).is_some_and(|moves| moves <= 1), || {
        "it took two commits of one epoch".into()
    })?;
    goes_on(scene, room, moved, asked.len())
}

/// Whether the request moved the room into another epoch.
fn ask<R: Hosting>(scene: &RoomScene, room: &mut R, asked: &DrawnRequest, place: usize) -> Result<bool, String> {
    let Some(input) = asked.request.input() else { return Ok(false) };
    let before = room.clone();
    let now = Time(BEGIN.saturating_add(u64::try_from(place).unwrap_or_default()));
    let effects = match room.step(now, &asked.request.from, input) {
        Ok(effects) => effects,
        Err(refused) => {
            holds(*room == before, || format!("refused ({}), and changed", refused.reason))?;
            return Ok(false);
        }
    };
    let answers: Vec<_> =
        effects.iter().filter_map(|e| if let RoomEffect::Respond(answer) = e { Some(answer) } else { None }).collect();
    let [answer] = answers.as_slice() else { return Err(format!("{} answers to one request", answers.len())) };
    if !taken(answer) {
        holds(*room == before, || format!("answered {answer:?}, and changed"))?;
        holds(effects.len() == 1, || format!("answered {answer:?}, and told somebody"))?;
        return Ok(false);
    }
    bounded(&effects, asked)?;
    holds(room.waiting() <= WAITING, || format!("{} proposals wait", room.waiting()))?;
    let moves = room.epoch() != before.epoch();
    match asked.request.what {
        Asking::Submit(_) | Asking::GroupInfo => holds(*room == before, || "a question changed it".into())?,
        Asking::Claimed | Asking::Expel => holds(!moves, || "no commit, and another epoch".into())?,
        Asking::Update => {
            holds(*room != before, || "taken, and nothing came of it".into())?;
            holds(!moves || scene.is_signed(asked), || "it follows a commit that its sender has not signed".into())?;
        }
    }
    Ok(moves)
}

const fn taken(answer: &RoomAnswer) -> bool {
    match answer {
        RoomAnswer::Update(outcome) => matches!(outcome, UpdateOutcome::Success(_)),
        RoomAnswer::Submit(outcome) => matches!(outcome, Submitted::Accepted { .. }),
        RoomAnswer::GroupInfo(response) => matches!(response.status, GroupInfoCode::Success(_)),
        RoomAnswer::Done => true,
    }
}

/// Octets that an answer, or what one provider is told, may have beside those of the request: the group's GroupInfo and tree,
/// proposals that wait, and what the hub proposes of itself.
const BESIDE: usize = 1 << 15;
/// Providers of the scene.
const PROVIDERS: usize = 8;

/// What goes out can be written, is told to few, and is no larger than what came in explains.
fn bounded(effects: &[RoomEffect], asked: &DrawnRequest) -> Verdict {
    holds(effects.len() <= PROVIDERS, || format!("{} effects", effects.len()))?;
    for effect in effects {
        let written = match effect {
            RoomEffect::Notify { body, .. } => body.encode(),
            RoomEffect::Respond(RoomAnswer::GroupInfo(response)) => response.encode(),
            RoomEffect::Respond(_) => continue,
        };
        let octets = written.map_err(|e| format!("what goes out can not be written: {e}"))?.len();
        let most = asked.request.octets.len().saturating_mul(2).saturating_add(BESIDE);
        holds(octets <= most, || format!("{octets} octets go out for {}", asked.request.octets.len()))?;
    }
    Ok(())
}

/// What is in order is taken as if nothing had come before: the scene's message, and where nobody has moved, its commit.
fn goes_on<R: Hosting>(scene: &RoomScene, mut room: R, moved: Option<&DrawnRequest>, place: usize) -> Verdict {
    // A forged list may have anybody in it or nobody; those of the scene leave alice where she is.
    if moved.is_some_and(|one| !one.whole) {
        return Ok(());
    }
    let [commit, message, ..] = scene.sent.as_slice() else { return Err("a scene without requests".into()) };
    let honest = if moved.is_none() { vec![message, commit] } else { vec![message] };
    for request in honest {
        let input = request.input().ok_or("the honest request can not be read")?;
        let now = Time(BEGIN.saturating_add(u64::try_from(place).unwrap_or_default()));
        let answered = room.step(now, &request.from, input);
        let good = answered.iter().flatten().any(|e| matches!(e, RoomEffect::Respond(answer) if taken(answer)));
        holds(good, || format!("after {place} requests an honest one ({:?}) is refused: {answered:?}", request.what))?;
    }
    Ok(())
}
