//! Rooms that take, answer and fan out otherwise.

use super::bent::{Told, told};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Refused, RoomAnswer, RoomEffect, RoomInput};
use mimicheck::entropy::Time;
use mimicheck::protocol::ServiceProviderId;
use mimicheck::protocol::room::{Bundled, Fanned, FanoutMessage, NotifyRequest, Submitted, UpdateOutcome};

type Done = Result<Vec<RoomEffect>, Refused>;
type From<'a> = &'a ServiceProviderId;

/// A room whose effects are changed behind it.
macro_rules! then {
    ($change:expr) => {
        Fault::Room(|opening| {
            told(
                opening,
                |_| (),
                |t, now, from, input| {
                    let change: fn(&mut Told, Time, From, &RoomInput, Vec<RoomEffect>) -> Vec<RoomEffect> = $change;
                    let effects = t.room.step(now, from, input.clone())?;
                    Ok(change(t, now, from, &input, effects))
                },
            )
        })
    };
}

/// Each body of a request to `notify`, with whom it goes to.
fn bodies(effects: &mut [RoomEffect], change: impl Fn(&ServiceProviderId, &mut Vec<FanoutMessage>)) {
    for effect in effects {
        if let RoomEffect::Notify { to, body } = effect {
            change(to, &mut body.messages);
        }
    }
}

fn outcome(effects: &mut [RoomEffect], change: impl Fn(&mut UpdateOutcome)) {
    for effect in effects {
        if let RoomEffect::Respond(RoomAnswer::Update(outcome)) = effect {
            change(outcome);
        }
    }
}

fn welcome(told: &FanoutMessage) -> bool {
    matches!(told.with, Fanned::Welcome(_))
}

const FORGOTTEN: &str = "a step that was forgotten";
const OFF: &str = "a number that is off by one";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "room-wrong-epoch-next",
        "names the epoch after its own in wrongEpoch",
        OFF,
        then!(|_, _, _, _, mut effects| {
            outcome(&mut effects, |o| {
                if let UpdateOutcome::WrongEpoch(epoch) = o {
                    *epoch = epoch.saturating_add(1);
                }
            });
            effects
        }),
    ),
    (
        "room-wrong-epoch-silent",
        "answers notAllowed where the epoch is another",
        "one error for everything",
        then!(|_, _, _, _, mut effects| {
            outcome(&mut effects, |o| {
                if matches!(o, UpdateOutcome::WrongEpoch(_)) {
                    *o = UpdateOutcome::NotAllowed;
                }
            });
            effects
        }),
    ),
    (
        "room-invalid-unnamed",
        "names no proposal where one is not valid",
        "one error for everything",
        then!(|_, _, _, _, mut effects| {
            outcome(&mut effects, |o| {
                if let UpdateOutcome::InvalidProposal(references) = o {
                    references.clear();
                }
            });
            effects
        }),
    ),
    (
        "room-invalid-first-only",
        "names the first proposal that is not valid only",
        "a loop that ends at the first error",
        then!(|_, _, _, _, mut effects| {
            outcome(&mut effects, |o| {
                if let UpdateOutcome::InvalidProposal(references) = o {
                    references.truncate(1);
                }
            });
            effects
        }),
    ),
    (
        "room-accepted-in-seconds",
        "gives the time of acceptance in seconds",
        "units that are mixed up",
        then!(|_, _, _, _, mut effects| {
            outcome(&mut effects, |o| {
                if let UpdateOutcome::Success(time) = o {
                    *time /= 1000;
                }
            });
            effects
        }),
    ),
    (
        "room-tells-sender",
        "sends a message back to the provider that it came from",
        "a list that is not filtered",
        then!(|_, _, from, _, mut effects| {
            let first = effects.iter().find_map(|effect| match effect {
                RoomEffect::Notify { body, .. } => Some(body.clone()),
                RoomEffect::Respond(_) => None,
            });
            effects.extend(first.map(|body| RoomEffect::Notify { to: from.clone(), body }));
            effects
        }),
    ),
    (
        "room-tells-one",
        "tells one provider only",
        "maps that keep one value",
        then!(|_, _, _, _, effects| effects.into_iter().take(2).collect()),
    ),
    (
        "room-local-forgotten",
        "tells its own users nothing",
        "special cases that were forgotten",
        then!(|_, _, _, _, mut effects| {
            effects.retain(|effect| !matches!(effect, RoomEffect::Notify { to, .. } if to.0 == b"hub.example"));
            effects
        }),
    ),
    (
        "room-more-lost",
        "fans out the first proposal of a request only",
        FORGOTTEN,
        then!(|_, _, _, _, mut effects| {
            bodies(&mut effects, |_, messages| {
                for told in messages {
                    if let Fanned::Proposal(more) = &mut told.with {
                        more.clear();
                    }
                }
            });
            effects
        }),
    ),
    (
        "room-more-reversed",
        "fans out further proposals in reverse",
        "a stack where a queue was meant",
        then!(|_, _, _, _, mut effects| {
            bodies(&mut effects, |_, messages| {
                for told in messages {
                    if let Fanned::Proposal(more) = &mut told.with {
                        more.reverse();
                    }
                }
            });
            effects
        }),
    ),
    (
        "room-welcome-to-all",
        "sends a Welcome to every provider",
        "one list of recipients for everything",
        then!(|_, _, _, _, mut effects| {
            let told = effects.iter().find_map(|effect| match effect {
                RoomEffect::Notify { body, .. } => body.messages.iter().find(|told| welcome(told)).cloned(),
                RoomEffect::Respond(_) => None,
            });
            bodies(&mut effects, |_, messages| {
                if !messages.iter().any(welcome) {
                    messages.extend(told.clone());
                }
            });
            effects
        }),
    ),
    (
        "room-welcome-never",
        "sends no Welcome",
        FORGOTTEN,
        then!(|_, _, _, _, mut effects| {
            bodies(&mut effects, |_, messages| messages.retain(|told| !welcome(told)));
            effects
        }),
    ),
    (
        "room-welcome-first",
        "sends a Welcome before the commit that it belongs to",
        "two queues that are emptied in the wrong order",
        then!(|_, _, _, _, mut effects| {
            bodies(&mut effects, |_, messages| messages.reverse());
            effects
        }),
    ),
    (
        "room-welcome-bare-tree",
        "leaves the tree out of the fan-out of a Welcome",
        FORGOTTEN,
        then!(|_, _, _, _, mut effects| {
            bodies(&mut effects, |_, messages| {
                for told in messages {
                    if let Fanned::Welcome(tree) = &mut told.with {
                        *tree = mimicheck::protocol::room::RatchetTreeOption::DistributionService;
                    }
                }
            });
            effects
        }),
    ),
    (
        "room-stapled-stale",
        "staples its old proposals to an external commit as they are",
        "state that is not renewed",
        then!(|t, _, _, input, mut effects| {
            if let RoomInput::Expel { .. } = input {
                t.past.push(input.clone());
            }
            bodies(&mut effects, |_, messages| {
                for told in messages {
                    if let Fanned::Commit(stapled) = &mut told.with {
                        // The commit itself stands in for a proposal that nobody can use.
                        stapled.iter_mut().for_each(|proposal| *proposal = told.message.clone());
                    }
                }
            });
            effects
        }),
    ),
    (
        "room-expel-silent",
        "keeps what it proposes to itself",
        FORGOTTEN,
        then!(|_, _, _, input, effects| match input {
            RoomInput::Expel { .. } => effects.into_iter().take(1).collect(),
            _ => effects,
        }),
    ),
    (
        "room-refused-fanned-out",
        "fans out a message that it refuses",
        "an answer and an effect that are decided apart",
        then!(|_, now, _, input, mut effects| {
            if let (RoomInput::Submit { request, .. }, [RoomEffect::Respond(RoomAnswer::Submit(status))]) =
                (input, effects.as_slice())
                && *status == Submitted::NotAllowed
            {
                let message = request.app_message.clone();
                let told = FanoutMessage { timestamp: now.0, message, with: Fanned::Application(None) };
                let to = ServiceProviderId(b"a.example".to_vec());
                effects.push(RoomEffect::Notify { to, body: NotifyRequest { messages: vec![told] } });
            }
            effects
        }),
    ),
    (
        "room-epoch-too-old-own",
        "names the message's epoch in epochTooOld",
        "one of two numbers of the same kind",
        then!(|_, _, _, _, mut effects| {
            for effect in &mut effects {
                if let RoomEffect::Respond(RoomAnswer::Submit(Submitted::EpochTooOld(epoch))) = effect {
                    *epoch = epoch.saturating_sub(2);
                }
            }
            effects
        }),
    ),
    (
        "room-user-through-any",
        "takes a user's messages from any provider",
        "names that are checked while peers are not",
        Fault::Room(|opening| told(opening, |_| (), user_through_any)),
    ),
    (
        "room-update-through-any",
        "takes handshakes from any provider",
        "names that are checked while peers are not",
        Fault::Room(|opening| told(opening, |_| (), update_through_any)),
    ),
    (
        "room-info-through-any",
        "gives the GroupInfo to banned users",
        "a check of one way in, where there are two",
        Fault::Room(|opening| told(opening, |o| o.settings.silent_roles.clear(), info_of_twin)),
    ),
    (
        "room-pending-lost",
        "leaves the pending proposals out of what it gives to joiners",
        FORGOTTEN,
        Fault::Room(|opening| told(opening, |_| (), without_pending)),
    ),
    (
        "room-info-stale",
        "gives the GroupInfo of the epoch in which the room was opened",
        "state that is read once and kept",
        Fault::Room(|opening| told(opening, |_| (), without_commits)),
    ),
    (
        "room-claims-forgotten",
        "forgets which KeyPackages were fetched through it",
        FORGOTTEN,
        Fault::Room(|opening| told(opening, |_| (), without_claims)),
    ),
];

const PROVIDERS: [&[u8]; 5] = [b"a.example", b"b.example", b"c.example", b"d.example", b"hub.example"];

/// Asks as whichever provider gets another answer than this one.
fn as_any(t: &mut Told, now: Time, from: From, input: &RoomInput, refused: &RoomAnswer) -> Done {
    let answer = t.room.step(now, from, input.clone())?;
    if answer != [RoomEffect::Respond(refused.clone())] {
        return Ok(answer);
    }
    for name in PROVIDERS {
        let other = t.room.step(now, &ServiceProviderId(name.to_vec()), input.clone())?;
        if other != answer {
            return Ok(other);
        }
    }
    Ok(answer)
}

fn user_through_any(t: &mut Told, now: Time, from: From, input: RoomInput) -> Done {
    match input {
        RoomInput::Submit { .. } => as_any(t, now, from, &input, &RoomAnswer::Submit(Submitted::NotAllowed)),
        _ => t.room.step(now, from, input),
    }
}

fn update_through_any(t: &mut Told, now: Time, from: From, input: RoomInput) -> Done {
    match input {
        RoomInput::Update(_) => as_any(t, now, from, &input, &RoomAnswer::Update(UpdateOutcome::NotAllowed)),
        _ => t.room.step(now, from, input),
    }
}

fn info_of_twin(t: &mut Told, now: Time, from: From, input: RoomInput) -> Done {
    if let RoomInput::GroupInfo(_) = input {
        return t.twin.step(now, from, input);
    }
    let _ = t.twin.step(now, from, input.clone());
    t.room.step(now, from, input)
}

fn without_pending(t: &mut Told, now: Time, from: From, input: RoomInput) -> Done {
    match &input {
        RoomInput::GroupInfo(_) => return t.twin.step(now, from, input),
        RoomInput::Update(bundle) if matches!(bundle.with, Bundled::Commit { .. }) => {
            // A commit of proposals by reference is lost on the twin: it stays behind, and shows.
            let _ = t.twin.step(now, from, input.clone());
        }
        _ => {}
    }
    t.room.step(now, from, input)
}

fn without_commits(t: &mut Told, now: Time, from: From, input: RoomInput) -> Done {
    if let RoomInput::GroupInfo(_) = input {
        return t.twin.step(now, from, input);
    }
    t.room.step(now, from, input)
}

fn without_claims(t: &mut Told, now: Time, from: From, input: RoomInput) -> Done {
    match input {
        RoomInput::Claimed { .. } => Ok(vec![RoomEffect::Respond(RoomAnswer::Done)]),
        _ => t.room.step(now, from, input),
    }
}
