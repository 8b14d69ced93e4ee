use super::model::Model;
use crate::delivery::{Blind, Effect, Hints, Host, Hub, Input, Refused, Response, Settings, Sight, Usage};
use crate::entropy::Time;
use crate::fuzzing::generators::{Asked, Requests, provider};
use crate::fuzzing::{Verdict, holds};
use crate::protocol::{Epoch, HintedEpoch, MaskedPartitionKey, PartitionKey, ReceiveRequest, ServiceProviderId};
use crate::reason::{Blame, delivery as reason};
use std::collections::BTreeSet;

/// A hub that can be asked: copied, compared with what it was, and counted.
pub trait Asking: Hub + Clone + PartialEq {
    /// What a group takes; `None` if there is none.
    fn usage(&self, group_id: &[u8]) -> Option<Usage>;
}

impl<S: Sight + Clone + PartialEq> Asking for Host<S> {
    fn usage(&self, group_id: &[u8]) -> Option<Usage> {
        Self::usage(self, group_id)
    }
}

/// A blind hub, and whatever it is asked.
///
/// # Errors
/// The property that does not hold.
pub fn hub_requests(requests: &Requests) -> Verdict {
    ask(Blind::new(requests.settings()), requests)
}

/// This hub, which has no groups yet and was set up as the requests say, and what it is asked.
///
/// # Errors
/// The property that does not hold.
pub fn ask<H: Asking>(mut hub: H, requests: &Requests) -> Verdict {
    let (settings, mut model) = (requests.settings(), Model::default());
    for (place, asked) in requests.asked.iter().enumerate() {
        let unique = u64::try_from(place).unwrap_or(u64::MAX);
        one(&mut hub, &mut model, &settings, asked, unique).map_err(|what| format!("request {place}: {what}"))?;
    }
    every_partition(&mut hub, &model, &settings)
}

fn one<H: Asking>(hub: &mut H, model: &mut Model, settings: &Settings, asked: &Asked, unique: u64) -> Verdict {
    let Some(input) = asked.input(unique) else { return Err("the forge wrote what cannot be read".into()) };
    let from = provider(asked.from);
    let (before, mut out) = (hub.clone(), vec![]);
    match hub.step(Time(unique), &from, input.clone(), &mut out) {
        Err(refused) => {
            holds(*hub == before, || format!("a refusal ({}) changed the hub", refused.reason))?;
            holds(out.is_empty(), || format!("a refusal ({}) had effects", refused.reason))?;
            refusal(model, settings, &from, &input, &refused)
        }
        Ok(()) => {
            holds(model.takes(settings, &from, &input), || format!("took {input:?}"))?;
            fits(model, settings, &input)?;
            effects(model, settings, &from, &input, &out)?;
            model.apply(&settings.provider, &from, &input);
            bounded(hub, model, settings)
        }
    }
}

/// What a full hub may say.
const FULL: [crate::reason::Reason; 7] = [
    reason::EXCEEDS_MESSAGE_LIMIT,
    reason::EXCEEDS_GROUP_LIMIT,
    reason::EXCEEDS_PARTITION_LIMIT,
    reason::EXCEEDS_MESSAGES_LIMIT,
    reason::EXCEEDS_OCTET_LIMIT,
    reason::EXCEEDS_WELCOME_LIMIT,
    reason::EXCEEDS_KEY_PACKAGE_LIMIT,
];

/// A refusal is for a limit, if that is reached, or for what the model does not take either.
fn refusal(model: &Model, settings: &Settings, from: &ServiceProviderId, input: &Input, refused: &Refused) -> Verdict {
    if !model.takes(settings, from, input) {
        return holds(refused.reason.blame() != Blame::Malformed, || format!("{} blames octets", refused.reason));
    }
    holds(FULL.contains(&refused.reason), || format!("refused for {}: {input:?}", refused.reason))?;
    let sized = match input {
        Input::Send(_) | Input::ExternalJoin(_) => {
            refused.reason == reason::EXCEEDS_MESSAGE_LIMIT || fits(model, settings, input).is_err()
        }
        Input::CreateGroup(_) => {
            model.groups.len() >= settings.limits.max_groups || refused.reason == reason::EXCEEDS_OCTET_LIMIT
        }
        Input::Upload(_) => true,
        _ => false,
    };
    holds(sized, || format!("refused for {} with room for it: {input:?}", refused.reason))
}

/// Whether the group would stay within its limits.
fn fits(model: &Model, settings: &Settings, input: &Input) -> Verdict {
    let Some(held) = model.would_hold(&settings.provider, input) else { return Ok(()) };
    let l = &settings.limits;
    let most = [l.max_partitions, l.max_messages_per_partition, l.max_octets_per_group, l.max_pending_welcomes];
    holds(held.iter().zip(most).all(|(held, most)| *held <= most), || format!("{held:?} where {most:?} may be"))
}

fn effects(model: &Model, settings: &Settings, from: &ServiceProviderId, input: &Input, out: &[Effect]) -> Verdict {
    let responses = out.iter().filter(|e| matches!(e, Effect::Respond(_))).count();
    holds(responses == 1, || format!("{responses} responses"))?;
    for effect in out {
        match (effect, input) {
            (Effect::Respond(Response::Received(r)), Input::Receive { group_id, request }) => {
                epoch(&r.epoch, &model.received(group_id, request))?;
                hints(model, settings, group_id, &r.hints, Some(&request.partition_key))?;
            }
            (Effect::Respond(Response::GroupInfo(r)), Input::GroupInfo(request)) => {
                let wanted = model.groups.get(&request.group_id).and_then(|g| g.info());
                holds(wanted == Some(&r.group_info), || "another GroupInfo".into())?;
            }
            (Effect::Respond(Response::KeyPackage(r)), Input::KeyPackage(request)) => {
                let key_package = &r.key_package;
                let once = |(user, suite, octets): &(Vec<u8>, u16, Vec<u8>)| {
                    *user == request.user_id && *suite == request.cipher_suite && octets == key_package
                };
                let asked = (request.user_id.clone(), request.cipher_suite);
                let others = model.once.iter().any(|(user, suite, _)| (user.clone(), *suite) == asked);
                let last = !others && model.last.get(&asked) == Some(key_package);
                holds(model.once.iter().any(once) || last, || "a KeyPackage that is not to be had".into())?;
            }
            (Effect::Welcome { to, welcome }, Input::WelcomeAnswer { accept: true }) => {
                let oldest = model.waiting.iter().find(|(waiting, _, _)| waiting == from);
                let due = to == from && oldest.is_some_and(|(_, _, w)| w == welcome);
                holds(due, || "a Welcome that nobody waited for".into())?;
            }
            (Effect::Welcome { to, .. }, Input::Send(_) | Input::ExternalJoin(_)) => {
                holds(*to == settings.provider, || "a Welcome before it was asked for".into())?;
            }
            (Effect::WelcomeInit { to, .. }, Input::Send(_) | Input::ExternalJoin(_)) => {
                holds(*to != settings.provider, || "the hub asks itself".into())?;
            }
            (Effect::Push { response, .. }, Input::Send(_) | Input::ExternalJoin(_)) => {
                holds(response.epoch.messages.is_empty() && response.hints.len() == 1, || "an odd push".into())?;
            }
            (Effect::Respond(Response::Done) | Effect::Sequenced { .. }, _)
            | (Effect::Respond(Response::Forks(..)), Input::Forks { .. }) => {}
            _ => return Err(format!("{effect:?} after {input:?}")),
        }
    }
    Ok(())
}

fn epoch(epoch: &Epoch, wanted: &[Vec<u8>]) -> Verdict {
    let found: Vec<_> = epoch.messages.iter().map(|m| m.message.octets().to_vec()).collect();
    holds(found == wanted, || format!("{} messages, and {} wanted, or in another order", found.len(), wanted.len()))
}

/// Hints are whole, of other partitions, each once, and only where the hub hints.
fn hints(
    model: &Model,
    settings: &Settings,
    group_id: &[u8],
    hints: &[HintedEpoch],
    asked: Option<&PartitionKey>,
) -> Verdict {
    holds(settings.hints == Hints::All || hints.is_empty(), || "hints of a hub that does not hint".into())?;
    let masks: BTreeSet<&MaskedPartitionKey> = hints.iter().map(|h| &h.masked_partition_key).collect();
    holds(masks.len() == hints.len(), || "the same epoch twice".into())?;
    let Some(group) = model.groups.get(group_id) else { return Ok(()) };
    for hint in hints {
        let suite = crate::protocol::CipherSuite::X25519;
        let is_this = |key: &PartitionKey| key.masked(suite).as_ref() == Some(&hint.masked_partition_key);
        let Some(partition_key) = group.partitions().into_iter().find(is_this) else {
            return Err("a hint of no partition".into());
        };
        holds(asked != Some(&partition_key), || "a hint of what was asked for".into())?;
        epoch(&hint.epoch, &model.received(group_id, &ReceiveRequest { partition_key, counter: 0 }))?;
    }
    Ok(())
}

fn bounded(hub: &impl Asking, model: &Model, settings: &Settings) -> Verdict {
    holds(model.groups.len() <= settings.limits.max_groups, || "too many groups".into())?;
    for (group_id, group) in &model.groups {
        let Some(usage) = hub.usage(group_id) else { return Err("a group is gone".into()) };
        let counted = [usage.partitions, usage.messages, usage.octets, usage.pending_welcomes];
        let waiting = model.waiting_of(group_id).len();
        let wanted = [group.partitions().len(), group.sequenced.len(), model.octets(group_id), waiting];
        holds(counted == wanted, || format!("counts {counted:?} for {wanted:?}"))?;
        holds(usage.memory() <= settings.limits.memory_of_a_group(), || "beyond its bound".into())?;
    }
    Ok(())
}

/// In the end, everything is where it was put.
fn every_partition(hub: &mut impl Asking, model: &Model, settings: &Settings) -> Verdict {
    for (group_id, group) in &model.groups {
        for partition_key in group.partitions() {
            let (request, mut out) = (ReceiveRequest { partition_key, counter: 0 }, vec![]);
            let input = Input::Receive { group_id: group_id.clone(), request };
            hub.step(Time::default(), &provider(1), input.clone(), &mut out).map_err(|r| r.to_string())?;
            effects(model, settings, &provider(1), &input, &out)?;
        }
    }
    Ok(())
}
